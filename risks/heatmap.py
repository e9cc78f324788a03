"""The five by five map of the register: what a chart block keeps of it, and the words that stand in for the picture.

`data` is the matrix and, for each risk, its three (likelihood, impact) pairs. Where everything stands on the drawing is worked out by
`portal.design.charts`; the words come from `sentence` and `table`, so that a reader who cannot see the picture misses nothing.
"""

from collections import Counter
from dataclasses import replace

from portal.design import charts
from risks.matrix import from_data
from risks.refs import sort_key
from risks.scales import STAGES
from risks.words import listed, number

MOST_PATHS = 6
"""More arrows than this cannot be told apart on one map."""

MOST_NAMED = 150
"""More references than this make a map that nobody reads: each cell then says how many it holds."""


def data(snapshot: dict, *, stage: str = "current", paths: list[str] | None = None) -> dict:
    """What a chart block keeps. `paths` are the references whose way from inherent to future is drawn."""
    risks = [
        {
            "ref": risk["ref"],
            "title": risk["title"],
            **{name: [risk[name]["likelihood"], risk[name]["impact"]] if risk[name] else None for name in STAGES},
        }
        for risk in snapshot["risks"]
        if not risk["closed"]
    ]
    return {"matrix": snapshot["matrix"], "stage": stage, "risks": risks, "paths": paths or []}


def chart(data: dict, *, caption: str = "", id: str = "risk-map") -> charts.Chart:
    """The drawing: references in their cells, the edge of tolerance, and the way of each risk named in `paths`."""
    matrix, stage, paths = from_data(data["matrix"]), data.get("stage", "current"), data.get("paths") or []
    cells = [
        {
            "likelihood": cell.likelihood,
            "impact": cell.impact,
            "rating": cell.rating,
            "band": cell.band.name,
            "tone": cell.band.tone,
            "beyond": cell.above_tolerance,
        }
        for row in matrix.rows()
        for cell in row
    ]
    risks = sorted(data["risks"], key=lambda risk: sort_key(risk["ref"]))
    counted = _is_counted(data)
    if counted:
        points = [
            {"ref": f"{count:,}", "current": [cell.likelihood, cell.impact]} for cell, count in _counts(data, matrix)
        ]
    elif paths:
        points = [risk for risk in risks if risk["ref"] in paths]
    else:
        points = [{**risk, "current": risk[stage]} for risk in risks if risk[stage]]
    drawn = charts.heatmap(
        cells,
        points,
        title=sentence(data),
        caption=caption or "Strategic risks by likelihood and impact",
        likelihood_labels=[f"{n} {label}" for n, label in enumerate(matrix.likelihood_labels, 1)],
        impact_labels=[f"{n} {label}" for n, label in enumerate(matrix.impact_labels, 1)],
        paths=bool(paths),
        id=id,
    )
    if not counted:
        return drawn
    rows = [
        [f"{cell.rating} {cell.band.name} (likelihood {cell.likelihood}, impact {cell.impact})", f"{count:,}"]
        for cell, count in _counts(data, matrix)
    ]
    return replace(drawn, header=["Rating", "How many risks"], rows=rows)


def _is_counted(data: dict) -> bool:
    """Whether the map shows how many risks a cell holds, because their references would not fit."""
    stage = data.get("stage", "current")
    return not data.get("paths") and sum(bool(risk[stage]) for risk in data["risks"]) > MOST_NAMED


def _counts(data: dict, matrix) -> list[tuple]:
    """Each cell that holds a risk and how many, the highest rating first."""
    stage = data.get("stage", "current")
    held = Counter(tuple(risk[stage]) for risk in data["risks"] if risk[stage])
    cells = [(matrix.cell(*place), count) for place, count in held.items()]
    return sorted(cells, key=lambda pair: -pair[0].rating)


def table(chart: dict) -> list[dict]:
    """The same facts as rows: reference, title and, for each stage, likelihood, impact, rating and band."""
    matrix = from_data(chart["matrix"])
    rows = []
    for risk in sorted(chart["risks"], key=lambda risk: sort_key(risk["ref"])):
        cells = {stage: matrix.cell(*risk[stage]) if risk[stage] else None for stage in STAGES}
        rows.append({"ref": risk["ref"], "title": risk["title"], "cells": [cells[stage] for stage in STAGES], **cells})
    return rows


def sentence(chart: dict) -> str:
    """The picture in words: how many risks, which are above and at tolerance, which cells hold the rest."""
    matrix, stage = from_data(chart["matrix"]), chart.get("stage", "current")
    if chart.get("paths"):
        return _path_sentence(chart, matrix)
    if _is_counted(chart):
        return _count_sentence(chart, matrix)
    placed = {risk["ref"]: matrix.cell(*risk[stage]) for risk in chart["risks"] if risk[stage]}
    refs = sorted(placed, key=sort_key)
    above = [ref for ref in refs if placed[ref].above_tolerance]
    level = [ref for ref in refs if placed[ref].at_tolerance]
    parts = [f"Map of {number(len(refs), 'risk')} by {STAGES[stage].lower()} score."]
    parts.append(f"Above tolerance: {listed([f'{ref} ({placed[ref].rating})' for ref in above]) or 'none'}.")
    if level:
        parts.append(f"At tolerance: {listed(level)}.")
    cells: dict[int, list[str]] = {}
    for ref in refs:
        if ref not in above and ref not in level:
            cells.setdefault(placed[ref].rating, []).append(ref)
    if cells:
        parts.append(
            "Inside tolerance: "
            + "; ".join(f"{listed(cells[rating])} at {rating}" for rating in sorted(cells, reverse=True))
            + "."
        )
    return " ".join(parts)


def _count_sentence(chart: dict, matrix) -> str:
    """How many risks each cell holds, for a register too long to name them."""
    counts = _counts(chart, matrix)
    above = sum(count for cell, count in counts if cell.above_tolerance)
    level = sum(count for cell, count in counts if cell.at_tolerance)
    total = sum(count for _, count in counts)
    told = listed([f"{count:,} at {cell.rating}" for cell, count in counts])
    stage = STAGES[chart.get("stage", "current")].lower()
    return f"Map of {total:,} risks by {stage} score: {above:,} above tolerance, {level:,} at it. By rating: {told}."


def _path_sentence(chart: dict, matrix) -> str:
    """The way of each chosen risk: inherent, current, future."""
    told = []
    for risk in sorted(chart["risks"], key=lambda risk: sort_key(risk["ref"])):
        if risk["ref"] in chart["paths"]:
            stops = [
                f"{STAGES[stage].lower()} {matrix.rating(*risk[stage])}" if risk[stage] else f"no {stage} score"
                for stage in STAGES
            ]
            told.append(f"{risk['ref']}: {', '.join(stops)}.")
    return f"Way of {number(len(told), 'risk')} across the map. " + " ".join(told)
