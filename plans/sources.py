"""Which copy of the plan a person reads: live rows for officers and leads, a sealed edition for members.

Both are snapshots, so one set of pages shows either. The body chosen decides what directions compare with.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import cached_property

from boards.models import AgendaItem, Board, BoardMembership, Edition, Meeting, Paper
from plans import compare, policy, snapshot
from plans.models import Plan, Round
from plans.summary import Summary, summarise

KEY = "plans"


@dataclass
class Source:
    """One copy of the plan for one body."""

    now: dict
    baseline: dict | None
    board: Board | None
    is_live: bool
    baseline_label: str = ""
    edition: Edition | None = None
    changes: list | None = None

    @cached_property
    def summary(self) -> Summary:
        return summarise(self.now, self.baseline, body=self.board.name if self.board else "", changes=self.changes)

    @property
    def body(self) -> str:
        return self.board.name if self.board else ""


def boards_with_reports() -> list[Board]:
    """Bodies that may be told of the plan: those that were, the main boards and panels first to come to mind."""
    told = set(Edition.objects.filter(registers__contains=[KEY]).values_list("meeting__board", flat=True))
    found = [
        board
        for board in Board.objects.filter(ends_on__isnull=True)
        if board.pk in told or board.kind in ("board", "panel")
    ]
    order = {"board": 0, "panel": 1}
    return sorted(found, key=lambda board: (board.pk not in told, order.get(board.kind, 2), board.name))


def items_for_report(round_: Round) -> list[AgendaItem]:
    """Items of agendas in the making, of meetings after the period, that have no paper yet.

    Restricted items are not named to those who report the plan.
    """
    taken = Paper.objects.filter(item__isnull=False).exclude(state=Paper.State.WITHDRAWN).values("item")
    return list(
        AgendaItem.objects.filter(
            kind="paper",
            restriction__isnull=True,
            meeting__board__in=boards_with_reports(),
            meeting__date__gt=round_.period_end,
            meeting__status__in=[Meeting.Status.PLANNED, Meeting.Status.AGENDA_DRAFT],
        )
        .exclude(pk__in=taken)
        .select_related("meeting__board")
        .order_by("meeting__date", "number_major", "number_minor")
    )


def last_edition(board: Board) -> Edition | None:
    """The last edition sealed for the body that holds the plan."""
    return (
        Edition.objects.filter(meeting__board=board, registers__contains=[KEY])
        .select_related("meeting__board")
        .order_by("-meeting__date", "-number")
        .first()
    )


def live_day(plan: Plan, today: dt.date | None = None) -> dt.date:
    """The day live pages are as at: today, but not past the open round, nor a quarter past the last closed one.

    A plan that is no longer reported would otherwise turn overdue from end to end.
    """
    day = today or timezone.localdate()
    latest = plan.rounds.order_by("-period_end").first()
    if latest is None:
        return day
    return min(day, latest.period_end + dt.timedelta(days=92 if latest.is_closed else 0))


def live(plan: Plan, board: Board | None) -> Source:
    """The plan as it stands today, open round and all, against what the body last saw."""
    edition = last_edition(board) if board else None
    baseline = edition.content["registers"][KEY]["snapshot"] if edition else None
    now = snapshot.take(plan, as_at=live_day(plan), live=True)
    baseline = compare.comparable(now, baseline)
    label = f"{board} on {edition.meeting.date:%-d %B %Y}" if edition and baseline else ""
    return Source(now, baseline, board, is_live=True, baseline_label=label, edition=edition)


def sealed(edition: Edition) -> Source:
    """The plan as it was put before a body: what its members read."""
    held = edition.content["registers"][KEY]
    before = Edition.objects.filter(pk=held["baseline_edition"]).select_related("meeting").first()
    baseline = before.content["registers"].get(KEY, {}).get("snapshot") if before else None
    baseline = compare.comparable(held["snapshot"], baseline)
    label = f"{edition.meeting.board} on {before.meeting.date:%-d %B %Y}" if before and baseline else ""
    return Source(
        held["snapshot"], baseline, edition.meeting.board, is_live=False, baseline_label=label, edition=edition,
        changes=compare.compare(held["snapshot"], baseline),
    )  # fmt: skip


def for_person(user, plan: Plan | None, wanted: str = "") -> Source | None:
    """The copy this person may read: live for officers and leads, else the last sealed for a body they sit on."""
    if policy.can_read_live(user):
        if plan is None:
            return None
        boards = boards_with_reports()
        chosen = next((board for board in boards if board.slug == wanted), boards[0] if boards else None)
        return live(plan, chosen)
    editions = sealed_for(user)
    if plan is not None:
        editions = [
            each for each in editions if each.content["registers"][KEY]["snapshot"]["plan"]["id"] == str(plan.uid)
        ]
    chosen = next((each for each in editions if each.meeting.board.slug == wanted), editions[0] if editions else None)
    return sealed(chosen) if chosen else None


def sealed_for(user) -> list[Edition]:
    """The last edition that holds the plan, for each body the person sits on."""
    seats = BoardMembership.objects.in_force().filter(person=user).select_related("board").order_by("board__name")
    return [edition for seat in seats if (edition := last_edition(seat.board))]


def published_papers(limit: int = 10) -> list[dict]:
    """Published papers that report the plan, newest first, for readers without an account."""
    found = []
    editions = (
        Edition.objects.filter(registers__contains=[KEY], publications__isnull=False)
        .select_related("meeting__board")
        .order_by("-meeting__date", "-number")[:limit]
    )
    for edition in editions:
        for item in edition.public_content["items"]:
            for paper in item["papers"]:
                if (paper.get("register") or {}).get("key") == KEY:
                    found.append({"title": paper["title"], "meeting": edition.meeting, "edition": edition})
    return found
