"""The current rating of a risk at each report, as a small line with its table.

Points come from sealed snapshots: what the board was told then, under the matrix of that time. Ratings of different matrix versions are not
joined by a line, because they are not on one scale.
"""

from dataclasses import dataclass

from portal.design import charts
from risks.words import day


@dataclass(frozen=True)
class Point:
    """The rating told at one report."""

    on: str
    rating: int
    band: str
    matrix: str
    tolerance: int


def of_risk(risk_id: str, snapshots: list[dict]) -> list[Point]:
    """Points of one risk in the snapshots, oldest first. Reports before the risk existed, or after it closed, have none."""
    return of_all(snapshots).get(risk_id, [])


def of_all(snapshots: list[dict]) -> dict[str, list[Point]]:
    """Points of every risk, by its id, in one walk through the snapshots."""
    found: dict[str, list[Point]] = {}
    for snapshot in sorted(snapshots, key=lambda snapshot: snapshot["as_at"]):
        for risk in snapshot["risks"]:
            if not risk["closed"]:
                now = risk["current"]
                tolerance = snapshot["matrices"][now["matrix"]]["tolerance"]
                point = Point(snapshot["as_at"], now["rating"], now["band"], now["matrix"], tolerance)
                found.setdefault(risk["id"], []).append(point)
    return found


def draw(points: list[Point], *, id: str) -> charts.Chart:
    """The sparkline with its table. A change of matrix leaves a gap in the line."""
    values: list = []
    labels: list[str] = []
    for place, point in enumerate(points):
        if place and points[place - 1].matrix != point.matrix:
            values.append(None)
            labels.append("New matrix")
        values.append(point.rating)
        labels.append(day(point.on))
    limit = points[-1].tolerance if points else None
    return charts.sparkline(values, labels, title=sentence(points), limit=limit, limit_label="Tolerance", id=id)


def sentence(points: list[Point]) -> str:
    """The line in words."""
    if not points:
        return "Not yet reported."
    if len(points) == 1:
        return f"Rated {points[0].rating} at its only report."
    return "Rated " + ", then ".join(str(point.rating) for point in points) + f" over {len(points)} reports."


def static_for(points: list[Point]) -> int:
    """At how many of the latest reports the rating has stood where it is now, counting the latest."""
    count = 0
    for point in reversed(points):
        if point.rating != points[-1].rating or point.matrix != points[-1].matrix:
            break
        count += 1
    return count


def crossed_tolerance(points: list[Point]) -> str:
    """Whether the latest report put the risk across tolerance: "above", "inside" or ""."""
    if len(points) < 2:
        return ""
    before, now = (point.rating > point.tolerance for point in points[-2:])
    return "" if before == now else "above" if now else "inside"
