"""Findings of the registers that an agenda reports."""

from collections.abc import Iterator

from boards import reports
from boards.drafting import compute
from boards.models import AgendaItem, Meeting, Paper
from boards.preflight.finding import AgendaFinding
from portal.policy import Refusal


def findings(meeting: Meeting, items: list[AgendaItem]) -> Iterator[AgendaFinding]:
    for item in items:
        for paper in item.papers.all():
            yield from of_paper(meeting, item, paper)


def of_paper(meeting: Meeting, item: AgendaItem, paper: Paper) -> Iterator[AgendaFinding]:
    """What the register says of the paper that reports it; nothing for any other paper."""
    register = reports.get(paper.register) if paper.register else None
    if register is None:
        return
    where, url = f"{item.number} {paper.title}", paper.get_absolute_url()
    try:
        snapshot, changes, _, context, _ = compute(
            meeting, paper.register, template=paper.template, options=paper.register_options
        )
    except Refusal as refusal:
        mend = "Withdraw the report and draft it again."
        yield AgendaFinding("P7", "blocks", refusal.sentence, mend, where=where, target=f"{paper.pk}:", url=url)
        return
    for found in register.findings(snapshot, changes, paper.document, context):
        yield AgendaFinding(
            found.rule,
            found.severity,
            found.sentence,
            getattr(found, "mend", ""),
            where=where,
            target=f"{paper.pk}:{getattr(found, 'block_id', '') or ''}",
            url=url,
        )
