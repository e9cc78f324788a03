"""Rows of a risk's lists: add, edit, take out, put in another place."""

import datetime as dt

from django.db import transaction

from portal import audit
from risks.actions.keeping import drop, keep, lock, touch
from risks.models import Risk
from risks.models.rows import ROWS, Row
from risks.scales import LISTS


def _rows(risk: Risk, name: str) -> list[Row]:
    return list(ROWS[name].objects.filter(risk=risk).order_by("position"))


def _tell(event: str, risk: Risk, row: Row, by, reason: str, what: str) -> None:
    audit.record(f"risk.{event}", by=by, target=risk, summary=f"{risk.ref}: {what}", reason=reason, row=str(row.pk))


@transaction.atomic
def add_row(
    *,
    risk: Risk,
    name: str,
    text: str,
    by,
    reason: str,
    position: int | None = None,
    version: int | None = None,
    identity=None,
    on: dt.date | None = None,
    at: dt.datetime | None = None,
    **details,
) -> Row:
    """Add a row to a list, at the end or at a place counted from 1."""
    held = lock(risk, version)
    rows = _rows(held, name)
    place = len(rows) + 1 if position is None else max(1, min(position, len(rows) + 1))
    model = ROWS[name]
    row = model(risk=held, text=text.strip(), position=len(rows) + 1, **details)
    if identity is not None:
        row.pk = identity
    keep(row, by=by, reason=reason, at=at)
    _arrange([*rows[: place - 1], row, *rows[place - 1 :]])
    row.refresh_from_db()
    touch(held, by=by, reason=reason, on=on, at=at)
    _tell("row_added", held, row, by, reason, f"a {LISTS[name][1]} was added")
    return row


@transaction.atomic
def edit_row(
    *,
    row: Row,
    by,
    reason: str,
    version: int | None = None,
    on: dt.date | None = None,
    at: dt.datetime | None = None,
    **fields,
) -> Row:
    """Reword a row or change its details. Nothing different leaves no history."""
    held = lock(row.risk, version)
    kept = type(row).objects.get(pk=row.pk)
    changed = [name for name in ("text", *kept.details) if name in fields and getattr(kept, name) != fields[name]]
    if not changed:
        return kept
    for name in changed:
        setattr(kept, name, fields[name])
    keep(kept, by=by, reason=reason, at=at)
    touch(held, by=by, reason=reason, on=on, at=at)
    _tell("row_changed", held, kept, by, reason, f"a {LISTS[kept.list_name][1]} was changed")
    return kept


@transaction.atomic
def remove_row(
    *, row: Row, by, reason: str, version: int | None = None, on: dt.date | None = None, at: dt.datetime | None = None
) -> None:
    """Take a row out of its list. Its history stays."""
    held = lock(row.risk, version)
    kept = type(row).objects.get(pk=row.pk)
    rows = [other for other in _rows(held, kept.list_name) if other.pk != kept.pk]
    _tell("row_removed", held, kept, by, reason, f"a {LISTS[kept.list_name][1]} was removed")
    drop(kept, by=by, reason=reason, at=at)
    _arrange(rows)
    touch(held, by=by, reason=reason, on=on, at=at)


@transaction.atomic
def move_row(*, row: Row, to: int, by, reason: str = "Put in another place", version: int | None = None) -> Row:
    """Put a row in another place of its list, counted from 1."""
    held = lock(row.risk, version)
    rows = _rows(held, row.list_name)
    kept = next(other for other in rows if other.pk == row.pk)
    rows.remove(kept)
    to = max(1, min(to, len(rows) + 1))
    if to == kept.position:
        return kept
    rows.insert(to - 1, kept)
    _arrange(rows)
    kept.position = to
    keep(kept, by=by, reason=reason)
    touch(held, by=by, reason=reason)
    _tell("row_moved", held, kept, by, reason, f"a {LISTS[row.list_name][1]} was moved")
    return kept


def _arrange(rows: list[Row]) -> None:
    """Write the places of a list. Places are not history: only the row a person moved gets an entry."""
    out = [row for place, row in enumerate(rows, 1) if row.position != place]
    for place, row in enumerate(rows, 1):
        row.position = place
    if out:
        type(out[0]).objects.bulk_update(out, ["position"])
