"""Writing documents in Python."""

import json

from boards.document import build as b
from boards.document import ids, schema, text


def test_a_whole_paper_reads_as_it_is_written():
    paper = b.doc(
        b.section("Purpose", b.para("To note the ", b.strong("risk ", b.em("register")), None, ["."]), role="purpose"),
        b.section(
            "Risks",
            [b.sub("Movement"), b.bullets("one", ["two", b.letters("a")])],
            b.table(
                "Risks", ["Ref", "Score"], [b.row("SR3.1", 16, anchor="risks:SR3.1")], align="lr", header_column=True
            ),
            "A bare string is a paragraph",
        ),
    )
    schema.check(paper)
    assert schema.normalise(paper) == paper
    assert text.plain(paper).split("\n\n")[1] == "To note the risk register."
    score = paper["content"][1]["content"][3]["content"][1]["content"][1]["content"]
    assert [cell["type"] for cell in score] == ["tableHeader", "tableCell"]
    assert score[1]["attrs"]["align"] == "right"


def test_cells_take_settings_lines_and_merges():
    table = b.table(
        "c",
        [["A", {"text": "B", "colspan": 2}], ["", "x", "y"]],
        [[{"text": ["now ", b.tag("Red", "red")], "tone": "red"}, "one\ntwo", {"lines": ["p", ["q", b.strong("r")]]}]],
        note=["Source: ", b.em("finance")],
    )
    schema.check(b.doc(b.section("t", table)))
    assert text.of(table) == "c\nA\tB\n\tx\ty\nnow Red\tone two\tp qr\nSource: finance"


def test_a_generated_block_remembers_the_hash_of_its_facts():
    one = b.para("x", gen=("risks:cover:SR3.1", {"score": 16, "likelihood": 4}))
    same = b.para("y", gen=("risks:cover:SR3.1", json.loads('{"likelihood": 4, "score": 16}')))
    other = b.para("x", gen=("risks:cover:SR3.1", {"score": 20}))
    assert one["attrs"]["gen"] == same["attrs"]["gen"] != other["attrs"]["gen"]


def test_the_same_key_gives_the_same_id():
    assert ids.from_key("risks", "SR3.1") == ids.from_key("risks", "SR3.1") != ids.from_key("risks", "SR3.2")
    assert ids.is_id(ids.from_key("x")) and ids.is_id(ids.new())
