"""The papers' own findings, gathered for the agenda."""

from collections.abc import Iterator

from boards import paper_findings
from boards.models import AgendaItem, Meeting
from boards.preflight.finding import AgendaFinding


def findings(meeting: Meeting, items: list[AgendaItem]) -> Iterator[AgendaFinding]:
    for item in items:
        for paper in item.papers.all():
            for found in paper_findings.of_paper(paper):
                block = f"#block-{found.block_id}" if found.block_id else ""
                yield AgendaFinding(
                    found.rule,
                    found.severity,
                    found.sentence,
                    found.mend,
                    where=f"{item.number} {paper.title}",
                    target=f"{paper.pk}:{found.block_id or ''}",
                    url=f"{paper.get_absolute_url()}{block}",
                )
