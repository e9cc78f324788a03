"""The first page: what waits for this person, or, for the public, what is coming up and what was decided on."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from boards import policy
from boards.models import BoardMembership, Meeting, Paper


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    meetings = Meeting.objects.visible_to(request.user).select_related("board").exclude(status=Meeting.Status.CANCELLED)
    mine = list(_papers_waiting(request.user)) if request.user.is_authenticated else []
    preparing = []
    if policy.can_manage_meetings(request.user):
        preparing = (
            Meeting.objects.filter(status__in=["planned", "agenda_draft"]).select_related("board").order_by("date")[:6]
        )
    seats = (
        BoardMembership.objects.in_force().filter(person=request.user).select_related("board")
        if request.user.is_authenticated
        else []
    )
    return render(
        request,
        "boards/home.html",
        {
            "upcoming": meetings.filter(date__gte=today).order_by("date")[:6],
            "recent": meetings.filter(date__lt=today, editions__isnull=False).distinct().newest_first()[:6],
            "papers": mine,
            "preparing": preparing,
            "seats": seats,
        },
    )


def _papers_waiting(user):
    """Papers this person has in hand now."""
    own = Q(authors=user, state__in=[Paper.State.COMMISSIONED, Paper.State.DRAFT])
    for_review = policy.papers_for_review(user) & ~Q(authors=user)
    waiting = Paper.objects.filter(own | for_review).distinct()
    return waiting.select_related("item__meeting__board", "board").order_by("due_on")[:12]
