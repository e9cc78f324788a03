"""The section 25 statement, publication of the reserves strategy, and the changes between versions."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from finance import compare, policy, public, rows, store
from finance.actions import plans
from finance.baseline import last_seen
from finance.forms import StatementForm
from finance.models import FinancialPlan
from finance.presenters.strategy import strategy_page
from finance.views.base import of_plan, page
from portal.policy import Refusal, reason


@of_plan
def section25(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    """Both parts of the statement, and the signature on the figures as they stand."""
    now = store.read(plan)
    form = StatementForm(
        request.POST if request.method == "POST" else None,
        initial={"robustness": plan.robustness, "adequacy": plan.adequacy},
    )
    if request.method == "POST":
        policy.check_edit(request.user, plan)
        if form.is_valid():
            plans.change_figures(
                plan=plan, new=replace(now, **form.cleaned_data), by=request.user, reason="Section 25 statement"
            )
            messages.success(request, "The statement is saved.")
            return redirect("finance_section25", plan.pk)
    return page(
        request,
        "finance/section25.html",
        plan,
        tab="finance_paper",
        form=form,
        sign_refusal=reason(policy.check_sign, request.user, plan),
        current=store.signature_is_current(plan, now),
        status=422 if form.is_bound else 200,
    )


@require_POST
@of_plan
def sign(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    try:
        plans.sign_section25(plan=plan, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "The statement is signed on the figures as they stand now.")
    return redirect("finance_section25", plan.pk)


@of_plan
def publish(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    """Show exactly what the public would read; publish it only when told to."""
    now = store.read(plan)
    if request.method == "POST":
        plans.publish_strategy(plan=plan, by=request.user)
        messages.success(request, "The reserves strategy is published. Later changes of the plan do not reach it.")
        return redirect("reserves_strategy")
    return page(
        request,
        "finance/publish.html",
        plan,
        tab="finance_reserves",
        strategy=strategy_page(public.content(now)),
        publish_refusal=reason(policy.check_publish, request.user, plan),
    )


@of_plan
def changes(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    """What changed since another version, or since a board last saw the plan, line by line."""
    now = rows.dump(store.read(plan))
    choices = [
        ("version", other.pk, f"Version {other.number} of {other.period_label}")
        for other in FinancialPlan.objects.exclude(pk=plan.pk).latest_first()
    ]
    seen = last_seen()
    choices += [
        ("board", edition.pk, f"As {edition.meeting.board} saw it on {edition.meeting.date:%-d %B %Y}")
        for edition, _ in seen
    ]
    chosen = request.GET.get("since") or _usual(plan, choices)
    before, label = None, ""
    for kind, pk, text in choices:
        if chosen == f"{kind}-{pk}":
            label = text
            before = (
                rows.dump(store.read(FinancialPlan.objects.get(pk=pk)))
                if kind == "version"
                else next(s for e, s in seen if e.pk == pk)
            )
    found = compare.news(compare.compare(before, now)) if before else []
    groups: dict[str, list] = {
        "Figures and text that were changed": [],
        "What follows for balances, totals and the gap": [],
    }
    for change in found:
        groups[
            "What follows for balances, totals and the gap"
            if change.ref.startswith("=")
            else "Figures and text that were changed"
        ].append(compare.line(change))
    return page(
        request,
        "finance/changes.html",
        plan,
        choices=[(f"{kind}-{pk}", text) for kind, pk, text in choices],
        chosen=chosen,
        label=label,
        # Texts stand among what was typed, so only what follows from it is set as figures.
        groups=[(title, lines, "3 4" if n else "") for n, (title, lines) in enumerate(groups.items()) if lines],
        count=len(found),
        header=["Line", "Figure", "Was", "Now"],
    )


def _usual(plan: FinancialPlan, choices) -> str:
    earlier = [f"version-{plan.copied_from_id}"] if plan.copied_from_id else []
    return next(iter([*earlier, *(f"{kind}-{pk}" for kind, pk, _ in choices)]), "")
