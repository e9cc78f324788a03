"""The rating matrix: likelihood and impact in, a rating out, by looking it up.

The rating is the place a cell holds in the board's own order of the 25 cells. It is **not** likelihood times impact: a possible,
significant risk (2, 4) rates 14, not 8. So a rating is never worked out and never typed; it is read from a dated version of the matrix,
and every assessment keeps the version and the rating it was scored with.

Cells are held as ``cells[likelihood - 1][impact - 1]``. Tolerance is a rating: a risk is *above* tolerance only when its rating is
strictly greater. Cut-offs between bands, other than at tolerance, are still to be confirmed by the office (`bands_confirmed`).
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TONES = ("low", "medium", "mediumHigh", "high", "critical")


class MatrixError(ValueError):
    """A matrix version, or a score put to it, breaks a rule. The message is a sentence for the screen."""


@dataclass(frozen=True)
class Band:
    """A run of ratings with one name, one tone and one meaning. Limits are inclusive."""

    name: str
    tone: str
    lowest: int
    highest: int
    meaning: str = ""


@dataclass(frozen=True)
class Cell:
    """One of the 25 cells, with all that a page or a paper says about it."""

    likelihood: int
    likelihood_label: str
    impact: int
    impact_label: str
    rating: int
    band: Band
    above_tolerance: bool
    at_tolerance: bool


@dataclass(frozen=True)
class Matrix:
    """One dated version of the matrix. Build it with `from_data`, which checks it."""

    version: str
    title: str
    adopted_on: str | None
    likelihood_labels: tuple[str, ...]
    impact_labels: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    tolerance: int
    bands: tuple[Band, ...]
    bands_confirmed: bool = False

    def rating(self, likelihood: int, impact: int) -> int:
        """Look up the rating. Raises `MatrixError` unless both are whole numbers from 1 to 5."""
        for name, value in (("Likelihood", likelihood), ("Impact", impact)):
            if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 5:
                raise MatrixError(f"{name} must be a whole number from 1 to 5, not {value}.")
        return self.cells[likelihood - 1][impact - 1]

    def band(self, rating: int) -> Band:
        """The band a rating falls in."""
        for band in self.bands:
            if band.lowest <= rating <= band.highest:
                return band
        raise MatrixError(f"No band of matrix {self.version} holds a rating of {rating}.")

    def above_tolerance(self, rating: int) -> bool:
        """Strictly greater than tolerance: a rating equal to tolerance is inside it."""
        return rating > self.tolerance

    def cell(self, likelihood: int, impact: int) -> Cell:
        """Everything about one cell."""
        rating = self.rating(likelihood, impact)
        return Cell(
            likelihood,
            self.likelihood_labels[likelihood - 1],
            impact,
            self.impact_labels[impact - 1],
            rating,
            self.band(rating),
            rating > self.tolerance,
            rating == self.tolerance,
        )

    def rows(self) -> list[list[Cell]]:
        """The grid as printed: highest impact first, likelihood from left to right."""
        return [[self.cell(likelihood, impact) for likelihood in range(1, 6)] for impact in range(5, 0, -1)]

    def as_data(self) -> dict:
        """The JSON-able form that a snapshot and the database hold."""
        return {
            "version": self.version,
            "title": self.title,
            "adopted_on": self.adopted_on,
            "likelihood": list(self.likelihood_labels),
            "impact": list(self.impact_labels),
            "cells": [list(row) for row in self.cells],
            "tolerance": self.tolerance,
            "bands": [
                {"name": b.name, "tone": b.tone, "from": b.lowest, "to": b.highest, "meaning": b.meaning}
                for b in self.bands
            ],
            "bands_confirmed": self.bands_confirmed,
        }


def from_data(data: dict) -> Matrix:
    """Make a matrix from its JSON form, checking what must never be false.

    There are 25 whole-number ratings; a rating never falls when likelihood or impact rises; bands follow one another
    without gap or overlap and cover every rating; tolerance is the top of a band, so that no band is half inside it.
    """
    try:
        matrix = Matrix(
            version=str(data["version"]),
            title=str(data.get("title") or f"Matrix {data['version']}"),
            adopted_on=data.get("adopted_on"),
            likelihood_labels=tuple(data["likelihood"]),
            impact_labels=tuple(data["impact"]),
            cells=tuple(tuple(row) for row in data["cells"]),
            tolerance=data["tolerance"],
            bands=tuple(
                Band(b["name"], b["tone"], b["from"], b["to"], b.get("meaning", ""))
                for b in sorted(data["bands"], key=lambda b: b["from"])
            ),
            bands_confirmed=bool(data.get("bands_confirmed", False)),
        )
    except (KeyError, TypeError) as problem:
        raise MatrixError(f"The matrix is not complete: {problem} is missing or is not of the right kind.") from problem
    _check_cells(matrix)
    _check_bands(matrix)
    return matrix


def _check_cells(matrix: Matrix) -> None:
    if len(matrix.likelihood_labels) != 5 or len(matrix.impact_labels) != 5:
        raise MatrixError("A matrix has five likelihood labels and five impact labels.")
    if len(matrix.cells) != 5 or any(len(row) != 5 for row in matrix.cells):
        raise MatrixError("A matrix has 25 cells: five for each likelihood.")
    for row in matrix.cells:
        for rating in row:
            if isinstance(rating, bool) or not isinstance(rating, int) or rating < 1:
                raise MatrixError(f"Each rating must be a whole number of 1 or more, not {rating!r}.")
    for x in range(5):
        for y in range(4):
            if matrix.cells[x][y + 1] < matrix.cells[x][y]:
                raise MatrixError(f"The rating falls as impact rises from {y + 1} to {y + 2} at likelihood {x + 1}.")
            if matrix.cells[y + 1][x] < matrix.cells[y][x]:
                raise MatrixError(f"The rating falls as likelihood rises from {y + 1} to {y + 2} at impact {x + 1}.")


def _check_bands(matrix: Matrix) -> None:
    if not matrix.bands:
        raise MatrixError("A matrix needs at least one band.")
    for band in matrix.bands:
        if band.tone not in TONES:
            raise MatrixError(f"Band {band.name} has the tone {band.tone!r}; the tones are {', '.join(TONES)}.")
        if band.lowest > band.highest:
            raise MatrixError(f"Band {band.name} ends before it starts.")
    for lower, upper in zip(matrix.bands, matrix.bands[1:], strict=False):
        if upper.lowest != lower.highest + 1:
            raise MatrixError(f"Band {upper.name} must start at {lower.highest + 1}, just after {lower.name} ends.")
    ratings = [rating for row in matrix.cells for rating in row]
    if min(ratings) < matrix.bands[0].lowest or max(ratings) > matrix.bands[-1].highest:
        raise MatrixError("The bands do not cover every rating in the matrix.")
    if matrix.tolerance not in [band.highest for band in matrix.bands]:
        raise MatrixError("Tolerance must be the top of a band, so that no band is partly above tolerance.")


def default_data() -> dict:
    """The matrix the register starts with, as JSON-able data."""
    return json.loads((Path(__file__).parent / "data" / "matrix_2016.json").read_text(encoding="utf-8"))


@cache
def default() -> Matrix:
    """The matrix the register starts with."""
    return from_data(default_data())
