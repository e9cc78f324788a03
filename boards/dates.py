"""Dates as the boards print them."""

import datetime as dt


def long_date(value: str | dt.date | None) -> str:
    """6 February 2017, from a date or its ISO form; nothing from nothing."""
    if not value:
        return ""
    day = dt.date.fromisoformat(value) if isinstance(value, str) else value
    return f"{day.day} {day:%B %Y}"
