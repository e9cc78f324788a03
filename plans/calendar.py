"""Quarters: the rhythm in which the plan is reported and findings are reviewed."""

from __future__ import annotations

import datetime as dt


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month; months beyond December run on into the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def quarter_ends(today: dt.date, count: int) -> list[dt.date]:
    """The last days of the latest whole quarters, oldest first."""
    ends, year, month = [], today.year, (today.month - 1) // 3 * 3
    for _ in range(count):
        if month == 0:
            year, month = year - 1, 12
        ends.append(month_end(year, month))
        month -= 3
    return ends[::-1]
