"""Bars: stacked by part, a waterfall of steps, and red, yellow, green and white by theme."""

from portal.design.charts.base import (
    NAVY,
    RUST,
    SERIES,
    SERIES_INK,
    TEAL,
    Chart,
    axis,
    figure,
    legend,
    text_width,
    wrap,
)
from portal.design.words import RAG, TONES

WIDTH, LEFT, TOP, PLOT = 760, 66, 26, 280


def _labels(texts: list[str], centre, room: float, y: float) -> tuple[list[dict], int]:
    """The names below the bars, wrapped to the room of a bar; returns them and the height they use."""
    wrapped = [wrap(text, room, 13) for text in texts]
    placed = [
        {"x": centre(i), "lines": [{"text": text, "y": y + 16 * n} for n, text in enumerate(lines)]}
        for i, lines in enumerate(wrapped)
    ]
    return placed, 16 * max((len(lines) for lines in wrapped), default=1)


def stacked_bars(
    labels, series, *, title, caption="", unit="", floor=None, floor_label="", show_totals=True, id="stacked-bars"
) -> Chart:
    """One bar for each label, built of the series (`{"name", "values"}`) from the bottom up; negative parts hang.

    `floor` is a number, or one for each bar: drawn as a dashed line with its label. Raises ValueError for uneven lists.
    """
    if any(len(one["values"]) != len(labels) for one in series):
        raise ValueError("Every series needs one value for each bar.")
    floors = list(floor) if isinstance(floor, (list, tuple)) else [floor] * len(labels)
    above = [sum(max(one["values"][i] or 0, 0) for one in series) for i in range(len(labels))]
    below = [sum(min(one["values"][i] or 0, 0) for one in series) for i in range(len(labels))]
    ticks, place = axis(
        min([0, *below]), max([0, *above, *(f for f in floors if f is not None)]), unit, TOP + PLOT, TOP
    )
    step = (WIDTH - LEFT - 16) / max(len(labels), 1)
    bar = round(min(step * 0.62, 96), 1)

    def centre(i: int) -> float:
        return round(LEFT + step * (i + 0.5), 1)

    parts, totals, lines = [], [], []
    for i in range(len(labels)):
        up = down = 0
        for n, one in enumerate(series):
            value = one["values"][i] or 0
            if not value:
                continue
            start = up if value > 0 else down
            top, base = place(max(start, start + value)), place(min(start, start + value))
            up, down = (up + value, down) if value > 0 else (up, down + value)
            said = figure(value, unit)
            fits = base - top >= 17 and text_width(said, 12) < bar - 6
            parts.append(
                {
                    "x": round(centre(i) - bar / 2, 1),
                    "y": top,
                    "width": bar,
                    "height": round(base - top, 1),
                    "fill": SERIES[n % len(SERIES)],
                    "ink": SERIES_INK[n % len(SERIES)],
                    "text": said if fits else "",
                    "text_x": centre(i),
                    "text_y": round((top + base) / 2 + 4, 1),
                }
            )
        if show_totals:
            totals.append(
                {"x": centre(i), "y": round(place(above[i]) - 7, 1), "text": figure(above[i] + below[i], unit)}
            )
        if floors[i] is not None:
            lines.append(
                {"x1": round(centre(i) - step / 2, 1), "x2": round(centre(i) + step / 2, 1), "y": place(floors[i])}
            )
    names, used = _labels(labels, centre, step - 8, TOP + PLOT + 20)
    entries = [{"label": one["name"], "fill": SERIES[n % len(SERIES)]} for n, one in enumerate(series)]
    if any(f is not None for f in floors):
        entries.append({"label": floor_label or "Floor", "line": True})
    key, key_height = legend(entries, LEFT, TOP + PLOT + used + 26, WIDTH - LEFT)
    rows = [[one["name"], *(figure(value, unit) for value in one["values"])] for one in series]
    rows.append(["Total", *(figure(up + down, unit) for up, down in zip(above, below, strict=True))])
    if any(f is not None for f in floors):
        rows.append([floor_label or "Floor", *(figure(f, unit) for f in floors)])
    return Chart(
        "stacked_bars",
        id,
        title,
        caption or title,
        WIDTH,
        round(TOP + PLOT + used + 26 + key_height),
        {
            "ticks": ticks,
            "parts": parts,
            "totals": totals,
            "floors": lines,
            "labels": names,
            "key": key,
            "left": LEFT,
            "label_x": LEFT - 8,
            "right": WIDTH - 10,
        },
        ["Part", *labels],
        rows,
        " ".join(str(n + 2) for n in range(len(labels))),
    )


def waterfall(steps, *, title, caption="", unit="", start=0, id="waterfall") -> Chart:
    """How one figure becomes another.

    Steps `{"label", "value"}` move the level; one with `"total": True` shows a level (its own value, or the running one
    when value is None). The axis begins at `start`, and says so when that is not nil.

    Raises ValueError when a level is below a `start` that is not nil.
    """
    level, spans = 0, []
    for step in steps:
        if step.get("total"):
            level = level if step.get("value") is None else step["value"]
            spans.append((0, level, level, True))
        else:
            spans.append((level, level + step["value"], step["value"], False))
            level += step["value"]
    ends = [end for first, last, _, total in spans for end in ((last,) if total else (first, last))]
    if start and min(ends, default=start) < start:
        raise ValueError("The axis cannot start above a level that it has to show.")
    ticks, place = axis(min([start, *ends]), max([start, *ends]), unit, TOP + PLOT, TOP)
    spans = [(start if total else first, last, value, total) for first, last, value, total in spans]
    room = (WIDTH - LEFT - 16) / max(len(steps), 1)
    bar = round(min(room * 0.66, 80), 1)

    def centre(i: int) -> float:
        return round(LEFT + room * (i + 0.5), 1)

    bars, joins = [], []
    for i, (first, end, value, total) in enumerate(spans):
        top, base = place(max(first, end)), place(min(first, end))
        said = figure(value, unit) if total or unit == "£000" or value < 0 else f"+{figure(value, unit)}"
        bars.append(
            {
                "x": round(centre(i) - bar / 2, 1),
                "y": top,
                "width": bar,
                "height": max(round(base - top, 1), 1),
                "fill": NAVY if total else TEAL if value >= 0 else RUST,
                "text": said,
                "text_x": centre(i),
                "text_y": round(top - 7, 1),
            }
        )
        if i + 1 < len(spans):
            y = place(end)
            joins.append({"x1": round(centre(i) + bar / 2, 1), "x2": round(centre(i + 1) - bar / 2, 1), "y": y})
    names, used = _labels([step["label"] for step in steps], centre, room - 6, TOP + PLOT + 20)
    entries = [
        {"label": "Level", "fill": NAVY},
        {"label": "Increase", "fill": TEAL},
        {"label": "Decrease", "fill": RUST},
    ]
    entries += [{"label": f"The axis starts at {figure(start, unit)}", "note": True}] if start else []
    key, key_height = legend(entries, LEFT, TOP + PLOT + used + 26, WIDTH - LEFT)
    rows = [
        [step["label"], "" if total else figure(value, unit), figure(end, unit)]
        for step, (_, end, value, total) in zip(steps, spans, strict=True)
    ]
    return Chart(
        "waterfall",
        id,
        title,
        caption or title,
        WIDTH,
        round(TOP + PLOT + used + 26 + key_height),
        {
            "ticks": ticks,
            "bars": bars,
            "joins": joins,
            "labels": names,
            "key": key,
            "left": LEFT,
            "label_x": LEFT - 8,
            "right": WIDTH - 10,
        },
        ["Step", "Change", "Level after it"],
        rows,
        "2 3",
    )


def rag_bars(rows, *, title, caption="", id="rag-bars") -> Chart:
    """How many actions of a theme are Red, Yellow, Green and White: `{"label", "red", "yellow", "green", "white"}`."""
    order = ("red", "yellow", "green", "white")
    left, right, height, gap = 230, 700, 30, 14
    most = max([sum(row.get(c, 0) for c in order) for row in rows] or [1]) or 1
    unit = (right - left) / most
    entries = [{"label": RAG[c], "fill": TONES[c][0]} for c in order]
    key, key_height = legend(entries, left, 8, right - left)
    y, bars, labels, totals = key_height + 16, [], [], []
    for row in rows:
        lines = wrap(row["label"], left - 24, 14, 2)
        middle = y + height / 2 + 5 - 8 * (len(lines) - 1)
        labels.append({"x": left - 12, "lines": [{"text": text, "y": middle + 16 * n} for n, text in enumerate(lines)]})
        x = left
        for colour in order:
            if count := row.get(colour, 0):
                width = round(count * unit, 1)
                word = f"{count} {RAG[colour]}"
                text = word if text_width(word, 13) < width - 8 else str(count)
                fill, ink = TONES[colour]
                bars.append(
                    {
                        "x": round(x, 1),
                        "y": y,
                        "width": width,
                        "height": height,
                        "fill": fill,
                        "ink": ink,
                        "text": text,
                        "text_x": round(x + width / 2, 1),
                        "text_y": y + 20,
                    }
                )
                x += width
        totals.append({"x": round(x + 10, 1), "y": y + 20, "text": str(sum(row.get(c, 0) for c in order))})
        y += height + gap
    counts = [
        [row["label"], *(str(row.get(c, 0)) for c in order), str(sum(row.get(c, 0) for c in order))] for row in rows
    ]
    return Chart(
        "rag_bars",
        id,
        title,
        caption or title,
        760,
        round(y),
        {"bars": bars, "labels": labels, "totals": totals, "key": key, "left": left},
        ["Theme", *(RAG[c] for c in order), "All"],
        counts,
        "2 3 4 5 6",
    )
