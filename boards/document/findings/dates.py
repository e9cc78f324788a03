"""Dates as board papers print them: 6 February 2017, 06 February 2017, 1st November 2018, 16/2/17."""

import re
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,september sept sep,october oct,"
        "november nov,december dec".split(","),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
LONG = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})\.?,?\s+(\d{{4}})\b", re.I)
SHORT = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})\b")
ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def read_date(text):
    """The first whole date in a text, or None. Two-figure years are in this century; an impossible date is no date."""
    for pattern, order in ((LONG, "dmy"), (ISO, "ymd"), (SHORT, "dmy")):
        match = pattern.search(text or "")
        if match:
            parts = dict(zip(order, match.groups(), strict=True))
            month = MONTHS.get(parts["m"].lower()) or int(parts["m"])
            year = int(parts["y"]) + (2000 if len(parts["y"]) == 2 else 0)
            try:
                return date(year, month, int(parts["d"]))
            except ValueError:
                return None
    return None


def spoken(day):
    """One style on screen and in print: 6 February 2017."""
    return f"{day.day} {day:%B %Y}"
