"""A lead's own page: what waits for an answer, and answering one activity."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from boards.models import Board
from plans import policy, sources
from plans.actions import reporting
from plans.forms.reporting import OverrideForm, ReportForm, UpdateForm
from plans.models import Activity, StatusReport
from plans.presenters.updates import MyUpdates, ReportPage
from plans.views.common import get_activity, get_live_plan, page
from portal.policy import Refusal, reason


def my_updates(request: HttpRequest, plan: str) -> HttpResponse:
    """Everything the person answers for, what waits first."""
    found = get_live_plan(request, plan)
    view = MyUpdates(found, request.user)
    return render(request, "plans/my_updates.html", page(request, found, "my_updates", view=view))


def report(request: HttpRequest, plan: str, ref: str) -> HttpResponse:
    """Answer for one activity, with last time's words beside. What was typed stays whatever went wrong."""
    found = get_live_plan(request, plan)
    activity = get_activity(found, ref)
    round_ = found.rounds.open().first()
    refusal = reason(policy.check_report, request.user, activity, round_)
    if refusal and request.method != "POST":
        messages.error(request, refusal)
        return redirect(activity)
    last = reporting.last_report(activity, round_)
    answered = StatusReport.objects.filter(round=round_, activity=activity).first() if round_ else None
    initial = _initial(answered or last, is_again=bool(answered))
    form = ReportForm(request.POST or None, activity=activity, initial=initial)
    view = ReportPage(activity, round_, last, answered)
    if refusal:
        form.add_error(None, f"{refusal} What you typed is below: copy it before you leave this page.")
    elif request.method == "POST" and form.is_valid():
        try:
            reporting.answer(activity=activity, round_=round_, by=request.user, **form.cleaned_data)
        except reporting.AnsweredMeanwhile as refused:
            form.add_error(
                None, f"{refused.sentence} Read that answer, then send yours again if it should take its place."
            )
            form.see(reporting.mark_of(refused.answer))
            view.meanwhile = refused.answer
        except Refusal as refused:
            form.add_error(None, f"{refused.sentence} What you typed is below.")
        else:
            messages.success(request, f"{activity.ref} is reported as {form.cleaned_data['rag']}.")
            return _onward(request, found, activity)
    context = page(request, found, "my_updates", activity=activity, view=view, form=form)
    return render(request, "plans/report.html", context, status=422 if form.errors else 200)


@require_POST
def no_change(request: HttpRequest, plan: str, ref: str) -> HttpResponse:
    """ "No change" is an answer: last time's report stands for this period."""
    found = get_live_plan(request, plan)
    activity = get_activity(found, ref)
    round_ = found.rounds.open().first()
    try:
        policy.check_report(request.user, activity, round_)
        kept = reporting.answer_no_change(activity=activity, round_=round_, by=request.user, seen="")
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("plans:report", found.slug, activity.ref)
    messages.success(request, f"{activity.ref} is reported as {kept.rag}, with no change since last time.")
    return _onward(request, found, activity)


def add_update(request: HttpRequest, plan: str, ref: str) -> HttpResponse:
    """A dated piece of news between rounds."""
    found = get_live_plan(request, plan)
    activity = get_activity(found, ref)
    policy.check_report_news(request.user, activity)
    form = UpdateForm(request.POST or None, initial={"dated": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        reporting.add_update(activity=activity, by=request.user, **form.cleaned_data)
        messages.success(request, f"The news about {activity.ref} is kept.")
        return redirect(activity)
    context = page(request, found, "my_updates", activity=activity, form=form)
    return render(request, "plans/add_update.html", context, status=422 if form.errors else 200)


def override(request: HttpRequest, plan: str, ref: str) -> HttpResponse:
    """Judge a direction for one body. The derived one stays visible beside it."""
    found = get_live_plan(request, plan)
    activity = get_activity(found, ref)
    policy.check_override(request.user, found)
    last = reporting.last_report(activity)
    if last is None:
        messages.error(request, f"{activity.ref} has not been reported, so it has no direction.")
        return redirect(activity)
    boards = Board.objects.filter(pk__in=[board.pk for board in sources.boards_with_reports()])
    form = OverrideForm(request.POST or None, boards=boards)
    if request.method == "POST" and form.is_valid():
        reporting.judge_direction(report=last, by=request.user, **form.cleaned_data)
        messages.success(request, f"The direction of {activity.ref} for the {form.cleaned_data['board']} is kept.")
        return redirect(activity)
    context = page(
        request, found, "overview", activity=activity, form=form, last=last, held=last.overrides.select_related("board")
    )
    return render(request, "plans/override.html", context, status=422 if form.errors else 200)


def _initial(report: StatusReport | None, *, is_again: bool) -> dict:
    """Last time's status, date and need; the words start empty, because they are to be new."""
    if report is None:
        return {}
    held = {"rag": report.rag, "recovery_date": report.recovery_date, "needed": report.needed}
    held["seen"] = reporting.mark_of(report) if is_again else ""
    return held | {"narrative": report.narrative, "next_steps": report.next_steps} if is_again else held


def _onward(request: HttpRequest, plan, activity: Activity) -> HttpResponse:
    """To the next activity that waits, or back to the list when nothing does."""
    if activity.activity_leads.filter(person=request.user).exists():
        return redirect("plans:my_updates", plan.slug)
    return redirect(activity)
