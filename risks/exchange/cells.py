"""Values of cells: made safe on the way out, read strictly on the way in.

A spreadsheet runs a text that starts with = + - @, a tab or a return. Such a text goes out with an apostrophe before it, which comes off
again on the way in; a text that starts with apostrophes before such a sign gets one more, so that nothing is lost either way.
"""

import datetime as dt
import re

from dateutil import parser as dates

DANGEROUS = "=+-@\t\r"
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_WRITTEN = re.compile(r"\d{1,2}(st|nd|rd|th)?[ /.-]([A-Za-z]+|\d{1,2})[ /.-]\d{4}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class BadCell(ValueError):
    """The cell cannot be taken. The message is a sentence for the list of problems."""


def safe(text: str) -> str:
    """The text as it may stand in a cell."""
    return f"'{text}" if text[:1] in tuple(DANGEROUS) or _GUARDED.match(text) else text


def read_text(value: object) -> str:
    """The text of a cell. Refuses an unguarded formula and control characters; ends and line endings are made plain."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).replace("\r\n", "\n")
    if _GUARDED.match(text):
        return text[1:]
    if text[:1] in tuple(DANGEROUS) and not text.startswith("- "):
        raise BadCell("The cell starts like a formula. If it is meant as text, put an apostrophe before it.")
    if _CONTROL.search(text):
        raise BadCell("The cell holds a control character, which no page can show.")
    return text


def read_number(value: object) -> int | None:
    """A whole number, or None for an empty cell."""
    text = read_text(value).strip()
    if not text:
        return None
    if not re.fullmatch(r"\d{1,6}", text):
        raise BadCell(f"“{text}” is not a whole number.")
    return int(text)


def read_date(value: object) -> str | None:
    """A date as ISO text: 2017-02-06, 6 February 2017, 06/02/2017 (day first). None for an empty cell."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    text = read_text(value).strip()
    if not text:
        return None
    try:
        if _ISO.fullmatch(text):
            return dt.date.fromisoformat(text).isoformat()
        if _WRITTEN.fullmatch(text):
            return dates.parse(text, dayfirst=True).date().isoformat()
    except (ValueError, OverflowError):
        pass
    raise BadCell(f"“{text}” is not a date. Write it as 6 February 2017 or 2017-02-06.")
