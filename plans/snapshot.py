"""A snapshot of the plan as it stood at the end of a period: plain data, every row under its permanent id.

It is taken from the rounds that were closed by the day it is as at, so that it holds what was frozen and nothing that a
lead is still writing. An officer's own pages may look at the open round too (``live=True``).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db.models import Prefetch, Q

from plans import beside, status
from plans.models import (
    ActionLink,
    Activity,
    ActivityLead,
    Objective,
    Plan,
    PriorityAction,
    ProgressUpdate,
    Round,
    StatusReport,
    Theme,
)
from plans.past import Past, changed_on, held

FORMAT = 1


def take(plan: Plan, *, as_at: dt.date, live: bool = False) -> dict[str, Any]:
    """The plan as JSON-able data. The number of queries does not depend on the size of the plan."""
    rounds = list(_rounds(plan, as_at, live))
    latest = rounds[-1] if rounds else None
    past = held(rounds)
    activities = _activities(plan, rounds, as_at, past)
    return {
        "format": FORMAT,
        "plan": {
            "id": str(plan.uid),
            "slug": plan.slug,
            "title": plan.title,
            "term": plan.term,
            "version": plan.version,
            "working_document": plan.is_working_document,
        },
        "as_at": as_at.isoformat(),
        "round": _round(latest),
        "themes": _themes(plan),
        "objectives": _objectives(plan),
        "actions": _actions(plan, activities, as_at, past),
        "activities": activities,
        "measures": beside.measures(plan, as_at),
        "aims": beside.aims(plan),
        "findings": beside.findings(plan),
        "assessments": beside.assessments(plan),
    }


def _rounds(plan: Plan, as_at: dt.date, live: bool):
    rounds = Round.objects.filter(plan=plan)
    closed = Q(closed_at__isnull=False, period_end__lte=as_at)
    return rounds.filter(closed | Q(closed_at__isnull=True) if live else closed).order_by("period_end")


def _round(latest: Round | None) -> dict[str, Any] | None:
    if latest is None:
        return None
    return {
        "title": str(latest),
        "period_start": latest.period_start.isoformat(),
        "period_end": latest.period_end.isoformat(),
        "closed": latest.is_closed,
    }


def _themes(plan: Plan) -> dict[str, dict]:
    rows = {}
    for order, theme in enumerate(Theme.objects.filter(plan=plan).order_by("position", "code")):
        rows[str(theme.uid)] = {
            "id": str(theme.uid),
            "ref": theme.code,
            "name": theme.name,
            "aim": theme.aim,
            "shared_outcome": theme.shared_outcome,
            "order": order,
        }
    return rows


def _objectives(plan: Plan) -> dict[str, dict]:
    rows = {}
    found = Objective.objects.filter(theme__plan=plan).select_related("theme").order_by("theme__position", "number")
    for order, objective in enumerate(found):
        rows[str(objective.uid)] = {
            "id": str(objective.uid),
            "ref": f"{objective.theme.name} objective {objective.number}",
            "theme": objective.theme.code,
            "number": objective.number,
            "text": objective.text,
            "order": order,
        }
    return rows


def _actions(plan: Plan, activities: dict[str, dict], as_at: dt.date, past: dict[str, list[Past]]) -> dict[str, dict]:
    statuses: dict[str, list] = defaultdict(list)
    reports: dict[str, list[Past]] = defaultdict(list)
    for activity in activities.values():
        statuses[activity["action"]].append(activity["rag"])
        reports[activity["action"]] += past.get(activity["id"], [])
    found = (
        PriorityAction.objects.of_plan(plan)
        .as_at(as_at)
        .prefetch_related(Prefetch("links", ActionLink.objects.order_by("target")))
        .in_order()
    )
    rows = {}
    for order, action in enumerate(found):
        uid = str(action.uid)
        rows[uid] = {
            "id": uid,
            "ref": action.ref,
            "theme": action.theme.code,
            "title": action.title,
            "text": action.text,
            "inspection_note": action.inspection_note,
            "opportunities": action.opportunities,
            "rag": status.of_action(statuses[uid]),
            "changed_on": changed_on(reports[uid]),
            "links": [{"target": link.target, "note": link.note} for link in action.links.all()],
            "order": order,
        }
    return rows


def _activities(plan: Plan, rounds: list[Round], as_at: dt.date, past: dict[str, list[Past]]) -> dict[str, dict]:
    newest = {
        report.activity_id: report
        for report in StatusReport.objects.filter(pk__in=[reports[-1].pk for reports in past.values()])
        .select_related("round")
        .prefetch_related("overrides__board")
    }
    found = (
        Activity.objects.of_plan(plan)
        .as_at(as_at)
        .prefetch_related(
            Prefetch("activity_leads", ActivityLead.objects.select_related("person").order_by("position", "pk")),
            Prefetch("updates", ProgressUpdate.objects.filter(dated__lte=as_at).order_by("-dated", "-pk")),
        )
        .in_order()
    )
    titles = _post_titles(found)
    return {
        str(activity.uid): _activity(
            order, activity, newest.get(activity.pk), past.get(str(activity.uid), []), titles, rounds
        )
        for order, activity in enumerate(found)
    }


def _activity(order, activity, report, past, titles, rounds) -> dict[str, Any]:
    row = {
        "id": str(activity.uid),
        "ref": activity.ref,
        "action": str(activity.action.uid),
        "theme": activity.action.theme.code,
        "title": activity.shown_title,
        "opcc_leads": [titles[lead.person_id] for lead in activity.activity_leads.all()],
        "delivery_lead": activity.delivery_lead,
        "rag": None,
        "narrative": "",
        "next_steps": "",
        "recovery_date": None,
        "needed": "",
        "reported_on": None,
        "period": None,
        "overrides": [],
        "slipped": status.times_slipped(each.recovery_date for each in past),
        "changed_on": changed_on(past),
        "updates": _updates(activity, report, rounds),
        "order": order,
    }
    if report is None:
        return row
    return row | {
        "rag": report.rag,
        "narrative": report.narrative,
        "next_steps": report.next_steps,
        "recovery_date": report.recovery_date.isoformat() if report.recovery_date else None,
        "needed": report.needed,
        "reported_on": past[-1].reported_on.isoformat(),
        "period": report.round.period_end.isoformat(),
        "overrides": [
            {"board": each.board.name, "direction": each.direction, "reason": each.reason}
            for each in report.overrides.all()
        ],
    }


def _updates(activity: Activity, report: StatusReport | None, rounds: list[Round]) -> list[dict[str, Any]]:
    """Dated news from between the rounds, newest first: what came after the round before the one reported."""
    before = [each.period_end for each in rounds if report is None or each.period_end < report.round.period_end]
    since = before[-1] if before and report is not None else dt.date.min
    return [
        {"id": update.pk, "date": update.dated.isoformat(), "text": update.text}
        for update in activity.updates.all()
        if update.dated > since
    ]


def _post_titles(activities) -> dict[int, str]:
    """The post each lead holds today, worked out for all of them at once."""
    from portal.models import Appointment

    people = {lead.person for activity in activities for lead in activity.activity_leads.all()}
    titles = {person.pk: person.name for person in people}
    held = Appointment.objects.in_force().filter(person__in=people).exclude(title="").order_by("-starts_on", "-pk")
    return titles | {appointment.person_id: appointment.title for appointment in held}
