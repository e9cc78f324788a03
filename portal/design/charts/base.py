"""What all charts share: the drawing's frame, its table, its scale, and how figures are worded."""

import math
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

Number = int | float | Decimal

INK, QUIET, GRID, PAPER = "#17222d", "#4a5a68", "#cfd8de", "#ffffff"
NAVY, TEAL, RUST = "#12293f", "#0b6569", "#8a3d2e"
# Neighbours differ in lightness, so that a stack reads in grey as well.
SERIES = ("#12293f", "#8cc1bd", "#0b6569", "#d3dde4", "#5b4a8a", "#e2c06a", "#8a3d2e", "#b4cfa4")
SERIES_INK = ("#ffffff", "#0b0c0c", "#ffffff", "#0b0c0c", "#ffffff", "#0b0c0c", "#ffffff", "#0b0c0c")


@dataclass(frozen=True)
class Chart:
    """A drawing in plain numbers (`shapes`), the sentence that stands for it, and the table that says the same."""

    kind: str
    id: str
    title: str
    caption: str
    width: int
    height: int
    shapes: dict
    header: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    numeric: str = ""

    def svg(self) -> SafeString:
        return mark_safe(render_to_string(f"components/charts/{self.kind}.svg.html", {"chart": self}).strip())  # noqa: S308


def figure(value: Number | None, unit: str = "") -> str:
    """A figure as it is printed. Money in thousands: negatives in brackets, nil as a dash; no value is "not known".

    >>> figure(-46, "£000"), figure(0, "£000"), figure(Decimal("1.25"), "£m"), figure(6.02, "%")
    ('(46)', '–', '£1.3m', '6.0%')
    """
    if value is None:
        return "not known"
    if unit == "£000":
        return "–" if value == 0 else f"({abs(value):,.0f})" if value < 0 else f"{value:,.0f}"
    sign, size = ("−" if value < 0 else ""), Decimal(str(abs(value)))
    if unit == "£m":
        return f"{sign}£{_rounded(size, 1)}m"
    if unit in ("%", "ppt"):
        return f"{sign}{_rounded(size, 1)}{'%' if unit == '%' else ' ppt'}"
    words = f"{size:,.0f}" if size == size.to_integral_value() else f"{size.normalize():,f}"
    return f"{sign}£{words}" if unit == "£" else f"{sign}{words}{' ' + unit if unit else ''}"


def _rounded(size: Decimal, places: int) -> str:
    return f"{size.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}"


def nice_ticks(low: Number, high: Number, about: int = 5) -> list[float]:
    """Round numbers that reach from at or below `low` to at or above `high`, about `about` of them."""
    low, high = float(low), float(high)
    if high <= low:
        high = low + (abs(low) or 1)
    raw = (high - low) / max(about, 1)
    power = 10 ** math.floor(math.log10(raw))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(n * step, 10) for n in range(first, last + 1)]


def scale(low: Number, high: Number, start: float, end: float):
    """A function from values to places: `low` is drawn at `start`, `high` at `end`."""
    span = float(high) - float(low) or 1.0
    return lambda value: round(start + (end - start) * (float(value) - float(low)) / span, 1)


def axis(low: Number, high: Number, unit: str, bottom: float, top: float) -> tuple[list[dict], object]:
    """Ticks of a value axis with their words, and the scale that goes with them."""
    values = nice_ticks(low, high)
    place = scale(values[0], values[-1], bottom, top)
    ticks = [
        {"y": place(v), "text_y": round(place(v) + 4.5, 1), "text": figure(v, unit), "zero": v == 0} for v in values
    ]
    return ticks, place


def text_width(text: str, size: float = 13) -> float:
    """Nearly how wide our typeface sets the text, in pixels: enough to wrap labels and size pills."""
    wide = sum(1.45 if c in "MWmw%@" else 0.55 if c in "iljtfI.,;:'| ()" else 1.0 for c in text)
    return wide * size * 0.52


def wrap(text: str, width: float, size: float = 13, lines: int = 3) -> list[str]:
    """The text in at most `lines` lines no wider than `width`; the last is cut with an ellipsis if need be."""
    wrapped, current = [], ""
    for word in str(text).split():
        longer = f"{current} {word}".strip()
        if current and text_width(longer, size) > width:
            wrapped.append(current)
            current = word
        else:
            current = longer
    wrapped.append(current)
    if len(wrapped) > lines:
        wrapped = [*wrapped[: lines - 1], wrapped[lines - 1].rstrip(",;:") + "…"]
    return wrapped


def legend(entries: list[dict], left: float, top: float, width: float) -> tuple[list[dict], float]:
    """Places each `{"label", …}` along lines of the width; returns them with x and y, and the height used."""
    x, y, placed = left, top, []
    for entry in entries:
        wide = 24 + text_width(entry["label"], 13) + 22
        if x > left and x + wide > left + width:
            x, y = left, y + 22
        where = {"x": round(x, 1), "y": round(y, 1), "mark_y": round(y + 7, 1)}
        placed.append({**entry, **where, "text_x": round(x + 23, 1), "text_y": round(y + 12, 1)})
        x += wide
    return placed, (y - top + 22) if entries else 0
