"""Where things stand in the pack, for the screen: a paper's pages, marks where a page begins, the way from a page number to its place."""

import re

from django.urls import reverse

from boards.packs.extract import paper_range
from boards.packs.ledger import Ledger
from boards.reading import Reading

#: Elements before which a mark may stand: blocks that the renderer opens by their id.
_BLOCK = re.compile(r'<(?:section|p|div|figure|ul|ol|blockquote|h[3-6]) id="(b[a-z0-9]+)"')
_TYPED = re.compile(r"([S-Z][A-Z]?)?0*([1-9][0-9]{0,4})", re.IGNORECASE)


def paper_span(ledger: Ledger, paper_id: str) -> tuple[int, int] | None:
    """First and last page of a paper with its annexes; None when the pack does not hold it."""
    try:
        return paper_range(ledger.as_dict(), paper_id)
    except LookupError:
        return None


def mark_pages(markup: str, ledger: Ledger, first: int) -> str:
    """The paper's HTML with a mark before the first block of each page after `first`, which its head names already."""
    last = first

    def mark(found: re.Match) -> str:
        nonlocal last
        page = ledger.anchors.get(found[1], 0)
        if page <= last:
            return found[0]
        last = page
        label = f"{ledger.series}{page}"
        words = '<div class="app-page-mark" role="doc-pagebreak" id="page-{}" aria-label="Page {} of the pack">Page {}</div>{}'
        return words.format(label, label, label, found[0])

    return _BLOCK.sub(mark, markup)


def place_of_page(readings: list[Reading], typed: str) -> str | None:
    """The address of what stands on a page of the pack: “37”, or “S3” of a supplement. None where none has that page."""
    asked = _TYPED.fullmatch(typed.strip())
    if not asked:
        return None
    series, page = (asked[1] or "").upper(), int(asked[2])
    for reading in reversed(readings):
        ledger = Ledger.from_dict(reading.build.ledger) if reading.build and reading.build.ledger else None
        if ledger and ledger.series == series and page <= ledger.pages:
            return _place(reading, ledger, page)
    return None


def _place(reading: Reading, ledger: Ledger, page: int) -> str:
    meeting = reading.meeting
    address = [meeting.board.slug, meeting.date, reading.edition.number]
    rows = [row for row in ledger.rows if row.page <= page and row.kind not in ("item", "section")]
    row = max(rows, key=lambda each: each.page, default=None)
    if row is not None and row.kind == "divider":
        first = next((each for each in ledger.rows if each.kind == "paper" and each.page > row.page), None)
        return reverse("sealed_paper", args=[*address, first.number]) if first else reverse("edition", args=address)
    if row is not None and row.kind == "annex-divider":
        number = next(each.number for each in ledger.rows if each.kind == "paper" and each.id == row.parent)
        return reverse("sealed_paper", args=[*address, number]) + "#annexes"
    if row is not None and row.kind == "annex":
        return reverse("sealed_annex", args=[*address, row.id]) + f"#page={page - row.page + 1}"
    if row is not None and row.kind == "paper":
        begun = [at for at in _marked(reading, ledger, row) if at <= page]
        fragment = f"#page-{ledger.series}{max(begun)}" if begun else ""
        return reverse("sealed_paper", args=[*address, row.number]) + fragment
    return reverse("edition", args=address)


def _marked(reading: Reading, ledger: Ledger, row) -> list[int]:
    """Pages of a paper that begin with a block of their own, so that the reader has a mark for them."""
    for item in reading.content["items"]:
        for paper in item["papers"]:
            if paper["id"] == row.id and paper.get("document"):
                blocks = [node["attrs"]["id"] for s in paper["document"]["content"] for node in (s, *s["content"][1:])]
                return [page for page in (ledger.anchors.get(block, 0) for block in blocks) if page > row.page]
    return []


def pages_in_words(ledger: Ledger, span: tuple[int, int]) -> str:
    """Page 4, or pages 48 to 61."""
    first, last = (f"{ledger.series}{page}" for page in span)
    return f"page {first}" if first == last else f"pages {first} to {last}"
