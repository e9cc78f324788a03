"""Charts of the plan: how each theme stands, and the figures of a measure. Page and PDF draw the same."""

from __future__ import annotations

from typing import Any

from plans.summary import Summary
from plans.words import listing

STATUS_KIND = "plans.status"
MEASURE_KIND = "plans.measure"


def register() -> None:
    """Tell the board papers how these charts are drawn."""
    from boards import reports

    reports.register_chart(STATUS_KIND, _draw_status)
    reports.register_chart(MEASURE_KIND, _draw_measure)


def status_data(summary: Summary) -> dict[str, Any]:
    """How many activities of each theme stand at each status."""
    return {
        "rows": [
            {
                "label": theme.name,
                "red": theme.tally["Red"],
                "yellow": theme.tally["Yellow"],
                "green": theme.tally["Green"],
                "white": theme.tally["White"],
            }
            for theme in summary.themes
        ]
    }


def status_sentence(data: dict[str, Any]) -> str:
    """The same numbers as one sentence, which is the chart's text alternative."""
    parts = []
    for row in data["rows"]:
        values = [f"{row[key]} {key.capitalize()}" for key in ("red", "yellow", "green", "white") if row[key]]
        parts.append(f"{row['label']}: {listing(values) or 'nothing reported'}")
    return f"Activities by status. {'; '.join(parts)}."


def _draw_status(data: dict[str, Any], caption: str, alt: str) -> str:
    from portal.design import charts

    return charts.rag_bars(data["rows"], title=alt or caption, id=data.get("id", "plan-status")).svg()


def _draw_measure(data: dict[str, Any], caption: str, alt: str) -> str:
    from portal.design import charts

    return charts.line(
        data["series"],
        data["labels"],
        title=alt or caption,
        unit=data.get("unit", ""),
        id=data.get("id", "plan-measure"),
    ).svg()
