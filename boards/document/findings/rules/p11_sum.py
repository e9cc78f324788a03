"""P11: sums written out in the text hold."""

import re
from decimal import Decimal

from ..base import ACKNOWLEDGE, Hit, rule
from ..figures import ROUNDING, WORDS, count_of, figures, plain

EQUATION = re.compile(
    r"(?<![\d.,])((?:£?[\d,]+(?:\.\d+)?[mk]?\s*\+\s*)+£?[\d,]+(?:\.\d+)?[mk]?)\s*=\s*(£?[\d,]+(?:\.\d+)?[mk]?)"
)
TOTAL = re.compile(
    r"\b(?:a\s+)?total\s+of\s+(?P<total>£?[\d,]+(?:\.\d+)?(?:m|k| million)?)[^.;:()]{0,60}?"
    r"(?:\(|:|,?\s*(?:made up of|comprising|consisting of|being)\s)(?P<parts>[^.;)]{3,160})",
    re.I,
)
RESIDUAL = re.compile(
    r"\bof (?:the|these|those)\s+(?P<whole>\d[\d,]*)\b[^.;]{0,120}?\b(?P<part>\d[\d,]*)\b[^.;]{0,160}?"
    r"\b(?:the (?:remaining|other|residual)|remaining)\s+(?P<rest>\d[\d,]*)\b",
    re.I,
)
WEEKS = re.compile(
    r"\b(?P<a>\d{1,3}|[a-z]+)[ -](?P<ua>days?|weeks?)\s*\((?P<b>\d{1,3}|[a-z]+)[ -](?P<ub>days?|weeks?)\)", re.I
)

AMOUNT = r"£?\d[\d,]*(?:\.\d+)?(?:\s?(?:million|thousand|bn|m|k)\b)?"
TOGETHER = re.compile(
    rf"(?P<a>{AMOUNT})(?:\s+[a-z’'-]+){{0,4}}?\s+(?:and|plus)\s+(?:[a-z’'-]+\s+){{0,3}}?(?P<b>{AMOUNT})(?:\s+[a-z’'-]+){{0,4}}?,?\s+"
    rf"(?:which\s+)?(?:mak(?:es?|ing)|giv(?:es?|ing)|a total of|totalling|which is)\s+(?:a total of\s+)?(?P<c>{AMOUNT})",
    re.I,
)
NEAR = Decimal("0.15")  # beyond that the two are not what the third counts

WORTH_READING = (
    " mak",
    " giv",
    "totalling",
    "+",
    "total of",
    "remaining",
    "residual",
    "the other ",
    " weeks",
    " days",
    "week (",
    "day (",
    "-week",
    "-day",
)


@rule("P11.sum", ACKNOWLEDGE, "Sums in the text hold")
def sums_in_the_text_hold(paper, facts):
    """ "1,175 + 251 = 1,425", "a total of 24 (10, 8 and 7)", "of the 342, 40 … the remaining 301" (validation rule
    P11).

    A note on rounding in the same paragraph explains a difference of one in the last place.
    """
    for passage in paper.prose:
        text = passage.text
        if not any(words in text for words in WORTH_READING):
            continue
        slack = 1 if ROUNDING.search(text) else 0
        for said in (
            *_equations(text, slack),
            *_totals(text, slack),
            *_residuals(text, slack),
            *_together(text, slack),
            *_weeks(text),
        ):
            yield Hit(
                said,
                "Correct the figure that is wrong, or add a note if rounding explains it.",
                passage.block_id,
                passage.number,
            )


def _amount(text):
    found = figures(text)
    return found[0] if found else None


def _equations(text, slack):
    for match in EQUATION.finditer(text):
        parts = [_amount(part) for part in match.group(1).split("+")]
        total = _amount(match.group(2))
        if total is None or any(part is None for part in parts):
            continue
        made = sum((part.value for part in parts), Decimal(0))
        if abs(made - total.value) > slack * total.step:
            yield f"{match.group(1).strip()} makes {plain(made)}, not {match.group(2)}."


def _totals(text, slack):
    for match in TOTAL.finditer(text):
        total = _amount(match["total"])
        parts = [f for f in figures(match["parts"]) if not f.percent]
        if total is None or len(parts) < 2 or any(f.scale != total.scale for f in parts):
            continue
        pieces = re.split(r",|\band\b|;", match["parts"])
        if len([p for p in pieces if p.strip()]) != len(parts):
            continue  # a part without a number, or a number that counts something else
        made = sum((f.value for f in parts), Decimal(0))
        if abs(made - total.value) > slack * total.step:
            yield f"The parts of the total of {match['total'].strip()} make {plain(made)}."


def _residuals(text, slack):
    for match in RESIDUAL.finditer(text):
        inner = text[match.start("part") : match.end("rest")]
        if len(figures(inner)) != 2:
            continue
        whole, part, rest = (Decimal(match[name].replace(",", "")) for name in ("whole", "part", "rest"))
        if part < whole and abs(part + rest - whole) > slack:
            yield f"{plain(part)} and the remaining {plain(rest)} make {plain(part + rest)}, not {plain(whole)}."


def _together(text, slack):
    """ "1,175 local officers and 251 others, a total of 1,425"; silent where more than two are counted before it."""
    for match in TOGETHER.finditer(text):
        clause = re.split(r"[.;:(]\s", text[: match.start()])[-1]
        first, second, total = (_amount(match[name]) for name in "abc")
        if None in (first, second, total) or any(not f.percent for f in figures(clause)):
            continue
        made = first.value + second.value
        steps = max(first.step, second.step, total.step)
        if first.money == second.money == total.money and slack * steps < abs(made - total.value) <= NEAR * made:
            yield f"{match['a']} and {match['b']} make {plain(made)}, not {match['c']}."


def _weeks(text):
    for match in WEEKS.finditer(text):
        a, b = count_of(match["a"]), count_of(match["b"])
        if (a is None and match["a"].lower() in WORDS) or b is None or a is None:
            continue
        days, weeks = (a, b) if match["ua"].lower().startswith("day") else (b, a)
        if match["ua"].lower()[0] != match["ub"].lower()[0] and days != weeks * 7:
            yield f"{weeks} weeks are {weeks * 7} days, not {days}."
