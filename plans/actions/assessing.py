"""The verbs of a strategic assessment: keep its findings, take one forward or remit it, review it each quarter, escalate it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from plans import policy
from plans.actions.editing import save_row
from plans.models import Finding, FindingReview
from plans.models.assessment import REMITTED, TAKEN_FORWARD
from portal import audit
from portal.policy import Refusal


@transaction.atomic
def save_finding(*, finding: Finding, by, fields: list[str]) -> Finding:
    """Keep a new or changed finding. One that is remitted has no target date and serves no action of the plan."""
    if finding.disposition == TAKEN_FORWARD and finding.target_date is None:
        raise Refusal("Give the date by which the finding is to be answered.")
    if finding.disposition == REMITTED:
        finding.target_date = finding.action = None
    save_row(row=finding, plan=finding.assessment.plan, by=by, fields=fields)
    return finding


@transaction.atomic
def take_forward(*, finding: Finding, target_date: dt.date | None, by) -> Finding:
    """A finding that was remitted becomes an action with a target date; the two counts change together."""
    policy.check_edit_plan(by, finding.assessment.plan)
    if target_date is None:
        raise Refusal("Give the date by which the finding is to be answered.")
    return _dispose(finding, TAKEN_FORWARD, target_date, by)


@transaction.atomic
def remit(*, finding: Finding, by) -> Finding:
    """A finding goes back to its head of business."""
    policy.check_edit_plan(by, finding.assessment.plan)
    return _dispose(finding, REMITTED, None, by)


@transaction.atomic
def review(
    *, finding: Finding, quarter_end: dt.date, position: str, note: str, is_escalated: bool, by
) -> FindingReview:
    """Where a finding stood at the end of a quarter. A late one may be escalated, and the note then says why."""
    policy.check_edit_plan(by, finding.assessment.plan)
    if finding.disposition != TAKEN_FORWARD:
        raise Refusal("Only findings that were taken forward are tracked.")
    if is_escalated and not note.strip():
        raise Refusal(f"Say what the {finding.assessment.escalates_to} is asked to do.")
    kept, _ = FindingReview.objects.update_or_create(
        finding=finding,
        quarter_end=quarter_end,
        defaults={"position": position, "note": note.strip(), "is_escalated": is_escalated, "by": by},
    )
    audit.record(
        "plan.finding_reviewed", by=by, target=finding, summary=f"Finding {finding.number}: {position}",
        escalated=is_escalated,
    )  # fmt: skip
    return kept


def _dispose(finding: Finding, disposition: str, target_date: dt.date | None, by) -> Finding:
    finding.disposition, finding.target_date = disposition, target_date
    if disposition == REMITTED:
        finding.action = None
    finding.save()
    audit.record("plan.finding_disposed", by=by, target=finding, summary=f"Finding {finding.number}: {disposition}")
    return finding
