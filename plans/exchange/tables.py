"""The tables of a plan as they travel: names of columns, what else they are called, and cells that cannot do harm."""

from __future__ import annotations

from dataclasses import dataclass

Row = dict[str, str]
Tables = dict[str, list[Row]]

COLUMNS: dict[str, tuple[str, ...]] = {
    "themes": ("code", "name", "aim", "shared_outcome"),
    "objectives": ("theme", "number", "text"),
    "actions": (
        "ref",
        "theme",
        "title",
        "text",
        "inspection_note",
        "opportunities",
        "added_on",
        "removed_on",
        "printed_ref",
    ),
    "activities": (
        "ref",
        "action",
        "title",
        "opcc_leads",
        "delivery_lead",
        "added_on",
        "removed_on",
        "printed_ref",
        "printed_leads",
    ),
    "status": ("period_end", "ref", "status", "what_happened", "what_next", "recovery_date", "needed"),
    "updates": ("date", "ref", "text"),
    "assessments": ("title", "completed_on", "reviewed_by", "escalates_to"),
    "findings": ("assessment", "number", "text", "owner", "pillar", "outcome", "target_date", "action"),
}
TEXT_COLUMNS = frozenset(
    {
        "aim",
        "shared_outcome",
        "text",
        "title",
        "inspection_note",
        "opportunities",
        "what_happened",
        "what_next",
        "needed",
        "name",
        "delivery_lead",
    }
)

#: How much the plan can hold of what is not running text.
LIMITS: dict[str, dict[str, int]] = {
    "themes": {"name": 80},
    "actions": {"theme": 80, "title": 160, "printed_ref": 40},
    "assessments": {"title": 160, "reviewed_by": 120, "escalates_to": 120},
    "findings": {"owner": 120, "pillar": 80},
    "activities": {"title": 200, "delivery_lead": 240, "printed_ref": 40, "printed_leads": 80},
}

# Headings that spreadsheets of the plan have had, in the form `_heading` gives them.
_ALIASES = {
    "actions": {
        "ref": ("ref", "reference", "action", "priority_action_ref"),
        "theme": ("theme",),
        "title": ("title", "short_title", "short_title_own_words", "priority_action"),
        "text": ("text", "wording", "what_will_be_done"),
        "inspection_note": ("inspection_note", "inspection"),
        "opportunities": ("opportunities", "wider_partnership_opportunities"),
        "added_on": ("added_on",),
        "removed_on": ("removed_on",),
        "printed_ref": ("printed_ref",),
    },
    "activities": {
        "ref": ("ref", "ref_as_printed", "activity", "activity_ref", "reference"),
        "action": ("action", "action_ref"),
        "title": ("title", "what_is_being_done"),
        "opcc_leads": ("opcc_leads", "opcc_lead", "opcc_lead_initials", "opcc_l_d"),
        "delivery_lead": ("delivery_lead", "d_vry_lead"),
        "added_on": ("added_on",),
        "removed_on": ("removed_on",),
        "printed_ref": ("printed_ref",),
        "printed_leads": ("printed_leads",),
    },
    "findings": {
        "assessment": ("assessment", "strategic_assessment"),
        "number": ("number", "finding_number", "no"),
        "text": ("text", "finding", "what_was_found"),
        "owner": ("owner", "head_of_business"),
        "pillar": ("pillar",),
        "outcome": ("outcome", "disposition"),
        "target_date": ("target_date", "to_be_answered_by"),
        "action": ("action", "action_ref"),
    },
}
_DANGEROUS = "=+-@\t\r"


class UnreadableFile(ValueError):
    """A file that cannot be taken at all. Carries one plain sentence."""


@dataclass(frozen=True)
class Finding:
    """Something a person should know about a row. ``stops`` means the file cannot be brought in as it is."""

    table: str
    line: int
    ref: str
    rule: str
    sentence: str
    stops: bool = False

    def as_dict(self) -> dict:
        return {
            "table": self.table,
            "line": self.line,
            "ref": self.ref,
            "rule": self.rule,
            "sentence": self.sentence,
            "stops": self.stops,
        }


def guard(text: str) -> str:
    """A cell that no spreadsheet will run as a formula: an apostrophe goes before what would start one."""
    risky = text[:1] and (text[0] in _DANGEROUS or (text[0] == "'" and text[1:2] and text[1] in _DANGEROUS + "'"))
    return f"'{text}" if risky else text


def unguard(text: str) -> str:
    """The cell as it was before ``guard``."""
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in _DANGEROUS + "'" else text


def table_of(headings: list[str]) -> str:
    """Which table a sheet holds, told from its column headings. Raises UnreadableFile."""
    names = {heading(each) for each in headings}
    if {"ref_as_printed", "action_ref"} & names or ({"opcc_leads", "delivery_lead"} <= names and "action" in names):
        return "activities"
    if {"delivery_activity_count", "short_title_own_words", "opportunities", "inspection_note"} & names:
        return "actions"
    if {"owner", "outcome"} <= names:
        return "findings"
    for table, columns in COLUMNS.items():
        if set(columns) <= names:
            return table
    raise UnreadableFile(
        "The columns are not those of a plan. An actions sheet needs at least ref, theme and title; an activities "
        "sheet needs ref, action, opcc_leads and delivery_lead."
    )


def place(table: str, headings: list[str]) -> dict[int, str]:
    """Which of the table's columns each heading is; headings of no column are left out."""
    aliases = _ALIASES.get(table, {})
    names = [heading(each) for each in headings]
    found: dict[int, str] = {}
    for column in COLUMNS[table]:
        for name in aliases.get(column, (column,)):
            if name in names and names.index(name) not in found:
                found[names.index(name)] = column
                break
    return found


def heading(text: str) -> str:
    """A heading as a name: lower case, words joined by underscores."""
    kept = "".join(character if character.isalnum() else " " for character in str(text or "").lower())
    return "_".join(kept.split())
