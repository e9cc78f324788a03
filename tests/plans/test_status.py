"""Status and direction: four values, every pair, and no earlier report."""

from datetime import date
from itertools import product

import pytest

from plans import status
from plans.status import Direction, OverrideRefused, Rag, direction, travel

TABLE = {
    ("Red", "Red"): "no change",
    ("Red", "Yellow"): "improved",
    ("Red", "Green"): "improved",
    ("Red", "White"): "put back",
    ("Yellow", "Red"): "deteriorated",
    ("Yellow", "Yellow"): "no change",
    ("Yellow", "Green"): "improved",
    ("Yellow", "White"): "put back",
    ("Green", "Red"): "deteriorated",
    ("Green", "Yellow"): "deteriorated",
    ("Green", "Green"): "no change",
    ("Green", "White"): "put back",
    ("White", "Red"): "started",
    ("White", "Yellow"): "started",
    ("White", "Green"): "started",
    ("White", "White"): "no change",
}


def test_the_table_holds_every_pair_of_the_four_values():
    assert set(TABLE) == set(product([rag.value for rag in Rag], repeat=2))


@pytest.mark.parametrize(("before", "now"), TABLE)
def test_direction_follows_from_what_the_body_last_saw(before, now):
    assert direction(now, before) == TABLE[before, now]


@pytest.mark.parametrize("now", list(Rag))
def test_without_an_earlier_report_there_is_no_direction(now):
    assert direction(now, None) is None
    assert travel(now, None).arrow == ""
    assert travel(now, None).words == status.NO_PREVIOUS


@pytest.mark.parametrize(("before", "now"), TABLE)
def test_only_ranked_movement_and_no_change_have_arrows(before, now):
    arrow = travel(now, before).arrow
    assert arrow == {"improved": "↑", "no change": "↔", "deteriorated": "↓"}.get(TABLE[before, now], "")


def test_amber_is_not_a_value():
    with pytest.raises(ValueError, match="Amber"):
        direction("Amber", "Green")


def test_an_override_needs_a_reason():
    with pytest.raises(OverrideRefused, match="Say why"):
        travel("Green", "Green", override="improved", reason="  ")


def test_an_override_needs_an_earlier_report():
    with pytest.raises(OverrideRefused, match="no earlier report"):
        travel("Green", None, override="improved", reason="Funding came early")


def test_an_override_is_shown_as_one_beside_the_derived_direction():
    shown = travel("Yellow", "Yellow", override="improved", reason="Two of three milestones met")
    assert (shown.direction, shown.derived, shown.is_overridden) == (Direction.IMPROVED, Direction.NO_CHANGE, True)
    assert "judged, not derived: Two of three milestones met" in shown.words


def test_started_cannot_be_chosen_by_hand():
    with pytest.raises(OverrideRefused, match="Choose improved"):
        travel("Green", "Red", override="started", reason="x")


@pytest.mark.parametrize("rag", ["Red", "Yellow"])
def test_red_and_yellow_need_narrative_recovery_date_and_what_is_needed(rag):
    found = status.missing("V3.1", rag, narrative=" ", recovery_date=None, needed="")
    assert [gap.field for gap in found] == ["narrative", "recovery_date", "needed"]
    assert all("V3.1" in gap.sentence for gap in found)


@pytest.mark.parametrize("rag", ["Green", "White"])
def test_green_and_white_need_only_the_status(rag):
    assert status.missing("V3.1", rag, narrative="", recovery_date=None, needed="") == []


def test_an_action_stands_at_the_worst_of_its_started_activities():
    assert status.of_action(["Green", "Yellow", "White"]) == "Yellow"
    assert status.of_action(["White", "Green"]) == "Green"
    assert status.of_action(["White", "White"]) == "White"
    assert status.of_action([None, ""]) is None


def test_a_recovery_date_that_moves_later_is_a_slip_and_a_recovered_run_starts_again():
    march, may, july = date(2018, 3, 31), date(2018, 5, 31), date(2018, 7, 31)
    assert status.times_slipped([march, may, may, july]) == 2
    assert status.times_slipped([march, None, july]) == 0
    assert status.times_slipped([july, may]) == 0


def test_only_red_and_yellow_can_be_overdue():
    assert status.is_overdue("Red", date(2018, 9, 30), date(2018, 10, 31))
    assert not status.is_overdue("Green", date(2018, 9, 30), date(2018, 10, 31))
    assert not status.is_overdue("Yellow", date(2018, 10, 31), date(2018, 10, 31))


def test_a_tally_names_all_four_values_and_the_unreported():
    assert status.tally(["Red", None, "Green", "Green"]) == {
        "Red": 1, "Yellow": 0, "Green": 2, "White": 0, "Not reported": 1,
    }  # fmt: skip


def day(number: int) -> date:
    return date(2018, number, 2)


@pytest.mark.parametrize(
    ("values", "changed"),
    [
        ([], None),
        (["Green"], 1),
        (["Green", "Green", "Green"], 1),
        (["Green", "Red", "Red"], 2),
        (["Green", "Red", "Green"], 3),
        (["White", "White", "Green", "Green"], 3),
    ],
)
def test_the_last_change_is_the_report_by_which_the_status_became_what_it_is(values, changed):
    periods = [[("V1.1", rag, day(number))] for number, rag in enumerate(values, start=1)]
    assert status.last_change(periods) == (day(changed) if changed else None)


def test_an_action_changes_only_when_the_worst_of_its_activities_does():
    periods = [
        [("O2.1", "Green", day(1)), ("O2.2", "Red", day(1))],
        [("O2.1", "Yellow", day(2)), ("O2.2", "Red", day(2))],
        [("O2.2", "Green", day(3))],
        [("O2.1", "Yellow", day(4)), ("O2.2", "Green", day(4))],
    ]
    assert status.last_change(periods) == day(3), "silent O2.1 keeps its Yellow, so the action left Red in the third"
