"""P11: a total is called what it adds up."""

import re

from ..base import ADVICE, Hit, rule
from ..figures import cell_value
from .p11_table import TOTAL


@rule("P11.label", ADVICE, "Totals are called what they add up")
def totals_are_called_what_they_add_up(paper, facts):
    """ "Total earmarked reserves" that also holds the contingency and capital blocks above it misleads (finance rule, domain 5.5)."""
    for table in paper.tables:
        groups, name = [], None  # [(heading, rows of numbers)]
        for row in table.body:
            label = next((cell for cell in row[:2] if cell and cell_value(cell) is None), "")
            numbers = [cell_value(cell) for cell in row[1:] if cell and cell_value(cell) is not None]
            if label and not numbers and not TOTAL.match(label):
                groups.append([label, []])
            elif TOTAL.match(label) and numbers:
                if len(groups) > 1:
                    name = _first_only(label, row, groups)
                    if name:
                        others = " and ".join(heading for heading, _ in groups if heading != name)
                        yield Hit(
                            f"“{label}” also holds {others}.",
                            "Call the total by all that it adds up, or give one for each group.",
                            table.block_id,
                            table.label,
                        )
                groups = []
            elif groups and numbers:
                groups[-1][1].append(row)


def _first_only(label, row, groups):
    """The one group whose name the total carries, where the total is the sum of all groups and not of that one."""
    words = set(re.findall(r"[a-z]{4,}", label.lower())) - {"total", "totals", "reserves", "reserve"}
    named = [heading for heading, _ in groups if words & set(re.findall(r"[a-z]{4,}", heading.lower()))]
    if len(named) != 1:
        return None
    for column in range(len(row) - 1, 0, -1):
        value = cell_value(row[column]) if row[column] else None
        if value is None:
            continue
        sums = {
            heading: sum(v[0] for r in rows if column < len(r) and (v := cell_value(r[column])))
            for heading, rows in groups
        }
        if value[0] == sum(sums.values()) and value[0] != sums[named[0]]:
            return named[0]
    return None
