"""The map between this plan's objectives and another plan's aims."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from plans import policy
from plans.actions import editing
from plans.forms.aims import AimForm, OtherPlanForm
from plans.models import Aim, Objective, OtherPlan, Plan
from plans.views.common import form_page, get_editable_plan, get_live_plan, page


def aims(request: HttpRequest, plan: str) -> HttpResponse:
    found = get_live_plan(request, plan)
    objectives = list(
        Objective.objects.filter(theme__plan=found).select_related("theme").prefetch_related("aims__other_plan")
    )
    others = list(found.other_plans.prefetch_related("aims__objectives__theme"))
    unmet = [each for each in objectives if not each.aims.all()]
    context = page(request, found, "aims", objectives=objectives, others=others, unmet=unmet)
    context["edit_refusal"] = policy.reason_not_to_edit(request.user, found)
    return render(request, "plans/aims.html", context)


def other_plan(request: HttpRequest, plan: str, pk: int | None = None) -> HttpResponse:
    """Another body's plan: add it, or change its title and whose it is."""
    found = get_editable_plan(request, plan)
    row = get_object_or_404(OtherPlan, plan=found, pk=pk) if pk else OtherPlan(plan=found)
    form = OtherPlanForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        editing.save_row(row=form.instance, plan=found, by=request.user, fields=list(form.changed_data))
        messages.success(request, f"{form.instance} is kept." if pk else f"{form.instance} is added. Now add its aims.")
        return redirect("plans:aims", found.slug)
    return form_page(request, found, "aims", form, f"Change {row.title}" if pk else "Add another body’s plan")


def add_aim(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    found = get_editable_plan(request, plan)
    other = get_object_or_404(OtherPlan.objects.select_related("plan"), plan=found, pk=pk)
    return _aim(request, found, Aim(other_plan=other), f"Add an aim of {other}")


def map_aim(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    """An aim: its words, and which objectives of this plan it meets."""
    found = get_editable_plan(request, plan)
    aim = get_object_or_404(Aim.objects.select_related("other_plan__plan"), other_plan__plan=found, pk=pk)
    return _aim(request, found, aim, f"Aim {aim.code} of {aim.other_plan}")


def _aim(request: HttpRequest, plan: Plan, aim: Aim, title: str) -> HttpResponse:
    form = AimForm(request.POST or None, instance=aim)
    if request.method == "POST" and form.is_valid():
        objectives = list(form.cleaned_data["objectives"])
        editing.save_aim(aim=form.instance, objectives=objectives, by=request.user, fields=list(form.changed_data))
        messages.success(request, f"Aim {aim.code} is kept, with the objectives it meets.")
        return redirect("plans:aims", plan.slug)
    return form_page(request, plan, "aims", form, title)
