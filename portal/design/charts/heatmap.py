"""The five by five map of risks: likelihood across, impact up, a rating and a band in every cell."""

import itertools

from portal.design.charts.base import INK, PAPER, Chart, text_width, wrap
from portal.design.words import TONES, css_name

LIKELIHOOD = ("1", "2", "3", "4", "5")
IMPACT = ("1 Insignificant", "2 Minor", "3 Moderate", "4 Significant", "5 Catastrophic")
LEFT, TOP, CELL, PILL_HEIGHT = 128, 12, 112, 22
STAGES = (
    ("inherent", "Inherent (before controls)"),
    ("current", "Current"),
    ("future", "Future (after planned action)"),
)


def heatmap(
    cells, points=(), *, title, caption="", likelihood_labels=LIKELIHOOD, impact_labels=IMPACT, paths=None, id="heatmap"
) -> Chart:
    """Draw the risks in their cells, the edge of tolerance between cells, and each risk's path.

    `cells`: 25 dicts with likelihood and impact (1 to 5), rating, band (word), tone, beyond (above tolerance).
    `points`: dicts with ref, current [likelihood, impact] and perhaps title, inherent and future. With `paths`
    (the default for up to six risks) inherent and future places are drawn too and joined by arrows.
    """
    grid = {(cell["likelihood"], cell["impact"]): cell for cell in cells}
    if set(grid) != {(x, y) for x in range(1, 6) for y in range(1, 6)}:
        raise ValueError("A heat map needs exactly the 25 cells of likelihood 1 to 5 and impact 1 to 5.")
    paths = len(points) <= 6 if paths is None else paths
    stages = ("inherent", "current", "future") if paths else ("current",)

    marks: dict[tuple, list[dict]] = {place: [] for place in grid}
    for point in points:
        for stage in stages:
            if place := point.get(stage):
                marks[tuple(place)].append({"ref": point["ref"], "stage": stage})

    heights = {impact: max(62, *(_cell_height(marks[(x, impact)]) for x in range(1, 6))) for impact in range(1, 6)}
    tops, y = {}, TOP
    for impact in range(5, 0, -1):
        tops[impact] = y
        y += heights[impact]
    bottom = y

    squares, pills = [], []
    for (likelihood, impact), cell in sorted(grid.items(), key=lambda item: (-item[0][1], item[0][0])):
        fill, ink = TONES[css_name(cell["tone"])]
        x, y = LEFT + (likelihood - 1) * CELL, tops[impact]
        words = {"text": f"{cell['rating']} {cell['band']}", "text_x": x + 8, "text_y": y + 17, "ink": ink}
        squares.append({"x": x, "y": y, "width": CELL, "height": heights[impact], "fill": fill, **words})
        pills += _place(marks[(likelihood, impact)], x, y)

    arrows = _arrows(points, pills, stages) if paths else []
    key, key_bottom = _key(paths, points, grid, bottom + 54)
    rows = [
        [f"{point['ref']} {point.get('title', '')}".strip()] + [_words(grid, point.get(stage)) for stage, _ in STAGES]
        for point in points
    ]
    return Chart(
        kind="heatmap",
        id=id,
        title=title,
        caption=caption or title,
        width=LEFT + 5 * CELL + 12,
        height=key_bottom,
        shapes={
            "squares": squares,
            "pills": pills,
            "arrows": arrows,
            "edges": _edges(grid, tops, heights),
            "columns": [
                {"x": LEFT + i * CELL + CELL / 2, "lines": _lines(wrap(label, CELL - 8), bottom + 18, 15)}
                for i, label in enumerate(likelihood_labels)
            ],
            "rows": [
                {"x": LEFT - 10, "lines": _lines(wrap(label, 84), tops[i] + heights[i] / 2 - 3, 15)}
                for i, label in enumerate(impact_labels, 1)
            ],
            "axis_x": LEFT + 2.5 * CELL,
            "axis_x_y": bottom + 50,
            "axis_y_y": (TOP + bottom) / 2,
            "key": key,
        },
        header=["Risk", "Inherent", "Current", "Future"],
        rows=rows,
    )


def _pill_width(ref: str) -> float:
    return round(text_width(ref, 12) + 12, 1)


def _cell_height(marks: list[dict]) -> int:
    return 28 + (-(-len(marks) // 2)) * (PILL_HEIGHT + 4) + 4


def _place(marks: list[dict], x: float, y: float) -> list[dict]:
    """Two pills to a line below the cell's rating."""
    placed = []
    for n, mark in enumerate(marks):
        width = min(_pill_width(mark["ref"]), CELL / 2 - 6)
        left = x + 5 + (n % 2) * (CELL / 2 - 2)
        top = y + 27 + (n // 2) * (PILL_HEIGHT + 4)
        now = mark["stage"] == "current"
        placed.append(
            {
                **mark,
                "x": round(left, 1),
                "y": top,
                "width": width,
                "height": PILL_HEIGHT,
                "cx": round(left + width / 2, 1),
                "cy": top + PILL_HEIGHT / 2,
                "text_y": top + 15.5,
                "fill": "#12293f" if now else PAPER,
                "ink": PAPER if now else INK,
                "stroke": PAPER if now else INK,
                "dash": "4 2.5" if mark["stage"] == "inherent" else "",
            }
        )
    return placed


def _arrows(points, pills: list[dict], stages) -> list[dict]:
    """From each pill of a risk to its next, from edge to edge, with a head drawn as a triangle."""
    arrows = []
    for point in points:
        chain = [pill for stage in stages for pill in pills if pill["ref"] == point["ref"] and pill["stage"] == stage]
        for start, end in itertools.pairwise(chain):
            dx, dy = end["cx"] - start["cx"], end["cy"] - start["cy"]
            length = (dx * dx + dy * dy) ** 0.5
            ux, uy = dx / length, dy / length
            x1, y1 = _leave(start, ux, uy, 1)
            x2, y2 = _leave(end, ux, uy, -1)
            if (x2 - x1) * ux + (y2 - y1) * uy < 12:
                continue  # neighbours in one cell: an arrow would have no room
            bx, by = x2 - 9 * ux, y2 - 9 * uy
            head = f"{x2:.1f},{y2:.1f} {bx - 4.5 * uy:.1f},{by + 4.5 * ux:.1f} {bx + 4.5 * uy:.1f},{by - 4.5 * ux:.1f}"
            arrows.append(
                {"x1": round(x1, 1), "y1": round(y1, 1), "x2": round(bx, 1), "y2": round(by, 1), "head": head}
            )
    return arrows


def _leave(pill: dict, ux: float, uy: float, way: int) -> tuple[float, float]:
    """The point on the pill's edge where a line in the direction leaves (way 1) or enters (way -1) it."""
    reach = min(
        (pill["width"] / 2 + 3) / abs(ux) if ux else float("inf"),
        (pill["height"] / 2 + 3) / abs(uy) if uy else float("inf"),
    )
    return pill["cx"] + way * ux * reach, pill["cy"] + way * uy * reach


def _edges(grid: dict, tops: dict, heights: dict) -> list[dict]:
    """The tolerance edge: between two neighbouring cells of which one is beyond tolerance and the other is not."""
    edges = []
    for (x, y), cell in grid.items():
        left, top = LEFT + (x - 1) * CELL, tops[y]
        right_cell, lower_cell = grid.get((x + 1, y)), grid.get((x, y - 1))
        if right_cell and bool(right_cell.get("beyond")) != bool(cell.get("beyond")):
            edges.append({"x1": left + CELL, "y1": top, "x2": left + CELL, "y2": top + heights[y]})
        if lower_cell and bool(lower_cell.get("beyond")) != bool(cell.get("beyond")):
            edges.append({"x1": left, "y1": top + heights[y], "x2": left + CELL, "y2": top + heights[y]})
    return edges


def _key(paths: bool, points, grid: dict, top: float) -> tuple[list[dict], int]:
    """What the marks mean, in words, one line below the map."""
    entries = []
    if points:
        shown = [stage for stage, _ in STAGES if (paths or stage == "current") and any(p.get(stage) for p in points)]
        entries = [{"mark": stage, "label": label} for stage, label in STAGES if stage in shown]
    if any(cell.get("beyond") for cell in grid.values()):
        entries.append({"mark": "edge", "label": "Edge of tolerance"})
    x, placed = LEFT, []
    for entry in entries:
        wide = 40 + text_width(entry["label"], 13) + 26
        if x > LEFT and x + wide > LEFT + 5 * CELL + 30:
            x, top = LEFT, top + 26
        y = top + 20
        placed.append({**entry, "x": round(x, 1), "y": y, "text_x": round(x + 40, 1), "box_y": y - 12, "line_y": y - 4})
        x += wide
    used = placed[-1]["y"] + 14 if placed else top + 8
    return placed, round(used)


def _lines(texts: list[str], y: float, leading: float) -> list[dict]:
    return [{"text": text, "y": round(y + n * leading, 1)} for n, text in enumerate(texts)]


def _words(grid: dict, place) -> str:
    if not place:
        return "Not set"
    cell = grid[tuple(place)]
    return f"{cell['rating']} {cell['band']} (likelihood {place[0]}, impact {place[1]})"
