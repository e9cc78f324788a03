"""Seal and publish the demonstration office's past meetings."""

from boards.actions import reporting, sealing
from boards.demonstration.meetings import SITTINGS
from boards.demonstration.people import by_name
from boards.models import AgendaItem, Edition, Meeting, Paper
from boards.preflight import preflight


def load() -> None:
    governance = by_name("governance")
    for edition in Edition.objects.filter(publications=None):
        # What the registers circulated as the baseline of their first report.
        sealing.publish(edition=edition, by=governance)
    for sitting in SITTINGS:
        meeting = Meeting.objects.get(board__slug=sitting.board, date=sitting.date)
        if not sitting.publish or meeting.editions.exists():
            continue
        for line in sitting.items:
            if line.report:
                _report(meeting.items.get(number_major=line.number, number_minor=0), line)
        acknowledged = {
            finding.key: "Known when these papers were circulated."
            for finding in preflight(meeting)
            if finding.severity == "acknowledge"
        }
        edition = sealing.seal(meeting=meeting, by=governance, acknowledged=acknowledged)
        sealing.publish(edition=edition, by=governance)


def _report(item: AgendaItem, line) -> None:
    """Draft a register's report under its item, unless the register's own demonstration has done so."""
    if item.papers.filter(register=line.report).exists():
        return
    paper = reporting.draft_report(
        item=item, register=line.report, by=by_name("governance"), authors=[by_name(line.author)]
    )
    paper.state = Paper.State.FINAL
    paper._change_reason = "Cleared for the demonstration"
    paper.save()
