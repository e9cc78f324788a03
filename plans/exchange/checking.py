"""What is found in the rows of an imported plan: rules L1 to L3, one finding a row, in the words of the plan officer.

Nothing is put right in silence. A reference is brought to its normal form and the printed form is kept; an internal
file path is taken out and reported; everything else is kept as printed and reported.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from plans import references, words
from plans.exchange.rows import ROW_CHECKS, Known, Notes
from plans.exchange.tables import LIMITS, TEXT_COLUMNS, Finding, Tables


@dataclass
class Checked:
    """Tables in normal form and what was found on the way."""

    tables: Tables
    findings: list[Finding] = field(default_factory=list)

    @property
    def can_be_imported(self) -> bool:
        return not any(finding.stops for finding in self.findings)


def check(
    tables: Tables,
    *,
    known_leads: Iterable[str] = (),
    known_activities: Iterable[str] = (),
    known_themes: Iterable[str] = (),
    known_periods: Iterable[str] = (),
    known_assessments: Iterable[str] = (),
    today: dt.date = dt.date.max,
) -> Checked:
    """Bring every row to its normal form. ``known_leads`` are the initials, e-mail addresses and posts of people."""
    result = Checked({})
    known = Known(
        refs=(*known_activities, *_full_references(tables)),
        themes=frozenset(known_themes) | _themes_named(tables),
        leads=frozenset(lead.casefold() for lead in known_leads),
        periods=frozenset(known_periods),
        assessments=(*known_assessments, *(row.get("title", "").strip() for row in tables.get("assessments", []))),
        today=today,
    )
    for table, rows in tables.items():
        checked = []
        for line, row in enumerate(rows, start=2):
            note = Notes(table, line, row.get("ref", ""), result.findings)
            clean = {column: _without_paths(column, value.strip(), note) for column, value in row.items()}
            clean = ROW_CHECKS[table](clean, note, known)
            for column, limit in LIMITS.get(table, {}).items():
                if len(clean.get(column, "")) > limit:
                    note(
                        "P7",
                        f"{words.capital(column.replace('_', ' '))} is longer than {limit} characters.",
                        stops=True,
                    )
            checked.append(clean)
        result.tables[table] = checked
    _once(result, "themes", "code")
    _once(result, "objectives", "theme", "number")
    _once(result, "actions", "ref")
    _once(result, "activities", "ref")
    _once(result, "status", "period_end", "ref")
    _once(result, "assessments", "title")
    _once(result, "findings", "assessment", "number")
    _actions_of_activities(result)
    return result


def _full_references(tables: Tables) -> list[str]:
    """References that are printed with a letter and two numbers: what a form without a letter is matched against."""
    found = []
    for row in tables.get("activities", []):
        try:
            reference = references.parse(row.get("ref", ""))
        except references.ReferenceError:
            continue
        found.append(str(reference) if reference.is_activity else f"{reference}.1")
    return found


def _without_paths(column: str, value: str, note: Notes) -> str:
    if column not in TEXT_COLUMNS or not value:
        return value
    text, found = words.without_paths(value)
    for path in found:
        leaf = path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
        note("P8", f"An internal file path was taken out of {column.replace('_', ' ')}: it ended in “{leaf[:80]}”.")
    return text


def _once(result: Checked, table: str, *columns: str) -> None:
    rows = result.tables.get(table, [])
    keys = [tuple(row[column] for column in columns) for row in rows]
    counts = Counter(keys)
    for line, (key, row) in enumerate(zip(keys, rows, strict=True), start=2):
        if counts[key] > 1:
            named = row.get("ref") or " ".join(key)
            sentence = f"{named} is on {words.number(counts[key])} rows. Keep one."
            result.findings.append(Finding(table, line, named, "L3", sentence, stops=True))


def _themes_named(tables: Tables) -> frozenset[str]:
    """Themes that the file brings by name or by the letter of a reference."""
    letters = {row.get("code", "").strip().upper() for row in tables.get("themes", [])}
    for table in ("actions", "activities"):
        for row in tables.get(table, []):
            try:
                letters.add(references.parse(row.get("ref", "")).theme)
            except references.ReferenceError:
                continue
    return frozenset(letters)


def _actions_of_activities(result: Checked) -> None:
    """Activities whose action is in neither table: only told when the file brings actions too."""
    actions = {row["ref"] for row in result.tables.get("actions", [])}
    if not actions:
        return
    for line, row in enumerate(result.tables.get("activities", []), start=2):
        if row.get("action") and row["action"] not in actions:
            sentence = f"{row['ref']} belongs to {row['action']}, which is not among the actions."
            result.findings.append(Finding("activities", line, row["ref"], "L3", sentence, stops=True))
