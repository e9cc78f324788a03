"""What changed between two snapshots of the register, as typed changes; and the way back.

A change names a risk by the reference the board now knows it by. Its `field` is a field of the snapshot (`title`, `current`,
`controls`), and is empty when a whole risk came or went. Rows are known by their ids: a reworded control is *changed*, not removed and
added. Rows in `old` and `new` carry their `position` in the list, from 1.

`apply(before, compare(after, before))` gives `after`, whatever was done in between. The date of a snapshot is not a change to the
register, so `apply` takes it separately.
"""

from bisect import bisect_left
from copy import deepcopy

from boards.reports import Change
from risks.refs import sort_key
from risks.scales import LISTS, STAGES
from risks.schema import RECORDS, SCALARS

BOOKKEEPING = frozenset({"status", "review"})
"""Fields that only say a risk was looked at. A review that changed nothing is an answer, not a change to report."""

REGISTER_FIELDS = ("matrix", "matrices", "objectives")


def compare(now: dict, baseline: dict | None) -> list[Change]:
    """Every change from the baseline to now, in the order of the register. No baseline: nothing to compare with, so no changes."""
    if baseline is None:
        return []
    changes = [
        Change("", "changed", name, baseline[name], now[name], "Strategic risk register")
        for name in REGISTER_FIELDS
        if baseline[name] != now[name]
    ]
    before = {risk["id"]: risk for risk in baseline["risks"]}
    after = {risk["id"]: risk for risk in now["risks"]}
    for risk in baseline["risks"]:
        if risk["id"] not in after:
            changes.append(Change(risk["ref"], "removed", "", risk, None, risk["title"]))
    for risk in sorted(now["risks"], key=lambda risk: sort_key(risk["ref"])):
        if risk["id"] not in before:
            changes.append(Change(risk["ref"], "added", "", None, risk, risk["title"]))
        else:
            changes.extend(compare_risk(risk, before[risk["id"]]))
    return changes


def compare_risk(now: dict, before: dict) -> list[Change]:
    """Changes of one risk: its plain fields, its records, its three scores, then its lists row by row."""
    ref, title = now["ref"], now["title"]
    changes = []
    for name in (*SCALARS, *RECORDS, *STAGES):
        old, new = before[name], now[name]
        if old != new:
            kind = "added" if old is None else "removed" if new is None else "changed"
            changes.append(Change(ref, kind, name, old, new, title))
    for name in LISTS:
        changes.extend(Change(ref, *change, title) for change in _compare_rows(name, before[name], now[name]))
    return changes


def _compare_rows(name: str, before: list[dict], after: list[dict]) -> list[tuple]:
    """(kind, field, old, new) for each row that came, went, moved among the rows that stayed, or was altered."""
    if before == after:
        return []
    old_place = {row["id"]: place for place, row in enumerate(before)}
    new_ids = {row["id"] for row in after}
    steady = _longest_rising([row["id"] for row in after if row["id"] in old_place], old_place)
    changes = [
        ("removed", name, {**row, "position": place + 1}, None)
        for place, row in enumerate(before)
        if row["id"] not in new_ids
    ]
    for place, row in enumerate(after):
        placed = {**row, "position": place + 1}
        if row["id"] not in old_place:
            changes.append(("added", name, None, placed))
            continue
        old = before[old_place[row["id"]]]
        was = {**old, "position": old_place[row["id"]] + 1}
        if row["id"] not in steady:
            changes.append(("moved", name, was, placed))
        if row != old:
            changes.append(("changed", name, was, placed))
    return changes


def _longest_rising(ids: list[str], place: dict[str, int]) -> set[str]:
    """The most rows that kept their order among themselves; all others are the ones that moved."""
    ends, tails, link = [], [], {}
    for row in ids:
        at = bisect_left(ends, place[row])
        link[row] = tails[at - 1] if at else None
        if at == len(ends):
            ends.append(place[row])
            tails.append(row)
        else:
            ends[at], tails[at] = place[row], row
    kept, row = set(), tails[-1] if tails else None
    while row is not None:
        kept.add(row)
        row = link[row]
    return kept


def substantive(changes: list[Change]) -> list[Change]:
    """The changes a board is told of: without the bookkeeping of reviews, and without scores looked at again and left as they were."""
    return [change for change in changes if change.ref and not _is_bookkeeping(change)]


def _is_bookkeeping(change: Change) -> bool:
    if change.field in BOOKKEEPING:
        return True
    if change.field in STAGES and change.kind == "changed":
        dated = ("assessed_on", "assessed_by")
        return {k: v for k, v in change.old.items() if k not in dated} == {
            k: v for k, v in change.new.items() if k not in dated
        }
    return False


def changed_refs(changes: list[Change]) -> list[str]:
    """References of the risks with a change worth telling, in the order of the register."""
    return sorted({change.ref for change in substantive(changes)}, key=sort_key)


def by_ref(changes: list[Change]) -> dict[str, list[Change]]:
    """Changes worth telling, under their references."""
    grouped: dict[str, list[Change]] = {}
    for change in substantive(changes):
        grouped.setdefault(change.ref, []).append(change)
    return dict(sorted(grouped.items(), key=lambda pair: sort_key(pair[0])))


def apply(before: dict, changes: list[Change], *, as_at: str | None = None) -> dict:
    """The snapshot that `changes` lead to from `before`, dated `as_at` (or as `before`). Neither argument is altered."""
    after = deepcopy(before)
    if as_at is not None:
        after["as_at"] = as_at
    changes = deepcopy(changes)
    whole = [change for change in changes if change.ref and not change.field]
    gone = {change.old["id"] for change in whole if change.kind == "removed"}
    after["risks"] = [risk for risk in after["risks"] if risk["id"] not in gone]
    renamed = {change.old: change.new for change in changes if change.ref and change.field == "ref"}
    for risk in after["risks"]:
        risk["ref"] = renamed.get(risk["ref"], risk["ref"])
    risks = {risk["ref"]: risk for risk in after["risks"]}
    for change in changes:
        if not change.ref:
            after[change.field] = change.new
        elif change.field not in ("", "ref") and change.field not in LISTS:
            risks[change.ref][change.field] = change.new
    for ref, risk in risks.items():
        for name in LISTS:
            rows = [change for change in changes if change.ref == ref and change.field == name]
            if rows:
                risk[name] = _apply_rows(risk[name], rows)
    after["risks"] += [change.new for change in whole if change.kind == "added"]
    after["risks"].sort(key=lambda risk: sort_key(risk["ref"]))
    return after


def _apply_rows(rows: list[dict], changes: list[Change]) -> list[dict]:
    """Take out what went or moved, alter what changed, then put the rest in at their places from the top down."""
    out = {change.old["id"] for change in changes if change.kind in ("removed", "moved")}
    altered = {change.new["id"]: change.new for change in changes if change.kind == "changed"}
    result = [altered.get(row["id"], row) for row in rows if row["id"] not in out]
    coming = {change.new["id"]: change.new for change in changes if change.kind in ("added", "moved")}
    for row in sorted(coming.values(), key=lambda row: row["position"]):
        result.insert(row["position"] - 1, row)
    return [{key: value for key, value in row.items() if key != "position"} for row in result]
