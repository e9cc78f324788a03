"""P11: every column of a table with a heading has values."""

from ..base import ACKNOWLEDGE, Hit, rule
from ..figures import cell_value


@rule("P11.columns", ACKNOWLEDGE, "Every headed column has values")
def every_headed_column_has_values(paper, facts):
    """Five date headings over four values: nobody can tell which year a figure belongs to (finance rule F1)."""
    for table in paper.tables:
        body = [row for row in table.body if any(row)]
        if not table.header or len(body) < 2:
            continue
        heading = table.header[-1]
        numeric = [
            c
            for c in range(len(heading))
            if sum(cell_value(r[c]) is not None for r in body if c < len(r)) * 2 > len(body)
        ]
        if len(numeric) < 2:
            continue
        for column in range(numeric[0], len(heading)):
            if heading[column] and all(column >= len(row) or not row[column] for row in body):
                yield Hit(
                    f"The column “{heading[column]}” has no values.",
                    "Check which heading each figure stands under, and fill the column or remove it.",
                    table.block_id,
                    table.label,
                )
