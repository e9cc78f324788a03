"""The meetings of the demonstration that the plan is reported to: two sealed baselines, then the panel's of November."""

from __future__ import annotations

import datetime as dt

from boards.actions import reporting, sealing
from boards.models import AgendaItem, Board, Meeting, Paper
from boards.preflight import preflight
from plans.models import Plan
from portal.models import User
from portal.roles import Role

#: (kind of body, date, title of the item, options of the report, whether it is sealed)
REPORTS = (
    ("panel", dt.date(2018, 5, 16), "Monitoring delivery of the plan: Victims", {"theme": "V"}),
    ("board", dt.date(2018, 7, 26), "Police and Crime Plan: delivery plan", {}),
    ("panel", dt.date(2018, 11, 14), "Monitoring delivery of the plan: Communities", {"theme": "C"}),
)
TIMES = {"board": dt.time(14), "panel": dt.time(13, 30)}
VENUE = "Council chamber, Shire Hall"


def load(plan: Plan) -> None:
    """Draft and seal the reports, where the boards and a governance officer are there."""
    governance = User.objects.holding(Role.GOVERNANCE).order_by("pk").first()
    if governance is None:
        return
    for kind, day, title, options in REPORTS:
        board = Board.objects.filter(kind=kind).order_by("pk").first()
        if board is not None:
            _report(board, kind, day, title, options, governance)


def _report(board: Board, kind: str, day: dt.date, title: str, options: dict, governance) -> None:
    meeting, _ = Meeting.objects.get_or_create(
        board=board,
        date=day,
        defaults={
            "start_time": TIMES[kind],
            "venue": VENUE,
            "is_public": board.is_public,
            "chair": board.chair_title,
            "status": Meeting.Status.AGENDA_DRAFT,
        },
    )
    if meeting.editions.exists():
        return
    for number, (name, item_kind) in enumerate(
        (("Apologies for absence", "apologies"), ("Declarations of interest", "declarations")), start=1
    ):
        AgendaItem.objects.get_or_create(
            meeting=meeting, number_major=number, number_minor=0, defaults={"title": name, "kind": item_kind}
        )
    item, _ = AgendaItem.objects.get_or_create(
        meeting=meeting,
        number_major=3,
        number_minor=0,
        defaults={"title": title, "kind": "paper", "lead_role": "Chief Executive", "action_requested": "note"},
    )
    paper = reporting.draft_report(
        item=item, register="plans", by=governance, options={"mailbox": "enquiries@opcc.example", **options}
    )
    paper.state = Paper.State.FINAL
    paper._change_reason = "Cleared for the demonstration"
    paper.save()
    acknowledged = {
        finding.key: "Known when these papers were circulated."
        for finding in preflight(meeting)
        if finding.severity == "acknowledge"
    }
    sealing.seal(meeting=meeting, by=governance, acknowledged=acknowledged)
