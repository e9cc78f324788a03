"""A plan that follows another: a new Commissioner's plan, or a new version of the one in force."""

from __future__ import annotations

from django.db import transaction

from plans.actions.editing import save_plan
from plans.models import Activity, ActivityLead, Objective, Plan, PriorityAction, Theme

THEMES, EVERYTHING = "themes", "everything"


@transaction.atomic
def begin(*, plan: Plan, source: Plan | None, part: str = "", by) -> Plan:
    """Add a plan, empty or with the themes and objectives of another, or with its actions, activities and leads too.

    Its rows are new rows: what was reported stays with the plan it was reported of, which can still be read.
    """
    save_plan(plan=plan, by=by)
    if source is None:
        return plan
    themes = {theme.pk: _again(theme, plan=plan) for theme in source.themes.all()}
    for objective in Objective.objects.filter(theme__plan=source):
        _again(objective, theme=themes[objective.theme_id])
    if part != EVERYTHING:
        return plan
    actions = {
        action.pk: _again(action, theme=themes[action.theme_id], added_on=None, printed_ref="")
        for action in PriorityAction.objects.of_plan(source).in_force()
    }
    for activity in Activity.objects.of_plan(source).in_force().prefetch_related("activity_leads"):
        made = _again(activity, action=actions[activity.action_id], added_on=None, printed_ref="", printed_leads="")
        for lead in activity.activity_leads.all():
            ActivityLead.objects.create(activity=made, person_id=lead.person_id, position=lead.position)
    return plan


def _again(row: Theme | Objective | PriorityAction | Activity, **changes):
    """The row once more, as a row of its own."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in {"id", "uid", *changes}
    }
    return type(row).objects.create(**kept, **changes)
