"""Scoring a risk, clearing its target, accepting it above tolerance."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from risks import policy
from risks.actions import scores
from risks.forms.parts import ScoreForm
from risks.forms.risk import AcceptForm, ReasonForm
from risks.models import Acceptance, Assessment, RiskMatrix
from risks.scales import STAGE_MEANINGS, STAGES
from risks.views.common import done, find, say_problem


@require_http_methods(["GET", "HEAD", "POST"])
def score(request: HttpRequest, ref: str, stage: str) -> HttpResponse:
    if stage not in STAGES:
        raise Http404
    risk = find(request, ref)
    policy.check_edit_risk(request.user, risk)
    matrix = RiskMatrix.objects.in_force()
    if matrix is None:
        return redirect("risks:matrices")
    held = Assessment.objects.filter(risk=risk, stage=stage).first()
    initial = {"version": risk.version}
    if held:
        initial |= {"likelihood": held.likelihood, "rationale": held.rationale, **held.impacts}
    form = ScoreForm(request.POST or None, matrix=matrix.matrix, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = scores.score_risk(
                risk=risk, stage=stage, likelihood=data["likelihood"], impacts=form.impacts(), rationale=data["rationale"],
                reason=data["reason"], version=data["version"], by=request.user,
            )  # fmt: skip
        except ValidationError as problem:
            say_problem(form, problem)
        else:
            place = " It is above tolerance." if made.above_tolerance and stage == "current" else ""
            done(request, f"The {stage} score of {ref} is {made.rating}, {made.band}.{place}")
            return redirect(risk)
    context = {
        "form": form,
        "risk": risk,
        "stage": STAGES[stage],
        "meaning": STAGE_MEANINGS[stage],
        "held": held,
        "matrix": matrix.matrix,
        "can_clear": stage == "future" and held,
    }
    return render(request, "risks/score.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def clear_target(request: HttpRequest, ref: str) -> HttpResponse:
    risk = find(request, ref)
    policy.check_edit_risk(request.user, risk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        scores.clear_target(risk=risk, by=request.user, reason=form.cleaned_data["reason"])
        done(request, f"The future score of {ref} was removed.")
        return redirect(risk)
    context = {
        "form": form,
        "risk": risk,
        "heading": f"Remove the future score of {ref}",
        "button": "Remove the score",
        "kind": "warning",
    }
    return render(request, "risks/reason.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, ref: str) -> HttpResponse:
    risk = find(request, ref)
    policy.check_edit_risk(request.user, risk)
    held = Acceptance.objects.filter(risk=risk).first()
    initial = {"accepted_by": held.accepted_by, "reason": held.reason, "until": held.until} if held else None
    form = AcceptForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            scores.accept_risk(risk=risk, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            say_problem(form, problem)
        else:
            done(request, f"{ref} is recorded as accepted above tolerance.")
            return redirect(risk)
    return render(request, "risks/accept.html", {"form": form, "risk": risk, "held": held})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_acceptance(request: HttpRequest, ref: str) -> HttpResponse:
    risk = find(request, ref)
    policy.check_edit_risk(request.user, risk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        scores.withdraw_acceptance(risk=risk, by=request.user, reason=form.cleaned_data["reason"])
        done(request, f"{ref} is no longer accepted above tolerance.")
        return redirect(risk)
    context = {
        "form": form,
        "risk": risk,
        "heading": f"Withdraw the acceptance of {ref}",
        "button": "Withdraw it",
        "kind": "warning",
    }
    return render(request, "risks/reason.html", context)
