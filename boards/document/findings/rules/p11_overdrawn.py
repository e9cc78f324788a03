"""P11: a balance below nothing is explained, and a figure belongs to one category."""

import re

from ..base import ACKNOWLEDGE, ADVICE, Hit, rule
from ..figures import cell_value, plain

BALANCE = re.compile(r"\b(balances?|reserves?)\b", re.I)
RESERVE = re.compile(r"\b(reserve|fund)s?\b", re.I)
MOVEMENT = re.compile(r"\b(movement|change|transfer|use|used|contribution|drawdown|variance|spend)\b", re.I)
CATEGORY = re.compile(r"\bcategor(?:y|ies)\b", re.I)
TWO_CODES = re.compile(r"\s*([A-Z])\s*(?:,|/|&|and)\s*([A-Z])\s*$")


@rule("P11.overdrawn", ACKNOWLEDGE, "No reserve is overdrawn")
def no_reserve_is_overdrawn(paper, facts):
    """A reserve cannot hold less than nothing: a negative balance needs the plan that funds it (finance rule F3)."""
    for table in paper.tables:
        heading = " ".join([table.caption, *(cell for row in table.header for cell in row)])
        if not BALANCE.search(heading) or MOVEMENT.search(heading):
            continue
        for row in table.body:
            label = row[0] if row else ""
            values = [value[0] for cell in row[1:] if cell and (value := cell_value(cell)) is not None]
            below = [value for value in values if value < 0]
            if below and RESERVE.search(label):
                times = "" if len(below) == 1 else f" in {len(below)} of {len(values)} columns"
                yield Hit(
                    f"“{label}” is overdrawn: {plain(min(below))}{times}.".replace(": -", ": minus "),
                    "Say how it will be funded, or correct the figure.",
                    table.block_id,
                    table.label,
                )


@rule("P11.category", ADVICE, "A figure belongs to one category")
def a_figure_belongs_to_one_category(paper, facts):
    """ "A, B" beside one balance: nobody can tell how much of it falls in each (finance rule F6)."""
    for table in paper.tables:
        heading = table.header[-1] if table.header else []
        for column in (at for at, cell in enumerate(heading) if CATEGORY.search(cell)):
            rows = [row for row in table.body if column < len(row) and TWO_CODES.match(row[column])]
            if rows:
                yield Hit(
                    f"“{rows[0][0]}” is given two categories, “{rows[0][column]}”"
                    + (f", and so {'is' if len(rows) == 2 else 'are'} {len(rows) - 1} more." if len(rows) > 1 else "."),
                    "Split the balance, so that each part has one category.",
                    table.block_id,
                    table.label,
                )
