"""Dates as spreadsheets and papers write them. What is stored and written out is the ISO form."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = {dt.date(2000, month, 1).strftime("%B").lower(): month for month in range(1, 13)}
_WORDS = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})$", re.IGNORECASE)
_FIGURES = re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{2}|\d{4})$")


def read_day(text: str) -> dt.date:
    """A date from 2018-10-31, 31/10/2018, 31.10.18, 31 October 2018 or 1st Nov 2018: day before month, as here.

    Raises ValueError.
    """
    text = text.strip()
    if match := _FIGURES.match(text):
        day, month, year = (int(part) for part in match.groups())
        return dt.date(year + 2000 if year < 100 else year, month, day)
    if match := _WORDS.match(text):
        found = [number for name, number in _MONTHS.items() if name.startswith(match[2].lower())]
        if len(found) == 1:
            return dt.date(int(match[3]), found[0], int(match[1]))
        raise ValueError(text)
    return dt.date.fromisoformat(text[:10] if text[10:] in (" 00:00:00", "T00:00:00") else text)
