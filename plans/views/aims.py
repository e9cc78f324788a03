"""The map between this plan's objectives and another plan's aims."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from plans import policy
from plans.actions import editing
from plans.models import Aim, Objective
from plans.views.common import get_live_plan, page


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


class AimForm(forms.Form):
    objectives = forms.ModelMultipleChoiceField(
        label="Objectives that this aim meets", queryset=Objective.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    mark_optional = False


def map_aim(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    found = get_live_plan(request, plan)
    policy.check_edit_plan(request.user, found)
    aim = get_object_or_404(Aim.objects.select_related("other_plan"), other_plan__plan=found, pk=pk)
    form = AimForm(request.POST or None, initial={"objectives": list(aim.objectives.values_list("pk", flat=True))})
    form.fields["objectives"].queryset = Objective.objects.filter(theme__plan=found).select_related("theme")
    if request.method == "POST" and form.is_valid():
        editing.map_aim(aim=aim, objectives=list(form.cleaned_data["objectives"]), by=request.user)
        messages.success(request, f"Aim {aim.code} is mapped.")
        return redirect("plans:aims", found.slug)
    context = page(request, found, "aims", form=form, title=f"Aim {aim}", back=None)
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)
