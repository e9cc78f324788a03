"""A plan as tables of text, ready to be written out."""

from __future__ import annotations

from django.db.models import Prefetch

from plans.exchange.tables import Tables
from plans.models import Activity, ActivityLead, Finding, Objective, Plan, PriorityAction, ProgressUpdate, StatusReport


def tables_of(plan: Plan) -> Tables:
    """Every table of the plan, in the order of the plan."""
    return {
        "themes": [
            {"code": each.code, "name": each.name, "aim": each.aim, "shared_outcome": each.shared_outcome}
            for each in plan.themes.order_by("position", "code")
        ],
        "objectives": [
            {"theme": each.theme.code, "number": str(each.number), "text": each.text}
            for each in Objective.objects.filter(theme__plan=plan).select_related("theme")
        ],
        "actions": [_action(each) for each in PriorityAction.objects.of_plan(plan).in_order()],
        "activities": [_activity(each) for each in _activities(plan)],
        "status": [_status(each) for each in _reports(plan)],
        "updates": [
            {"date": each.dated.isoformat(), "ref": each.activity.ref, "text": each.text}
            for each in ProgressUpdate.objects.filter(activity__action__theme__plan=plan)
            .select_related("activity__action__theme")
            .order_by("dated", "pk")
        ],
        "assessments": [
            {
                "title": each.title,
                "completed_on": each.completed_on.isoformat(),
                "reviewed_by": each.reviewed_by,
                "escalates_to": each.escalates_to,
            }
            for each in plan.assessments.order_by("completed_on", "pk")
        ],
        "findings": [_finding(each) for each in _findings(plan)],
    }


def _activities(plan: Plan):
    leads = Prefetch("activity_leads", ActivityLead.objects.select_related("person").order_by("position", "pk"))
    return Activity.objects.of_plan(plan).in_order().prefetch_related(leads)


def _reports(plan: Plan):
    return (
        StatusReport.objects.filter(round__plan=plan)
        .select_related("round", "activity__action__theme")
        .order_by(
            "round__period_end",
            "activity__action__theme__position",
            "activity__action__theme__code",
            "activity__action__number",
            "activity__number",
        )
    )


def _action(action: PriorityAction) -> dict[str, str]:
    return {
        "ref": action.ref,
        "theme": action.theme.code,
        "title": action.title,
        "text": action.text,
        "inspection_note": action.inspection_note,
        "opportunities": action.opportunities,
        "added_on": action.added_on.isoformat() if action.added_on else "",
        "removed_on": action.removed_on.isoformat() if action.removed_on else "",
        "printed_ref": action.printed_ref,
    }


def _activity(activity: Activity) -> dict[str, str]:
    people = [lead.person for lead in activity.activity_leads.all()]
    return {
        "ref": activity.ref,
        "action": activity.action.ref,
        "title": activity.title,
        "opcc_leads": " / ".join(person.initials or person.email for person in people),
        "delivery_lead": activity.delivery_lead,
        "added_on": activity.added_on.isoformat() if activity.added_on else "",
        "removed_on": activity.removed_on.isoformat() if activity.removed_on else "",
        "printed_ref": activity.printed_ref,
        "printed_leads": activity.printed_leads,
    }


def _status(report: StatusReport) -> dict[str, str]:
    return {
        "period_end": report.round.period_end.isoformat(),
        "ref": report.activity.ref,
        "status": report.rag,
        "what_happened": report.narrative,
        "what_next": report.next_steps,
        "recovery_date": report.recovery_date.isoformat() if report.recovery_date else "",
        "needed": report.needed,
    }


def _findings(plan: Plan):
    return (
        Finding.objects.filter(assessment__plan=plan)
        .select_related("assessment", "action__theme")
        .order_by("assessment__completed_on", "assessment", "number")
    )


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "assessment": finding.assessment.title,
        "number": str(finding.number),
        "text": finding.text,
        "owner": finding.owner,
        "pillar": finding.pillar,
        "outcome": finding.disposition,
        "target_date": finding.target_date.isoformat() if finding.target_date else "",
        "action": finding.action.ref if finding.action else "",
    }
