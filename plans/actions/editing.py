"""The verbs of the plan officer: change the plan, its actions and activities, link an action, map an aim."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from plans import policy
from plans.actions.storing import set_leads
from plans.models import ActionLink, Activity, Aim, Objective, ObjectiveAim, Plan, PriorityAction, Theme
from portal import audit


@transaction.atomic
def save_plan(*, plan: Plan, by) -> Plan:
    """Add a plan, or change one that is still in force. A plan that follows another closes it by its date alone."""
    is_new = plan.pk is None
    policy.check_edit_plan(by, None if is_new else plan)
    plan.save()
    audit.record(
        "plan.added" if is_new else "plan.changed",
        by=by,
        target=plan,
        summary=f"{'Added' if is_new else 'Changed'} {plan}",
    )
    return plan


@transaction.atomic
def save_row(*, row, plan: Plan, by, fields: list[str]) -> None:
    """Keep a changed theme, action, activity or measure, with who changed it."""
    policy.check_edit_plan(by, plan)
    is_new = row.pk is None
    row.save()
    label = row._meta.verbose_name
    audit.record(
        f"plan.{row._meta.model_name}_{'added' if is_new else 'changed'}",
        by=by,
        target=row,
        summary=f"{'Added' if is_new else 'Changed'} {label} {row}"[:400],
        fields=fields,
    )


@transaction.atomic
def save_activity(*, activity: Activity, leads: list, by, fields: list[str]) -> Activity:
    """Keep an activity and the people who answer for it."""
    save_row(row=activity, plan=activity.action.theme.plan, by=by, fields=fields)
    set_leads(activity, leads)
    return activity


@transaction.atomic
def add_action(*, theme: Theme, title: str, text: str, by, **fields) -> PriorityAction:
    """Add an action under the theme's next number; it is new to every body until it has been reported there."""
    policy.check_edit_plan(by, theme.plan)
    Theme.objects.select_for_update().get(pk=theme.pk)  # the next number is given once
    last = PriorityAction.objects.filter(theme=theme).aggregate(last=Max("number"))["last"] or 0
    action = PriorityAction(
        theme=theme, number=last + 1, title=title, text=text, added_on=timezone.localdate(), **fields
    )
    save_row(row=action, plan=theme.plan, by=by, fields=["title", "text"])
    return action


@transaction.atomic
def add_activity(*, action: PriorityAction, title: str, delivery_lead: str, leads: list, by) -> Activity:
    policy.check_edit_plan(by, action.theme.plan)
    PriorityAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
    last = Activity.objects.filter(action=action).aggregate(last=Max("number"))["last"] or 0
    activity = Activity(
        action=action, number=last + 1, title=title, delivery_lead=delivery_lead, added_on=timezone.localdate()
    )
    return save_activity(activity=activity, leads=leads, by=by, fields=["title", "delivery_lead", "leads"])


@transaction.atomic
def link(*, action: PriorityAction, target: str, note: str, by) -> ActionLink:
    """Link an action to a risk, a reserve or a paper; both pages then show it."""
    policy.check_edit_plan(by, action.theme.plan)
    made, _ = ActionLink.objects.update_or_create(action=action, target=target, defaults={"note": note.strip()})
    audit.record("plan.linked", by=by, target=action, summary=f"Linked {action.ref} to {target}")
    return made


@transaction.atomic
def unlink(*, link: ActionLink, by) -> None:
    policy.check_edit_plan(by, link.action.theme.plan)
    audit.record(
        "plan.unlinked", by=by, target=link.action, summary=f"Took the link of {link.action.ref} to {link.target} away"
    )
    link.delete()


@transaction.atomic
def save_aim(*, aim: Aim, objectives: list[Objective], by, fields: list[str]) -> Aim:
    """Keep an aim of another plan and which objectives of this one it meets."""
    if aim.pk is None:
        last = Aim.objects.filter(other_plan=aim.other_plan).aggregate(last=Max("position"))["last"]
        aim.position = 0 if last is None else last + 1
    save_row(row=aim, plan=aim.other_plan.plan, by=by, fields=fields)
    map_aim(aim=aim, objectives=objectives, by=by)
    return aim


@transaction.atomic
def remove_objective(*, objective: Objective, by) -> None:
    """Take an objective out of the plan, with what meets it. Editions that were sealed keep it."""
    policy.check_edit_plan(by, objective.theme.plan)
    audit.record("plan.objective_removed", by=by, target=objective, summary=f"Took out {objective}"[:400])
    objective.delete()


@transaction.atomic
def map_aim(*, aim: Aim, objectives: list[Objective], by) -> None:
    """Say which objectives of this plan an aim of the other plan meets."""
    policy.check_edit_plan(by, aim.other_plan.plan)
    for held in aim.objective_links.exclude(objective__in=objectives):
        held.delete()
    for objective in objectives:
        ObjectiveAim.objects.get_or_create(aim=aim, objective=objective)
    audit.record("plan.aim_mapped", by=by, target=aim, summary=f"Mapped aim {aim.code} to {len(objectives)} objectives")
