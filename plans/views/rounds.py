"""Reporting rounds: open, see who has not answered, remind, close."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from boards import reports
from boards.actions import reporting
from boards.forms.reports import ReportForm
from plans import policy, sources, status, words
from plans.actions import rounds
from plans.forms.rounds import CloseRoundForm, OpenRoundForm, next_period
from plans.models import Activity, Round, StatusReport
from plans.views.common import get_live_plan, page
from portal.models import User
from portal.policy import Refusal, reason


def round_list(request: HttpRequest, plan: str) -> HttpResponse:
    found = get_live_plan(request, plan)
    last = found.rounds.order_by("-period_end").first()
    form = OpenRoundForm(
        request.POST or None, initial=next_period(last.period_end if last else None, timezone.localdate())
    )
    if request.method == "POST" and form.is_valid():
        try:
            opened = rounds.open_round(plan=found, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"The round for {opened} is open. Leads see it on their page now.")
            return redirect(opened)
    refusal = reason(policy.check_run_rounds, request.user, found)
    if not refusal and found.rounds.open().exists():
        refusal = "A round is open already. Close it before opening the next."
    context = page(request, found, "rounds", rounds=_with_counts(found), form=form, refusal=refusal)
    return render(request, "plans/rounds.html", context, status=422 if form.errors else 200)


def round_page(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    found = get_live_plan(request, plan)
    return _show(request, found, get_object_or_404(Round, plan=found, pk=pk), CloseRoundForm())


@require_POST
def remind(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    found = get_live_plan(request, plan)
    round_ = get_object_or_404(Round, plan=found, pk=pk)
    person = (
        User.objects.filter(pk=request.POST["person"]).first() if request.POST.get("person", "").isdigit() else None
    )
    try:
        sent = rounds.remind(round_=round_, by=request.user, person=person)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        gone = [reminder for reminder in sent if reminder.pk]
        if len(gone) < len(sent):
            failed = words.count(len(sent) - len(gone), "reminder")
            messages.error(request, f"{words.capital(failed)} could not be sent by e-mail. Try again later.")
        if gone or not sent:
            who = words.count(len(gone), "person", "people")
            messages.success(request, f"A reminder goes to {who}." if gone else "Nobody has anything left to answer.")
    return redirect(round_)


@require_POST
def close(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    found = get_live_plan(request, plan)
    round_ = get_object_or_404(Round, plan=found, pk=pk)
    form = CloseRoundForm(request.POST)
    if form.is_valid():
        try:
            rounds.close_round(round_=round_, by=request.user, without=form.cleaned_data["without"])
        except Refusal as refusal:
            form.add_error("without" if "closed without" in refusal.sentence else None, refusal.sentence)
        else:
            messages.success(request, f"The round for {round_} is closed. What was reported in it is frozen.")
            return redirect(round_)
    return _show(request, found, round_, form)


def draft_report(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    """Draft the round's report for a meeting that is being prepared: choose the item, then what its body lets one choose."""
    found = get_live_plan(request, plan)
    round_ = get_object_or_404(Round, plan=found, pk=pk)
    policy.check_draft_report(request.user)
    if not round_.is_closed:
        messages.error(
            request, f"The round for {round_} is open. Its report is drafted from what was frozen: close it first."
        )
        return redirect(round_)
    items = sources.items_for_report(round_)
    wanted = request.POST.get("item") or request.GET.get("item")
    item = next((each for each in items if str(each.pk) == wanted), None)
    form = ReportForm(request.POST or None, register=reports.get("plans"), item=item) if item else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            paper = reporting.draft_report(item=item, register="plans", by=request.user, options=form.chosen)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"“{paper.title}” is drafted. It follows the register until it is sealed.")
            return redirect(paper)
    context = page(request, found, "rounds", round=round_, items=items, item=item, form=form)
    is_wrong = bool(form and form.errors) or (request.method == "POST" and item is None)
    return render(
        request,
        "plans/draft_report.html",
        context | {"is_gone": is_wrong and item is None},
        status=422 if is_wrong else 200,
    )


def _show(request: HttpRequest, plan, round_: Round, form: CloseRoundForm) -> HttpResponse:
    answers = list(
        StatusReport.objects.filter(round=round_)
        .select_related("activity__action__theme__plan")
        .order_by("activity__action__theme__position", "activity__action__number", "activity__number")
    )
    total = max(Activity.objects.of_plan(plan).as_at(round_.period_end).count(), len(answers))
    context = page(
        request,
        plan,
        "rounds",
        round=round_,
        reports=answers,
        total=total,
        progress=f"{len(answers)} of {total} answered",
        tally=status.tally(report.rag for report in answers),
        waiting=[] if round_.is_closed else _with_reminders(round_),
        unanswered=[] if round_.is_closed else rounds.unanswered(round_),
        form=form,
        refusal=reason(policy.check_run_rounds, request.user, plan),
        is_late=round_.is_late(),
        may_draft=round_.is_closed and policy.can_draft_report(request.user),
    )
    return render(request, "plans/round.html", context, status=422 if form.errors else 200)


def _with_reminders(round_: Round) -> list[rounds.Waiting]:
    waiting, reminders = rounds.waiting_for(round_), rounds.reminders_of(round_)
    for each in waiting:
        each.reminded = reminders.get(each.person.pk)
    return waiting


def _with_counts(plan) -> list[Round]:
    from django.db.models import Count

    return list(plan.rounds.annotate(answers=Count("reports")).order_by("-period_end"))
