"""What every page of the plan begins with: the plan, the copy this person may read, and the way around."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from plans import policy, sources
from plans.actions.rounds import led_in
from plans.models import Activity, Plan, PriorityAction
from plans.references import ReferenceError, parse


def get_plan(slug: str) -> Plan:
    return get_object_or_404(Plan, slug=slug)


def get_live_plan(request: HttpRequest, slug: str) -> Plan:
    """The plan for a page of live rows. A person who may only read sealed editions is told nothing of it."""
    if not policy.can_read_live(request.user):
        raise Http404
    return get_plan(slug)


def get_editable_plan(request: HttpRequest, slug: str) -> Plan:
    """The plan for a page that changes it: absent to those who read sealed editions, refused to other readers."""
    found = get_live_plan(request, slug)
    policy.check_edit_plan(request.user, found)
    return found


def get_source(request: HttpRequest, plan: Plan) -> sources.Source:
    source = sources.for_person(request.user, plan, request.GET.get("body", ""))
    if source is None:
        raise Http404("Nothing of this plan has been sealed for a board you sit on.")
    return source


def get_action(plan: Plan, ref: str) -> PriorityAction:
    reference = _reference(ref)
    found = PriorityAction.objects.of_plan(plan).prefetch_related("activities", "links")
    return get_object_or_404(found, theme__code=reference.theme, number=reference.number)


def get_activity(plan: Plan, ref: str, *, ended: bool = False) -> Activity:
    """An activity by its reference; one that has ended only for the page on which that can be taken back."""
    reference = _reference(ref)
    found = Activity.objects.of_plan(plan).prefetch_related("activity_leads__person")
    found = found if ended else found.in_force()
    return get_object_or_404(
        found, action__theme__code=reference.theme, action__number=reference.number, number=reference.activity or 1
    )


def page(request: HttpRequest, plan: Plan, here: str, **context) -> dict:
    """The context of a page: the plan, its navigation with this page marked, and what the person may do."""
    user = request.user
    reads_live = policy.can_read_live(user)
    entries = [("overview", "Overview"), ("measures", "Measures")]
    if reads_live:
        entries += [
            ("rounds", "Rounds"),
            ("aims", "Aims"),
            ("assessments", "Findings"),
            ("exchange", "Import and export"),
        ]
        if led_in(plan, user):
            entries.insert(1, ("my_updates", "My updates"))
    nav = [
        {"title": title, "url": reverse(f"plans:{name}", args=[plan.slug]), "active": name == here}
        for name, title in entries
    ]
    return {"plan": plan, "plan_nav": nav, "reads_live": reads_live, **context}


def form_page(request: HttpRequest, plan: Plan, here: str, form, title: str, back: str = "") -> HttpResponse:
    """A page that is one form; what was wrong comes back with what was typed."""
    back = back or reverse(f"plans:{here}", args=[plan.slug])
    context = page(request, plan, here, form=form, title=title, back=back)
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)


def _reference(ref: str):
    try:
        return parse(ref)
    except ReferenceError as error:
        raise Http404(str(error)) from error
