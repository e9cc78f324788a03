"""What is found in the rows of an imported plan: rules L1 to L3, one finding a row, in the words of the plan officer.

Nothing is put right in silence. A reference is brought to its normal form and the printed form is kept; an internal
file path is taken out and reported; everything else is kept as printed and reported.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from plans import references, status, words
from plans.exchange.tables import TEXT_COLUMNS, Finding, Row, Tables

Resolver = Callable[[str], object | None]


@dataclass
class Checked:
    """Tables in normal form and what was found on the way."""

    tables: Tables
    findings: list[Finding] = field(default_factory=list)

    @property
    def can_be_imported(self) -> bool:
        return not any(finding.stops for finding in self.findings)


def check(tables: Tables, *, known_leads: Iterable[str] = (), known_activities: Iterable[str] = ()) -> Checked:
    """Bring every row to its normal form. ``known_leads`` are the initials, e-mail addresses and posts of people."""
    result = Checked({})
    leads = {lead.casefold() for lead in known_leads}
    refs = [*known_activities, *_full_references(tables)]
    for table, rows in tables.items():
        checked = []
        for line, row in enumerate(rows, start=2):
            note = _Notes(table, line, row.get("ref", ""), result.findings)
            clean = {column: _without_paths(column, value.strip(), note) for column, value in row.items()}
            check_row = _ROW_CHECKS.get(table)
            if check_row:
                clean = check_row(clean, note, refs, leads)
            checked.append(clean)
        result.tables[table] = checked
    _once(result, "actions")
    _once(result, "activities")
    _actions_of_activities(result)
    return result


class _Notes:
    def __init__(self, table: str, line: int, ref: str, findings: list[Finding]):
        self.table, self.line, self.ref, self.findings = table, line, ref, findings

    def __call__(self, rule: str, sentence: str, *, stops: bool = False) -> None:
        self.findings.append(Finding(self.table, self.line, self.ref, rule, sentence, stops))


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


def _without_paths(column: str, value: str, note: _Notes) -> str:
    if column not in TEXT_COLUMNS or not value:
        return value
    text, found = words.without_paths(value)
    for path in found:
        leaf = path.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
        note("P8", f"An internal file path was taken out of {column.replace('_', ' ')}: it ended in “{leaf[:80]}”.")
    return text


def _reference(row: Row, note: _Notes, read) -> str:
    printed = row["ref"]
    try:
        normal = str(read(printed))
    except references.ReferenceError as error:
        note("L3", str(error), stops=True)
        return printed
    note.ref = normal
    if normal != printed:
        row["printed_ref"] = row.get("printed_ref") or printed
        note("L3", f"“{printed}” is read as {normal}. The printed form is kept.")
    return normal


def _action(row: Row, note: _Notes, refs: list[str], leads: set[str]) -> Row:
    row["ref"] = _reference(row, note, lambda text: references.parse_action(text, known=refs))
    if not row["title"] and not row["text"]:
        note("L3", f"{row['ref']} says nothing: give it a title.", stops=True)
    _date(row, "added_on", note)
    _date(row, "removed_on", note)
    return row


def _activity(row: Row, note: _Notes, refs: list[str], leads: set[str]) -> Row:
    row["ref"] = _reference(row, note, lambda text: references.parse_activity(text, known=refs))
    if references.is_normal(row["ref"]):
        row["action"] = references.parse(row["ref"]).action
    printed = row["opcc_leads"]
    people = words.split_leads(printed)
    if not people:
        note("L2", f"{row['ref']} has no OPCC lead. Nobody will be asked to report it until one is named.")
    for person in people:
        if leads and person.casefold() not in leads:
            note("L2", f"{row['ref']}: nobody in the portal has the initials, post or address “{person}”.")
    joined = " / ".join(people)
    if joined != printed:
        row["printed_leads"] = row.get("printed_leads") or printed
    row["opcc_leads"] = joined
    lead = row["delivery_lead"]
    if not lead:
        note("L2", f"{row['ref']} has no delivery lead.")
    elif words.looks_like_initials(lead):
        note("L2", f"{row['ref']} has initials, “{lead}”, as delivery lead. It should be a body or group.")
    elif lead[:1].islower():
        note("L2", f"{row['ref']}: the delivery lead “{lead}” is kept as printed, in lower case.")
    _date(row, "added_on", note)
    _date(row, "removed_on", note)
    return row


def _status(row: Row, note: _Notes, refs: list[str], leads: set[str]) -> Row:
    row["ref"] = _reference(row, note, lambda text: references.parse_activity(text, known=refs))
    value = row["status"].capitalize()
    if value == "Amber":
        note(
            "L1",
            "The middle status is Yellow. “Amber” was not taken as Yellow: change it and import again.",
            stops=True,
        )
    elif value not in set(status.Rag):
        note("L1", f"“{row['status']}” is not a status. Use Red, Yellow, Green or White.", stops=True)
    row["status"] = value
    _date(row, "period_end", note, needed=True)
    _date(row, "recovery_date", note)
    if value in status.NEEDS_RECOVERY:
        has_date = dt.date.max if row["recovery_date"] else None
        for gap in status.missing(
            row["ref"], value, narrative=row["what_happened"], recovery_date=has_date, needed=row["needed"]
        ):
            note("L4", f"{gap.sentence}.", stops=True)
    return row


def _update(row: Row, note: _Notes, refs: list[str], leads: set[str]) -> Row:
    row["ref"] = _reference(row, note, lambda text: references.parse_activity(text, known=refs))
    _date(row, "date", note, needed=True)
    if not row["text"]:
        note("L5", "An update without words was left out.")
    return row


def _date(row: Row, column: str, note: _Notes, *, needed: bool = False) -> None:
    value = row.get(column, "")
    if not value:
        if needed:
            note("L5", f"{column.replace('_', ' ').capitalize()} is missing.", stops=True)
        return
    try:
        row[column] = dt.date.fromisoformat(value).isoformat()
    except ValueError:
        note("L5", f"“{value}” is not a date. Write it as 2018-10-31.", stops=True)


def _once(result: Checked, table: str) -> None:
    rows = result.tables.get(table, [])
    counts = Counter(row["ref"] for row in rows)
    for line, row in enumerate(rows, start=2):
        if counts[row["ref"]] > 1:
            sentence = f"{row['ref']} is on {words.number(counts[row['ref']])} rows. Keep one."
            result.findings.append(Finding(table, line, row["ref"], "L3", sentence, stops=True))


def _actions_of_activities(result: Checked) -> None:
    """Activities whose action is in neither table: only told when the file brings actions too."""
    actions = {row["ref"] for row in result.tables.get("actions", [])}
    if not actions:
        return
    for line, row in enumerate(result.tables.get("activities", []), start=2):
        if row.get("action") and row["action"] not in actions:
            sentence = f"{row['ref']} belongs to {row['action']}, which is not among the actions."
            result.findings.append(Finding("activities", line, row["ref"], "L3", sentence, stops=True))


_ROW_CHECKS = {"actions": _action, "activities": _activity, "status": _status, "updates": _update}
