"""Plans: the list, a plan's summary, starting one, its details, and moving it on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from finance import budget, calendar, policy, reserves, states, store, years
from finance.actions import plans
from finance.forms import CopyForwardForm, DetailsForm, StartPlanForm
from finance.models import FinancialPlan, PublishedStrategy
from finance.presenters import drawings
from finance.views.base import calendar_warnings, figures_of, of_plan, page
from portal.design import charts
from portal.policy import Refusal


def index(request: HttpRequest) -> HttpResponse:
    """Every version of every period, the latest first."""
    policy.check_see_live(request.user)
    found = list(FinancialPlan.objects.visible_to(request.user).latest_first().select_related("updated_by"))
    # The budget now being made is that of the year after the one we are in.
    year = years.of_date(timezone.localdate()) + 1
    return render(
        request,
        "finance/index.html",
        {
            "plans": found,
            "warnings": calendar_warnings(year),
            "precept_year": year,
            "precept_label": years.label(year),
            "start_refusal": policy.reason_to_edit(request.user, None),
            "published": PublishedStrategy.objects.first(),
        },
    )


def start(request: HttpRequest) -> HttpResponse:
    policy.check_edit(request.user)
    form = StartPlanForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        plan = plans.start_plan(by=request.user, **form.cleaned_data)
        messages.success(
            request, "The plan is started. Enter its reserves and its budget, or bring them in from a workbook."
        )
        return redirect(plan)
    return render(request, "finance/start.html", {"form": form}, status=422 if form.is_bound else 200)


@of_plan
def summary(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    """What the plan adds up to and what it says by itself."""
    now, found = figures_of(plan)
    gap = drawings.gap_by_year(now)
    return page(
        request, "finance/summary.html", plan,
        findings=found,
        tiles=_tiles(now),
        reserves_chart=charts.draw("stacked_bars", drawings.reserves_bars(now)) if now.reserves else None,
        general_chart=charts.draw("stacked_bars", drawings.general_bars(now)) if now.reserves else None,
        gap_chart=charts.draw("waterfall", gap) if gap else None,
        steps=[(status, label, _refusal(request.user, plan, now, status)) for status, label in states.next_steps(plan.status)],
        signature_current=store.signature_is_current(plan, now),
        version_refusal=policy.reason_to_edit(request.user, None),
        warnings=calendar_warnings(plan.base_year + 1),
        steps_year=plan.base_year + 1,
        steps_total=len(calendar.steps(plan.base_year + 1)),
    )  # fmt: skip


def _refusal(person, plan, now, status: str) -> str:
    try:
        plans.check_move(plan=plan, now=now, status=status, by=person)
    except Refusal as refusal:
        return refusal.sentence
    return ""


def _tiles(now) -> list[dict]:
    from finance.presenters.cells import amount, percent

    held, shares, worked = reserves.balances(now).totals, budget.general_percent(now), budget.budget(now)
    first, last = now.stated[0], now.stated[-1]
    unmet = [row.unmet for year, row in worked.items() if year in now.period]
    return [
        {
            "title": f"Total reserves at {years.closing_label(first)}",
            "value": amount(held["usable"][first]),
            "note": "£000",
        },
        {
            "title": f"Total reserves at {years.closing_label(last)}",
            "value": amount(held["usable"][last]),
            "note": "£000",
        },
        {
            "title": f"General reserve at {years.closing_label(last)}",
            "value": percent(shares[last]),
            "note": "of the requirement",
        },
        {
            "title": "Gap still to be met over the plan",
            "value": amount(None if None in unmet else sum(unmet)),
            "note": "£000",
        },
    ]


@of_plan
def details(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    """Title, policy percentages, the reserve that balances the budget, and which dates still lack figures."""
    policy.check_edit(request.user, plan)
    now = store.read(plan)
    form = DetailsForm(request.POST if request.method == "POST" else None, plan=now)
    if form.is_valid():
        plans.change_figures(plan=plan, new=form.applied(), by=request.user, reason="Details changed")
        messages.success(request, "The details are saved.")
        return redirect(plan)
    return page(
        request,
        "finance/form.html",
        plan,
        form=form,
        heading="Details of the plan",
        tab="finance_plan",
        status=422 if form.is_bound else 200,
    )


@require_POST
@of_plan
def move(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    try:
        plans.move_to(plan=plan, status=request.POST.get("status", ""), by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        plan.refresh_from_db()
        messages.success(request, f"The plan is now {plan.get_status_display().lower()}.")
    return redirect(plan)


@require_POST
@of_plan
def new_version(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    made = plans.new_version(plan=plan, by=request.user)
    messages.success(request, f"This is version {made.number}. It starts from the figures of version {plan.number}.")
    return redirect(made)


@of_plan
def copy_forward(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    """Next year's plan, with the actual balances that are known."""
    policy.check_edit(request.user)
    now = store.read(plan)
    form = CopyForwardForm(request.POST if request.method == "POST" else None, plan=now)
    if form.is_valid():
        made = plans.copy_forward(plan=plan, actuals=form.actuals(), by=request.user)
        messages.success(
            request,
            f"The plan is copied forward to {made.period_label}. Actual balances are marked; the others are forecasts.",
        )
        return redirect(made)
    return page(
        request,
        "finance/form.html",
        plan,
        form=form,
        heading="Copy the plan forward a year",
        tab="finance_plan",
        intro=f"The base year moves on to {years.label(now.base_year + 1)}. Enter the balance at "
        f"{years.closing_label(now.base_year + 1)} of each reserve "
        "whose accounts are closed, in thousand pounds; leave the others empty and they open "
        "with their forecast.",
        button="Copy the plan forward",
        status=422 if form.is_bound else 200,
    )


@of_plan
def findings_page(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    _, found = figures_of(plan)
    return page(request, "finance/findings.html", plan, findings=found, tab="finance_plan")
