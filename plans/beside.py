"""What stands beside the delivery plan in a snapshot of it: measures, the aims of other plans, and findings."""

from __future__ import annotations

import datetime as dt
from typing import Any

from plans.models import Aim, Assessment, Finding, Measure, Plan
from plans.models.assessment import TAKEN_FORWARD


def measures(plan: Plan, as_at: dt.date) -> dict[str, dict]:
    rows = {}
    found = (
        Measure.objects.filter(plan=plan)
        .select_related("theme")
        .prefetch_related("observations", "actions__theme")
        .order_by("theme__position", "position", "name")
    )
    for order, measure in enumerate(found):
        rows[str(measure.uid)] = {
            "id": str(measure.uid),
            "ref": "",
            "name": measure.name,
            "theme": measure.theme.code,
            "unit": measure.unit,
            "polarity": measure.polarity,
            "average_over": measure.average_over,
            "source": measure.source,
            "actions": sorted(action.ref for action in measure.actions.all()),
            "observations": [
                {
                    "start": seen.period_start.isoformat(),
                    "end": seen.period_end.isoformat(),
                    "period": seen.period,
                    "rolling": seen.rolling_months,
                    "value": format(seen.value.normalize(), "f"),
                    "comparator": seen.comparator,
                }
                for seen in measure.observations.all()
                if seen.period_end <= as_at
            ],
            "order": order,
        }
    return rows


def aims(plan: Plan) -> dict[str, dict]:
    rows = {}
    found = (
        Aim.objects.filter(other_plan__plan=plan)
        .select_related("other_plan")
        .prefetch_related("objectives")
        .order_by("other_plan__title", "position", "code")
    )
    for order, aim in enumerate(found):
        rows[str(aim.uid)] = {
            "id": str(aim.uid),
            "ref": aim.code,
            "heading": aim.heading,
            "text": aim.text,
            "other_plan": aim.other_plan.title,
            "body": aim.other_plan.body,
            "objectives": sorted(str(objective.uid) for objective in aim.objectives.all()),
            "order": order,
        }
    return rows


def findings(plan: Plan) -> dict[str, dict]:
    """Findings taken forward. The many that were remitted are counted, not listed."""
    rows = {}
    found = (
        Finding.objects.filter(assessment__plan=plan, disposition=TAKEN_FORWARD)
        .select_related("assessment", "action__theme")
        .prefetch_related("reviews")
        .order_by("assessment__completed_on", "number")
    )
    for order, finding in enumerate(found):
        reviews = list(finding.reviews.all())
        rows[str(finding.uid)] = {
            "id": str(finding.uid),
            "ref": str(finding.number),
            "assessment": finding.assessment.title,
            "text": finding.text,
            "owner": finding.owner,
            "target_date": finding.target_date.isoformat() if finding.target_date else None,
            "action": finding.action.ref if finding.action else None,
            "position": reviews[0].position if reviews else "",
            "escalated": bool(reviews and reviews[0].is_escalated),
            "order": order,
        }
    return rows


def assessments(plan: Plan) -> list[dict[str, Any]]:
    """Each assessment with its counts: the many findings that were remitted are counted, not listed."""
    return [
        {
            "title": each.title,
            "completed_on": each.completed_on.isoformat(),
            "all": each.all,
            "forward": each.forward,
            "remitted": each.remitted,
        }
        for each in Assessment.objects.filter(plan=plan).with_counts().order_by("completed_on")
    ]
