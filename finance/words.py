"""What the words beside the figures say, and sentences made from figures.

Two things are read out of prose: a statement that a reserve will be used, and figures that a bound value could have
given (percentages and amounts). Reading is deliberately narrow: a missed sentence is an unmade warning, a misread one
wastes an officer's afternoon.
"""

import re
from decimal import Decimal

from finance import money

_USED = re.compile(
    r"\b(will|to|expected|planned|anticipated|going)\b[^.]{0,60}\b(be )?(use[ds]?|utilised|spent|applied|drawn|released)\b",
    re.IGNORECASE,
)
_NOT_USED = re.compile(
    r"\b(not|no|never|without)\b[^.]{0,40}\b(use[ds]?|utilised|spent|applied|drawn|released|use)\b", re.IGNORECASE
)
_HELD = re.compile(
    r"\b(no|not)\b[^.]{0,40}\b(use|used|spent|drawn|applied)\b|\bheld (unchanged|in full)\b|\bno planned use\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?<![\d.])(\d{1,3}(?:\.\d+)?)\s?(?:%|per cent\b)")
_AMOUNT = re.compile(r"£\s?(\d[\d,]*(?:\.\d+)?)\s?(million|m\b|bn\b|billion|k\b|thousand|)", re.IGNORECASE)


def says_used(text: str) -> str:
    """The sentence that says a reserve will be used in the period, or nothing."""
    for sentence in sentences(text):
        if _USED.search(sentence) and not _NOT_USED.search(sentence):
            return sentence
    return ""


def says_held(text: str) -> str:
    """The sentence that says a reserve will not be used, or nothing."""
    return next((sentence for sentence in sentences(text) if _HELD.search(sentence)), "")


def sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+", text or "") if part.strip()]


def percentages(text: str) -> list[Decimal]:
    """Percentages typed in a text, in order: “6.3%” and “5 per cent”."""
    return [Decimal(found) for found in _PERCENT.findall(text or "")]


def amounts_k(text: str) -> list[tuple[str, int]]:
    """Amounts of money typed in a text, as printed and in whole thousands. Amounts under £1,000 are left out."""
    found = []
    for match in _AMOUNT.finditer(text or ""):
        size = Decimal(match[1].replace(",", ""))
        unit = match[2].lower()
        factor = {"million": 1000, "m": 1000, "billion": 10**6, "bn": 10**6, "k": 1, "thousand": 1}.get(
            unit, Decimal("0.001")
        )
        if (thousands := size * factor) >= 1:
            found.append((match[0].strip(), int(money.half_up(thousands, 0))))
    return found


def listed(items: list[str]) -> str:
    """A list as a sentence has it: a, b and c."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def plural(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
