"""Meetings as readers see them."""

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from boards import policy, reading
from boards.models import Board, Meeting
from boards.presenters.agenda import agenda_lines


@login_not_required
def meeting_list(request: HttpRequest) -> HttpResponse:
    meetings = Meeting.objects.visible_to(request.user).select_related("board").newest_first()
    page = Paginator(meetings, 20).get_page(request.GET.get("page"))
    return render(
        request, "boards/meetings.html", {"page": page, "boards": Board.objects.all(), "today": timezone.localdate()}
    )


@login_not_required
def board_page(request: HttpRequest, board: str) -> HttpResponse:
    found = reading.board_for(board)
    meetings = Meeting.objects.visible_to(request.user).filter(board=found).select_related("board").newest_first()
    page = Paginator(meetings, 20).get_page(request.GET.get("page"))
    return render(request, "boards/board.html", {"board": found, "page": page, "today": timezone.localdate()})


@login_not_required
def meeting_page(request: HttpRequest, board: str, date: dt.date) -> HttpResponse:
    meeting = reading.meeting_for(request.user, board, date)
    readings = reading.readable_editions(request.user, meeting)
    current = reading.current_readings(request.user, meeting)
    return render(
        request,
        "boards/meeting.html",
        {
            "meeting": meeting,
            "lines": agenda_lines(current),
            "current": current,
            "earlier": [each for each in readings if each not in current],
            "audience": policy.audience_for(request.user, meeting),
            "may_prepare": policy.can_see_working_pages(request.user),
        },
    )


@login_not_required
def edition_page(request: HttpRequest, board: str, date: dt.date, edition: int) -> HttpResponse:
    """One edition as it was circulated; a superseded one says so and leads to its successor."""
    one = reading.reading_of(request.user, board, date, edition)
    readings = reading.readable_editions(request.user, one.meeting)
    successor = next((each for each in readings if each.edition.supersedes_id == one.edition.pk), None)
    return render(
        request,
        "boards/edition.html",
        {"meeting": one.meeting, "reading": one, "lines": agenda_lines([one]), "successor": successor},
    )
