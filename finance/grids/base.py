"""An editable grid as plain values: what a template draws, what the script of the page keeps adding up.

A cell that is typed has a `name`. Live totals are declared, not programmed: a typed cell `posts` its number to keys, a
worked-out cell has a `key` of its own and `terms` over other keys ("closing:gen|1|prev flow:gen|1": last column's
closing and this column's flow). The server works out the same totals with the same sums as everywhere else.
"""

import uuid
from dataclasses import dataclass, field

from finance import money, rows


@dataclass
class Cell:
    """One cell. `kind`: money, posts, decimal, text, choice, tick, shown (worked out) or blank."""

    kind: str
    name: str = ""
    value: str = ""
    label: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)
    col: str = ""
    posts: str = ""
    key: str = ""
    terms: str = ""
    product: str = ""
    error: str = ""
    spoken: str = ""
    number: int | None = None

    @property
    def is_typed(self) -> bool:
        return bool(self.name)

    @property
    def input_id(self) -> str:
        return self.name.replace(".", "-")

    @property
    def is_number(self) -> bool:
        return self.kind in ("money", "posts", "decimal", "shown")


@dataclass
class Row:
    """`level`: group (a heading row), line, total, or new (a line still to be added)."""

    title: str
    cells: list[Cell]
    level: str = "line"
    title_cells: list[Cell] = field(default_factory=list)


@dataclass
class Grid:
    key: str
    title: str
    help: str
    columns: list[str]
    rows: list[Row]
    back: str = "finance_plan"
    texts: int = 0
    """How many of the columns hold text; the headings of the others stand to the right, above their figures."""

    @property
    def headings(self) -> list[tuple[str, bool]]:
        return [(column, n >= self.texts) for n, column in enumerate(self.columns)]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(id of the cell, sentence) of every cell at fault, for the error summary."""
        return [
            (c.input_id, f"{c.label}: {c.error}")
            for row in self.rows
            for c in [*row.title_cells, *row.cells]
            if c.error
        ]


class Reader:
    """Reads typed cells; a cell at fault is kept with its sentence and read as its fallback."""

    def __init__(self, data):
        self.data, self.errors = data, {}

    def text(self, name: str, fallback: str = "", limit: int = 200) -> str:
        value = self.data.get(name, fallback).replace("\r\n", "\n").replace("\x00", "").strip()
        if len(value) > limit:
            self.errors[name] = f"Keep it to {limit} characters; this has {len(value)}."
            return fallback
        return value

    def ticked(self, name: str) -> bool:
        return self.data.get(name) == "yes"

    def choice(self, name: str, allowed, fallback: str = "") -> str:
        value = self.data.get(name, fallback)
        if value and value not in allowed:
            self.errors[name] = "Choose one from the list."
            return fallback
        return value

    def thousands(self, name: str, *, blank=None):
        """An amount; `blank` for an empty cell."""
        typed = self.data.get(name, "").strip()
        if not typed:
            return blank
        try:
            return money.parse_thousands(typed)
        except money.MoneyError as error:
            self.errors[name] = str(error)
            return blank

    def confirmed(self, name: str):
        """An amount, "TBC" (returned as None), or nothing at all (returned as "")."""
        if self.data.get(name, "").strip().upper() == rows.TO_BE_CONFIRMED:
            return None
        return self.thousands(name, blank="")

    def decimal(self, name: str):
        typed = self.data.get(name, "").strip()
        if not typed:
            return None
        try:
            return money.parse_pounds(typed)
        except money.MoneyError as error:
            self.errors[name] = str(error)
            return None


def new_ref(prefix: str) -> str:
    return f"{prefix}-{uuid.uuid4().hex[:10]}"


def shown(amount: int | None, **more) -> Cell:
    """A worked-out amount."""
    return Cell("shown", value=money.brackets(amount), spoken=money.spoken(amount), number=amount, **more)


def typed_money(amount: int | None) -> str:
    """An amount as it stands in a cell for typing: a plain minus is easier to edit than brackets."""
    return "" if amount is None else f"{amount:,}"


def overlay(grid: Grid, data, errors: dict[str, str]) -> Grid:
    """Put back what was typed and mark each cell at fault."""
    for row in grid.rows:
        for cell in [*row.title_cells, *row.cells]:
            if cell.name:
                if cell.kind == "tick":
                    cell.value = data.get(cell.name, "")
                elif cell.name in data:
                    cell.value = data[cell.name]
                cell.error = errors.get(cell.name, "")
    return grid
