"""What is looked for in one row of each table: rules L1 to L3 and what the plan can hold."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from plans import references, status, words
from plans.exchange.days import read_day
from plans.exchange.tables import Finding, Row


@dataclass(frozen=True)
class Known:
    """What rows may refer to: activities and themes, in the plan or the file, and people by initials, address or post.

    ``periods`` are the ends of rounds that the plan has: what they hold is never written from a file.
    """

    refs: tuple[str, ...] = ()
    themes: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    periods: frozenset[str] = frozenset()
    assessments: tuple[str, ...] = ()
    today: dt.date = dt.date.max


class Notes:
    def __init__(self, table: str, line: int, ref: str, findings: list[Finding]):
        self.table, self.line, self.ref, self.findings = table, line, ref, findings

    def __call__(self, rule: str, sentence: str, *, stops: bool = False) -> None:
        self.findings.append(Finding(self.table, self.line, self.ref, rule, sentence, stops))


def _theme(row: Row, note: Notes, known: Known) -> Row:
    row["code"] = note.ref = row["code"].upper()
    if not re.fullmatch("[A-Z]", row["code"]):
        note("L3", f"“{row['code'][:20]}” is not a theme’s letter. Write one letter, such as V.", stops=True)
    if not row["name"]:
        note("L3", "The theme has no name.", stops=True)
    return row


def _objective(row: Row, note: Notes, known: Known) -> Row:
    row["theme"] = row["theme"].upper()
    note.ref = f"{row['theme'][:1]} {row['number'][:8]}".strip()
    if row["theme"] not in known.themes:
        note("L3", f"The plan has no theme “{row['theme'][:20]}”.", stops=True)
    if not re.fullmatch("[1-9][0-9]{0,2}", row["number"]):
        note("L3", f"“{row['number'][:20]}” is not a number of an objective.", stops=True)
    if not row["text"]:
        note("L3", "The objective says nothing.", stops=True)
    return row


def _action(row: Row, note: Notes, known: Known) -> Row:
    row["ref"] = _reference(row, note, lambda text: references.parse_action(text, known=known.refs))
    if not row["title"] and not row["text"]:
        note("L3", f"{row['ref']} says nothing: give it a title.", stops=True)
    _date(row, "added_on", note)
    _date(row, "removed_on", note)
    return row


def _activity(row: Row, note: Notes, known: Known) -> Row:
    row["ref"] = _reference(row, note, lambda text: references.parse_activity(text, known=known.refs))
    if references.is_normal(row["ref"]):
        row["action"] = references.parse(row["ref"]).action
    printed = row["opcc_leads"]
    people = words.split_leads(printed)
    if not people:
        note("L2", f"{row['ref']} has no OPCC lead. Nobody will be asked to report it until one is named.")
    for person in people:
        if known.leads and person.casefold() not in known.leads:
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


def _status(row: Row, note: Notes, known: Known) -> Row:
    row["ref"] = _reference(row, note, lambda text: references.parse_activity(text, known=known.refs))
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
    _is_there(row, note, known)
    if row["period_end"] in known.periods:
        note(
            "L5", f"The plan has a round that ends on {words.day(row['period_end'])}. This row of the file is left out."
        )
    elif _is_later(row["period_end"], known.today):
        note(
            "L5",
            f"{words.day(row['period_end'])} has not come yet. This row of the file is left out: report it in a round.",
        )
    if value in status.NEEDS_RECOVERY:
        has_date = dt.date.max if row["recovery_date"] else None
        for gap in status.missing(
            row["ref"], value, narrative=row["what_happened"], recovery_date=has_date, needed=row["needed"]
        ):
            note("L4", f"{gap.sentence}.", stops=True)
    return row


def _update(row: Row, note: Notes, known: Known) -> Row:
    row["ref"] = _reference(row, note, lambda text: references.parse_activity(text, known=known.refs))
    _date(row, "date", note, needed=True)
    _is_there(row, note, known)
    if not row["text"]:
        note("L5", "An update without words was left out.")
    return row


def _assessment(row: Row, note: Notes, known: Known) -> Row:
    note.ref = row["title"][:40]
    for column in ("title", "reviewed_by", "escalates_to"):
        if not row[column]:
            note("L3", f"{words.capital(column.replace('_', ' '))} is missing.", stops=True)
    _date(row, "completed_on", note, needed=True)
    return row


def _finding(row: Row, note: Notes, known: Known) -> Row:
    """A finding is taken forward, with a date to be answered by, or remitted: the counts add up because it is one or the other."""
    note.ref = row["number"][:8]
    if not row["assessment"] and len(set(known.assessments)) == 1:
        row["assessment"] = known.assessments[0]
    if row["assessment"] not in known.assessments:
        note("L3", f"There is no assessment “{row['assessment'][:60]}”. Add it first.", stops=True)
    if not re.fullmatch("[1-9][0-9]{0,5}", row["number"]):
        note("L3", f"“{row['number'][:20]}” is not a number of a finding.", stops=True)
    for column in ("text", "owner"):
        if not row[column]:
            note("L3", f"{words.capital(column)} is missing.", stops=True)
    row["outcome"] = {"forward": "taken forward"}.get(row["outcome"].lower(), row["outcome"].lower())
    _date(row, "target_date", note)
    match row["outcome"]:
        case "taken forward":
            if not row["target_date"]:
                note("L3", "A finding that is taken forward needs a target date.", stops=True)
            if row["action"]:
                row["action"] = _action_served(row["action"], note, known)
        case "remitted":
            if row["target_date"] or row["action"]:
                note("L3", "The finding is remitted, so its target date and action are left out.")
            row["target_date"] = row["action"] = ""
        case other:
            note("L3", f"“{other[:20]}” is not an outcome. Use taken forward or remitted.", stops=True)
    return row


def _action_served(printed: str, note: Notes, known: Known) -> str:
    try:
        action = str(references.parse_action(printed, known=known.refs))
    except references.ReferenceError as error:
        note("L3", str(error), stops=True)
        return printed
    if not any(ref.startswith(f"{action}.") for ref in known.refs):
        note("L3", f"Neither the plan nor the file has an activity of {action}.", stops=True)
    return action


def _reference(row: Row, note: Notes, read) -> str:
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


def _date(row: Row, column: str, note: Notes, *, needed: bool = False) -> None:
    value = row.get(column, "")
    if not value:
        if needed:
            note("L5", f"{column.replace('_', ' ').capitalize()} is missing.", stops=True)
        return
    try:
        row[column] = read_day(value).isoformat()
    except ValueError:
        note("L5", f"“{value[:40]}” is not a date. Write it as 31/10/2018 or 2018-10-31.", stops=True)


def _is_later(value: str, today: dt.date) -> bool:
    try:
        return dt.date.fromisoformat(value) > today
    except ValueError:
        return False


def _is_there(row: Row, note: Notes, known: Known) -> None:
    """Reports and updates belong to an activity that the plan or the file has."""
    if references.is_normal(row["ref"]) and row["ref"] not in known.refs:
        note("L3", f"Neither the plan nor the file has an activity {row['ref']}.", stops=True)


ROW_CHECKS = {
    "assessments": _assessment,
    "findings": _finding,
    "themes": _theme,
    "objectives": _objective,
    "actions": _action,
    "activities": _activity,
    "status": _status,
    "updates": _update,
}
