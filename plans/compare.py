"""What changed in the plan between two reports to the same body.

A snapshot is a dictionary of tables (themes, actions, activities, measures, aims, findings), each a dictionary of rows
under permanent ids, so a renumbered action is the same action. Comparing gives typed changes; applying them to the
earlier snapshot gives the later one, which is what makes the list of changes complete.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from plans import status
from plans.references import ReferenceError, sort_key

TABLES = ("themes", "objectives", "actions", "activities", "measures", "aims", "findings")
FIELD_WORDS = {
    "ref": "reference",
    "title": "title",
    "text": "wording",
    "inspection_note": "inspection note",
    "opportunities": "wider partnership opportunities",
    "opcc_leads": "OPCC lead",
    "delivery_lead": "delivery lead",
    "rag": "status",
    "narrative": "what has happened",
    "next_steps": "what happens next",
    "recovery_date": "recovery date",
    "needed": "what is needed to recover",
    "updates": "progress update",
    "slipped": "times slipped",
    "overrides": "judged direction",
    "links": "links",
    "aim": "aim",
    "shared_outcome": "shared outcome",
    "name": "name",
    "observations": "figures",
    "disposition": "outcome",
    "target_date": "target date",
    "owner": "owner",
    "aims": "aims of the other plan",
}
# What moves with every report, or follows from another field, is carried by the snapshot but is no news by itself.
QUIET = frozenset({"reported_on", "changed_on", "period", "order", "overdue", "answered"})


@dataclass(frozen=True)
class PlanChange:
    """One difference. ``kind`` is added, removed, changed or moved (a status that went from one value to another).

    ``table`` and ``row`` say where it applies; ``ref`` and ``title`` are for people and follow the later snapshot.
    """

    ref: str
    kind: str
    field: str
    old: Any
    new: Any
    title: str
    table: str = "activities"
    row: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def comparable(now: dict, baseline: dict | None) -> dict | None:
    """The earlier snapshot, if it is one of the same plan: the first report of a new plan compares with nothing."""
    if baseline is None or (baseline.get("plan") or {}).get("id") != (now.get("plan") or {}).get("id"):
        return None
    return baseline


def compare(now: dict, baseline: dict | None) -> list[PlanChange]:
    """Every difference between two snapshots, in the order of the plan. Nothing when there is no earlier report of it."""
    baseline = comparable(now, baseline)
    if baseline is None:
        return []
    changes: list[PlanChange] = []
    for table in TABLES:
        before, after = baseline.get(table, {}), now.get(table, {})
        for row_id in sorted({*before, *after}, key=lambda key: (_place(after.get(key) or before.get(key)), key)):
            changes += _row(table, row_id, before.get(row_id), after.get(row_id))
    return changes


def apply(baseline: dict, changes: Iterable[PlanChange]) -> dict:
    """The earlier snapshot's tables with the changes made: equal to the tables of the later snapshot."""
    tables = {table: copy.deepcopy(baseline.get(table, {})) for table in TABLES}
    for change in changes:
        rows = tables[change.table]
        if change.kind == "added":
            rows[change.row] = copy.deepcopy(change.new)
        elif change.kind == "removed":
            del rows[change.row]
        elif change.new is None and change.field not in rows[change.row]:
            continue
        else:
            rows[change.row][change.field] = copy.deepcopy(change.new)
    return tables


def news(changes: Iterable[PlanChange]) -> list[PlanChange]:
    """The changes that a reader is told about."""
    return [change for change in changes if change.field not in QUIET]


def by_row(changes: Iterable[PlanChange]) -> dict[str, list[PlanChange]]:
    """The news about each row, under its permanent id."""
    rows: dict[str, list[PlanChange]] = {}
    for change in news(changes):
        rows.setdefault(change.row, []).append(change)
    return rows


def new_updates(change: PlanChange) -> list[dict]:
    """The dated updates that were added since the last report, newest first."""
    known = {update["id"] for update in change.old or []}
    return [update for update in change.new or [] if update["id"] not in known]


def travel_of(row: dict, baseline: dict | None, *, body: str = "", table: str = "activities") -> status.Travel | None:
    """The direction shown for a row of a snapshot against the snapshot the body last saw. None without a status.

    An override counts only for the body it was made for, and only where that body has an earlier report.
    """
    if not row.get("rag"):
        return None
    earlier = ((baseline or {}).get(table) or {}).get(row["id"]) or {}
    before = earlier.get("rag") or None
    judged = next((each for each in row.get("overrides") or [] if each["board"] == body), {}) if before else {}
    return status.travel(row["rag"], before, override=judged.get("direction"), reason=judged.get("reason", ""))


def _row(table: str, row_id: str, before: dict | None, after: dict | None) -> list[PlanChange]:
    shown = after or before or {}
    ref, title = str(shown.get("ref", "")), str(shown.get("title") or shown.get("name") or "")
    if before is None:
        return [PlanChange(ref, "added", "", None, after, title, table, row_id)]
    if after is None:
        return [PlanChange(ref, "removed", "", before, None, title, table, row_id)]
    found = []
    for field in sorted({*before, *after}):
        old, new = before.get(field), after.get(field)
        if old != new or (field in before) != (field in after):
            kind = "moved" if field == "rag" else "changed"
            found.append(PlanChange(ref, kind, field, old, new, title, table, row_id))
    return found


def _place(row: dict | None) -> tuple:
    ref = str((row or {}).get("ref", ""))
    try:
        return (0, *sort_key(ref))
    except ReferenceError:
        return (1, len(ref), ref, 0, 0)
