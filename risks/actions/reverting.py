"""Put one field of a risk back to what it was, as a new change with its own reason. Nothing is taken out of the history."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from boards.reports import Change
from portal.policy import Refusal
from risks import policy
from risks.actions import register, rows, scores
from risks.models import Lead, Risk
from risks.models.rows import ROWS
from risks.scales import STAGES

PLAIN = {"title": "title", "description": "description", "type": "risk_type"}
LEADS = {"exec_lead": "exec_lead", "senior_lead": "senior_lead"}


def can_be_put_back(change: Change) -> bool:
    """Words, leads, scores, acceptance and rows can; a reference, a review and a closure have verbs of their own."""
    if change.field in STAGES:
        return change.old is not None or change.field == "future"
    return change.field in (*PLAIN, *LEADS, *ROWS, "acceptance")


def key_of(change: Change) -> str:
    """Which change is meant, in a form: the field, and the row where there is one."""
    row = (change.new or change.old)["id"] if change.field in ROWS else ""
    return f"{change.field}:{change.kind}:{row}"


@transaction.atomic
def put_back(*, risk: Risk, change: Change, by, reason: str) -> None:
    """Undo one change found by comparing a day gone by with now."""
    policy.check_edit_risk(by, risk)
    if not can_be_put_back(change):
        raise Refusal("This cannot be put back from here.")
    if change.field in PLAIN:
        register.edit_risk(risk=risk, by=by, reason=reason, **{PLAIN[change.field]: change.old})
    elif change.field in LEADS:
        lead = Lead.objects.filter(title=change.old).first()
        if lead is None:
            raise ValidationError(f"There is no lead called {change.old} any more.")
        register.edit_risk(risk=risk, by=by, reason=reason, **{change.field: lead})
    elif change.field in STAGES:
        _score(risk, change, by, reason)
    elif change.field == "acceptance":
        _acceptance(risk, change.old, by, reason)
    else:
        _row(risk, change, by, reason)


def _score(risk: Risk, change: Change, by, reason: str) -> None:
    """The old likelihood and impacts, read from the matrix in force now; a target that was not there is taken away."""
    old = change.old
    if old is None:
        scores.clear_target(risk=risk, by=by, reason=reason)
        return
    scores.score_risk(
        risk=risk, stage=change.field, likelihood=old["likelihood"], impacts=old["impacts"], rationale=old["rationale"],
        by=by, reason=reason,
    )  # fmt: skip


def _acceptance(risk: Risk, old: dict | None, by, reason: str) -> None:
    if old is None:
        scores.withdraw_acceptance(risk=risk, by=by, reason=reason)
        return
    scores.accept_risk(
        risk=risk, accepted_by=old["by"], reason=old["reason"], by=by, accepted_on=dt.date.fromisoformat(old["on"]),
        until=dt.date.fromisoformat(old["until"]) if old["until"] else None,
    )  # fmt: skip


def _row(risk: Risk, change: Change, by, reason: str) -> None:
    model, old = ROWS[change.field], change.old
    details = {}
    for name in model.details:
        value = old.get(name) if old else None
        is_date = model._meta.get_field(name).get_internal_type() == "DateField"
        details[name] = (dt.date.fromisoformat(value) if value else None) if is_date else (value or "")
    if change.kind == "removed":
        rows.add_row(
            risk=risk, name=change.field, text=old["text"], position=old.get("position"), identity=old["id"], by=by, reason=reason,
            **details,
        )  # fmt: skip
        return
    row = model.objects.get(pk=change.new["id"], risk=risk)
    if change.kind == "added":
        rows.remove_row(row=row, by=by, reason=reason)
    else:
        rows.edit_row(row=row, by=by, reason=reason, text=old["text"], **details)
