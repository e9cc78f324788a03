"""The papers' own findings, gathered for the agenda."""

from collections.abc import Iterator

from boards import paper_findings
from boards.document.findings import Finding
from boards.models import AgendaItem, Meeting, Paper
from boards.preflight.finding import ACKNOWLEDGE, AgendaFinding


def findings(meeting: Meeting, items: list[AgendaItem]) -> Iterator[AgendaFinding]:
    for item in items:
        for paper in item.papers.all():
            yield from of_paper(paper)


def of_paper(paper: Paper, known: list[Finding] | None = None) -> Iterator[AgendaFinding]:
    """The findings of one paper, each with the reason its author gave on submitting it. `known` where they were looked for already."""
    found_here = paper_findings.of_paper(paper) if known is None else known
    given = reasons_given(paper) if any(found.severity == ACKNOWLEDGE for found in found_here) else {}
    for found in found_here:
        block = f"#block-{found.block_id}" if found.block_id else ""
        finding = AgendaFinding(
            found.rule,
            found.severity,
            found.sentence,
            found.mend,
            where=f"{paper.item.number} {paper.title}" if paper.item else paper.title,
            target=f"{paper.pk}:{found.block_id or ''}",
            url=f"{paper.get_absolute_url()}{block}",
            number=found.printed_number or "",
        )
        yield finding.with_reason(given.get(finding.key, ""))


def to_acknowledge(paper: Paper, known: list[Finding] | None = None) -> list[AgendaFinding]:
    """What may stand only for a reason, each finding once."""
    return list({found.key: found for found in of_paper(paper, known) if found.severity == ACKNOWLEDGE}.values())


def reasons_given(paper: Paper) -> dict[str, str]:
    """The reasons given when the paper was last submitted, by the finding's key."""
    if not paper.pk:
        return {}
    last = paper.steps.filter(verb="submit").order_by("-at", "-pk").first()
    return {kept["key"]: kept["reason"] for kept in last.acknowledged} if last else {}
