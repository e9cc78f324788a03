"""Working days in England: not Saturdays, Sundays or bank holidays (Banking and Financial Dealings Act 1971)."""

import datetime as dt
import functools

import holidays


@functools.cache
def _bank_holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def days_before(day: dt.date, count: int) -> dt.date:
    """The working day that is `count` working days before a day."""
    while count > 0:
        day -= dt.timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day


def clear_days_before(day: dt.date, count: int) -> dt.date:
    """The last day that leaves `count` clear working days before a day: neither end counts."""
    return days_before(day, count + 1)


def between(start: dt.date, end: dt.date) -> int:
    """Working days after `start` up to and including `end`."""
    days, day = 0, start
    while day < end:
        day += dt.timedelta(days=1)
        days += is_working_day(day)
    return days
