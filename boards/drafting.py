"""What a register says to a meeting now: its state, what changed since that board last saw it, and the draft of its report."""

from boards import reports
from boards.sealing.baseline import baseline_for
from portal.models import Office
from portal.policy import Refusal


def context_for(meeting, register: str, *, template: str = "board-paper", options: dict | None = None) -> tuple:
    """The baseline, and what a register may know of the meeting it reports to."""
    baseline = baseline_for(meeting, register)
    context = reports.ReportContext(
        board=meeting.board.name,
        board_short=meeting.board.short_name,
        meeting_date=meeting.date,
        baseline_date=baseline.date if baseline else None,
        baseline_edition=baseline.edition if baseline else None,
        template=template,
        office=Office.current().as_dict(),
        options=options or {},
    )
    return baseline, context


def compute(meeting, register_key: str, *, template: str = "board-paper", options: dict | None = None):
    """Snapshot, changes and draft of a register for a meeting, as (snapshot, changes, draft, context, baseline)."""
    register = reports.get(register_key)
    if register is None:
        raise Refusal("No register of that name is installed.")
    options = options or {}
    baseline, context = context_for(meeting, register_key, template=template, options=options)
    snapshot = register.snapshot(as_at=meeting.date, options=options)
    before = baseline.snapshot if baseline else None
    changes = register.compare(snapshot, before)
    return snapshot, changes, register.draft(snapshot, changes, context, before), context, baseline
