"""Delivery status and direction of travel.

Status has four values. The middle one is Yellow, not Amber, and White (not started) is a real value, not a blank.
Direction compares today's status with the one *last reported to the same body*, on the order Red, Yellow, Green. White
has no rank: to go from White to any colour is "started", to go back to White is "put back", and neither has an arrow.
With no earlier report there is no direction. The board's own judgement may differ: an override needs a reason and is
shown as an override.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Rag(StrEnum):
    RED = "Red"
    YELLOW = "Yellow"
    GREEN = "Green"
    WHITE = "White"


MEANINGS = {
    Rag.RED: "action or a decision is needed to recover",
    Rag.YELLOW: "delayed, for one or more reasons",
    Rag.GREEN: "on target",
    Rag.WHITE: "not started",
}
TONES = {Rag.RED: "red", Rag.YELLOW: "yellow", Rag.GREEN: "green", Rag.WHITE: "white"}
RANKS = {Rag.RED: 1, Rag.YELLOW: 2, Rag.GREEN: 3}
NEEDS_RECOVERY = frozenset({Rag.RED, Rag.YELLOW})


class Direction(StrEnum):
    IMPROVED = "improved"
    NO_CHANGE = "no change"
    DETERIORATED = "deteriorated"
    STARTED = "started"
    PUT_BACK = "put back"


ARROWS = {Direction.IMPROVED: "\u2191", Direction.NO_CHANGE: "\u2194", Direction.DETERIORATED: "\u2193"}
DIRECTION_WORDS = {
    Direction.IMPROVED: "Improved since the last report",
    Direction.NO_CHANGE: "No change since the last report",
    Direction.DETERIORATED: "Deteriorated since the last report",
    Direction.STARTED: "Started since the last report",
    Direction.PUT_BACK: "Put back to not started since the last report",
}
NO_PREVIOUS = "No earlier report to compare with"


def direction(now: str, before: str | None) -> Direction | None:
    """Which way the status has gone since the last report to the body; None where there was none.

    Equal values are "no change", White and White among them: nothing has moved, so no rank is needed to say so.
    Raises ValueError for a value that is not one of the four.
    """
    if before is None:
        return None
    today, then = Rag(now), Rag(before)
    if today == then:
        return Direction.NO_CHANGE
    if then is Rag.WHITE:
        return Direction.STARTED
    if today is Rag.WHITE:
        return Direction.PUT_BACK
    return Direction.IMPROVED if RANKS[today] > RANKS[then] else Direction.DETERIORATED


class OverrideRefused(ValueError):
    """An override that may not stand. Carries one plain sentence."""


@dataclass(frozen=True)
class Travel:
    """A direction as it is shown: derived, or overridden with the reason that was given."""

    direction: Direction | None
    derived: Direction | None
    reason: str = ""
    before: str | None = None

    @property
    def is_overridden(self) -> bool:
        return bool(self.reason)

    @property
    def arrow(self) -> str:
        return ARROWS.get(self.direction, "")

    @property
    def arrow_name(self) -> str:
        """The arrow of the page's own drawing, if the direction has one."""
        names = {Direction.IMPROVED: "improved", Direction.DETERIORATED: "worsened", Direction.NO_CHANGE: "same"}
        return names.get(self.direction, "")

    @property
    def short(self) -> str:
        """The direction as one or two words beside its arrow."""
        return "First report" if self.direction is None else self.direction.value.capitalize()

    @property
    def words(self) -> str:
        """The direction in words; an arrow never stands alone."""
        if self.direction is None:
            return NO_PREVIOUS
        words = DIRECTION_WORDS[self.direction]
        return f"{words} (judged, not derived: {self.reason})" if self.is_overridden else words

    @property
    def label(self) -> str:
        """Arrow and short word for a table cell: "↑ improved"."""
        if self.direction is None:
            return "first report"
        return f"{self.arrow} {self.direction.value}".strip()


def travel(now: str, before: str | None, *, override: str | None = None, reason: str = "") -> Travel:
    """The direction shown for a status: the derived one, unless an officer overrode it and said why.

    Only improved, no change and deteriorated can be chosen by hand, only against an earlier report, and never without
    a reason. Raises OverrideRefused.
    """
    derived = direction(now, before)
    if not override:
        return Travel(derived, derived, before=before)
    if not reason.strip():
        raise OverrideRefused("Say why the direction differs from the one worked out from the status.")
    if before is None:
        raise OverrideRefused("There is no earlier report to this body, so there is no direction to override.")
    chosen = Direction(override)
    if chosen not in ARROWS:
        raise OverrideRefused("Choose improved, no change or deteriorated.")
    return Travel(chosen, derived, reason.strip(), before)


def of_action(activities: Iterable[str | None]) -> Rag | None:
    """The status of an action is the worst of its started activities; White only when none has started.

    None when nothing has been reported yet.
    """
    values = [Rag(value) for value in activities if value]
    if not values:
        return None
    started = [value for value in values if value in RANKS]
    return min(started, key=RANKS.__getitem__) if started else Rag.WHITE


def last_change(periods: Iterable[Iterable[tuple[object, str, date]]]) -> date | None:
    """The day of the report by which the status came to be what it is now; None when nothing has been reported.

    ``periods`` are oldest first, each with the activity, the status and the day of every report. Of several activities
    it is the status of their action that is followed; an activity that is silent keeps the status it had.
    """
    held: dict[object, str] = {}
    now, changed = None, None
    for reports in periods:
        days = []
        for activity, rag, day in reports:
            held[activity] = rag
            days.append(day)
        after = of_action(held.values())
        if after != now:
            now, changed = after, max(days)
    return changed


@dataclass(frozen=True)
class Missing:
    """One thing that a Red or Yellow report lacks: the field to go back to and the sentence to show."""

    field: str
    sentence: str


def missing(ref: str, rag: str, *, narrative: str, recovery_date: date | None, needed: str) -> list[Missing]:
    """What a report must have before it can be submitted; the sentences name the activity.

    Red and Yellow need a narrative, a recovery date and what is needed to recover. Green and White need nothing more
    than the status.
    """
    value = Rag(rag)
    if value not in NEEDS_RECOVERY:
        return []
    found = []
    if not narrative.strip():
        found.append(Missing("narrative", f"{ref} is {value}: say what has happened"))
    if recovery_date is None:
        found.append(Missing("recovery_date", f"{ref} is {value}: enter the date it is expected back on target"))
    if not needed.strip():
        found.append(Missing("needed", f"{ref} is {value}: say what is needed to bring it back on target"))
    return found


def times_slipped(recovery_dates: Iterable[date | None]) -> int:
    """How many times the recovery date moved later, over the reports of one activity, oldest first.

    A report without a recovery date ends a run of trouble: the next date is a new promise, not a slip.
    """
    slips, last = 0, None
    for day in recovery_dates:
        if day is not None and last is not None and day > last:
            slips += 1
        last = day
    return slips


def is_overdue(rag: str | None, recovery_date: date | None, as_at: date) -> bool:
    """Whether the promised recovery date has passed while the activity is still Red or Yellow."""
    return bool(rag) and Rag(rag) in NEEDS_RECOVERY and recovery_date is not None and recovery_date < as_at


def tally(values: Iterable[str | None]) -> dict[str, int]:
    """How many rows stand at each of the four values, in the order of the legend, and how many are unreported."""
    counts = {rag.value: 0 for rag in Rag} | {"Not reported": 0}
    for value in values:
        counts[Rag(value).value if value else "Not reported"] += 1
    return counts
