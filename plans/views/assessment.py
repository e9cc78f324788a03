"""Findings of a strategic assessment: counted, followed and escalated."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from plans import policy
from plans.actions import assessing
from plans.calendar import quarter_ends
from plans.forms.editing import FindingReviewForm, TargetForm
from plans.models import Assessment, Finding, FindingReview
from plans.models.assessment import REMITTED, TAKEN_FORWARD
from plans.views.common import get_live_plan, page
from portal.policy import Refusal


def assessment_list(request: HttpRequest, plan: str) -> HttpResponse:
    found = get_live_plan(request, plan)
    newest = found.assessments.first()
    if newest is not None:
        return redirect(newest)
    return render(request, "plans/assessment.html", page(request, found, "assessments", assessment=None))


def assessment(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    found = get_live_plan(request, plan)
    row = get_object_or_404(Assessment, plan=found, pk=pk)
    shown = request.GET.get("show", "forward")
    findings = (
        Finding.objects.filter(assessment=row, disposition=REMITTED if shown == "remitted" else TAKEN_FORWARD)
        .select_related("action__theme__plan")
        .prefetch_related(Prefetch("reviews", FindingReview.objects.order_by("-quarter_end")))
    )
    counts = row.counts()
    tabs = [
        {"title": "Taken forward", "url": "?show=forward", "active": shown != "remitted", "count": counts["forward"]},
        {"title": "Remitted", "url": "?show=remitted", "active": shown == "remitted", "count": counts["remitted"]},
    ]
    context = page(
        request, found, "assessments", assessment=row, counts=counts, tabs=tabs, shown=shown,
        found_page=Paginator(findings, 50).get_page(request.GET.get("page")),
    )  # fmt: skip
    context["today"] = timezone.localdate()
    context["edit_refusal"] = policy.reason_not_to_edit(request.user, found)
    return render(request, "plans/assessment.html", context)


def finding(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    """One finding: its reviews, a new review, and whether it is taken forward."""
    found = get_live_plan(request, plan)
    row = get_object_or_404(
        Finding.objects.select_related("assessment__plan", "action__theme__plan"), assessment__plan=found, pk=pk
    )
    form = FindingReviewForm(request.POST if "review" in request.POST else None)
    target = TargetForm(request.POST if "forward" in request.POST else None)
    error = ""
    if request.method == "POST":
        try:
            if "review" in request.POST and form.is_valid():
                quarter = quarter_ends(timezone.localdate(), 1)[0]
                assessing.review(finding=row, quarter_end=quarter, by=request.user, **form.cleaned_data)
                messages.success(request, "The review is kept.")
                return redirect("plans:finding", found.slug, row.pk)
            if "remit" in request.POST:
                assessing.remit(finding=row, by=request.user)
                messages.success(request, "The finding is remitted to its head of business.")
                return redirect("plans:finding", found.slug, row.pk)
            if "forward" in request.POST and target.is_valid():
                assessing.take_forward(finding=row, by=request.user, **target.cleaned_data)
                messages.success(request, "The finding is taken forward.")
                return redirect("plans:finding", found.slug, row.pk)
        except Refusal as refusal:
            error = refusal.sentence
    context = page(request, found, "assessments", finding=row, form=form, error=error, reviews=row.reviews.all())
    context["edit_refusal"] = policy.reason_not_to_edit(request.user, found)
    context["target_form"] = target
    return render(request, "plans/finding.html", context, status=422 if error or form.errors or target.errors else 200)
