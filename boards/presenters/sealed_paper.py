"""A sealed paper as the on-screen reader shows it: the same blocks, numbers and page numbers as the pack."""

from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from boards import file_names, paper_head, reports
from boards.addressing import addressee
from boards.document import html, numbering
from boards.document.context import Context, Place
from boards.grounds import title_of
from boards.packs.context import Directory, Found
from boards.packs.ledger import Ledger
from boards.paper_templates import template
from boards.presenters import pack_places
from boards.presenters.agenda import agenda_lines
from boards.reading import Reading, still_in_force


class ReaderContext(Context):
    """Resolves references for a reader, as the pack does: in the paper by block, elsewhere in the same edition by address."""

    def __init__(self, reading: Reading, ledger: Ledger | None, paper: dict | None = None):
        super().__init__()
        self.reading, self.ledger, self.paper = reading, ledger, paper

    @cached_property
    def directory(self) -> Directory:
        return Directory(self.reading.content)

    def _address(self) -> list:
        meeting = self.reading.meeting
        return [meeting.board.slug, meeting.date, self.reading.edition.number]

    def paper_url(self, number: str) -> str:
        return reverse("sealed_paper", args=[*self._address(), number])

    def annex_url(self, annex_id: str) -> str:
        return reverse("sealed_annex", args=[*self._address(), annex_id])

    def resolve_target(self, target: str) -> Place:
        found = self.directory.find(target, self.paper)
        if found is None:
            return Place(self.directory.words_for(target))
        if found.paper is None:
            return Place(found.label)
        page = self.ledger.label(target) if self.ledger else None
        return Place(found.label, self._href(found, target), page)

    def _href(self, found: Found, target: str) -> str:
        if found.kind == "annex":
            return self.annex_url(found.id)
        address = self.paper_url(found.paper["number"])
        if found.kind == "item":
            return address
        return f"{address}#{html.anchor_id(target) if found.kind == 'name' else found.id}"

    def image_src(self, src: str) -> str:
        return reverse("sealed_image", args=[*self._address(), src.removeprefix("asset:")])

    def chart(self, kind: str, data: dict, caption: str, alt: str) -> str:
        return reports.draw_chart(kind, data, caption, alt) or ""

    def ground(self, code: str) -> str:
        return title_of(code)

    def addressee(self, to: str) -> str:
        return addressee(self.reading.content["board"].get("kind", ""), to)


class SealedPaper:
    """What the reading page shows of one paper of one edition."""

    def __init__(self, reading: Reading, item: dict, paper: dict, readings: list[Reading] | None = None):
        """`readings` are all the editions this reader may read, oldest first: for the papers before and after."""
        self.reading, self.item, self.paper = reading, item, paper
        self.readings = readings or [reading]
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
        context = ReaderContext(self.reading, self.ledger, self.paper)
        numbers = numbering.Numbering.from_dict(self.paper["numbers"])
        # Safe: the renderer escapes all text and writes only what its allow list names.
        markup = html.render(paper_head.body(self.paper), numbers=numbers, context=context)
        if self.ledger and self.span:
            markup = pack_places.mark_pages(markup, self.ledger, self.span[0])
        return mark_safe(markup)  # noqa: S308

    @cached_property
    def contents(self) -> list[dict]:
        """Sections for the list of contents beside the paper."""
        found = []
        for section in self.paper["document"]["content"]:
            heading = next((child for child in section.get("content", []) if child["type"] == "heading"), {})
            title = "".join(node.get("text", "") for node in heading.get("content", []))
            if title:
                number = self.paper["numbers"].get(section["attrs"]["id"], {}).get("number", "")
                page = self.ledger.label(f"block:{section['attrs']['id']}") if self.ledger else None
                found.append({"id": section["attrs"]["id"], "number": number, "title": title, "page": page})
        return found

    @cached_property
    def span(self) -> tuple[int, int] | None:
        return pack_places.paper_span(self.ledger, self.paper["id"]) if self.ledger else None

    @property
    def pages(self) -> str:
        """Where the paper with its annexes stands in the pack, in words; nothing while the pack is being made."""
        return pack_places.pages_in_words(self.ledger, self.span) if self.span else ""

    @property
    def length(self) -> int:
        return self.span[1] - self.span[0] + 1 if self.span else 0

    @cached_property
    def _papers(self) -> list:
        """The papers of the agenda this one belongs to, in order, as far as this reader may read them."""
        current = still_in_force(self.readings)
        lines = agenda_lines(current if self.reading in current else [self.reading])
        return [paper for line in lines for paper in line.papers if paper.readable]

    @cached_property
    def _place(self) -> int | None:
        return next((n for n, each in enumerate(self._papers) if each.number == self.number), None)

    @property
    def before(self):
        return self._papers[self._place - 1] if self._place else None

    @property
    def after(self):
        return (
            self._papers[self._place + 1] if self._place is not None and self._place + 1 < len(self._papers) else None
        )

    @property
    def position(self) -> str:
        """Paper 3 of 8."""
        return f"Paper {self._place + 1} of {len(self._papers)}" if self._place is not None else ""

    @cached_property
    def replaced_by(self) -> Reading | None:
        """The edition in force that has this paper anew: a correction, or a supplement with its item."""
        for each in reversed(still_in_force(self.readings)):
            if each.edition.number > self.reading.edition.number and each.paper_by_id(self.paper["id"]):
                return each
        return None

    @cached_property
    def changed_since(self) -> Reading | None:
        """The edition whose wording of this paper a member may compare it with: the last before this one, where it differs.

        Members only: a correction may have taken out of the public copy what should not have been in it.
        """
        if self.reading.audience != "members":
            return None
        for each in reversed(self.readings):
            if each.edition.number < self.reading.edition.number and (before := each.paper_by_id(self.paper["id"])):
                return each if before["document"] != self.paper["document"] else None
        return None

    @property
    def annexes(self) -> list[dict]:
        context = ReaderContext(self.reading, self.ledger, self.paper)
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
