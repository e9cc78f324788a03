"""Scenarios: change an assumption, see each year beside the base case, keep it under a name, put it in the paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from finance import budget, money, policy, store, years
from finance.actions import scenarios as actions
from finance.forms import ScenarioForm
from finance.models import FinancialPlan
from finance.presenters import tables
from finance.views.base import of_plan, page


@of_plan
def index(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    """The scenarios of a plan and the form that tries one: a GET with values shows the result and saves nothing."""
    now = store.read(plan)
    kept = list(plan.scenarios.select_related("created_by"))
    trying = request.GET.get("try") == "1"
    form = ScenarioForm(
        request.POST if request.method == "POST" else request.GET if trying else None,
        plan=now,
        taken=[s.name for s in kept],
    )
    result, status = None, 200
    if form.is_bound and form.is_valid():
        if request.method == "POST":
            made = actions.save_scenario(
                plan=plan, name=form.cleaned_data["name"], changes=form.changes(), by=request.user
            )
            messages.success(request, f"“{made.name}” is saved.")
            return redirect(made)
        result = tables.scenario_table(now, budget.apply(now, form.changes()), form.cleaned_data["name"])
    elif form.is_bound and request.method == "POST":
        status = 422
    rows = [(scenario, told_of(scenario)) for scenario in kept]
    return page(
        request, "finance/scenarios.html", plan, scenarios=rows, form=form, result=result, status=status,
        save_refusal=policy.reason_to_edit(request.user, None),
    )  # fmt: skip


@of_plan
def detail(request: HttpRequest, plan: FinancialPlan, scenario_pk: int) -> HttpResponse:
    scenario = get_object_or_404(plan.scenarios.select_related("created_by"), pk=scenario_pk)
    now, problem, table = store.read(plan), "", None
    try:
        table = tables.scenario_table(now, budget.apply(now, actions.changes_of(scenario)), scenario.name)
    except budget.ScenarioError as error:
        problem = str(error)
    return page(
        request,
        "finance/scenario.html",
        plan,
        scenario=scenario,
        told=told_of(scenario),
        table=table,
        problem=problem,
        save_refusal=policy.reason_to_edit(request.user, None),
        tab="finance_scenarios",
    )


def told_of(scenario) -> list[str]:
    """The changes in words."""
    told = []
    for change in actions.changes_of(scenario):
        value = (
            f"{money.brackets(int(change.value))} thousand"
            if change.kind == "requirement_k"
            else f"£{change.value}"
            if change.kind == "band_d_pounds"
            else f"{change.value}%"
        )
        when = f"in {years.label(change.from_year)}" if change.only else f"from {years.label(change.from_year)}"
        told.append(f"{budget.CHANGES[change.kind]}: {value}, {when}")
    return told


@require_POST
@of_plan
def put_in_paper(request: HttpRequest, plan: FinancialPlan, scenario_pk: int) -> HttpResponse:
    scenario = get_object_or_404(plan.scenarios, pk=scenario_pk)
    actions.put_in_paper(scenario=scenario, wanted=request.POST.get("wanted") == "yes", by=request.user)
    messages.success(
        request,
        "The comparison is in the strategy paper."
        if scenario.in_paper
        else "The comparison is out of the strategy paper.",
    )
    return redirect(scenario)


@require_POST
@of_plan
def delete(request: HttpRequest, plan: FinancialPlan, scenario_pk: int) -> HttpResponse:
    policy.check_edit(request.user)
    scenario = get_object_or_404(plan.scenarios, pk=scenario_pk)
    actions.delete_scenario(scenario=scenario, by=request.user)
    messages.success(request, f"“{scenario.name}” is deleted.")
    return redirect("finance_scenarios", plan.pk)
