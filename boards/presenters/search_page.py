"""Hits as the search page shows them: where each stands, in which words, and the way there."""

from urllib.parse import urlencode

from django.core.paginator import Page
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from boards.models import SearchEntry
from boards.search.find import Found, shown
from boards.search.index import MARK, UNMARK


class Hit:
    def __init__(self, entry: SearchEntry):
        self.entry = entry

    meeting = property(lambda self: self.entry.edition.meeting)
    restricted = property(lambda self: self.entry.restricted)

    @property
    def title(self) -> SafeString:
        return marked(self.entry.marked_title)

    @property
    def snippet(self) -> SafeString:
        """The words around the hits, with dots where the text goes on before or after."""
        snippet, text = self.entry.snippet or "", self.entry.text
        plain = snippet.replace(MARK, "").replace(UNMARK, "")
        before = "… " if plain and not text.startswith(plain[:12]) else ""
        after = " …" if plain and not text.endswith(plain[-12:]) else ""
        return marked(f"{before}{snippet}{after}")

    @property
    def url(self) -> str:
        entry, meeting = self.entry, self.meeting
        place = [meeting.board.slug, meeting.date, entry.edition.number]
        if entry.kind == SearchEntry.Kind.ITEM:
            return reverse("edition", args=place)
        if entry.kind == SearchEntry.Kind.ANNEX and entry.annex_id:
            return reverse("sealed_annex", args=[*place, entry.annex_id])
        address = reverse("sealed_paper", args=[*place, entry.paper_number])
        fragment = {SearchEntry.Kind.BLOCK: f"#{entry.anchor}", SearchEntry.Kind.ANNEX: "#annexes"}
        return address + fragment.get(entry.kind, "")

    @property
    def where(self) -> list[str]:
        """Item 5.0, paragraph 3.4, the section it stands in, page 37 of the pack."""
        entry = self.entry
        found = [f"Item {entry.paper_number or entry.item_number}"]
        if entry.kind == SearchEntry.Kind.ANNEX:
            found.append(f"{entry.label}: {entry.name}")
        elif entry.label:
            found.append(entry.label)
        if entry.heading and not entry.label.startswith(("Section", "Appendix")):
            found.append(entry.heading)
        elif entry.heading:
            found[-1] = f"{entry.label}, {entry.heading}"
        if entry.pack_page:
            found.append(f"page {entry.pack_page} of the pack")
        return found

    @property
    def state(self) -> tuple[str, str] | None:
        """What a reader must know of the edition: replaced, or later than the agenda."""
        edition = self.entry.edition
        if not self.entry.current:
            return ("Superseded", "grey")
        if edition.kind != "agenda":
            return (edition.get_kind_display(), "amber")
        return None


def marked(headline: str) -> SafeString:
    """A headline with its hits in <mark>. Safe: everything is escaped first, and only our own two marks become tags."""
    return mark_safe(escape(headline).replace(MARK, "<mark>").replace(UNMARK, "</mark>"))  # noqa: S308


class SearchPage:
    """One page of results."""

    def __init__(self, found: Found, page: Page, filters: dict):
        self.found, self.page, self.filters = found, page, filters
        self.hits = [Hit(entry) for entry in shown(found, list(page))]

    count = property(lambda self: self.page.paginator.count)
    loosely = property(lambda self: self.found.loosely)

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in self.filters.items() if value})
