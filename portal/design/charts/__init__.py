"""Charts: pure functions turn numbers into a `Chart`; a template draws it the same on a page and in a PDF."""

from portal.design.charts.bars import rag_bars, stacked_bars, waterfall
from portal.design.charts.base import Chart, figure, nice_ticks
from portal.design.charts.heatmap import heatmap
from portal.design.charts.lines import line, sparkline

KINDS = {
    "heatmap": heatmap,
    "sparkline": sparkline,
    "line": line,
    "stacked_bars": stacked_bars,
    "waterfall": waterfall,
    "rag_bars": rag_bars,
}


def draw(kind: str, data: dict) -> Chart:
    """A chart from its kind and JSON data: the keyword arguments of the function of that name.

    Raises KeyError for an unknown kind, TypeError or ValueError for data that it cannot draw.
    """
    return KINDS[kind](**data)


__all__ = [
    "KINDS",
    "Chart",
    "draw",
    "figure",
    "heatmap",
    "line",
    "nice_ticks",
    "rag_bars",
    "sparkline",
    "stacked_bars",
    "waterfall",
]
