"""The precept calendar: statutory dates, ticks and warnings."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from finance import calendar, policy, years
from finance.actions import scenarios as actions
from finance.forms import TickForm
from finance.models import PreceptStep
from portal.policy import reason

TONES = {"done": ("Done", "green"), "done_late": ("Done late", "amber"), "late": ("Late", "red"), "due": ("Due soon", "amber"),
         "waiting": ("To do", "grey"), "not_needed": ("If vetoed", "grey")}  # fmt: skip


def show(request: HttpRequest, year: int) -> HttpResponse:
    policy.check_see_live(request.user)
    if not years.FIRST < year <= years.LAST:
        raise Http404
    ticks = {row.key: row for row in PreceptStep.objects.filter(year=year).select_related("ticked_by")}
    today = timezone.localdate()
    rows = []
    for step in calendar.steps(year):
        tick = ticks.get(step.key)
        word, sentence = calendar.state(
            step, done_on=tick.done_on if tick else None, today=today, vetoed="veto" in ticks
        )
        rows.append(
            {
                "step": step,
                "tick": tick,
                "sentence": sentence,
                "word": TONES[word][0],
                "tone": TONES[word][1],
                "due": calendar.day(step.due),
            }
        )
    context = {
        "year": year,
        "label": years.label(year),
        "rows": rows,
        "veto": ticks.get("veto"),
        "form": TickForm(initial={"done_on": today}),
        "refusal": reason(policy.check_edit, request.user),
        "before": year - 1,
        "after": year + 1,
        "before_label": years.label(year - 1),
        "after_label": years.label(year + 1),
    }
    return render(request, "finance/calendar.html", context)


def tick(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Tick a step off with the day it was done."""
    policy.check_edit(request.user)
    titles = {step.key: step.title for step in calendar.steps(year)} | {"veto": "The Panel vetoed the precept"}
    if key not in titles:
        raise Http404
    form = TickForm(request.POST if request.method == "POST" else None, initial={"done_on": timezone.localdate()})
    if form.is_valid():
        actions.tick(year=year, key=key, by=request.user, **form.cleaned_data)
        messages.success(request, f"{titles[key]}: recorded.")
        return redirect("finance_calendar", year)
    context = {"form": form, "title": titles[key], "year": year, "label": years.label(year)}
    return render(request, "finance/tick.html", context, status=422 if form.is_bound else 200)


@require_POST
def untick(request: HttpRequest, year: int, key: str) -> HttpResponse:
    actions.untick(year=year, key=key, by=request.user)
    messages.success(request, "The tick is taken back.")
    return redirect("finance_calendar", year)
