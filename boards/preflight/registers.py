"""Findings of the registers that an agenda reports."""

from collections.abc import Iterator

from boards import reports
from boards.actions.reporting import compute
from boards.models import AgendaItem, Meeting
from boards.preflight.finding import AgendaFinding


def findings(meeting: Meeting, items: list[AgendaItem]) -> Iterator[AgendaFinding]:
    for item in items:
        for paper in item.papers.all():
            register = reports.get(paper.register) if paper.register else None
            if register is None:
                continue
            snapshot, changes, _, context, _ = compute(
                meeting, paper.register, template=paper.template, options=paper.register_options
            )
            for found in register.findings(snapshot, changes, paper.document, context):
                yield AgendaFinding(
                    found.rule,
                    found.severity,
                    found.sentence,
                    getattr(found, "mend", ""),
                    where=f"{item.number} {paper.title}",
                    target=f"{paper.pk}:{getattr(found, 'block_id', '') or ''}",
                    url=paper.get_absolute_url(),
                )
