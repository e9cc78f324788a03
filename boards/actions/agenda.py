"""Verbs of the agenda: plan a meeting, add, change, order, remove and restrict items."""

import datetime as dt

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from boards import policy
from boards.models import AgendaItem, Board, Meeting, Restriction
from boards.packs import leaks
from portal.audit import record
from portal.policy import Refusal


@transaction.atomic
def plan_meeting(*, board: Board, date: dt.date, by, **fields) -> Meeting:
    policy.check_manage_meetings(by)
    meeting = Meeting(board=board, date=date, **fields)
    meeting.full_clean()
    meeting.save()
    record("meeting.planned", by=by, target=meeting, summary=f"Planned {meeting}")
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, by) -> Meeting:
    policy.check_manage_meetings(by)
    meeting.full_clean()
    _check_told_openly(meeting)
    meeting.save()
    record("meeting.changed", by=by, target=meeting, summary=f"Changed {meeting}")
    return meeting


def _check_told_openly(meeting: Meeting) -> None:
    """The public reads place, chair and note as they are now, so they may not repeat what an edition keeps back."""
    told = {"place": meeting.venue, "chair": meeting.chair, "note to the public": meeting.note}
    for edition in meeting.editions.all():
        for hit in leaks.find(edition.content, told.items()):
            raise Refusal(
                f"The {hit.place} repeats {hit.kind} from {hit.where}, which the public may not read. Nothing was changed: take it out."
            )


@transaction.atomic
def give_notice(*, meeting: Meeting, by) -> None:
    """Tell the public of a meeting: date, time and place (Specified Information Order 2011, paragraph 5(a))."""
    policy.check_manage_meetings(by)
    if meeting.start_time is None or not meeting.venue:
        raise Refusal("Give the meeting a start time and a place first: the notice must show both.")
    meeting.notice_published_at = meeting.notice_published_at or timezone.now()
    meeting.save()
    record("meeting.notice_given", by=by, target=meeting, summary=f"Published the notice of {meeting}")


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by) -> None:
    policy.check_manage_meetings(by)
    meeting.status = Meeting.Status.CANCELLED
    meeting._change_reason = reason
    meeting.save()
    record("meeting.cancelled", by=by, target=meeting, summary=f"Cancelled {meeting}", reason=reason)


def next_number(meeting: Meeting, under: AgendaItem | None = None) -> tuple[int, int]:
    """The number a new item gets: the next whole item, or the next one under an item that no further paper has."""
    if under is not None:
        items = _with_papers(meeting.items.filter(number_major=under.number_major))
        return under.number_major, max(each.number_minor + _numbers_taken(each) for each in items)
    major = meeting.items.aggregate(Max("number_major"))["number_major__max"]
    return (major or 0) + 1, 0


def _with_papers(items):
    """Items with the count of papers that stand under each."""
    return items.annotate(papers_here=Count("papers", filter=~Q(papers__state="withdrawn")))


def _numbers_taken(item: AgendaItem) -> int:
    """How many numbers an item takes up: its own, which is also its first paper's, and one for each further paper."""
    return max(item.papers_here, 1)


@transaction.atomic
def add_item(*, meeting: Meeting, title: str, by, under: AgendaItem | None = None, number=None, **fields) -> AgendaItem:
    policy.check_manage_meetings(by)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    major, minor = number or next_number(meeting, under)
    item = AgendaItem(meeting=meeting, title=title, number_major=major, number_minor=minor, **fields)
    item.full_clean(validate_constraints=False)
    item.save()
    if meeting.status == Meeting.Status.PLANNED:
        meeting.status = Meeting.Status.AGENDA_DRAFT
        meeting.save()
    record("item.added", by=by, target=meeting, summary=f"Added item {item.number} to {meeting}", item=str(item.pk))
    return item


@transaction.atomic
def change_item(*, item: AgendaItem, by) -> AgendaItem:
    policy.check_manage_meetings(by)
    item.full_clean(validate_constraints=False)
    item.save()
    record("item.changed", by=by, target=item.meeting, summary=f"Changed item {item.number}", item=str(item.pk))
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, steps: int, by) -> AgendaItem:
    """Move an item up (negative) or down the agenda by whole places; the numbers stay, the items change places."""
    policy.check_manage_meetings(by)
    items = list(
        AgendaItem.objects.select_for_update().filter(meeting=item.meeting).order_by("number_major", "number_minor")
    )
    numbers = [(each.number_major, each.number_minor) for each in items]
    here = next(index for index, each in enumerate(items) if each.pk == item.pk)
    there = min(max(here + steps, 0), len(items) - 1)
    if here == there:
        return item
    items.insert(there, items.pop(here))
    _give_numbers(items, numbers)
    record("item.moved", by=by, target=item.meeting, summary="Changed the order of the agenda", item=str(item.pk))
    return next(each for each in items if each.pk == item.pk)


@transaction.atomic
def order_items(*, meeting: Meeting, ids: list[str], by) -> None:
    """Put the agenda into the order of these item ids, all of them, once each."""
    policy.check_manage_meetings(by)
    items = {str(each.pk): each for each in AgendaItem.objects.select_for_update().filter(meeting=meeting)}
    if sorted(ids) != sorted(items):
        raise Refusal("The agenda changed while you were moving items. It is shown as it is now; move the item again.")
    numbers = sorted((each.number_major, each.number_minor) for each in items.values())
    _give_numbers([items[each] for each in ids], numbers)
    record("item.moved", by=by, target=meeting, summary="Changed the order of the agenda")


@transaction.atomic
def close_gaps(*, meeting: Meeting, by) -> None:
    """Number the items 1, 2, 3 ... without gaps; what stands under an item stays there, behind its further papers."""
    policy.check_manage_meetings(by)
    list(AgendaItem.objects.select_for_update().filter(meeting=meeting))  # a count cannot be locked
    items = list(_with_papers(meeting.items.order_by("number_major", "number_minor")))
    numbers, major, minor, last, taken = [], 0, 0, None, 1
    for each in items:
        under = each.number_minor and last == each.number_major
        major, minor = (major, minor + taken) if under else (major + 1, 0)
        last, taken = each.number_major, _numbers_taken(each)
        numbers.append((major, minor))
    _give_numbers(items, numbers)
    record("item.renumbered", by=by, target=meeting, summary="Closed the gaps in the agenda’s numbers")


def _give_numbers(items: list[AgendaItem], numbers: list[tuple[int, int]]) -> None:
    """The unique number of an item is checked when the transaction ends, so that two items can change places."""
    for item, (major, minor) in zip(items, numbers, strict=True):
        if (item.number_major, item.number_minor) != (major, minor):
            item.number_major, item.number_minor = major, minor
            item.save()


@transaction.atomic
def remove_item(*, item: AgendaItem, by) -> None:
    """Take an item off the agenda. Its papers are kept and wait for another item."""
    policy.check_manage_meetings(by)
    for paper in item.papers.all():
        paper.item = None
        paper.save()
    meeting, number = item.meeting, item.number
    item.delete()
    record("item.removed", by=by, target=meeting, summary=f"Removed item {number} from {meeting}")


@transaction.atomic
def restrict(*, target, grounds: list[str], reason: str, by, public_interest: str = "", review_on=None) -> Restriction:
    """Keep an item, a paper or an annex from the public. It holds at once; the monitoring officer confirms it."""
    policy.check_restrict(by)
    restriction = target.restriction or Restriction(proposed_by=by)
    restriction.grounds, restriction.reason = grounds, reason
    restriction.public_interest, restriction.review_on = public_interest, review_on
    restriction.proposed_by, restriction.confirmed_by, restriction.confirmed_at = by, None, None
    restriction.released_at = None
    restriction.save()
    target.restriction = restriction
    target.save()
    record("restriction.proposed", by=by, target=target, summary="Proposed a restriction", grounds=grounds)
    return restriction


@transaction.atomic
def confirm_restriction(*, target, by) -> None:
    restriction = target.restriction
    policy.check_confirm_restriction(by, restriction)
    restriction.confirmed_by, restriction.confirmed_at = by, timezone.now()
    restriction.save()
    record(
        "restriction.confirmed", by=by, target=target, summary="Confirmed a restriction", grounds=restriction.grounds
    )


@transaction.atomic
def release(*, target, reason: str, by) -> None:
    """Lift a restriction: from the next edition on, the public reads it."""
    policy.check_restrict(by)
    restriction = target.restriction
    restriction.released_at = timezone.now()
    restriction._change_reason = reason
    restriction.save()
    target.restriction = None
    target.save()
    record("restriction.released", by=by, target=target, summary="Released a restriction", reason=reason)
