"""Findings of a strategic assessment: counted, followed and escalated."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from plans import policy, sources
from plans.actions import assessing, editing
from plans.calendar import quarter_ends
from plans.forms.assessing import AssessmentForm, FindingForm, FindingReviewForm, TargetForm
from plans.models import Assessment, Finding, FindingReview
from plans.models.assessment import REMITTED, TAKEN_FORWARD
from plans.views.common import form_page, get_editable_plan, get_live_plan, page
from portal.policy import Refusal


def assessment_list(request: HttpRequest, plan: str) -> HttpResponse:
    found = get_live_plan(request, plan)
    newest = found.assessments.first()
    if newest is not None:
        return redirect(newest)
    context = page(request, found, "assessments", assessment=None)
    context["edit_refusal"] = policy.reason_not_to_edit(request.user, found)
    return render(request, "plans/assessment.html", context)


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
    day = sources.live_day(found)
    shown_page = Paginator(findings, 50).get_page(request.GET.get("page"))
    for each in shown_page:
        each.overdue = each.is_overdue(day)
    context = page(
        request, found, "assessments", assessment=row, counts=counts, tabs=tabs, shown=shown, found_page=shown_page,
    )  # fmt: skip
    context["assessments"] = found.assessments.all()
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
    quarter = quarter_ends(timezone.localdate(), 1)[0]
    if request.method == "POST":
        policy.check_edit_plan(request.user, found)
        told = _dealt_with(request, row, form, target, quarter)
        if told:
            messages.success(request, told)
            return redirect("plans:finding", found.slug, row.pk)
    context = page(request, found, "assessments", finding=row, form=form, quarter=quarter, reviews=row.reviews.all())
    context["edit_refusal"] = policy.reason_not_to_edit(request.user, found)
    context |= {"target_form": target, "is_overdue": row.is_overdue(sources.live_day(found))}
    return render(request, "plans/finding.html", context, status=422 if form.errors or target.errors else 200)


def _dealt_with(request: HttpRequest, row: Finding, form: FindingReviewForm, target: TargetForm, quarter) -> str:
    """Do what was asked of a finding and say so; nothing when something is missing, which the form then tells."""
    if "remit" in request.POST:
        assessing.remit(finding=row, by=request.user)
        return "The finding is remitted to its head of business."
    if target.is_bound and target.is_valid():
        assessing.take_forward(finding=row, by=request.user, **target.cleaned_data)
        return "The finding is taken forward."
    if form.is_bound and form.is_valid():
        try:
            assessing.review(finding=row, quarter_end=quarter, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("note", refusal.sentence)
        else:
            return "The review is kept."
    return ""


def assessment_form(request: HttpRequest, plan: str, pk: int | None = None) -> HttpResponse:
    """Add a strategic assessment, or change what is said of one."""
    found = get_editable_plan(request, plan)
    row = get_object_or_404(Assessment, plan=found, pk=pk) if pk else Assessment(plan=found)
    form = AssessmentForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        editing.save_row(row=form.instance, plan=found, by=request.user, fields=list(form.changed_data))
        messages.success(request, "The assessment is kept." if pk else "The assessment is added. Now add its findings.")
        return redirect(form.instance)
    return form_page(
        request, found, "assessments", form, "Change the assessment" if pk else "Add a strategic assessment"
    )


def add_finding(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    found = get_editable_plan(request, plan)
    parent = get_object_or_404(Assessment.objects.select_related("plan"), plan=found, pk=pk)
    return _finding_form(request, found, Finding(assessment=parent), f"Add a finding to the {parent}")


def edit_finding(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    found = get_editable_plan(request, plan)
    row = get_object_or_404(Finding.objects.select_related("assessment__plan"), assessment__plan=found, pk=pk)
    return _finding_form(request, found, row, f"Change finding {row.number}")


def _finding_form(request: HttpRequest, plan, row: Finding, title: str) -> HttpResponse:
    is_new = row.pk is None
    form = FindingForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        assessing.save_finding(finding=form.instance, by=request.user, fields=list(form.changed_data))
        messages.success(request, f"Finding {row.number} is kept.")
        if "another" in request.POST:
            return redirect("plans:add_finding", plan.slug, row.assessment_id)
        return redirect("plans:finding", plan.slug, row.pk)
    back = row.assessment.get_absolute_url()
    context = page(request, plan, "assessments", form=form, title=title, back=back, another=is_new)
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)
