"""The editor counts as the server does, and keeps up with the fingers on a long paper."""

import json
from pathlib import Path

import pytest

from boards.document import numbering, schema
from tests.benchmarks.bench_document import paper
from tests.browser.alone import milliseconds_a_key, open_alone

VECTORS = json.loads((Path(__file__).parents[1] / "boards/document/numbering_vectors.json").read_text("utf-8"))
# {id: {number, label}} of a document, as the editor counts it
_COUNT = """(document) => {
  const { schema, number } = paperEditor;
  return Object.fromEntries(
    number(schema.nodeFromJSON(document)).map(({ node, number, label }) => [node.attrs.id, { number, label }]));
}"""
_DRAWN = "all => all.map((each) => each.dataset.num)"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(chromium):
    page = open_alone(chromium, schema.normalise(paper()))
    yield page
    page.close()


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["rule"] for vector in VECTORS])
def test_editor_counts_as_the_server_does(page, vector):
    assert page.evaluate(_COUNT, vector["document"]) == vector["numbers"]


def test_long_paper_carries_the_numbers_of_the_server(page):
    document = page.evaluate("paperEditor.view.state.doc.toJSON()")
    counted = numbering.number(document)
    wanted = [counted.number(block) for block in counted]
    assert page.eval_on_selector_all("#paper-words [data-num]", _DRAWN) == wanted


def test_a_key_in_a_paper_of_600_blocks_is_drawn_before_the_next_frame(page):
    assert milliseconds_a_key(page) < 16
