"""Numbers are a position. The vectors are shared with the editor, which must count in the same way."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from boards.document import build as b
from boards.document import numbering, schema

from .strategies import versions

VECTORS = json.loads(Path(__file__).with_name("numbering_vectors.json").read_text("utf-8"))
quiet = settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))


def numbers(*sections):
    document = b.doc(*sections)
    found = numbering.number(document)
    return [found.number(n["attrs"]["id"]) for n in schema.walk(document) if (n.get("attrs") or {}).get("id") in found]


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["rule"] for vector in VECTORS])
def test_python_and_the_editor_count_alike(vector):
    schema.check(vector["document"])
    assert numbering.number(vector["document"]).as_dict() == vector["numbers"]


def test_levels_never_skip():
    assert numbers(b.section("S", b.para("x", level=3), b.para("x", level=3), b.para("x"), b.para("x", level=3))) == [
        "1", "1.1", "1.1.1", "1.2", "1.2.1",
    ]  # fmt: skip


def test_letters_and_numerals_go_on_past_z():
    assert [numbering.letters(n) for n in (1, 26, 27, 52, 53)] == ["a", "z", "aa", "az", "ba"]
    assert [numbering.roman(n) for n in (1, 4, 9, 14, 40)] == ["i", "iv", "ix", "xiv", "xl"]


def test_frozen_numbers_come_back_as_they_were():
    found = numbering.number(b.doc(b.section("S", b.para("x"))))
    assert numbering.Numbering.from_dict(found.as_dict()).as_dict() == found.as_dict()


@quiet
@given(versions())
def test_numbers_are_gapless_after_any_edit(pair):
    for document in pair:
        found = numbering.number(document)
        seen: set[str] = set()
        tables = figures = sections = 0
        for node in schema.walk(document):
            block_id = (node.get("attrs") or {}).get("id")
            if block_id not in found or node["type"] == "listItem":
                continue
            number = found.number(block_id)
            assert number not in seen
            seen.add(number)
            if node["type"] == "tableFigure":
                tables += 1
                assert number == f"Table {tables}"
            elif node["type"] in ("figure", "chart"):
                figures += 1
                assert number == f"Figure {figures}"
            elif node["type"] == "section":
                if not number.startswith("Appendix"):
                    sections += 1
                    assert number == str(sections)
            else:  # the number before it, or the number above it, is there
                *above, last = number.split(".")
                before = ".".join([*above, str(int(last) - 1)]) if last != "1" else ".".join(above)
                assert before in seen or f"Appendix {before}" in seen
