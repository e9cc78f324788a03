"""Reading one sealed paper on the screen."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from boards import reading
from boards.presenters.sealed_paper import SealedPaper


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
    presenter = SealedPaper(one, item, sealed)
    return render(
        request,
        "boards/sealed_paper.html",
        {"paper": presenter, "reading": one, "meeting": one.meeting, "successor": successor},
    )
