"""Risks as a whole: make, edit, close, open again, set review dates."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from portal import audit
from risks.actions.keeping import keep, lock, touch
from risks.models import Risk

EDITABLE = ("objective", "number", "title", "description", "risk_type", "exec_lead", "senior_lead", "next_review_on")


@transaction.atomic
def add_risk(
    *,
    by,
    reason: str = "New risk",
    status_kind: str = "new",
    on: dt.date | None = None,
    at: dt.datetime | None = None,
    **fields,
) -> Risk:
    """Put a new risk in the register, with status New. It is reported once its inherent and current scores are made."""
    on = on or timezone.localdate()
    risk = Risk(status_kind=status_kind, status_date=on, **fields)
    keep(risk, by=by, reason=reason, at=at)
    audit.record("risk.added", by=by, target=risk, summary=f"{risk.ref} was added to the register", reason=reason)
    return risk


@transaction.atomic
def edit_risk(
    *,
    risk: Risk,
    by,
    reason: str,
    version: int | None = None,
    on: dt.date | None = None,
    at: dt.datetime | None = None,
    **fields,
) -> Risk:
    """Change plain fields of a risk. Fields that are the same are left alone; nothing changed leaves no history."""
    held = lock(risk, version)
    changed = [name for name in EDITABLE if name in fields and getattr(held, name) != fields[name]]
    if not changed:
        return held
    before = held.ref
    for name in changed:
        setattr(held, name, fields[name])
    keep(held, by=by, reason=reason, at=at)
    touch(held, by=by, reason=reason, on=on, at=at)
    summary = f"{before} was changed: {', '.join(name.replace('_', ' ') for name in changed)}"
    audit.record("risk.changed", by=by, target=held, summary=summary, reason=reason, fields=changed)
    return held


@transaction.atomic
def close_risk(*, risk: Risk, by, reason: str, on: dt.date | None = None, at: dt.datetime | None = None) -> Risk:
    """Close a risk. It stays in the record, and the next report tells each board once."""
    held = lock(risk)
    held.closed_on, held.closed_reason, held.status_kind = on or timezone.localdate(), reason, "closed"
    held.status_date = held.closed_on
    held.version += 1
    keep(held, by=by, reason=reason, at=at)
    audit.record("risk.closed", by=by, target=held, summary=f"{held.ref} was closed", reason=reason)
    return held


@transaction.atomic
def reopen_risk(*, risk: Risk, by, reason: str, on: dt.date | None = None) -> Risk:
    """Put a closed risk back in use."""
    held = lock(risk)
    held.closed_on, held.closed_reason, held.status_kind = None, "", "update"
    held.status_date = on or timezone.localdate()
    held.version += 1
    keep(held, by=by, reason=reason)
    audit.record("risk.reopened", by=by, target=held, summary=f"{held.ref} was opened again", reason=reason)
    return held


@transaction.atomic
def set_review_dates(
    *, risks: list[Risk], next_review_on: dt.date, by, reason: str = "Review date set for several risks"
) -> int:
    """Give several risks one review date. Returns how many were changed."""
    held = list(Risk.objects.select_for_update().filter(pk__in=[risk.pk for risk in risks], closed_on__isnull=True))
    changed = [risk for risk in held if risk.next_review_on != next_review_on]
    for risk in changed:
        risk.next_review_on = next_review_on
        risk.version += 1
    if changed:
        bulk_update_with_history(
            changed, Risk, ["next_review_on", "version"], default_user=by, default_change_reason=reason, batch_size=500
        )
        audit.record(
            "risk.review_dates_set",
            by=by,
            summary=f"Review date set for {len(changed)} risks",
            reason=reason,
            refs=[risk.ref for risk in changed],
        )
    return len(changed)


@transaction.atomic
def mark_reviewed(
    *,
    risk: Risk,
    by,
    by_title: str,
    on: dt.date,
    next_review_on: dt.date | None,
    reason: str,
    at: dt.datetime | None = None,
) -> Risk:
    """Record that a risk was looked at, by whom and when, and when next. This alone is not a change that a board is told of."""
    held = lock(risk)
    held.last_reviewed_on, held.last_reviewed_by, held.next_review_on = on, by_title, next_review_on
    if held.status_date < on:
        held.status_date = on
        held.status_kind = "update"
    held.version += 1
    keep(held, by=by, reason=reason, at=at)
    return held
