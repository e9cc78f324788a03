"""Money as the board's tables print it: whole thousands of pounds, brackets for negatives, a dash for nil.

Amounts in thousands are Python integers; council tax in pounds and pence and all percentages are `Decimal`.
Nothing here is ever a float: a figure that went through binary fractions cannot be traced to the penny.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

NIL = "–"
MINUS_SIGNS = "-−‒–—"
LARGEST = 99_999_999
"""The largest amount a cell accepts, in thousands (just under £100 billion): more is a slip of the keyboard."""

_GROUPED = re.compile(r"\d{1,3}(,\d{3})*|\d+", re.ASCII)
_DECIMAL = re.compile(r"(\d{1,3}(,\d{3})*|\d+)(\.\d+)?", re.ASCII)


class MoneyError(ValueError):
    """A cell that cannot be read as money. The text is a sentence for the person who typed it."""


def parse_thousands(text) -> int:
    """An amount in whole thousands of pounds from what somebody typed or pasted.

    Accepts 1234, 1,234, £1,234, -1,234, (1,234) and a dash for nil. Refuses words, an empty cell, pence or part
    thousands (1,234.567) and misplaced commas, because a guess here would go to the board as a fact.
    """
    if isinstance(text, bool) or text is None:
        raise MoneyError("Enter an amount in thousands, for example 1,234. Enter 0 for nil.")
    if isinstance(text, int):
        return _within_range(text)
    if isinstance(text, float | Decimal):
        # Excel keeps every number as a binary fraction; a whole one is safe to take as an integer.
        if text != int(text):
            raise MoneyError(f"{text} is not a whole number of thousands. Round it to a whole number.")
        return _within_range(int(text))
    shown = str(text).strip()
    if not shown:
        raise MoneyError("Enter an amount in thousands, for example 1,234. Enter 0 for nil.")
    body, negative = _sign(shown.replace("\u00a0", " ").strip())
    if body == "" and shown in MINUS_SIGNS:
        return 0
    if not _GROUPED.fullmatch(body):
        raise MoneyError(_why_not(shown, body))
    return _within_range(-_digits(body) if negative else _digits(body))


def parse_pounds(text, *, places: int = 2) -> Decimal:
    """Pounds and pence (a band D charge: 210.69), or another exact decimal such as a tax base or a percentage."""
    if isinstance(text, bool) or text is None:
        raise MoneyError("Enter a number, for example 210.69.")
    if isinstance(text, int | Decimal):
        value = Decimal(text)
    elif isinstance(text, float):
        value = Decimal(repr(text))
    else:
        shown = str(text).strip().removesuffix("%").strip()
        body, negative = _sign(shown)
        if not _DECIMAL.fullmatch(body):
            raise MoneyError(f"“{shown}” is not a number. Enter figures only, for example 210.69.")
        value = Decimal(body.replace(",", ""))
        value = -value if negative else value
    if not value.is_finite() or abs(value) >= 10**10:
        raise MoneyError(f"{text} is too large. Check the number of digits.")
    if value != value.quantize(Decimal(1).scaleb(-places)):
        raise MoneyError(f"{text} has more than {places} decimal places. Round it before you enter it.")
    return value.quantize(Decimal(1).scaleb(-places))


def _sign(shown: str) -> tuple[str, bool]:
    """The digits without pound sign, brackets or minus, and whether they mean a negative."""
    negative = False
    if shown.startswith("(") and shown.endswith(")"):
        shown, negative = shown[1:-1].strip(), True
    if shown and shown[0] in MINUS_SIGNS:
        if negative:
            return "?", True
        shown, negative = shown[1:].strip(), True
    return shown.removeprefix("£").strip(), negative


def _digits(body: str) -> int:
    return int(body.replace(",", ""))


def _within_range(amount: int) -> int:
    if abs(amount) > LARGEST:
        raise MoneyError(
            f"{amount:,} is more than a plan can hold. Amounts are in thousands of pounds: check the digits."
        )
    return amount


def _why_not(shown: str, body: str) -> str:
    if _DECIMAL.fullmatch(body):
        return f"“{shown}” has a decimal point. Amounts are whole thousands of pounds: round it, for example 1,235."
    if re.fullmatch(r"[0-9,]+", body):
        return f"“{shown}” has a comma in the wrong place. Enter it as, for example, 12,345."
    return f"“{shown}” is not an amount. Enter figures only, for example 1,234 or (1,234)."


def brackets(amount: int | None) -> str:
    """How a table prints thousands: 1,234, (1,234) for a negative, a dash for nil, blank when there is no figure."""
    if amount is None:
        return ""
    if amount == 0:
        return NIL
    return f"({-amount:,})" if amount < 0 else f"{amount:,}"


def spoken(amount: int | None) -> str:
    """The same figure for someone who hears the page: a bracket or a dash alone says nothing to a screen reader."""
    if amount is None:
        return "no figure"
    if amount == 0:
        return "nil"
    return f"minus {-amount:,}" if amount < 0 else f"{amount:,}"


def in_pounds(amount: int) -> str:
    """Thousands written out for a sentence: £78.411 million, £398,000, minus £1.472 million."""
    sign = "minus " if amount < 0 else ""
    size = abs(amount)
    if size == 0:
        return "nil"
    if size < 1000:
        return f"{sign}£{size},000"
    millions = Decimal(size) / 1000
    return f"{sign}£{_trim(millions)} million"


def _trim(value: Decimal) -> str:
    text = f"{value:,.3f}"
    whole, _, part = text.partition(".")
    part = part.rstrip("0")
    return f"{whole}.{part}" if part else whole


def pounds(value: Decimal | None) -> str:
    """£210.69; negative in brackets, as in a table."""
    if value is None:
        return ""
    return f"(£{-value:,.2f})" if value < 0 else f"£{value:,.2f}"


def percentage(part: Decimal | int, whole: Decimal | int, *, places: int = 2) -> Decimal | None:
    """`part` as a percentage of `whole`, rounded half up; None when there is no whole to compare with."""
    if not whole:
        return None
    return half_up(Decimal(part) * 100 / Decimal(whole), places)


def half_up(value: Decimal, places: int) -> Decimal:
    """Rounding as finance staff expect it (0.5 goes up, away from nil); Python's own `round` does not."""
    try:
        return Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    except InvalidOperation as error:
        raise MoneyError(f"{value} is too large to round.") from error


def tidy(value: Decimal) -> str:
    """A policy percentage without needless noughts: 5.00 → 5, 5.50 → 5.5."""
    return f"{value.normalize():f}"


def percent(value: Decimal | None) -> str:
    """6.02% on the page; a dash when it cannot be worked out."""
    if value is None:
        return NIL
    return f"({-value}%)" if value < 0 else f"{value}%"


def to_thousands(value: Decimal) -> int:
    """Pounds to whole thousands, half up: the precept is worked out to the penny and shown in thousands."""
    return int(half_up(Decimal(value) / 1000, 0))
