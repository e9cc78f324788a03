"""Comparison of two reports: complete, typed and in the order of the plan."""

import copy

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plans import compare


def snapshot(**activities):
    return {"activities": {key: {"id": key, **row} for key, row in activities.items()}}


def test_no_earlier_report_means_no_changes():
    assert compare.compare(snapshot(a={"ref": "V1.1", "rag": "Red"}), None) == []


def test_a_status_that_moves_is_a_typed_change_with_old_and_new():
    before = snapshot(a={"ref": "V1.1", "title": "First contact", "rag": "Yellow"})
    after = snapshot(a={"ref": "V1.1", "title": "First contact", "rag": "Green"})
    (change,) = compare.compare(after, before)
    assert (change.ref, change.kind, change.field, change.old, change.new) == (
        "V1.1",
        "moved",
        "rag",
        "Yellow",
        "Green",
    )


def test_a_renumbered_row_is_the_same_row():
    before, after = snapshot(a={"ref": "V1.1", "rag": "Red"}), snapshot(a={"ref": "V2.1", "rag": "Red"})
    (change,) = compare.compare(after, before)
    assert (change.kind, change.field, change.row) == ("changed", "ref", "a")


def test_changes_come_in_the_order_of_the_plan():
    after = snapshot(x={"ref": "O10.1"}, y={"ref": "O2.1"}, z={"ref": "V9.1"})
    assert [change.ref for change in compare.compare(after, {})] == ["V9.1", "O2.1", "O10.1"]


def test_a_date_of_reporting_alone_is_no_news():
    before, after = (
        snapshot(a={"ref": "V1.1", "reported_on": "2018-04-30"}),
        snapshot(a={"ref": "V1.1", "reported_on": "2018-07-31"}),
    )
    changes = compare.compare(after, before)
    assert len(changes) == 1 and compare.news(changes) == []


def test_new_updates_are_those_the_body_has_not_seen():
    old, new = {"id": "u1", "text": "a"}, {"id": "u2", "text": "b"}
    change = compare.PlanChange("V1.1", "changed", "updates", [old], [new, old], "")
    assert compare.new_updates(change) == [new]


def test_two_bodies_with_different_baselines_see_different_arrows_on_one_day():
    now = {"id": "a", "rag": "Yellow"}
    board, panel = {"activities": {"a": {"rag": "Red"}}}, {"activities": {"a": {"rag": "Green"}}}
    assert compare.travel_of(now, board).direction == "improved"
    assert compare.travel_of(now, panel).direction == "deteriorated"
    assert compare.travel_of(now, None).direction is None


def test_an_override_counts_only_for_its_body_and_only_with_an_earlier_report():
    judged = [{"board": "Main board", "direction": "improved", "reason": "Funding agreed"}]
    now, before = {"id": "a", "rag": "Yellow", "overrides": judged}, {"activities": {"a": {"rag": "Yellow"}}}
    assert compare.travel_of(now, before, body="Main board").direction == "improved"
    assert compare.travel_of(now, before, body="Panel").direction == "no change"
    assert compare.travel_of(now, None, body="Main board").direction is None


values = st.none() | st.text(max_size=4) | st.sampled_from(["Red", "Green"]) | st.lists(st.text(max_size=2), max_size=2)
rows = st.dictionaries(st.sampled_from(["rag", "narrative", "title", "updates", "order"]), values, max_size=4)
tables = st.dictionaries(st.sampled_from(["a", "b", "c"]), rows, max_size=3)
snapshots = st.fixed_dictionaries(dict.fromkeys(("actions", "activities", "findings"), tables))


@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no finding
@given(snapshots, snapshots)
def test_the_changes_applied_to_the_earlier_report_give_the_later_one(before, after):
    kept = copy.deepcopy(before)
    result = compare.apply(before, compare.compare(after, before))
    for table in compare.TABLES:
        for key, row in result[table].items():
            wanted = after.get(table, {})[key]
            assert {name: value for name, value in row.items() if value is not None} == {
                name: value for name, value in wanted.items() if value is not None
            }
        assert set(result[table]) == set(after.get(table, {}))
    assert before == kept
