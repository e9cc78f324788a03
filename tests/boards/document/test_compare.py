"""What changed between two versions: typed, in sentences, and exact."""

import copy

import pytest
from hypothesis import HealthCheck, given, settings

from boards.document import build as b
from boards.document import schema
from boards.document.compare import apply, compare
from boards.document.errors import DocumentError

from .strategies import documents, versions

quiet = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


def paper():
    return b.doc(
        b.section("Purpose", b.para("To note the register."), b.para("It was last seen in May.")),
        b.section(
            "Risks",
            b.para("Risk SR3.1 is scored 16."),
            b.letters("the budget", "the estate"),
            b.table("Scores", ["Ref", "Score"], [["SR3.1", "16"], ["SR3.2", "9"]]),
        ),
    )


def edit(document, *path, **change):
    """The document with the content of one node replaced."""
    answer = copy.deepcopy(document)
    node = answer
    for step in path:
        node = node["content"][step]
    node.update(change)
    return schema.normalise(answer)


def sentences(before, after):
    return [change.sentence for change in compare(before, after).changes]


@quiet
@given(versions())
def test_applying_a_comparison_gives_the_new_version_exactly(pair):
    before, after = pair
    assert apply(before, compare(before, after)) == after


@quiet
@given(documents(), documents())
def test_two_unrelated_papers_compare_exactly_too(before, after):
    assert apply(before, compare(before, after)) == after


@quiet
@given(documents())
def test_a_paper_is_no_change_to_itself(document):
    comparison = compare(document, copy.deepcopy(document))
    assert not comparison and not comparison.changes


@quiet
@given(versions())
def test_every_change_names_a_block_of_its_version(pair):
    before, after = pair
    old, new = ({n["attrs"]["id"] for n in schema.walk(d) if "id" in (n.get("attrs") or {})} for d in pair)
    for change in compare(before, after).changes:
        assert change.block_id in (old if change.kind == "removed" else new)
        assert change.sentence[0] == change.sentence[0].upper()


def test_a_change_of_number_is_no_change():
    before = paper()
    after = copy.deepcopy(before)
    after["content"][0]["content"].insert(1, b.para("New first paragraph."))
    assert sentences(before, after) == ["Paragraph 1.1 added"]


def test_words_are_told_from_formatting():
    before = paper()
    assert sentences(before, edit(before, 0, 1, content=[b.text("To approve the register.")])) == [
        "Paragraph 1.1 reworded"
    ]
    heavy = b.inline("To note the ", b.strong("register"), ".")
    (change,) = compare(before, edit(before, 0, 1, content=heavy)).changes
    assert change.details == ("formatting",) and change.sentence == "Paragraph 1.1 formatting changed"


def test_a_move_is_one_change_and_says_where_from():
    before = paper()
    after = copy.deepcopy(before)
    after["content"][1]["content"].insert(1, after["content"][0]["content"].pop(2))
    assert sentences(before, after) == ["Paragraph 2.1 moved (was paragraph 1.2)"]


def test_cells_rows_and_items_are_named():
    before = paper()
    after = copy.deepcopy(before)
    table, letters = after["content"][1]["content"][3], after["content"][1]["content"][2]
    rows = table["content"][1]["content"]
    rows[1]["content"][1] = b.cell("20")
    rows.append(b.table("x", None, [["SR3.3", "4"]])["content"][1]["content"][0])
    letters["content"][0] = {
        **letters["content"][0],
        "content": [{"type": "plain", "content": [b.text("the new budget")]}],
    }
    assert sentences(before, schema.normalise(after)) == [
        "Paragraph 2.1(a) reworded",
        "Table 1, row 2 (SR3.1): “Score” changed",
        "Table 1, row 4 (SR3.3) added",
    ]


def test_a_new_section_is_one_change():
    before = paper()
    after = copy.deepcopy(before)
    after["content"].append(b.section("Conclusion", b.para("One."), b.para("Two.")))
    assert sentences(before, after) == ["Section 3, Conclusion added"]
    assert sentences(after, before) == ["Section 3, Conclusion removed"]


def test_generated_blocks_are_the_same_block_across_two_drafts():
    def draft(score):
        return b.doc(
            b.section("Risks", b.para(f"SR3.1 is scored {score}", gen="risks:SR3.1"), b.para("x", anchor="risks:SR4"))
        )

    comparison = compare(draft(16), draft(20))
    assert [change.sentence for change in comparison.changes] == ["Paragraph 1.1 reworded"]


def test_a_paper_brought_in_again_from_word_is_matched_by_its_words():
    before, after = paper(), paper()
    after["content"][0]["content"][2]["content"] = [b.text("It was last seen in June.")]
    assert sentences(before, after) == ["Paragraph 1.2 reworded"]


def test_a_different_verb_is_said():
    one = b.recommend("note", "the report.", id="b0000000001")
    two = b.recommend("approve", "the report.", id="b0000000001")
    section = b.section("S")

    def of(block):
        return b.doc({**section, "content": [*section["content"], block]})

    assert sentences(of(one), of(two)) == ["Recommendation 1.1 what is asked for changed"]


def test_a_comparison_fits_only_the_version_it_was_made_from():
    before = paper()
    after = edit(before, 0, 1, content=[b.text("Other words.")])
    other = edit(before, 0, 1, content=[b.text("Neither of them.")])
    with pytest.raises(ValueError):
        apply(other, compare(before, after))


def test_what_has_no_ids_cannot_be_compared():
    broken = paper()
    broken["content"][0]["attrs"]["id"] = None
    with pytest.raises(DocumentError):
        compare(broken, broken)
