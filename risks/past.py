"""What the register said earlier: one risk on a day gone by, and the list of what was done to it.

History says who changed which field, when and why. It is never used to rebuild what was sent to a board: the sealed snapshot is that.
The order of a list is not in its history, so rows of the past stand in the order of the places they last had.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from boards.reports import Change
from risks.compare import BOOKKEEPING, compare_risk
from risks.models import Acceptance, Assessment, Risk, RiskMatrix
from risks.models.rows import ROWS
from risks.snapshot import as_data, one
from risks.words import sentences


@dataclass(frozen=True)
class Entry:
    """One thing done to a risk, in words."""

    when: dt.datetime
    by: str
    reason: str
    sentences: tuple[str, ...]


def as_of(risk: Risk, moment: dt.datetime) -> dict | None:
    """The risk in snapshot form as it stood at that moment; None when it was not in the register yet."""
    head = Risk.history.filter(id=risk.pk, history_date__lte=moment).order_by("-history_date", "-history_id").first()
    if head is None or head.history_type == "-":
        return None
    scores = {row.stage: _score(row) for row in _latest(Assessment, risk, moment)}
    lists = {
        name: [_row(row, model) for row in sorted(_latest(model, risk, moment), key=lambda row: row.position)]
        for name, model in ROWS.items()
    }
    accepted = [Acceptance.as_data(row) for row in _latest(Acceptance, risk, moment)]
    return as_data(head, scores, lists, accepted[0] if accepted else None)


def between(risk: Risk, start: dt.datetime, end: dt.datetime | None = None) -> list[Change]:
    """Field by field, what differs between two moments (or between one and now). A new place in a list is not told."""
    then, now = as_of(risk, start), as_of(risk, end) if end else one(risk, timezone.localdate())
    if then is None or now is None:
        return []
    return [change for change in compare_risk(now, then) if change.kind != "moved"]


def _latest(model, risk: Risk, moment: dt.datetime) -> list:
    """The last entry of each row up to the moment, without the rows that were gone by then."""
    found = (
        model.history.filter(risk_id=risk.pk, history_date__lte=moment)
        .order_by("id", "-history_date", "-history_id")
        .distinct("id")
    )
    return [row for row in found if row.history_type != "-"]


def _row(row, model) -> dict:
    row.details = model.details
    return model.as_data(row)


def _score(row) -> dict:
    version = RiskMatrix.objects.filter(pk=row.matrix_id).values_list("version", flat=True).get()
    row.impacts = Assessment.impacts.fget(row)
    return Assessment.as_data(row, version)


def entries(risk: Risk, *, latest: int = 200) -> list[Entry]:
    """What was done to the risk, newest first; things done in one go, for one reason, by one person stand together."""
    records = []
    for order, model in enumerate((Risk, Assessment, Acceptance, *ROWS.values())):
        mine = {"id": risk.pk} if model is Risk else {"risk_id": risk.pk}
        before: dict = {}
        for row in model.history.filter(**mine).select_related("history_user").order_by("history_date", "history_id"):
            new = None if row.history_type == "-" else _form(model, row)
            records.append(
                (row.history_date, order, row.history_id, row, _changes(risk, model, row, before.get(row.id), new))
            )
            before[row.id] = new
    records.sort(key=lambda record: record[:3])
    grouped: list[tuple] = []
    for *_, row, told in records:
        key = (row.history_date.replace(second=0, microsecond=0), row.history_user_id, row.history_change_reason or "")
        if grouped and grouped[-1][0] == key:
            grouped[-1][2].extend(told)
        else:
            grouped.append((key, row, list(told)))
    out = [
        Entry(
            row.history_date,
            row.history_user.title if row.history_user else "The portal",
            key[2],
            tuple(dict.fromkeys(_sentences(told))),
        )
        for key, row, told in grouped
        if told
    ]
    return out[::-1][:latest]


def _sentences(changes: list[Change]) -> list[str]:
    """The changes in words; that a risk came or went is told first, and of the rows of one list together."""
    whole = [
        "The risk was added to the register." if c.kind == "added" else "The risk was removed."
        for c in changes
        if not c.field
    ]
    told = sorted((change for change in changes if change.field), key=lambda change: change.field in BOOKKEEPING)
    return whole + sentences(told)


def _form(model, row) -> dict:
    if model is Risk:
        return as_data(row, {}, {}, None)
    if model is Assessment:
        return _score(row)
    if model is Acceptance:
        return Acceptance.as_data(row)
    return {**_row(row, model), "position": row.position}


def _changes(risk: Risk, model, row, old: dict | None, new: dict | None) -> list[Change]:
    """One entry of the history as typed changes."""
    kind = "added" if old is None else "removed" if new is None else "changed"
    if model is Risk:
        return compare_risk(new, old) if old and new else [Change(risk.ref, kind, "", old, new, risk.title)]
    name = row.stage if model is Assessment else "acceptance" if model is Acceptance else model.list_name
    if kind == "changed" and {**old, "position": 0} == {**new, "position": 0}:
        kind = "moved"
        if old.get("position") == new.get("position"):
            return []
    return [Change(risk.ref, kind, name, old, new, risk.title)]
