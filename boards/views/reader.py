"""Reading one sealed paper on the screen."""

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from boards import reading
from boards.document import redline
from boards.presenters.pack_places import place_of_page
from boards.presenters.sealed_paper import ReaderContext, SealedPaper


@login_not_required
def current_paper(request: HttpRequest, board: str, date: dt.date, number: str) -> HttpResponse:
    """The permanent address of a paper: leads to the newest edition that holds it."""
    meeting = reading.meeting_for(request.user, board, date)
    for each in reversed(reading.current_readings(request.user, meeting)):
        try:
            each.paper(number)
        except Http404:
            continue
        return HttpResponseRedirect(reverse("sealed_paper", args=[board, date, each.edition.number, number]))
    raise Http404("No paper of that number can be read here.")


@login_not_required
def paper(request: HttpRequest, board: str, date: dt.date, edition: int, number: str) -> HttpResponse:
    one = reading.reading_of(request.user, board, date, edition)
    item, sealed = one.paper(number)
    readings = reading.readable_editions(request.user, one.meeting)
    successor = next((each for each in readings if each.edition.supersedes_id == one.edition.pk), None)
    presenter = SealedPaper(one, item, sealed, readings)
    return render(
        request,
        "boards/sealed_paper.html",
        {"paper": presenter, "reading": one, "meeting": one.meeting, "successor": successor},
    )


@login_not_required
def paper_changes(request: HttpRequest, board: str, date: dt.date, edition: int, number: str) -> HttpResponse:
    """What changed in a paper since the edition before, for those who read the members' copy."""
    one = reading.reading_of(request.user, board, date, edition)
    item, sealed = one.paper(number)
    presenter = SealedPaper(one, item, sealed, reading.readable_editions(request.user, one.meeting))
    earlier = presenter.changed_since
    if earlier is None:
        raise Http404("Nothing changed in this paper, or the change is not one that can be read here.")
    before = earlier.paper_by_id(sealed["id"])
    found = redline.render(before["document"], sealed["document"], context=ReaderContext(one, presenter.ledger, sealed))
    return render(
        request,
        "boards/sealed_changes.html",
        {"paper": presenter, "reading": one, "meeting": one.meeting, "earlier": earlier, "changes": found.changes,
         "body": mark_safe(found.html)},  # noqa: S308 - the renderer escapes all text
    )  # fmt: skip


@login_not_required
def go_to_page(request: HttpRequest, board: str, date: dt.date) -> HttpResponse:
    """“Page 37”, said the chair: the paragraph that stands there."""
    meeting = reading.meeting_for(request.user, board, date)
    typed = request.GET.get("number", "")
    place = place_of_page(reading.current_readings(request.user, meeting), typed)
    if place is None:
        messages.error(
            request,
            f"The pack of this meeting has no page “{typed[:20]}”. Type a number as printed at the foot of a page.",
        )
        return HttpResponseRedirect(meeting.get_absolute_url())
    return HttpResponseRedirect(place)
