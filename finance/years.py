"""Financial years and balance dates.

A financial year runs from 1 April to 31 March and is held as the year in which it ends: 2020 is 2019/20, and its
balance is struck on 31 March 2020. (One source paper calls 31 March the start of a year; it is the end.)
"""

import re
from datetime import date, datetime

FIRST, LAST = 2000, 2099
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


class YearError(ValueError):
    """A heading that is not a financial year or a 31 March. The text is a sentence for the person who typed it."""


def label(year: int) -> str:
    """2020 → “2019/20”."""
    return f"{year - 1}/{year % 100:02d}"


def closing(year: int) -> date:
    """The balance date of a financial year."""
    return date(year, 3, 31)


def closing_label(year: int) -> str:
    return f"31 March {year}"


def of_date(day: date) -> int:
    """The financial year in which a day falls."""
    return day.year + 1 if (day.month, day.day) >= (4, 1) else day.year


def period(base_year: int, count: int = 4) -> list[int]:
    """The years of a plan: those that follow its base year. Base year 2019 (2018/19) gives 2019/20 to 2022/23."""
    return list(range(base_year + 1, base_year + count + 1))


def parse_year(text) -> int:
    """A financial year from 2019/20 or 2019-20."""
    found = re.fullmatch(r"\s*(\d{4})\s*[/\-–]\s*(\d{2}|\d{4})\s*", str(text))
    if not found:
        raise YearError(f"“{text}” is not a financial year. Write it as 2019/20.")
    start, end = int(found[1]), int(found[2])
    if end not in (start + 1, (start + 1) % 100):
        raise YearError(f"“{text}” is not one financial year. It should end the year after it starts, as in 2019/20.")
    return _in_range(start + 1, text)


def parse_balance_date(text) -> int:
    """The year of a balance date: “31 March 2019”, “31 Mar 2019”, “31/03/2019”, or a date cell of a workbook.

    A balance is struck on 31 March and on no other day; another date is refused, not moved to the nearest.
    """
    if isinstance(text, (datetime, date)):
        day, month, year = text.day, text.month, text.year
    else:
        day, month, year = _date_parts(str(text))
    if (day, month) != (31, 3):
        raise YearError(f"“{text}” is not a 31 March. Reserve balances are struck on 31 March only.")
    return _in_range(year, text)


def _date_parts(text: str) -> tuple[int, int, int]:
    cleaned = re.sub(r"(?i)balance|as at|at", " ", text).strip()
    if found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]+)\s+(\d{4})", cleaned):
        month = found[2].lower()[:3]
        if month in _MONTHS:
            return int(found[1]), _MONTHS.index(month) + 1, int(found[3])
    if found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", cleaned):
        return int(found[1]), int(found[2]), int(found[3])
    if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", cleaned):
        return int(found[3]), int(found[2]), int(found[1])
    raise YearError(f"“{text.strip()}” is not a date. Write it as 31 March 2019.")


def _in_range(year: int, text) -> int:
    if not FIRST <= year <= LAST:
        raise YearError(f"“{text}” is outside the years {FIRST} to {LAST}.")
    return year
