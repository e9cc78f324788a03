"""Rules of the agenda: numbers are whole numbers, orders change places, restrictions need a second person."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from boards.actions import agenda
from boards.models import AgendaItem, Meeting
from boards.policy import audience_for
from portal.policy import Refusal


def numbers(meeting) -> list[str]:
    return [item.number for item in meeting.items.all()]


def add(meeting, by, *pairs):
    for major, minor in pairs:
        agenda.add_item(meeting=meeting, title=f"Item {major}.{minor}", number=(major, minor), by=by)


def test_items_sort_as_whole_numbers_never_as_text_or_decimals(world):
    meeting = agenda.plan_meeting(board=world.board, date=dt.date(2018, 11, 1), by=world.governance)
    add(meeting, world.governance, (11, 0), (10, 10), (3, 0), (10, 2), (9, 0), (5, 1), (4, 0), (10, 1), (5, 0), (10, 0))
    assert numbers(meeting) == ["3.0", "4.0", "5.0", "5.1", "9.0", "10.0", "10.1", "10.2", "10.10", "11.0"]


def test_the_agenda_prints_an_item_with_a_dot_and_a_further_paper_with_its_number(world):
    item = AgendaItem(number_major=5, number_minor=0)
    assert (item.agenda_number, item.number) == ("5.", "5.0")
    assert AgendaItem(number_major=5, number_minor=1).agenda_number == "5.1"


def test_two_items_of_a_meeting_never_share_a_number(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.create(meeting=world.meeting, title="Again", number_major=2, number_minor=0)
        transaction.get_connection().check_constraints()


def test_moving_an_item_changes_places_and_leaves_the_numbers(world):
    before = numbers(world.meeting)
    agenda.move_item(item=world.restricted_item, steps=-1, by=world.governance)
    world.restricted_item.refresh_from_db()
    assert (world.restricted_item.number, numbers(world.meeting)) == ("2.0", before)


def test_moving_past_the_end_changes_nothing(world):
    agenda.move_item(item=world.restricted_item, steps=5, by=world.governance)
    world.restricted_item.refresh_from_db()
    assert world.restricted_item.number == "3.0"


def test_an_order_that_misses_an_item_is_refused_and_changes_nothing(world):
    ids = [str(item.pk) for item in world.meeting.items.all()][:-1]
    with pytest.raises(Refusal, match="changed while you were moving"):
        agenda.order_items(meeting=world.meeting, ids=ids, by=world.governance)


def test_closing_gaps_keeps_further_papers_under_their_item(world):
    meeting = agenda.plan_meeting(board=world.board, date=dt.date(2018, 11, 1), by=world.governance)
    add(meeting, world.governance, (3, 0), (5, 0), (5, 2), (9, 0))
    agenda.close_gaps(meeting=meeting, by=world.governance)
    assert numbers(meeting) == ["1.0", "2.0", "2.1", "3.0"]


def test_taking_an_item_off_keeps_its_papers(world):
    agenda.remove_item(item=world.open_item, by=world.governance)
    world.paper.refresh_from_db()
    assert world.paper.item is None


def test_a_board_has_one_meeting_a_day(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.create(board=world.board, date=world.meeting.date)


@pytest.mark.parametrize("who", ["author", "member", "administrator", "monitoring", "chief_executive"])
def test_only_governance_builds_agendas(world, who):
    with pytest.raises(Refusal, match="Governance officer"):
        agenda.add_item(meeting=world.meeting, title="Mine", by=getattr(world, who))


def test_whoever_proposes_a_restriction_may_not_confirm_it(world, person):
    both = person("governance", "monitoring_officer")
    agenda.restrict(target=world.open_item, grounds=["12A-5"], reason="Advice", by=both)
    with pytest.raises(Refusal, match="another person"):
        agenda.confirm_restriction(target=world.open_item, by=both)


def test_the_database_refuses_a_restriction_confirmed_by_its_proposer(world):
    restriction = world.restricted_item.restriction
    restriction.confirmed_by = restriction.proposed_by
    with pytest.raises(IntegrityError), transaction.atomic():
        restriction.save()


def test_changing_a_restriction_asks_for_confirmation_again(world):
    restriction = agenda.restrict(target=world.restricted_item, grounds=["12A-5"], reason="Advice", by=world.governance)
    assert restriction.confirmed_at is None


def test_a_public_notice_needs_time_and_place(world):
    meeting = agenda.plan_meeting(board=world.board, date=dt.date(2018, 11, 1), by=world.governance)
    with pytest.raises(Refusal, match="start time and a place"):
        agenda.give_notice(meeting=meeting, by=world.governance)


def test_a_member_of_another_board_reads_the_public_copy(world, person):
    assert audience_for(person(), world.meeting) == "public"
    assert audience_for(world.member, world.meeting) == "members"


def test_a_seat_that_has_ended_gives_nothing(world):
    seat = world.member.board_memberships.get()
    seat.ends_on = dt.date(2020, 1, 1)
    seat.save()
    assert audience_for(world.member, world.meeting) == "public"
