"""Comparing two snapshots: rows are known by their ids, and nothing is lost on the way back."""

from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st

from risks.compare import apply, by_ref, changed_refs, compare, substantive
from tests.risks.samples import edit, edits, register, risk, row, score


def kinds(changes):
    return [(change.ref, change.kind, change.field) for change in changes]


@settings(max_examples=300, deadline=None)
@given(st.lists(edits(), max_size=8), st.lists(edits(), max_size=14))
def test_changes_applied_to_the_earlier_snapshot_give_the_later_one(first, then):
    before = register(risk("SR1.1"), risk("SR2.1"), risk("SR3.1"))
    for serial, change in enumerate(first):
        edit(before, change, serial)
    after = deepcopy(before)
    after["as_at"] = "2017-08-01"
    for serial, change in enumerate(then):
        edit(after, change, 100 + serial)
    untouched = deepcopy(before), deepcopy(after)
    changes = compare(after, before)
    assert apply(before, changes, as_at="2017-08-01") == after
    assert (before, after) == untouched
    assert (changes == []) == (before["risks"] == after["risks"])


@given(st.permutations(list("abcdefg")), st.permutations(list("abcdefg")))
def test_rows_that_kept_their_order_are_not_told_as_moved(first, second):
    before = register(risk("SR1.1", causes=[row(name, name) for name in first]))
    after = register(risk("SR1.1", causes=[row(name, name) for name in second]))
    changes = compare(after, before)
    assert {change.kind for change in changes} <= {"moved"}
    assert len(changes) < 7
    assert apply(before, changes) == after


def test_a_reworded_row_is_changed_not_removed_and_added():
    before = register(risk("SR1.1", controls=[row("c1", "Old words"), row("c2", "Kept")]))
    after = register(risk("SR1.1", controls=[row("c1", "New words"), row("c2", "Kept")]))
    (change,) = compare(after, before)
    assert (change.kind, change.field, change.old["text"], change.new["text"]) == (
        "changed", "controls", "Old words", "New words",
    )  # fmt: skip


def test_an_added_row_tells_where_it_stands():
    before = register(risk("SR1.1", causes=[row("a", "First")]))
    after = register(risk("SR1.1", causes=[row("b", "Before it"), row("a", "First")]))
    (change,) = compare(after, before)
    assert (change.kind, change.old, change.new) == ("added", None, {"id": "b", "text": "Before it", "position": 1})


def test_a_score_that_moved_is_one_change_with_both_scores():
    before, after = register(risk("SR3.1")), register(risk("SR3.1", current=score(3, 4)))
    (change,) = compare(after, before)
    assert (change.field, change.old["rating"], change.new["rating"]) == ("current", 9, 18)


def test_new_and_dropped_risks_are_whole_changes():
    before, after = register(risk("SR1.1"), risk("SR1.2")), register(risk("SR1.2"), risk("SR1.3"))
    assert kinds(compare(after, before)) == [("SR1.1", "removed", ""), ("SR1.3", "added", "")]


def test_a_first_report_has_nothing_to_compare_with():
    assert compare(register(risk("SR1.1")), None) == []


def test_a_review_that_changed_nothing_is_not_a_change_to_report():
    before = register(risk("SR2.2"))
    after = register(
        risk(
            "SR2.2",
            status={"kind": "update", "date": "2017-06-01"},
            review={"last": "2017-06-01", "next": "2017-09-01", "by": "Chief Constable"},
            current=score(2, 3, assessed_on="2017-06-01"),
        )
    )
    changes = compare(after, before)
    assert len(changes) == 3
    assert substantive(changes) == []
    assert changed_refs(changes) == []
    assert apply(before, changes) == after


def test_changes_are_told_under_the_reference_the_board_knows_now():
    before = register(risk("SR1.1", "one"), risk("SR1.2", "two"))
    after = register(
        risk("SR1.2", "one", title="Renamed", description="Description of SR1.1."),
        risk("SR1.1", "two", title="Title of SR1.2", description="Description of SR1.2."),
    )
    changes = compare(after, before)
    assert kinds(changes) == [
        ("SR1.1", "changed", "ref"),
        ("SR1.2", "changed", "ref"),
        ("SR1.2", "changed", "title"),
    ]
    assert apply(before, changes) == after


def test_references_are_in_number_order():
    before = register()
    after = register(risk("SR3.10"), risk("SR3.9"))
    assert list(by_ref(compare(after, before))) == ["SR3.9", "SR3.10"]


def test_a_new_matrix_is_a_change_to_the_register_not_to_a_risk():
    before, after = register(risk("SR1.1")), register(risk("SR1.1"))
    after["matrix"] = {**after["matrix"], "version": "2018"}
    after["matrices"] = {**after["matrices"], "2018": after["matrix"]}
    changes = compare(after, before)
    assert kinds(changes) == [("", "changed", "matrix"), ("", "changed", "matrices")]
    assert changed_refs(changes) == []
