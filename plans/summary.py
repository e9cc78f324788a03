"""The plan at a glance, for one body: how each theme stands, and what that body should look at.

Everything is worked out from a snapshot and the snapshot the body last saw, so that an officer's live page, a member's
sealed page and the printed report tell the same story.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field, replace

from plans import compare, status
from plans.status import Direction, Travel


@dataclass(frozen=True)
class Line:
    """One activity as a body sees it: the row of the snapshot, its direction and what is new about it."""

    row: dict
    travel: Travel | None
    changes: tuple[compare.PlanChange, ...] = ()
    is_new: bool = False
    is_overdue: bool = False
    has_siblings: bool = False

    @property
    def ref(self) -> str:
        return self.row["ref"]

    @property
    def anchor(self) -> str:
        """Where the printed table shows it: an only activity stands in its action's row."""
        return self.ref if self.has_siblings else self.ref.rsplit(".", 1)[0]

    @property
    def rag(self) -> str | None:
        return self.row["rag"]

    @property
    def slipped(self) -> int:
        return self.row.get("slipped", 0)


@dataclass(frozen=True)
class ActionLine:
    """A priority action with its activities. Its own status is the worst of theirs."""

    row: dict
    travel: Travel | None
    activities: tuple[Line, ...]
    is_new: bool = False

    @property
    def ref(self) -> str:
        return self.row["ref"]


@dataclass(frozen=True)
class ThemeSummary:
    row: dict
    actions: tuple[ActionLine, ...]
    tally: dict[str, int]

    @property
    def code(self) -> str:
        return self.row["ref"]

    @property
    def name(self) -> str:
        return self.row["name"]

    @property
    def activities(self) -> list[Line]:
        return [line for action in self.actions for line in action.activities]


@dataclass(frozen=True)
class Summary:
    """The whole plan for one body. The lists hold activities in the order of the plan."""

    themes: tuple[ThemeSummary, ...]
    removed: tuple[compare.PlanChange, ...]
    baseline_as_at: str | None
    is_first_report: bool
    tally: dict[str, int] = field(default_factory=dict)

    @property
    def lines(self) -> list[Line]:
        return [line for theme in self.themes for line in theme.activities]

    @property
    def actions(self) -> list[ActionLine]:
        return [action for theme in self.themes for action in theme.actions]

    def going(self, *directions: Direction) -> list[Line]:
        return [line for line in self.lines if line.travel and line.travel.direction in directions]

    @property
    def worsened(self) -> list[Line]:
        return self.going(Direction.DETERIORATED)

    @property
    def improved(self) -> list[Line]:
        return self.going(Direction.IMPROVED)

    @property
    def started(self) -> list[Line]:
        return self.going(Direction.STARTED)

    @property
    def new(self) -> list[Line]:
        return [line for line in self.lines if line.is_new]

    @property
    def overdue(self) -> list[Line]:
        return [line for line in self.lines if line.is_overdue]

    @property
    def slipped(self) -> list[Line]:
        """Activities off target whose recovery date has moved later, the most often first."""
        off = [line for line in self.lines if line.slipped and line.rag in status.NEEDS_RECOVERY]
        return sorted(off, key=lambda line: -line.slipped)

    @property
    def unreported(self) -> list[Line]:
        return [line for line in self.lines if not line.rag]

    def theme(self, code: str) -> ThemeSummary | None:
        return next((theme for theme in self.themes if theme.code == code), None)


def summarise(
    now: dict, baseline: dict | None, *, body: str = "", changes: list[compare.PlanChange] | None = None
) -> Summary:
    """Read a snapshot for one body. ``changes`` spares comparing again when the caller has them."""
    baseline = compare.comparable(now, baseline)
    news = compare.by_row(compare.compare(now, baseline) if changes is None else changes)
    as_at = dt.date.fromisoformat(now["as_at"])
    siblings = Counter(row["action"] for row in now["activities"].values())
    by_action: dict[str, list[Line]] = {}
    for row in sorted(now["activities"].values(), key=lambda each: each["order"]):
        line = _line(row, baseline, body, tuple(news.get(row["id"], ())), as_at)
        line = replace(line, has_siblings=siblings[row["action"]] > 1)
        by_action.setdefault(row["action"], []).append(line)
    by_theme: dict[str, list[ActionLine]] = {}
    for row in sorted(now["actions"].values(), key=lambda each: each["order"]):
        is_new = baseline is not None and row["id"] not in baseline.get("actions", {})
        travel = compare.travel_of(row, baseline, table="actions")
        by_theme.setdefault(row["theme"], []).append(
            ActionLine(row, travel, tuple(by_action.get(row["id"], ())), is_new)
        )
    themes = tuple(
        _theme(row, by_theme.get(row["ref"], []))
        for row in sorted(now["themes"].values(), key=lambda each: each["order"])
    )
    removed = tuple(
        change for rows in news.values() for change in rows if change.kind == "removed" and change.table == "activities"
    )
    return Summary(
        themes=themes,
        removed=removed,
        baseline_as_at=baseline["as_at"] if baseline else None,
        is_first_report=baseline is None,
        tally=status.tally(row["rag"] for row in now["activities"].values()),
    )


def _theme(row: dict, actions: list[ActionLine]) -> ThemeSummary:
    lines = [line for action in actions for line in action.activities]
    return ThemeSummary(row, tuple(actions), status.tally(line.rag for line in lines))


def _line(row: dict, baseline: dict | None, body: str, changes: tuple, as_at: dt.date) -> Line:
    due = dt.date.fromisoformat(row["recovery_date"]) if row.get("recovery_date") else None
    return Line(
        row=row,
        travel=compare.travel_of(row, baseline, body=body),
        changes=changes,
        is_new=baseline is not None and row["id"] not in baseline.get("activities", {}),
        is_overdue=status.is_overdue(row["rag"], due, as_at),
    )
