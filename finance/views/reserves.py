"""Reserves: the table with its charts, one reserve, and the form of its purpose and governance."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from boards import reports
from finance import figures, policy, store, years
from finance.actions import plans
from finance.forms import ReserveForm
from finance.models import FinancialPlan, Reserve
from finance.presenters import drawings, tables
from finance.views.base import figures_of, of_plan, page
from portal.design import charts


@of_plan
def table(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    now, found = figures_of(plan)

    def link(reserve: figures.Reserve) -> str:
        url = reverse("finance_reserve", args=[plan.pk, reserve.ref])
        return format_html('<a class="govuk-link" href="{}">{}</a>', url, reserve.name)

    return page(
        request, "finance/reserves.html", plan,
        table=tables.reserves_table(now, link),
        categories=tables.categories_table(now),
        general=tables.general_table(now),
        bars=charts.draw("stacked_bars", drawings.reserves_bars(now)) if now.reserves else None,
        general_chart=charts.draw("stacked_bars", drawings.general_bars(now)) if now.reserves else None,
        findings=[each for each in found if each.rule in ("F1", "F2", "F3", "F4", "F5", "F6", "F11")],
        dual=any(len(reserve.codes) > 1 for reserve in now.reserves),
    )  # fmt: skip


@of_plan
def detail(request: HttpRequest, plan: FinancialPlan, ref: str) -> HttpResponse:
    now, found = figures_of(plan)
    reserve = _known(now, ref)
    row = Reserve.objects.get(plan=plan, ref=ref)
    return page(
        request, "finance/reserve.html", plan,
        tab="finance_reserves",
        reserve=reserve,
        facts=_facts(now, reserve),
        flow=tables.flow_table(now, ref),
        movements=tables.movements_table(now, ref),
        findings=[each for each in found if each.ref == f"reserve:{ref}"],
        history=_history(row),
        links=reports.links_to(f"finance:{ref}"),
    )  # fmt: skip


def _facts(now: figures.Plan, reserve: figures.Reserve) -> list:
    from datetime import date

    from finance import calendar

    review = calendar.day(date.fromisoformat(reserve.review_date)) if reserve.review_date else "Not set"
    return [
        ("Group", figures.GROUPS[reserve.group]),
        ("Home Office category", "; ".join(f"{code}: {figures.CATEGORIES[code]}" for code in reserve.codes)),
        ("What it is for", reserve.purpose or "Not said"),
        ("How it will be used", reserve.intention or "Not said"),
        ("May be used for anything", "No, only for certain things" if reserve.restricted else "Yes"),
        ("Who controls it", reserve.controller or "Not said"),
        ("Next reviewed on", review),
        ("Opening balance", f"{figures.BASES[reserve.opening_basis]} at {years.closing_label(now.base_year)}"),
        *([("Plan to fund an overdraft", reserve.funding_plan)] if reserve.funding_plan else []),
    ]


def _history(row: Reserve) -> list[dict]:
    """Who changed what and why, newest first."""
    events = []
    for record in row.history.select_related("history_user")[:20]:
        kind = {"+": "Added", "~": "Changed", "-": "Removed"}[record.history_type]
        events.append(
            {
                "title": kind,
                "when": record.history_date,
                "by": record.history_user,
                "text": record.history_change_reason or "",
            }
        )
    return events


def _known(now: figures.Plan, ref: str) -> figures.Reserve:
    reserve = now.reserve(ref)
    if reserve is None:
        raise Http404
    return reserve


@of_plan
def add(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    return _edit(request, plan, None)


@of_plan
def edit(request: HttpRequest, plan: FinancialPlan, ref: str) -> HttpResponse:
    return _edit(request, plan, ref)


def _edit(request: HttpRequest, plan: FinancialPlan, ref: str | None) -> HttpResponse:
    policy.check_edit(request.user, plan)
    now = store.read(plan)
    reserve = _known(now, ref) if ref else None
    form = ReserveForm(request.POST if request.method == "POST" else None, plan=now, reserve=reserve)
    if form.is_valid():
        new, ref = form.applied()
        plans.change_figures(
            plan=plan, new=new, by=request.user, reason="Reserve changed" if reserve else "Reserve added"
        )
        messages.success(request, "The reserve is saved.")
        return redirect("finance_reserve", plan.pk, ref)
    heading = f"Change {reserve.name}" if reserve else "Add a reserve"
    return page(
        request,
        "finance/form.html",
        plan,
        form=form,
        heading=heading,
        tab="finance_reserves",
        status=422 if form.is_bound else 200,
    )


@of_plan
def remove(request: HttpRequest, plan: FinancialPlan, ref: str) -> HttpResponse:
    """Take a reserve out of this version, with its movements; earlier versions keep it."""
    policy.check_edit(request.user, plan)
    now = store.read(plan)
    reserve = _known(now, ref)
    if request.method == "POST":
        new = replace(
            now,
            reserves=tuple(each for each in now.reserves if each.ref != ref),
            movements=tuple(m for m in now.movements if ref not in (m.reserve, m.to_reserve)),
            splits=tuple(s for s in now.splits if s.reserve != ref),
            actuals=tuple(a for a in now.actuals if a.reserve != ref),
            balancing_reserve="" if now.balancing_reserve == ref else now.balancing_reserve,
        )
        plans.change_figures(plan=plan, new=new, by=request.user, reason=f"Reserve removed: {reserve.name}")
        messages.success(request, f"{reserve.name} is taken out of this version.")
        return redirect("finance_reserves", plan.pk)
    return page(
        request,
        "finance/remove.html",
        plan,
        reserve=reserve,
        movements=tables.movements_table(now, ref),
        tab="finance_reserves",
    )
