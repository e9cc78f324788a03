"""P11: totals of a table are the sums of what stands above them."""

import re
from decimal import Decimal

from ..base import ACKNOWLEDGE, Hit, rule
from ..figures import ROUNDING, cell_value, plain

TOTAL = re.compile(r"^\W*(?:grand\s+|sub[\s-]?|overall\s+)?totals?\b(?!\s*(?:%|per cent|recorded|crime))", re.I)
NEARLY = Decimal("0.25")  # of the total: beyond that, "Total officers" is taken for another measure, not for a slip


@rule("P11.table", ACKNOWLEDGE, "Totals of tables add up")
def totals_of_tables_add_up(paper, facts):
    """A total row is the sum of the rows it closes, or of all rows, or of the subtotals (validation rules P11 and F2).

    One unit for rounding is allowed where a note to the table, or the cell, speaks of rounding.
    """
    for table in paper.tables:
        rounding = ROUNDING.search(" ".join([table.note, table.caption, _after(paper, table)]))
        for said in _wrong_totals(table, 1 if rounding else 0):
            yield Hit(
                said,
                "Correct the figure that is wrong, or add a note if rounding explains it.",
                table.block_id,
                table.label,
            )


def _after(paper, table):
    """The words straight after the table: a note on rounding is often typed as a paragraph."""
    passages = paper.passages
    last = max((at for at, p in enumerate(passages) if p.block_id == table.block_id), default=None)
    return passages[last + 1].text if last is not None and last + 1 < len(passages) else ""


def _wrong_totals(table, slack):
    rows = table.body
    if len(rows) < 3:
        return
    width = max(len(row) for row in rows)
    labels = [next((cell for cell in row[:2] if cell and cell_value(cell) is None), "") for row in rows]
    for column in range(1, width):
        values = [cell_value(row[column]) if column < len(row) else None for row in rows]
        if any("%" in row[column] for row in rows if column < len(row)):
            continue
        yield from _column(table, column, labels, values, slack)


def _column(table, column, labels, values, slack):
    since, everything, subtotals = [], [], []
    for label, value in zip(labels, values, strict=True):
        if not TOTAL.match(label):
            if value is not None:
                since.append(value)
                everything.append(value)
            elif label and since and not subtotals and not any(values):
                since = []
            continue
        if value is None:
            since = []
            continue
        sums = [_sum(group) for group in (since, everything, subtotals, [*subtotals, *since]) if len(group) >= 2]
        step = Decimal(1).scaleb(-max([value[1], *(v[1] for v in everything)], default=0))
        if sums and not any(abs(value[0] - made) <= slack * step for made in sums):
            nearest = min(sums, key=lambda made: abs(value[0] - made))
            plain_label = re.fullmatch(r"\W*(?:grand\s+|overall\s+|sub[\s-]?)?totals?\W*", label, re.I)
            if plain_label or abs(value[0] - nearest) <= NEARLY * max(abs(value[0]), 1):
                where = _heading(table, column)
                yield f"“{label.strip('* ')}”{where} is printed as {plain(value[0])}; the rows above it make {plain(nearest)}."
        subtotals.append(value)
        since = []


def _sum(values):
    return sum((value for value, _ in values), Decimal(0))


def _heading(table, column):
    for row in reversed(table.header):
        if column < len(row) and row[column]:
            return f" under “{row[column]}”"
    return ""
