"""Parts of addresses: a meeting's date, a paper's number, a hash."""

import datetime as dt


class DateConverter:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        return dt.date.fromisoformat(value)  # a ValueError here means: no such address

    def to_url(self, value) -> str:
        return value if isinstance(value, str) else value.isoformat()


class NumberConverter:
    """A paper's number in an address: 5-0, 10-2."""

    regex = r"\d{1,2}-\d{1,2}"

    def to_python(self, value: str) -> str:
        return value.replace("-", ".")

    def to_url(self, value: str) -> str:
        return value.replace(".", "-")


class Sha256Converter:
    regex = r"[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
