"""Lines over time: one or a few series with an axis, and the small sparkline that stands in a table's cell."""

from portal.design.charts.base import NAVY, RUST, TEAL, Chart, axis, figure, scale, wrap

WIDTH, LEFT, TOP, PLOT, RIGHT = 760, 66, 22, 260, 590
# Told apart by dashes and marks as well as by colour.
STYLES = (
    {"stroke": NAVY, "dash": "", "mark": "circle"},
    {"stroke": "#0f8a86", "dash": "7 4", "mark": "square"},
    {"stroke": RUST, "dash": "2 3", "mark": "diamond"},
    {"stroke": "#5b4a8a", "dash": "10 3 2 3", "mark": "triangle"},
)


def _runs(values, x, y) -> list[str]:
    """The line as one path for each unbroken run: a missing value leaves a gap, it is not drawn as nil."""
    runs, current = [], []
    for i, value in enumerate(values):
        if value is None:
            runs, current = ([*runs, current] if current else runs), []
        else:
            current.append(f"{x(i)} {y(value)}")
    runs = [*runs, current] if current else runs
    return ["M" + " L".join(run) for run in runs if len(run) > 1]


def line(series, labels, *, title, caption="", unit="", limit=None, limit_label="", id="line") -> Chart:
    """Series (`{"name", "values"}`, None for no value) over the labels, named at their ends; `limit` is dashed."""
    if any(len(one["values"]) != len(labels) for one in series):
        raise ValueError("Every series needs one value (or None) for each label.")
    known = [value for one in series for value in one["values"] if value is not None]
    reach = [*known, *([limit] if limit is not None else [])] or [0, 1]
    low = 0 if min(reach) >= 0 and min(reach) < 0.6 * max(reach) else min(reach)
    ticks, y = axis(low, max(reach), unit, TOP + PLOT, TOP)
    x = scale(0, max(len(labels) - 1, 1), LEFT + 14, RIGHT - 14)
    drawn, ends = [], []
    for n, one in enumerate(series):
        style = STYLES[n % len(STYLES)]
        marks = [{"x": x(i), "y": y(value)} for i, value in enumerate(one["values"]) if value is not None]
        drawn.append({**style, "paths": _runs(one["values"], x, y), "marks": marks})
        if marks:
            ends.append({"y": marks[-1]["y"] + 4, "stroke": style["stroke"], "name": one["name"]})
    if limit is not None:
        ends.append({"y": y(limit) + 4, "stroke": "#17222d", "name": limit_label or "Limit"})
    every = -(-len(labels) // 8) or 1
    names = [
        {
            "x": x(i),
            "lines": [{"text": text, "y": TOP + PLOT + 20 + 16 * n} for n, text in enumerate(wrap(label, 80, 13, 2))],
        }
        for i, label in enumerate(labels)
        if i % every == 0 or i == len(labels) - 1
    ]
    rows = [[label, *(figure(one["values"][i], unit) for one in series)] for i, label in enumerate(labels)]
    return Chart(
        "line",
        id,
        title,
        caption or title,
        WIDTH,
        TOP + PLOT + 46,
        {
            "ticks": ticks,
            "series": drawn,
            "ends": _spread(ends),
            "labels": names,
            "left": LEFT,
            "label_x": LEFT - 8,
            "right": RIGHT,
            "limit": None if limit is None else {"y": y(limit)},
        },
        ["When", *(one["name"] for one in series)],
        rows,
        " ".join(str(n + 2) for n in range(len(series))),
    )


def _spread(ends: list[dict]) -> list[dict]:
    """The names at the ends of lines, pushed apart until none covers another, each in at most two short lines."""
    placed, last = [], -1e9
    for end in sorted(ends, key=lambda end: end["y"]):
        lines = wrap(end["name"], 150, 13, 2)
        y = max(end["y"], last + 18)
        placed.append(
            {
                **end,
                "x": RIGHT + 8,
                "lines": [{"text": text, "y": round(y + 15 * n, 1)} for n, text in enumerate(lines)],
            }
        )
        last = y + 15 * (len(lines) - 1)
    return placed


def sparkline(values, labels=None, *, title, caption="", unit="", limit=None, limit_label="", id="sparkline") -> Chart:
    """A small line without an axis for a table's cell: its last value is marked, a limit is a dashed level."""
    width, height = 120, 32
    labels = list(labels) if labels else [str(n) for n in range(1, len(values) + 1)]
    known = [value for value in values if value is not None]
    reach = [*known, *([limit] if limit is not None else [])] or [0]
    y, x = scale(min(reach), max(reach), height - 6, 6), scale(0, max(len(values) - 1, 1), 5, width - 7)
    if min(reach) == max(reach):

        def y(value):
            return height / 2

    marks = [{"x": x(i), "y": y(value)} for i, value in enumerate(values) if value is not None]
    rows = [[label, figure(value, unit)] for label, value in zip(labels, values, strict=True)]
    if limit is not None:
        rows.append([limit_label or "Limit", figure(limit, unit)])
    return Chart(
        "sparkline",
        id,
        title,
        caption or title,
        width,
        height,
        {
            "paths": _runs(values, x, y),
            "last": marks[-1] if marks else None,
            "marks": marks[:-1],
            "stroke": TEAL,
            "limit": None if limit is None else {"y": y(limit)},
            "right": width - 2,
        },
        ["When", "Value"],
        rows,
        "2",
    )
