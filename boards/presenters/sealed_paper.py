"""A sealed paper as the on-screen reader shows it: the same blocks, numbers and page numbers as the pack."""

from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from boards import file_names, paper_head, reports
from boards.addressing import addressee
from boards.document import html, numbering
from boards.document.context import Context, Place
from boards.grounds import title_of
from boards.packs.ledger import Ledger
from boards.paper_templates import template
from boards.reading import Reading


class ReaderContext(Context):
    """Resolves references for a reader: within the paper by block, elsewhere in the same edition by address."""

    def __init__(self, reading: Reading, ledger: Ledger | None):
        super().__init__()
        self.reading, self.ledger = reading, ledger

    @cached_property
    def places(self) -> dict[str, tuple[str, str]]:
        """Target → (label, address) of everything in the edition that can be referred to."""
        found: dict[str, tuple[str, str]] = {}
        for item in self.reading.content["items"]:
            found[f"item:{item['id']}"] = (f"item {item['number']}", "")
            for paper in item["papers"]:
                if not paper.get("document"):
                    continue
                address = self.paper_url(paper["number"])
                found[f"item:{item['id']}"] = (f"item {item['number']}", address)
                for block_id, entry in paper["numbers"].items():
                    found[f"block:{block_id}"] = (entry["label"], f"{address}#{block_id}")
                for annex in paper["annexes"]:
                    if annex.get("sha256"):
                        found[f"annex:{annex['id']}"] = (f"Annex {annex['letter']}", self.annex_url(annex["id"]))
                for node in _walk(paper["document"]):
                    anchor = (node.get("attrs") or {}).get("anchor")
                    if anchor:
                        found[anchor] = (anchor.partition(":")[2], f"{address}#{html.anchor_id(anchor)}")
        return found

    def _address(self) -> list:
        meeting = self.reading.meeting
        return [meeting.board.slug, meeting.date, self.reading.edition.number]

    def paper_url(self, number: str) -> str:
        return reverse("sealed_paper", args=[*self._address(), number])

    def annex_url(self, annex_id: str) -> str:
        return reverse("sealed_annex", args=[*self._address(), annex_id])

    def resolve_target(self, target: str):
        if target not in self.places:
            return None
        label, address = self.places[target]
        page = self.ledger.label(target) if self.ledger else None
        return Place(label, address or None, page)

    def image_src(self, src: str) -> str:
        return reverse("sealed_image", args=[*self._address(), src.removeprefix("asset:")])

    def chart(self, kind: str, data: dict, caption: str, alt: str) -> str:
        return reports.draw_chart(kind, data, caption, alt) or ""

    def ground(self, code: str) -> str:
        return title_of(code)

    def addressee(self, to: str) -> str:
        return addressee(self.reading.content["board"].get("kind", ""), to)


def _walk(node: dict):
    yield node
    for child in node.get("content", ()):
        yield from _walk(child)


class SealedPaper:
    """What the reading page shows of one paper of one edition."""

    def __init__(self, reading: Reading, item: dict, paper: dict):
        self.reading, self.item, self.paper = reading, item, paper
        ledger = reading.build.ledger if reading.build else None
        self.ledger = Ledger.from_dict(ledger) if ledger else None

    title = property(lambda self: self.paper["title"])
    number = property(lambda self: self.paper["number"])
    marking = property(lambda self: self.paper.get("marking_label") or self.paper["marking"])
    grounds = property(
        lambda self: (self.paper.get("restriction") or self.item.get("restriction") or {}).get("ground_titles", [])
    )

    @property
    def header(self) -> list[tuple[str, str]]:
        return paper_head.rows(self.paper)

    @property
    def has_capital_headings(self) -> bool:
        return paper_head.layout(self.paper).capital_headings

    @property
    def kind(self) -> str:
        return template(self.paper["template"]).name

    @cached_property
    def body(self) -> SafeString:
        context = ReaderContext(self.reading, self.ledger)
        numbers = numbering.Numbering.from_dict(self.paper["numbers"])
        # Safe: the renderer escapes all text and writes only what its allow list names.
        return mark_safe(html.render(paper_head.body(self.paper), numbers=numbers, context=context))  # noqa: S308

    @cached_property
    def contents(self) -> list[dict]:
        """Sections for the list of contents beside the paper."""
        found = []
        for section in self.paper["document"]["content"]:
            heading = next((child for child in section.get("content", []) if child["type"] == "heading"), {})
            title = "".join(node.get("text", "") for node in heading.get("content", []))
            if title:
                number = self.paper["numbers"].get(section["attrs"]["id"], {}).get("number", "")
                found.append({"id": section["attrs"]["id"], "number": number, "title": title})
        return found

    @cached_property
    def page(self) -> str:
        return (self.ledger.label(f"paper:{self.paper['id']}") if self.ledger else "") or ""

    @property
    def annexes(self) -> list[dict]:
        context = ReaderContext(self.reading, self.ledger)
        return [
            {
                "letter": annex["letter"],
                "title": annex["title"],
                "pages": annex.get("pages"),
                "tagged": annex.get("tagged"),
                "grounds": (annex.get("restriction") or {}).get("ground_titles", []),
                "url": context.annex_url(annex["id"]) if annex.get("sha256") else "",
                "file_name": file_names.annex_file_name(self.reading.content, annex) if annex.get("sha256") else "",
            }
            for annex in self.paper["annexes"]
        ]
