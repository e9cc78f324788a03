"""One risk: its page, and its life from added to closed."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from boards import reports
from portal.policy import reason as why_not
from risks import heatmap, policy, snapshot
from risks.actions import register
from risks.forms.risk import CloseForm, ReasonForm, RiskForm
from risks.models import Link, Objective, Risk, RiskMatrix
from risks.presenters import navigation, page
from risks.views.common import done, find, say_problem


@require_safe
def risk_page(request: HttpRequest, ref: str) -> HttpResponse:
    risk = find(request, ref)
    today = timezone.localdate()
    data = snapshot.one(risk, today)
    adopted = RiskMatrix.objects.in_force()
    chart = None
    if adopted and data["current"] and data["inherent"]:
        shown = {"matrix": adopted.matrix.as_data(), "risks": [data]}
        chart = heatmap.chart(heatmap.data(shown, paths=[risk.ref]), caption=f"{risk.ref} from inherent to future")
    refusal = why_not(policy.check_edit_risk, request.user, risk)
    return render(
        request,
        "risks/risk.html",
        {
            "risk": risk,
            "data": data,
            "scores": page.scores(data),
            "lists": page.lists(data),
            "summary": page.summary(data, {risk.objective.number: risk.objective.title}, today),
            "flags": page.told(data, snapshot.matrices(), today),
            "chart": chart,
            "can_edit": not refusal,
            "refusal": refusal,
            "can_manage": policy.can_manage_register(request.user),
            "above": bool(data["current"] and data["current"]["above_tolerance"]),
            "links": [(link, reports.resolve(link.target)) for link in Link.objects.filter(risk=risk)],
            "linked_from": [t for t in reports.links_to(f"risks:{risk.ref}") if t.ref != risk.ref],
            "subnav": navigation.risk(risk.ref, "page"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    policy.check_manage_register(request.user)
    form = RiskForm(request.POST or None, instance=Risk())
    if request.method == "POST" and form.is_valid():
        try:
            risk = register.add_risk(by=request.user, reason=form.cleaned_data["reason"], **form.values())
        except ValidationError as problem:
            say_problem(form, problem)
        else:
            done(
                request,
                f"{risk.ref} was added. Score it next: it is reported once its inherent and current scores are made.",
            )
            return redirect(risk)
    return render(
        request,
        "risks/risk_form.html",
        {"form": form, "heading": "Add a risk", "objectives": Objective.objects.exists()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    risk = find(request, ref)
    policy.check_edit_risk(request.user, risk)
    form = RiskForm(request.POST or None, instance=risk)
    if request.method == "POST" and form.is_valid():
        try:
            saved = register.edit_risk(
                risk=risk,
                by=request.user,
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                **form.values(),
            )
        except ValidationError as problem:
            say_problem(form, problem)
        else:
            done(request, f"{saved.ref} was saved.")
            return redirect(saved)
    return render(request, "risks/risk_form.html", {"form": form, "risk": risk, "ref": ref, "heading": f"Change {ref}"})


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, ref: str) -> HttpResponse:
    policy.check_manage_register(request.user)
    risk = find(request, ref)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        register.close_risk(risk=risk, by=request.user, reason=form.cleaned_data["reason"])
        done(request, f"{risk.ref} is closed. Each board is told in its next report.")
        return redirect(risk)
    context = {"form": form, "risk": risk, "heading": f"Close {ref}", "button": "Close the risk", "kind": "warning"}
    return render(request, "risks/reason.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, ref: str) -> HttpResponse:
    policy.check_manage_register(request.user)
    risk = find(request, ref)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        register.reopen_risk(risk=risk, by=request.user, reason=form.cleaned_data["reason"])
        done(request, f"{risk.ref} is open again.")
        return redirect(risk)
    context = {"form": form, "risk": risk, "heading": f"Open {ref} again", "button": "Open the risk again"}
    return render(request, "risks/reason.html", context)
