"""Rule M6: a paper that was written for another body, was before another meeting, or is dated for one."""

from collections.abc import Iterator

from boards.models import AgendaItem, Meeting, Paper, SearchEntry
from boards.preflight.finding import ACKNOWLEDGE, AgendaFinding


def findings(meeting: Meeting, items: list[AgendaItem]) -> Iterator[AgendaFinding]:
    papers = [(item, paper) for item in items for paper in item.papers.all()]
    seen = _seen(meeting, [paper for _, paper in papers]) if papers else {}
    dates = set(meeting.board.meetings.exclude(pk=meeting.pk).values_list("date", flat=True)) if papers else set()
    for item, paper in papers:
        if paper.board_id != meeting.board_id:
            yield _finding(
                item,
                paper,
                f"“{paper.title}” is a paper of {paper.board.name}.",
                "Reissue it to this board, or say why it is here as it is.",
            )
        elif paper.pk in seen:
            yield _finding(
                item,
                paper,
                f"“{paper.title}” was before the meeting of {seen[paper.pk]:%-d %B %Y}.",
                "Take it off this agenda, or say why it comes back.",
            )
        elif paper.paper_date in dates and paper.paper_date != meeting.date:
            yield _finding(
                item,
                paper,
                f"“{paper.title}” is dated {paper.paper_date:%-d %B %Y}, the day of another meeting of this board.",
                "Correct the date, or say why that paper is here.",
            )


def _seen(meeting: Meeting, papers: list[Paper]) -> dict:
    """The last other meeting to which each paper was circulated, by the paper's id."""
    anchors = {f"paper-{paper.pk}": paper.pk for paper in papers}
    rows = (
        SearchEntry.objects.filter(audience="members", kind="paper", anchor__in=anchors)
        .exclude(edition__meeting=meeting)
        .order_by("edition__meeting__date")
        .values_list("anchor", "edition__meeting__date")
    )
    return {anchors[anchor]: date for anchor, date in rows}


def _finding(item: AgendaItem, paper: Paper, sentence: str, mend: str) -> AgendaFinding:
    return AgendaFinding(
        "M6",
        ACKNOWLEDGE,
        sentence,
        mend,
        where=str(item),
        target=str(paper.pk),
        url=paper.get_absolute_url(),
    )
