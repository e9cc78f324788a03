"""Performance measures: all of them with small drawings, and one with its figures."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from plans import policy
from plans.actions import editing
from plans.forms.editing import MeasureForm, ObservationForm
from plans.models import Measure
from plans.presenters.measures import shown_measures
from plans.views.common import get_live_plan, get_plan, get_source, page


def measure_list(request: HttpRequest, plan: str) -> HttpResponse:
    found = get_plan(plan)
    source = get_source(request, found)
    shown = shown_measures(source.now, found.slug)
    ids = {str(uid): pk for uid, pk in found.measures.values_list("uid", "pk")}
    for each in shown:
        each.pk = ids.get(each.row["id"])
    context = page(request, found, "measures", measures=shown, source=source)
    context["edit_refusal"] = policy.reason_not_to_edit(request.user, found)
    return render(request, "plans/measures.html", context)


def measure(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    found = get_plan(plan)
    row = get_object_or_404(Measure.objects.select_related("theme"), plan=found, pk=pk)
    source = get_source(request, found)
    view = next((each for each in shown_measures(source.now, found.slug) if each.row["id"] == str(row.uid)), None)
    if view is None:
        raise Http404("The measure was not part of what was sealed.")
    form = ObservationForm(request.POST or None)
    if request.method == "POST":
        policy.check_edit_plan(request.user, found)
        form.instance.measure = row
        if form.is_valid():
            editing.save_row(row=form.instance, plan=found, by=request.user, fields=list(form.changed_data))
            messages.success(request, "The figure is kept.")
            return redirect(row)
    context = page(request, found, "measures", measure=row, view=view, form=form, source=source)
    context["edit_refusal"] = policy.reason_not_to_edit(request.user, found)
    return render(request, "plans/measure.html", context, status=422 if form.errors else 200)


def measure_form(request: HttpRequest, plan: str, pk: int | None = None) -> HttpResponse:
    found = get_live_plan(request, plan)
    policy.check_edit_plan(request.user, found)
    row = get_object_or_404(Measure, plan=found, pk=pk) if pk else None
    form = MeasureForm(request.POST or None, instance=row, plan=found)
    if request.method == "POST" and form.is_valid():
        editing.save_row(row=form.instance, plan=found, by=request.user, fields=list(form.changed_data))
        form.save_m2m()
        messages.success(request, "The measure is kept.")
        return redirect(form.instance)
    title = f"Change {row.name}" if row else "Add a measure"
    context = page(request, found, "measures", form=form, title=title, back=found.get_absolute_url())
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)
