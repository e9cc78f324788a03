"""What the public would read of an edition if it were published now: the leak proof searches all of it before that is possible.

The pages are made by the templates and presenters that the public's own requests use, so that nothing is searched in their stead. A
part of the portal that shows the public more (a search, another feed) says so once, in its `AppConfig.ready`:

    surfaces.register_surface(places)  # places(edition) gives (name of the place, its text), markup or plain
"""

from collections.abc import Callable, Iterator

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string

from boards import file_names
from boards.models import Edition, Publication
from boards.presenters.agenda import agenda_lines
from boards.presenters.sealed_paper import SealedPaper
from boards.reading import Reading, readable_editions, still_in_force
from boards.views.feeds import MeetingFeed

Places = Iterator[tuple[str, str]]
_registered: list[Callable[[Edition], Places]] = []


def register_surface(places: Callable[[Edition], Places]) -> None:
    """Add public places to the leak proof. Registering twice does no harm."""
    if places not in _registered:
        _registered.append(places)


def of_edition(edition: Edition) -> Places:
    """(name, text) of every public place of an edition: our own, then those that were registered."""
    for places in (own_places, *_registered):
        yield from places(edition)


def own_places(edition: Edition) -> Places:
    """The meeting's and the edition's page, each paper's page, names of files, and the feed's entry."""
    reading = Reading(edition.meeting, edition, "public")
    before = readable_editions(AnonymousUser(), edition.meeting)
    readings = [each for each in before if each.edition.pk != edition.pk] + [reading]
    current = still_in_force(readings)
    yield (
        "the page of the meeting",
        _page(
            "boards/meeting.html",
            meeting=edition.meeting,
            lines=agenda_lines(current),
            current=current,
            earlier=[each for each in readings if each not in current],
            audience="public",
            may_prepare=False,
        ),
    )
    shown = {"meeting": edition.meeting, "reading": reading, "successor": None}
    yield "the page of the edition", _page("boards/edition.html", lines=agenda_lines([reading]), **shown)
    yield from _papers(reading, readings, shown)
    yield "the names of files", "\n".join(_file_names(reading.content))
    feed, entry = MeetingFeed(), Publication(edition=edition)
    yield "the feed", f"{feed.item_title(entry)}\n{feed.item_description(entry)}\n{feed.item_link(entry)}"


def _papers(reading: Reading, readings: list[Reading], shown: dict) -> Places:
    for item in reading.content["items"]:
        for paper in item["papers"]:
            if paper.get("document"):
                page = SealedPaper(reading, item, paper, readings)
                yield f"the page of paper {paper['number']}", _page("boards/sealed_paper.html", paper=page, **shown)


def _file_names(content: dict) -> Iterator[str]:
    yield file_names.pack_file_name(content, "public")
    for item in content["items"]:
        for paper in item["papers"]:
            if paper.get("document"):
                yield file_names.paper_file_name(content, paper["number"], paper["title"])
            for annex in paper["annexes"]:
                if annex.get("sha256"):
                    yield file_names.annex_file_name(content, annex)


def _page(template: str, **context) -> str:
    """A page as somebody who is not signed in would get it."""
    request = HttpRequest()
    request.method, request.path, request.user = "GET", "/meetings/", AnonymousUser()
    return render_to_string(template, context, request)
