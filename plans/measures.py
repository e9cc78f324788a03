"""Arithmetic of performance measures: what a figure is, whether it is better, and rolling averages.

Values are decimals, never floats, so that 82.2 - 71.1 is 11.1. A percentage is compared with another by the difference
in percentage points; a count by the difference and the change per cent of the earlier figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Polarity(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    CONTEXT = "context"


POLARITY_WORDS = {
    Polarity.HIGHER: "Higher is better",
    Polarity.LOWER: "Lower is better",
    Polarity.CONTEXT: "For context: neither higher nor lower is better",
}


class Judgement(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    SAME = "no change"
    NONE = "not judged"


UNITS = ("%", "count", "ppt", "per 1,000", "days")
_SUFFIX = {"%": "%", "ppt": " percentage points", "per 1,000": " per 1,000", "days": " days", "count": ""}


def tidy(value: Decimal, places: int = 1) -> Decimal:
    """Rounded half up to so many decimal places, as printed figures are."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def show(value: Decimal | None, unit: str) -> str:
    """A figure with its unit and thousands separator: 10,215; 95.1%; 61.4 per 1,000; 9.4 days; a true minus sign."""
    if value is None:
        return "not available"
    exact = value.normalize()
    places = max(0, -exact.as_tuple().exponent)
    if unit in ("%", "ppt", "per 1,000"):
        places = max(places, 1)
    sign = "\u2212" if value < 0 else ""
    return f"{sign}{abs(value):,.{places}f}{_SUFFIX.get(unit, f' {unit}')}"


@dataclass(frozen=True)
class Movement:
    """The difference between two figures of one measure. ``per_cent`` is None for percentages and where no earlier
    figure can be divided by."""

    difference: Decimal
    per_cent: Decimal | None
    judgement: Judgement

    def words(self, unit: str) -> str:
        """ "up 11.1 percentage points (better)"; "down 2,355, 8.2% (worse)"; "no change"."""
        if self.difference == 0:
            return "no change"
        way = "up" if self.difference > 0 else "down"
        size = show(abs(self.difference), "ppt" if unit == "%" else unit)
        share = "" if self.per_cent is None else f", {show(abs(self.per_cent), '%')}"
        verdict = "" if self.judgement is Judgement.NONE else f" ({self.judgement.value})"
        return f"{way} {size}{share}{verdict}"


def judge(difference: Decimal, polarity: str) -> Judgement:
    """Better or worse, by the measure's polarity. A measure kept for context is never judged."""
    if Polarity(polarity) is Polarity.CONTEXT:
        return Judgement.NONE
    if difference == 0:
        return Judgement.SAME
    return Judgement.BETTER if (difference > 0) == (Polarity(polarity) is Polarity.HIGHER) else Judgement.WORSE


def movement(now: Decimal, before: Decimal, *, unit: str, polarity: str) -> Movement:
    """How a figure moved from an earlier one, and whether that is better."""
    difference = now - before
    per_cent = None
    if unit not in ("%", "ppt") and before:
        per_cent = tidy(difference * 100 / abs(before))
    return Movement(difference, per_cent, judge(difference, polarity))


def rolling(values: Sequence[Decimal | None], window: int) -> list[Decimal | None]:
    """The average of each figure and those before it, over a window of so many periods.

    None until the window is full, and wherever one of its figures is missing: an average of fewer figures would look
    like the same thing and is not.
    """
    if window < 1:
        raise ValueError("A rolling average needs a window of at least one period.")
    averages: list[Decimal | None] = []
    for end in range(1, len(values) + 1):
        part = values[end - window : end] if end >= window else []
        whole = len(part) == window and all(value is not None for value in part)
        averages.append(tidy(sum(part, Decimal(0)) / window, 2) if whole else None)
    return averages


def against(value: Decimal, comparator: Decimal, *, polarity: str, unit: str = "%") -> str:
    """How a figure stands beside a comparator, in words: "0.8 per 1,000 above (worse)"."""
    gap = value - comparator
    if gap == 0:
        return "the same"
    verdict = judge(gap, polarity)
    size = show(abs(gap), "ppt" if unit == "%" else unit)
    tail = "" if verdict is Judgement.NONE else f" ({verdict.value})"
    return f"{size} {'above' if gap > 0 else 'below'}{tail}"
