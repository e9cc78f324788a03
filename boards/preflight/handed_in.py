"""Rule A3: an office file handed in as an annex is no annex until a worker has made a PDF of it. It would be left out without a word."""

from collections.abc import Iterable, Iterator

from boards.models import AgendaItem, AnnexConversion, Meeting, Paper
from boards.preflight.finding import BLOCKS, AgendaFinding


def findings(meeting: Meeting, items: list[AgendaItem]) -> Iterator[AgendaFinding]:
    papers = {paper.pk: f"{item.number} {paper.title}" for item in items for paper in item.papers.all()}
    rows = AnnexConversion.objects.filter(paper__in=papers).select_related("paper") if papers else ()
    for row in rows:
        yield _finding(row, papers[row.paper_id], f" of “{row.paper.title}”")


def of_paper(paper: Paper, rows: Iterable[AnnexConversion] | None = None) -> list[AgendaFinding]:
    """What stands in the way of submitting one paper. `rows` where they are at hand already."""
    return [_finding(row, paper.title) for row in (paper.conversions.all() if rows is None else rows)]


def _finding(row: AnnexConversion, where: str, whose: str = "") -> AgendaFinding:
    if row.is_failed:
        sentence = f"“{row.title}”, handed in as an annex{whose}, could not be turned into PDF and is not bound."
        mend = "Remove it among the annexes, and upload a PDF in its place if the board is to see it."
    else:
        sentence = f"“{row.title}”, handed in as an annex{whose}, is not turned into PDF yet."
        mend = "Wait until it is an annex, or remove it among the annexes."
    url = f"{row.paper.get_absolute_url()}#h-annexes"
    return AgendaFinding("A3", BLOCKS, sentence, mend, where=where, target=str(row.pk), url=url)
