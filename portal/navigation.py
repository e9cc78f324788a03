"""What the main navigation shows. Apps add their entries when they start; the order is given, not guessed."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Entry:
    title: str
    url_name: str
    order: int
    visible: Callable[[object], bool]


_entries: dict[str, Entry] = {}


_search: list[str] = []


def search_with(url_name: str) -> None:
    """Name the page that the search box in the header leads to."""
    _search[:] = [url_name]


def search_url() -> str:
    return reverse(_search[0]) if _search else ""


def register(title: str, url_name: str, *, order: int, visible: Callable[[object], bool]) -> None:
    """Add an entry. `visible` is asked with the person (perhaps anonymous) for each page."""
    _entries[url_name] = Entry(title, url_name, order, visible)


def entries_for(request: HttpRequest) -> list[dict]:
    shown = [entry for entry in _entries.values() if entry.visible(request.user)]
    links = [{"title": entry.title, "url": reverse(entry.url_name)} for entry in sorted(shown, key=lambda e: e.order)]
    here = max((link["url"] for link in links if request.path.startswith(link["url"])), key=len, default=None)
    return [{**link, "active": link["url"] == here} for link in links]
