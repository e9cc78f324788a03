"""Form fields that Django does not have."""

import datetime as dt
import re

from django import forms
from django.core.exceptions import ValidationError

MONTHS = "january february march april may june july august september october november december".split()
PARTS = ("day", "month", "year")


def month_number(typed: str) -> int | None:
    """ "2", "02", "Feb" and "February" are all the second month; None when no month is meant."""
    word = typed.strip().lower().rstrip(".")
    if word.isdigit():
        return int(word)
    found = [number for number, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    return found[0] if len(found) == 1 else None


def read_date(day: str, month: str, year: str) -> dt.date:
    """The date typed in three boxes. A year of two figures is of this century. Raises ValueError."""
    number = month_number(month)
    if number is None or not day.strip().isdigit() or not year.strip().isdigit() or len(year.strip()) not in (2, 4):
        raise ValueError
    whole_year = int(year) + (2000 if len(year.strip()) == 2 else 0)
    return dt.date(whole_year, number, int(day))


def split_whole_date(typed: str) -> list[str] | None:
    """ "6 February 2017", "1st November 2018", "16/2/17" and "2017-02-06" as day, month and year, or None."""
    text = typed.strip()
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return [iso[3], iso[2], iso[1]]
    if parts := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?[\s./-]+(\w+?)\.?[\s./,-]+(\d{4}|\d{2})", text):
        return list(parts.groups())
    return None


class GovDateInput(forms.MultiWidget):
    """Day, month and year in boxes of their own. A whole date typed into the first box is taken apart."""

    def __init__(self, attrs: dict | None = None):
        super().__init__(dict.fromkeys(PARTS, forms.TextInput), attrs)

    def decompress(self, value) -> list:
        if isinstance(value, str) and value:
            return split_whole_date(value) or [value, "", ""]
        return [value.day, value.month, value.year] if value else ["", "", ""]

    def value_from_datadict(self, data, files, name) -> list[str]:
        # A plain `name` is accepted too, so that links and tests can give a date as one value.
        if name in data and not any(f"{name}_{part}" in data for part in PARTS):
            return self.decompress(data[name])
        typed = [value or "" for value in super().value_from_datadict(data, files, name)]
        if typed[0] and not typed[1] and not typed[2]:
            return split_whole_date(typed[0]) or typed
        return typed

    def value_omitted_from_data(self, data, files, name) -> bool:
        return name not in data and super().value_omitted_from_data(data, files, name)


class DateField(forms.Field):
    """A date in three boxes; cleans to datetime.date or None. Months may be words; "16/2/17" may be in the first."""

    widget = GovDateInput
    default_error_messages = {
        "required": "This field is required.",
        "incomplete": "The date must include a %(missing)s.",
        "invalid": "Enter a real date, such as 6 February 2017.",
        "too_early": "The date must be on or after %(limit)s.",
        "too_late": "The date must be on or before %(limit)s.",
    }

    def __init__(self, *, earliest: dt.date | None = None, latest: dt.date | None = None, **kwargs):
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value) -> dt.date | None:
        if value is None or isinstance(value, dt.date):
            return value
        typed = self.widget.decompress(value) if isinstance(value, str) else [str(part).strip() for part in value]
        if not any(typed):
            return None
        if missing := [part for part, box in zip(PARTS, typed, strict=True) if not box]:
            raise self._error("incomplete", missing=" and ".join(missing))
        try:
            return read_date(*typed)
        except ValueError:
            raise self._error("invalid") from None

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        for limit, code, wrong in (
            (self.earliest, "too_early", value and self.earliest and value < self.earliest),
            (self.latest, "too_late", value and self.latest and value > self.latest),
        ):
            if wrong:
                raise self._error(code, limit=f"{limit.day} {limit:%B %Y}")

    def has_changed(self, initial, data) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True

    def _error(self, code: str, **params) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)
