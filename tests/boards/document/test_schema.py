"""The schema: what may be kept, in what shape, and what is said when it may not."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from prosemirror.model import Node, Schema

from boards.document import build as b
from boards.document import ids, schema
from boards.document.errors import DocumentError
from boards.document.specification import RAW

from .strategies import documents, versions

EDITOR = Schema({"nodes": RAW["nodes"], "marks": RAW["marks"]})
quiet = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def a_paper(*blocks):
    return b.doc(b.section("Purpose", *(blocks or (b.para("To note."),))))


def refused(document) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        schema.check(document)
    assert caught.value.sentence.endswith(".")
    return caught.value


@quiet
@given(documents())
def test_what_the_checker_accepts_the_editor_reads_and_writes_unchanged(document):
    schema.check(document)
    node = Node.from_json(EDITOR, document)
    node.check()
    assert node.to_json() == document


@quiet
@given(documents())
def test_normalising_twice_changes_nothing(document):
    assert schema.normalise(document) == document
    assert schema.normalise(json.loads(json.dumps(document))) == document


@quiet
@given(versions())
def test_any_edit_keeps_ids_unique(pair):
    schema.check(pair[1])
    seen = [node["attrs"]["id"] for node in schema.walk(pair[1]) if "id" in (node.get("attrs") or {})]
    assert len(seen) == len(set(seen))
    assert all(map(ids.is_id, seen))


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " https://example.org", "//example.org", "/papers/1", "file:///s/x.doc",
     "data:text/html,x", "\\\\server\\share", "https://a b", 'https://"x', "mailto:nobody", 7],
)  # fmt: skip
def test_a_link_goes_only_to_the_web_or_to_a_mailbox(href):
    assert "must start with https://" in refused(a_paper(b.para(b.link(href, "here")))).sentence
    refused(a_paper(b.source("Here", href=href)))


def test_the_error_names_the_block():
    wrong = b.para("x", level=4)
    assert refused(a_paper(b.para("fine"), wrong)).block_id == wrong["attrs"]["id"]


@pytest.mark.parametrize(
    "block",
    [
        b.para(level=0),
        b.para(printed="x" * 41),
        b.recommend("applaud", "it"),
        b.recommend("note", "it", to="everyone"),
        b.letters("a", kind="greek"),
        b.para(b.tag("x", "purple")),
        b.para(b.xref("")),
        b.para(b.xref("javascript:alert(1)//:")),
        b.para(b.bound("", "x", "y")),
        b.figure("c", "https://elsewhere/x.png", "alt"),
        b.figure("c", "asset:" + "0" * 64, "alt", width=400),
        b.chart("<script>", {}, "c", "a"),
        b.contact("Chief Finance Officer", 'x" onload'),
        b.para(gen={"key": "x"}),
        b.para(restricted="<3>"),
        b.para(anchor="no colon"),
        b.para(id="b1"),
        b.para("\x00"),
        b.para("\ud800"),
        b.table("c", ["a", "b"], [["1", "2"]], widths=[10, 10]),
        b.table("c", ["a", "b"], [["1", "2"]], widths=[100]),
        b.table("c", ["a", "b"], [["1"]]),
        b.table("c", None, [[b.cell("1", rowspan=2), "2"]]),
        b.table("c", None, [[b.cell("1", colspan=2)], ["2"]]),
        b.table("c", None, [[b.cell("1", align="justify")]]),
        b.table("c", None, [[]]),
        {"type": "script"},
        {"type": "para", "attrs": {**b.para()["attrs"], "onclick": "x"}},
        {"type": "para", "attrs": b.para()["attrs"], "content": [b.para("nested")]},
        {"type": "tableFigure", "attrs": b.table("c", None, [["x"]])["attrs"]},
        b.para({"type": "text", "text": "x", "marks": [{"type": "font"}]}),
        b.para({"type": "text", "text": "x", "marks": [{"type": "sub"}, {"type": "sup"}]}),
        b.para({"type": "text", "text": "x", "marks": [{"type": "strong"}, {"type": "strong"}]}),
        {**b.para("x"), "content": [{"type": "text", "text": ""}]},
    ],
)
def test_what_the_editor_could_not_have_made_is_refused(block):
    refused(a_paper(block))


@pytest.mark.parametrize("document", [None, [], {}, {"type": "doc"}, {"type": "doc", "content": []}, {"type": "para"}])
def test_what_is_no_paper_is_refused(document):
    refused(document)


def test_a_paper_can_be_nested_only_so_deep():
    deep = b.bullets("x")
    for _ in range(200):
        deep = b.bullets(["x", deep])
    refused(a_paper(deep))
    with pytest.raises(DocumentError):
        schema.normalise(a_paper(deep))


def test_an_id_or_an_anchor_stands_once():
    one = b.para("one", anchor="risks:SR1.1")
    assert "same id" in refused(a_paper(one, copy.deepcopy(one))).sentence
    assert "risks:SR1.1" in refused(a_paper(one, b.para("two", anchor="risks:SR1.1"))).sentence


def test_normalising_gives_a_copied_block_an_id_of_its_own():
    one = b.para("one")
    document = schema.normalise(a_paper(one, copy.deepcopy(one)))
    schema.check(document)
    assert document["content"][0]["content"][1]["attrs"]["id"] == one["attrs"]["id"]


def test_normalising_fills_what_is_missing_and_joins_text():
    rough = {
        "type": "doc",
        "content": [{"type": "section", "content": [{"type": "heading"}, {"type": "para", "content": [
            {"type": "text", "text": "a\x07"}, {"type": "text", "text": ""}, {"type": "text", "text": "b", "marks": []},
            {"type": "text", "text": "c", "marks": [{"type": "em"}, {"type": "strong"}]}]}]}],
    }  # fmt: skip
    document = schema.normalise(rough)
    schema.check(document)
    para = document["content"][0]["content"][1]
    assert para["attrs"]["level"] == 1
    assert [node["text"] for node in para["content"]] == ["ab", "c"]
    assert [mark["type"] for mark in para["content"][1]["marks"]] == ["strong", "em"]


def test_a_ragged_table_is_made_whole_without_losing_words():
    ragged = b.table("c", ["a", "b", "c"], [["1"], [b.cell("2", rowspan=9), "3"]], widths=[50, 50])
    document = schema.normalise(a_paper(ragged))
    schema.check(document)
    from boards.document import text

    assert text.of(document["content"][0]["content"][1]) == "c\na\tb\tc\n1\t\t\n2\t3\t"


@quiet
@given(documents())
def test_the_old_document_is_never_touched(document):
    before = json.dumps(document)
    schema.normalise(document)
    schema.check(document)
    assert json.dumps(document) == before
