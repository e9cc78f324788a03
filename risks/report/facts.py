"""What a report is written from, worked out once: the board, the meeting, what is shown and what stands above tolerance."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

from boards.document import build
from boards.reports import Change, ReportContext
from risks import compare, flags, words

MOST_PAGES = 150
"""Risks that a report gives a page of their own; a register with more is printed in part."""


@dataclass(frozen=True)
class Facts:
    """Everything the parts of a report ask for. `shown` leaves out risks the board already saw closed."""

    now: dict
    changes: list[Change]
    context: ReportContext
    baseline: dict | None = None
    extra: dict = field(default_factory=dict)

    @cached_property
    def before(self) -> dict[str, dict]:
        """Risks as the board last saw them, by id."""
        return {risk["id"]: risk for risk in self.baseline["risks"]} if self.baseline else {}

    @cached_property
    def shown(self) -> list[dict]:
        gone = {risk["id"] for risk in self.before.values() if risk["closed"]}
        return [
            risk for risk in self.now["risks"] if not (risk["closed"] and (risk["id"] in gone or not self.baseline))
        ]

    @cached_property
    def paged(self) -> list[dict]:
        """Risks with a page of their own, in the order of the register.

        A register of thousands cannot be printed whole, and no board would read it: then those that changed, those above tolerance
        and those at it have pages, as far as there is room, and the others stand in the summary.
        """
        if len(self.shown) <= MOST_PAGES:
            return self.shown
        changed = set(self.changed)
        told = [
            risk
            for risk in self.shown
            if risk["ref"] in changed or risk["current"]["above_tolerance"] or risk["ref"] in self.level_refs
        ]
        first = sorted(told, key=lambda risk: (risk["ref"] not in changed, -risk["current"]["rating"]))[:MOST_PAGES]
        chosen = {risk["ref"] for risk in first}
        return [risk for risk in self.shown if risk["ref"] in chosen]

    @cached_property
    def paged_refs(self) -> set[str]:
        return {risk["ref"] for risk in self.paged}

    def reference(self, ref: str) -> dict | str:
        """The risk as a live cross-reference with its page, or only by name when this report has no page for it."""
        return build.xref(f"risks:{ref}", page=True) if ref in self.paged_refs else ref

    @cached_property
    def by_ref(self) -> dict[str, dict]:
        return {risk["ref"]: risk for risk in self.shown}

    @cached_property
    def open(self) -> list[dict]:
        return [risk for risk in self.shown if not risk["closed"]]

    @cached_property
    def changed(self) -> list[str]:
        return compare.changed_refs(self.changes)

    @cached_property
    def above(self) -> list[dict]:
        found = [risk for risk in self.open if risk["current"]["above_tolerance"]]
        return sorted(found, key=lambda risk: -risk["current"]["rating"])

    @cached_property
    def level(self) -> list[dict]:
        matrices = self.now["matrices"]
        return [
            risk for risk in self.open if risk["current"]["rating"] == matrices[risk["current"]["matrix"]]["tolerance"]
        ]

    @cached_property
    def level_refs(self) -> set[str]:
        return {risk["ref"] for risk in self.level}

    @property
    def matrix_changed(self) -> bool:
        return self.baseline is not None and self.baseline["matrix"]["version"] != self.now["matrix"]["version"]

    @cached_property
    def objectives(self) -> dict[int, str]:
        return {objective["number"]: objective["title"] for objective in self.now["objectives"]}

    @property
    def board(self) -> str:
        return self.context.board

    @property
    def office(self) -> str:
        return self.context.office.get("name") or "office"

    @property
    def force(self) -> str:
        return self.context.office.get("force") or "the Constabulary"

    @property
    def meeting_day(self) -> str:
        return words.day(self.context.meeting_date.isoformat())

    @property
    def baseline_day(self) -> str:
        if not self.baseline:
            return ""
        dated = self.context.baseline_date or dt.date.fromisoformat(self.baseline["as_at"])
        return words.day(dated.isoformat())

    @property
    def contact(self) -> str:
        return self.context.options.get("contact") or "Chief Executive"

    @property
    def mailbox(self) -> str:
        return self.context.options.get("mailbox") or "governance@opcc.example"

    def treatment(self, risk: dict) -> str:
        """What is being done about a risk above tolerance, or that nothing is recorded."""
        if flags.acceptance_in_force(risk, self.context.meeting_date):
            accepted = risk["acceptance"]
            until = f" until {words.day(accepted['until'])}" if accepted["until"] else ""
            return f"The {accepted['by']} has accepted it above tolerance{until}."
        if risk["future"]:
            return f"The aim is {words.score(risk['future'])}."
        return "It has no target and has not been accepted above tolerance."

    def movement(self, risk: dict) -> str:
        """For a narrow column: up, down, no change, or new to the board."""
        before = self.before.get(risk["id"])
        step = flags.movement(risk, before)
        if step is None:
            return "New matrix" if before else "New" if self.baseline else "First report"
        return "No change" if step == 0 else f"{'Up' if step > 0 else 'Down'} {abs(step)}"
