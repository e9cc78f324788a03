"""What every page of a plan shares: the scoped fetch, the navigation within the plan, and the warnings of the calendar."""

from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from finance import calendar, findings, policy, store
from finance.models import FinancialPlan, PreceptStep

TABS = (
    ("finance_plan", "Summary"),
    ("finance_reserves", "Reserves"),
    ("finance_budget", "Budget"),
    ("finance_savings", "Savings"),
    ("finance_workforce", "Workforce"),
    ("finance_capital", "Capital"),
    ("finance_scenarios", "Scenarios"),
    ("finance_changes", "Changes"),
    ("finance_paper", "Strategy paper"),
    ("finance_data", "Data in and out"),
)


def of_plan(view):
    """Fetch the plan among those this person may see (a stranger's is a 404) and hand it to the view."""

    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, *args, **kwargs) -> HttpResponse:
        plan = get_object_or_404(FinancialPlan.objects.visible_to(request.user).select_related("updated_by"), pk=pk)
        return view(request, plan, *args, **kwargs)

    return wrapped


def page(request: HttpRequest, template: str, plan: FinancialPlan, *, status: int = 200, **context) -> HttpResponse:
    """Render a page of a plan with its navigation."""
    here = context.pop("tab", request.resolver_match.url_name)
    tabs = [{"title": title, "url": reverse(name, args=[plan.pk]), "active": name == here} for name, title in TABS]
    refusal = policy.reason_to_edit(request.user, plan)
    context |= {
        "plan": plan,
        "tabs": tabs,
        "edit_refusal": refusal,
        "may_edit": not refusal,
        "finance_url": reverse("finance"),
    }
    return render(request, template, context, status=status)


def figures_of(plan: FinancialPlan):
    """The plan's figures and what they say."""
    now = store.read(plan)
    return now, findings.check(now)


def done_steps(year: int) -> dict:
    return dict(PreceptStep.objects.filter(year=year).values_list("key", "done_on"))


def calendar_warnings(year: int) -> list[str]:
    done = done_steps(year)
    return calendar.warnings(year, done, today=timezone.localdate(), vetoed="veto" in done)
