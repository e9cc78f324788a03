"""Changing the plan: a plan officer's forms."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from plans import links, policy
from plans.actions import editing, succession
from plans.actions.succession import EVERYTHING
from plans.forms.editing import (
    ActionForm,
    ActivityForm,
    LinkForm,
    NewPlanForm,
    NewThemeForm,
    ObjectiveForm,
    PlanForm,
    ThemeForm,
)
from plans.models import ActionLink, Activity, Objective, Plan, PriorityAction, Theme
from plans.views.common import form_page, get_action, get_activity, get_editable_plan, get_live_plan, page


def add_plan(request: HttpRequest) -> HttpResponse:
    """A new Commissioner’s plan, or a new version of one. The old one stays and can be read."""
    policy.check_edit_plan(request.user, None)
    form = NewPlanForm(request.POST or None, initial=_following(request.GET.get("after", "")))
    if request.method == "POST" and form.is_valid():
        source, part = form.source
        plan = succession.begin(plan=form.instance, source=source, part=part, by=request.user)
        onward = "Look through what it began with." if source else "Import its actions, or add its themes below."
        return _kept(request, plan, f"{plan} is added. {onward}")
    context = {"form": form, "title": "Add a plan", "plan": None, "plan_nav": [], "back": reverse("plans:start")}
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)


def _following(slug: str) -> dict:
    """What a plan that follows another usually says."""
    plan = Plan.objects.filter(slug=slug).first()
    if plan is None:
        return {}
    starts_on = plan.ends_on + dt.timedelta(days=1) if plan.ends_on else None
    return {
        "title": plan.title,
        "version": plan.version + 1,
        "starts_on": starts_on,
        "begin_with": f"{EVERYTHING}:{slug}",
    }


def edit_plan(request: HttpRequest, plan: str) -> HttpResponse:
    found = get_editable_plan(request, plan)
    form = PlanForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        editing.save_plan(plan=form.instance, by=request.user)
        return _kept(request, form.instance, "The plan is kept.")
    return _form(request, Plan.objects.get(pk=found.pk), form, "Change the plan")


def add_theme(request: HttpRequest, plan: str) -> HttpResponse:
    found = get_editable_plan(request, plan)
    last = found.themes.aggregate(last=Max("position"))["last"]
    form = NewThemeForm(request.POST or None, instance=Theme(plan=found, position=0 if last is None else last + 1))
    if request.method == "POST" and form.is_valid():
        editing.save_row(row=form.instance, plan=found, by=request.user, fields=list(form.changed_data))
        return _kept(
            request, form.instance, f"The {form.instance.name} theme is added. Add its objectives and actions."
        )
    return _form(request, found, form, "Add a theme")


def add_objective(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    found = get_editable_plan(request, plan)
    theme = get_object_or_404(found.themes.select_related("plan"), code=code)
    number = (theme.objectives.aggregate(last=Max("number"))["last"] or 0) + 1
    return _objective(request, found, Objective(theme=theme, number=number), f"Add an objective to {theme.name}")


def edit_objective(request: HttpRequest, plan: str, pk: int) -> HttpResponse:
    found = get_editable_plan(request, plan)
    objective = get_object_or_404(Objective.objects.select_related("theme__plan"), theme__plan=found, pk=pk)
    return _objective(request, found, objective, f"Change objective {objective.number} of {objective.theme.name}")


def _objective(request: HttpRequest, plan: Plan, objective: Objective, title: str) -> HttpResponse:
    theme = objective.theme
    form = ObjectiveForm(request.POST or None, instance=objective)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data.get("remove"):
            editing.remove_objective(objective=objective, by=request.user)
            return _kept(request, theme, "The objective is taken out of the plan.")
        editing.save_row(row=form.instance, plan=plan, by=request.user, fields=list(form.changed_data))
        return _kept(request, theme, f"Objective {objective.number} of {theme.name} is kept.")
    return form_page(request, plan, "overview", form, title, back=theme.get_absolute_url())


def edit_theme(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    found = get_editable_plan(request, plan)
    theme = get_object_or_404(found.themes.select_related("plan"), code=code)
    form = ThemeForm(request.POST or None, instance=theme)
    if request.method == "POST" and form.is_valid():
        editing.save_row(row=form.instance, plan=found, by=request.user, fields=list(form.changed_data))
        return _kept(request, theme, f"The {theme.name} theme is kept.")
    return _form(request, found, form, f"Change the {theme.name} theme")


def add_action(request: HttpRequest, plan: str, code: str) -> HttpResponse:
    found = get_editable_plan(request, plan)
    theme = get_object_or_404(found.themes, code=code)
    form = ActionForm(request.POST or None)
    del form.fields["removed_on"]
    if request.method == "POST" and form.is_valid():
        action = editing.add_action(theme=theme, by=request.user, **form.cleaned_data)
        return _kept(request, action, f"{action.ref} is added. Give it an activity and a lead.")
    return _form(request, found, form, f"Add an action to {theme.name}")


def edit_action(request: HttpRequest, plan: str, ref: str) -> HttpResponse:
    found = get_editable_plan(request, plan)
    action = get_action(found, ref)
    form = ActionForm(request.POST or None, instance=action)
    if request.method == "POST" and form.is_valid():
        editing.save_row(row=form.instance, plan=found, by=request.user, fields=list(form.changed_data))
        return _kept(request, action, f"{action.ref} is kept.")
    return _form(request, found, form, f"Change {action.ref}")


def add_activity(request: HttpRequest, plan: str, ref: str) -> HttpResponse:
    found = get_editable_plan(request, plan)
    action: PriorityAction = get_action(found, ref)
    form = ActivityForm(request.POST or None, instance=Activity(action=action))
    del form.fields["removed_on"]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = editing.add_activity(
            action=action,
            title=data["title"],
            delivery_lead=data["delivery_lead"],
            leads=list(data["leads"]),
            by=request.user,
        )
        return _kept(request, action, f"{made.ref} is added.")
    return _form(request, found, form, f"Add an activity to {action.ref}")


def edit_activity(request: HttpRequest, plan: str, ref: str) -> HttpResponse:
    found = get_editable_plan(request, plan)
    activity = get_activity(found, ref, ended=True)
    form = ActivityForm(request.POST or None, instance=activity)
    if request.method == "POST" and form.is_valid():
        editing.save_activity(
            activity=form.instance,
            leads=list(form.cleaned_data["leads"]),
            by=request.user,
            fields=list(form.changed_data),
        )
        return _kept(request, activity, f"{activity.ref} is kept.")
    return _form(request, found, form, f"Change {activity.ref}")


def add_link(request: HttpRequest, plan: str, ref: str) -> HttpResponse:
    """Link an action to a risk, a reserve or a paper: search, choose, say why."""
    found = get_editable_plan(request, plan)
    action = get_action(found, ref)
    wanted = request.GET.get("q", "") or request.POST.get("q", "")
    form = LinkForm(request.POST or None, choices=links.choices(wanted, request.user))
    if request.method == "POST" and form.is_valid():
        editing.link(action=action, by=request.user, **form.cleaned_data)
        return _kept(request, action, f"{action.ref} is linked.")
    context = page(request, found, "overview", action=action, form=form, wanted=wanted)
    return render(request, "plans/add_link.html", context, status=422 if form.errors else 200)


@require_POST
def remove_link(request: HttpRequest, plan: str, ref: str, pk: int) -> HttpResponse:
    found = get_live_plan(request, plan)
    action = get_action(found, ref)
    row = get_object_or_404(ActionLink.objects.select_related("action__theme__plan"), action=action, pk=pk)
    editing.unlink(link=row, by=request.user)
    return _kept(request, action, "The link is taken away.")


def _kept(request: HttpRequest, to, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(to)


def _form(request: HttpRequest, plan: Plan, form, title: str) -> HttpResponse:
    return form_page(request, plan, "overview", form, title)
