"""The office, its boards, and who sits on them: data, never code."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from boards import policy
from boards.forms.organisation import BoardForm, OfficeForm, SeatForm
from boards.models import Board, BoardMembership, WorkerNotice
from boards.presenters.workers import WorkerLine, office_words
from portal.audit import record
from portal.models import Office


def organisation(request: HttpRequest) -> HttpResponse:
    policy.check_organise(request.user)
    boards = Board.objects.prefetch_related("memberships__person")
    return render(request, "boards/organisation.html", {"boards": boards, "today": timezone.localdate()})


def worker_list(request: HttpRequest) -> HttpResponse:
    """The workers seen of late and what each can do: why an upload form says "PDF only"."""
    policy.check_organise(request.user)
    lines = [WorkerLine(row) for row in WorkerNotice.objects.with_silence()]
    return render(request, "boards/workers.html", {"workers": lines, "handed_in": office_words(lines)})


def _form(request: HttpRequest, form, heading: str) -> HttpResponse:
    return render(request, "boards/organisation_form.html", {"form": form, "heading": heading})


def office(request: HttpRequest) -> HttpResponse:
    policy.check_organise(request.user)
    form = OfficeForm(request.POST or None, instance=Office.current())
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        record("office.changed", by=request.user, target=saved, summary="Changed the office")
        messages.success(request, "The office is changed. Editions that were sealed keep the name they had.")
        return redirect("organisation")
    return _form(request, form, "The office")


def board_add(request: HttpRequest) -> HttpResponse:
    policy.check_organise(request.user)
    form = BoardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        board = form.save(commit=False)
        board.slug = slugify(board.name)[:60]
        board.save()
        record("board.added", by=request.user, target=board, summary=f"Added {board}")
        messages.success(request, f"{board} is added. Say who sits on it.")
        return redirect("board_change", slug=board.slug)
    return _form(request, form, "Add a board")


def board_change(request: HttpRequest, slug: str) -> HttpResponse:
    policy.check_organise(request.user)
    board = get_object_or_404(Board, slug=slug)
    form = BoardForm(request.POST or None, instance=board)
    if request.method == "POST" and form.is_valid():
        form.save()
        record("board.changed", by=request.user, target=board, summary=f"Changed {board}")
        messages.success(request, f"{board} is changed.")
        return redirect("organisation")
    return _form(request, form, f"Change {board}")


def seat_add(request: HttpRequest, slug: str) -> HttpResponse:
    policy.check_organise(request.user)
    board = get_object_or_404(Board, slug=slug)
    form = SeatForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        seat = form.save(commit=False)
        seat.board = board
        seat.save()
        record("seat.taken", by=request.user, target=board, summary=f"Gave a seat on {board}", person=seat.person_id)
        messages.success(request, f"{seat.person} sits on {board}.")
        return redirect("organisation")
    return _form(request, form, f"A seat on {board}")


@require_POST
def seat_end(request: HttpRequest, pk: int) -> HttpResponse:
    policy.check_organise(request.user)
    seat = get_object_or_404(BoardMembership.objects.select_related("board"), pk=pk)
    seat.ends_on = max(timezone.localdate(), seat.starts_on)
    seat.save()
    record(
        "seat.ended", by=request.user, target=seat.board, summary=f"Ended a seat on {seat.board}", person=seat.person_id
    )
    messages.success(request, "The seat ends today.")
    return redirect("organisation")
