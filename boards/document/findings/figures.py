"""Figures in running text and in cells: 1,175, £78.411 million, (1,472), six, 6.3%."""

import re
from dataclasses import dataclass
from decimal import Decimal

SCALE = {"k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
        " nineteen twenty".split()
    )
}
NUMBER = re.compile(
    r"(?<![\w.,/£$€-])(?P<sign>[-–−](?=[£\d]))?(?:(?P<money>[£$€])\s?)?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:\s?(?P<scale>million\b|billion\b|thousand\b|bn\b|m\b|k\b))?(?P<percent>\s?(?:%|per\s?cent\b|percent\b))?"
    r"(?![\d/]|\.\d|st\b|nd\b|rd\b|th\b)",
    re.I,
)


@dataclass(frozen=True)
class Figure:
    """One number: its value in units, how many decimals it was written with, and where it stands."""

    value: Decimal
    places: int
    start: int
    end: int
    percent: bool = False
    money: bool = False
    scale: int = 1
    text: str = ""

    @property
    def step(self):
        """The smallest amount the way it is written can show: 0.01 for 6.02, 1,000,000 for £4m."""
        return Decimal(1).scaleb(-self.places) * self.scale


def figures(text):
    """Every number of a text, in order. Years, dates, references and financial years are left out by `is_label`."""
    found = []
    for match in NUMBER.finditer(text):
        digits = match["digits"].replace(",", "")
        scale = SCALE.get((match["scale"] or "").lower(), 1)
        value = Decimal(digits) * scale * (-1 if match["sign"] else 1)
        places = len(digits.partition(".")[2])
        figure = Figure(
            value,
            places,
            match.start(),
            match.end(),
            bool(match["percent"]),
            bool(match["money"]),
            scale,
            match.group().strip(),
        )
        if not is_label(text, figure):
            found.append(figure)
    return found


def is_label(text, figure):
    """A number that names and does not count: a year, part of a date, a paragraph or item number, an Act's section."""
    before, after = text[: figure.start], text[figure.end :]
    months = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    if figure.money or figure.percent:
        return False
    if re.search(
        r"(?:paragraphs?|sections?|items?|appendix|annex|table|figure|page|pages|schedule|regulation|article|part|no\.?|objective"
        r"|band|group|grade|level|step|priority|act|risk|SR|version|Q)\s*$",
        before,
        re.I,
    ):
        return True
    if re.match(rf"(?:st|nd|rd|th)?\s+(?:of\s+)?{months}", after, re.I) or re.search(rf"{months}\w*\s*$", before, re.I):
        return True
    whole = figure.value == figure.value.to_integral_value() and figure.places == 0 and "," not in figure.text
    return whole and 1900 <= figure.value <= 2100 and figure.scale == 1


def cell_value(text):
    """(value, places) of a table cell that holds one number, or None. Brackets are negative, a dash is nil, * marks a
    note.
    """
    words = re.sub(r"\s+", "", text)
    words = re.sub(r"[*†‡#]+$|(?<=\d)\(\d\)$", "", words)
    if re.fullmatch(r"[-–—]|nil", words, re.I):
        return Decimal(0), 0
    negative = words.startswith("(") and words.endswith(")")
    words = words.strip("()")
    match = re.fullmatch(r"([-–−+])?[£$€]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:m|k|bn)?", words, re.I)
    if not match:
        return None
    value = Decimal(match.group(2).replace(",", "") + (match.group(3) or ""))
    if negative or (match.group(1) and match.group(1) != "+"):
        value = -value
    return value, len((match.group(3) or "").lstrip("."))


def count_of(word):
    """3 for "3", "three" or "Three"; None for anything else."""
    word = word.lower()
    if word in WORDS:
        return WORDS[word]
    return int(word) if re.fullmatch(r"\d{1,2}", word) else None


def plain(value):
    """A number as a reader writes it: 1,426; 6.02; 11.97."""
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    whole, _, part = text.partition(".")
    return f"{whole}.{part.ljust(2, '0')}" if part else whole


ROUNDING = re.compile(r"\bround(?:ed|ing|ings)?\b|\bmay not (?:sum|add)|\bdo not (?:sum|add)", re.I)
