"""Findings of the registers that an agenda reports."""

from collections.abc import Iterator

from boards import reports
from boards.actions.reporting import compute
from boards.models import AgendaItem, Meeting
from boards.preflight.finding import AgendaFinding
from portal.policy import Refusal


def findings(meeting: Meeting, items: list[AgendaItem]) -> Iterator[AgendaFinding]:
    for item in items:
        for paper in item.papers.all():
            register = reports.get(paper.register) if paper.register else None
            if register is None:
                continue
            try:
                snapshot, changes, _, context, _ = compute(
                    meeting, paper.register, template=paper.template, options=paper.register_options
                )
            except Refusal as refusal:
                yield AgendaFinding(
                    "P7", "blocks", refusal.sentence, "Withdraw the report and draft it again.",
                    where=f"{item.number} {paper.title}", target=f"{paper.pk}:", url=paper.get_absolute_url(),
                )  # fmt: skip
                continue
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
