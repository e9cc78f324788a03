"""Save a tracked row with who did it and why. Every verb of the register goes through here, so no change is without its reason."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone

from risks.models import Risk
from risks.models.rows import Row


class Stale(ValidationError):
    """The risk was changed by somebody else since the person opened it."""


def keep(row, *, by, reason: str, at: dt.datetime | None = None):
    """Check and save the row, and write its history. `at` dates the history when an earlier time is being recorded."""
    # Places of rows are checked by the database at the end of the transaction; until then two may be alike.
    row.full_clean(exclude={"position"} if isinstance(row, Row) else None)
    _sign(row, by, reason, at)
    row.save()
    return row


def drop(row, *, by, reason: str, at: dt.datetime | None = None) -> None:
    """Remove the row; its history stays, with who and why."""
    _sign(row, by, reason, at)
    row.delete()


def _sign(row, by, reason: str, at: dt.datetime | None) -> None:
    row._history_user = by
    row._change_reason = reason
    if at is not None:
        row._history_date = at


def lock(risk: Risk, version: int | None = None) -> Risk:
    """The risk, held for this change. With `version`, refuse when somebody else changed it meanwhile."""
    held = (
        Risk.objects.select_for_update(of=("self",))
        .select_related("objective", "exec_lead", "senior_lead")
        .get(pk=risk.pk)
    )
    if version is not None and held.version != version:
        raise Stale(
            f"Somebody else changed {held.ref} while you had it open. Nothing of yours was saved; "
            "look at the risk as it is now, then try again."
        )
    return held


def touch(risk: Risk, *, by, reason: str, on: dt.date | None = None, at: dt.datetime | None = None) -> None:
    """Date the risk's status and raise its version after a change to any part of it."""
    on = on or timezone.localdate()
    risk.version += 1
    if risk.status_date is None or on > risk.status_date:
        if risk.status_kind == "new" and risk.status_date != on:
            risk.status_kind = "update"
        risk.status_date = on
        keep(risk, by=by, reason=reason, at=at)
    else:
        risk.save_without_historical_record()
