"""The papers' own findings, gathered for the agenda."""

from collections.abc import Iterator

from django.db.models import Prefetch, prefetch_related_objects

from boards import paper_findings, register_titles
from boards.document.findings import Finding
from boards.models import AgendaItem, Meeting, Paper, ReviewStep
from boards.preflight.finding import ACKNOWLEDGE, AgendaFinding


def findings(meeting: Meeting, items: list[AgendaItem]) -> Iterator[AgendaFinding]:
    """`items` with the papers' submissions beside them, see `with_submissions`."""
    around = paper_findings.Surroundings(register_titles.known_titles(), tuple(items))
    for item in items:
        for paper in item.papers.all():
            yield from of_paper(paper, paper_findings.of_paper(paper, around=around))


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
    submissions = getattr(paper, "submissions", None)  # prefetched where many papers are asked
    if submissions is None:
        submissions = paper.steps.filter(verb="submit").order_by("at", "pk")
    last = list(submissions)[-1:]
    return {kept["key"]: kept["reason"] for step in last for kept in step.acknowledged}


def with_submissions(items: list[AgendaItem]) -> None:
    """Fetch with one query what `reasons_given` asks of each paper."""
    submitted = ReviewStep.objects.filter(verb="submit").order_by("at", "pk")
    papers = [paper for item in items for paper in item.papers.all()]
    prefetch_related_objects(papers, Prefetch("steps", submitted, to_attr="submissions"))
