"""Planning meetings."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from boards import policy
from boards.actions import agenda as actions
from boards.forms.meetings import ChangeMeetingForm, MeetingForm, ReasonForm
from boards.models import Meeting
from portal.policy import Refusal


def prepare_list(request: HttpRequest) -> HttpResponse:
    policy.check_see_working_pages(request.user)
    meetings = Meeting.objects.select_related("board").newest_first()
    page = Paginator(meetings, 20).get_page(request.GET.get("page"))
    return render(
        request,
        "boards/prepare_list.html",
        {"page": page, "today": timezone.localdate(), "may_plan": policy.can_manage_meetings(request.user)},
    )


def meeting_add(request: HttpRequest) -> HttpResponse:
    policy.check_manage_meetings(request.user)
    form = MeetingForm(request.POST or None, initial={"start_time": "14:00"})
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("start_time", "venue", "is_public", "chair", "note")}
        meeting = actions.plan_meeting(
            board=form.cleaned_data["board"], date=form.cleaned_data["date"], by=request.user, **fields
        )
        messages.success(request, "The meeting is planned. Add its agenda items.")
        return redirect("prepare_meeting", pk=meeting.pk)
    return render(request, "boards/meeting_form.html", {"form": form})


def meeting_change(request: HttpRequest, pk) -> HttpResponse:
    policy.check_manage_meetings(request.user)
    meeting = get_object_or_404(Meeting.objects.select_related("board"), pk=pk)
    form = ChangeMeetingForm(request.POST or None, instance=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_meeting(meeting=form.save(commit=False), by=request.user)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "The meeting is changed.")
            return redirect("prepare_meeting", pk=pk)
    return render(request, "boards/meeting_form.html", {"form": form, "meeting": meeting})


@require_POST
def meeting_notice(request: HttpRequest, pk) -> HttpResponse:
    meeting = get_object_or_404(Meeting, pk=pk)
    try:
        actions.give_notice(meeting=meeting, by=request.user)
        messages.success(request, "The public can now see the date, time and place of this meeting.")
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    return redirect("prepare_meeting", pk=pk)


def meeting_cancel(request: HttpRequest, pk) -> HttpResponse:
    policy.check_manage_meetings(request.user)
    meeting = get_object_or_404(Meeting.objects.select_related("board"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel_meeting(meeting=meeting, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "The meeting is cancelled. Everything on its agenda is kept.")
        return redirect("prepare_meeting", pk=pk)
    context = {
        "form": form,
        "title": "Cancel this meeting",
        "text": "Its page will say that it is cancelled. The agenda and papers are kept.",
        "button": "Cancel the meeting",
        "back": meeting,
    }
    return render(request, "boards/confirm.html", context)
