"""The two meetings of the demonstration that the register is reported to."""

import datetime as dt

from boards.actions import reporting, sealing
from boards.models import AgendaItem, Board, Meeting, Paper
from boards.preflight import preflight
from portal.models import User
from portal.roles import Role

NEXT = dt.date(2017, 2, 6)


def board_of(slug: str) -> Board:
    return Board.objects.filter(slug=slug).first() or Board.objects.create(
        name="Business Coordination Board", slug=slug, short_name="BCB"
    )


def report_item(meeting: Meeting, major: int) -> AgendaItem:
    """The item of the agenda that the register is reported under."""
    found = meeting.items.filter(title__icontains="risk").order_by("number_major", "number_minor").first()
    return found or AgendaItem.objects.create(
        meeting=meeting, number_major=major, title="Strategic risk register", kind="paper", lead_role="Chief Executive",
        action_requested="note",
    )  # fmt: skip


def seal_baseline(data: dict, *, by) -> None:
    """Report the register to the meeting of August 2016 and seal it, so that there is something to compare with."""
    governance = User.objects.holding(Role.GOVERNANCE).order_by("pk").first()
    if governance is None:
        return
    board, day = board_of(data["board"]), dt.date.fromisoformat(data["meeting"])
    meeting, _ = Meeting.objects.get_or_create(
        board=board, date=day, defaults={"start_time": dt.time(14), "venue": "Conference room", "status": "planned"}
    )
    if meeting.editions.exists():
        return
    draft(report_item(meeting, 3), by=by or governance)
    acknowledged = {
        finding.key: "Known to the board when this register was reported."
        for finding in preflight(meeting)
        if finding.severity == "acknowledge"
    }
    sealing.seal(meeting=meeting, by=governance, acknowledged=acknowledged)


def draft_next(*, by) -> Paper | None:
    """Draft the report to the meeting of February 2017, where that meeting is on the calendar."""
    meeting = Meeting.objects.filter(board__slug="business-coordination-board", date=NEXT).first()
    officer = by or User.objects.holding(Role.GOVERNANCE).order_by("pk").first()
    if meeting is None or officer is None or meeting.editions.exists():
        return None
    return draft(report_item(meeting, 4), by=officer)


def draft(item: AgendaItem, *, by) -> Paper:
    """The report as a final paper, unless the item has one."""
    paper = item.papers.filter(register="risks").first()
    if paper is None:
        paper = reporting.draft_report(
            item=item, register="risks", by=by, options={"mailbox": "governance@opcc.example"}
        )
        paper.state = Paper.State.FINAL
        paper._change_reason = "Cleared for the demonstration"
        paper.save()
    return paper
