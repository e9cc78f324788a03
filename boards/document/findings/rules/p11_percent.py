"""P11: a stated percentage is the one that its own figures give."""

import re
from decimal import Decimal

from ..base import ACKNOWLEDGE, Hit, rule
from ..figures import figures, plain

CHANGE = r"increase|rise|rose|growth|uplift|decrease|fall|fell|reduction|cut|drop|saving"
MEASURED = re.compile(r"\b(?:target|compared|against|of which|national|average|while|and)\b", re.I)
FROM_TO = re.compile(r"\bfrom\b(?P<a>[^.;]{1,60}?)\bto\b(?P<b>[^.;]{1,80})", re.I)


@rule("P11.percent", ACKNOWLEDGE, "Percentages agree with their figures")
def percentages_agree_with_their_figures(paper, facts):
    """An increase of 11.97 on 198.72 is 6.02 per cent, whatever the text says (validation rule P11).

    Judged only where the paragraph itself holds all the figures: a base, a change and their sum beside a percentage of
    change; "from A to B" with a percentage; "A of B" or "A out of B" with a percentage straight after.
    """
    for passage in paper.prose:
        if "%" not in passage.text and "cent" not in passage.text:
            continue
        found = figures(passage.text)
        if not any(f.percent for f in found) or len(found) < 3:
            continue
        said = set()
        for stated, computed, how in (
            *_sums(passage.text, found),
            *_from_to(passage.text),
            *_before_from(passage.text, found),
            *_by_from(passage.text, found),
            *_shares(passage.text, found),
            *_is_of(passage.text, found),
        ):
            if stated.start in said or _agrees(stated, computed):
                continue
            said.add(stated.start)
            yield Hit(
                f"The text says {stated.text}; {how} is {_percent(computed, stated)}.",
                "Correct the percentage, or the figures it comes from.",
                passage.block_id,
                passage.number,
            )


def _sums(text, found):
    """A, B and A + B all in the paragraph, with "increase" at the percentage beside A + B."""
    amounts = [f for f in found if not f.percent and f.value > 0]
    for stated in (f for f in found if f.percent):
        if not re.search(rf"\b(?:{CHANGE})", text[max(0, stated.start - 25) : stated.end + 20], re.I):
            continue
        near = [f for f in amounts if 0 <= stated.start - f.end <= 12 or 0 <= f.start - stated.end <= 25]
        for total in near:
            pair = _pair(total, amounts)
            if pair:
                base, change = pair
                rate = change.value / base.value * 100
                yield stated, rate, f"{plain(change.value)} on {plain(base.value)}"
                break


def _pair(total, amounts):
    """(base, change) whose sum is the total: the change is the smaller; money goes with money."""
    for base in amounts:
        for change in amounts:
            distinct = len({base.start, change.start, total.start}) == 3
            adds_up = change.value < base.value < total.value and base.value + change.value == total.value
            if distinct and adds_up and base.money == total.money and (base.places or base.value >= 100):
                return base, change
    return None


def _from_to(text):
    """ "rose from 200 to 250 (25%)": the percentage within the same clause."""
    for match in FROM_TO.finditer(text):
        first = [f for f in figures(match["a"]) if not f.percent]
        second = figures(match["b"])
        if len(first) != 1 or len(second) < 2 or second[0].percent or first[0].value == 0:
            continue
        target, rest = second[0], second[1:]
        between = match["b"][target.end : rest[0].start]
        stated = rest[0]
        window = text[max(0, match.start() - 60) : match.end()]
        if not stated.percent or len(between) > 40 or not re.search(rf"\b(?:{CHANGE})", window, re.I):
            continue
        if MEASURED.search(between):
            continue
        scale = first[0].scale if first[0].scale != 1 else target.scale
        base = first[0].value if first[0].scale != 1 else first[0].value * scale
        rate = abs(target.value - base) / base * 100
        moved = type(stated)(
            abs(stated.value), stated.places, match.start("b") + stated.start, 0, True, text=stated.text
        )
        yield moved, rate, f"the change from {first[0].text} to {target.text}"


def _before_from(text, found):
    """ "fell 25% from 200 to 160"."""
    for at in range(len(found) - 2):
        stated, first, second = found[at : at + 3]
        if not stated.percent or first.percent or second.percent or not first.value or first.scale != second.scale:
            continue
        said = re.search(rf"\b(?:{CHANGE})\w*\s+(?:by\s+|of\s+)?$", text[: stated.start], re.I)
        joined = re.fullmatch(r",?\s+from\s+", text[stated.end : first.start], re.I)
        if said and joined and re.fullmatch(r"(?:\s+[a-z]+){0,3}?\s+to\s+", text[first.end : second.start], re.I):
            rate = abs(second.value - first.value) / first.value * 100
            yield stated, rate, f"the change from {first.text} to {second.text}"


def _by_from(text, found):
    """ "rises by £11.97 from £198.72, an increase of 6.3%", "an increase of £11.97 (6.3%) on £198.72"."""
    for at in range(len(found) - 2):
        three = found[at : at + 3]
        stated = next((f for f in three if f.percent), None)
        amounts = [f for f in three if not f.percent]
        if stated is None or stated is three[0] or len(amounts) != 2:
            continue
        change, base = amounts
        if not 0 < change.value < base.value or change.money != base.money or change.scale != base.scale:
            continue
        between = text[change.end : base.start] if stated is three[2] else text[stated.end : base.start]
        beside = text[base.end : stated.start] if stated is three[2] else text[change.end : stated.start]
        led = re.search(rf"\b(?:{CHANGE})\w*\s+(?:by|of)\s+$", text[: change.start], re.I)
        joined = re.fullmatch(r"[\s),]*\b(?:from|on)\s+(?:the\s+|a\s+base\s+of\s+)?", between, re.I)
        tied = re.fullmatch(rf"[\s,(–-]*(?:(?:or|an?|which is)\s+)*(?:(?:{CHANGE})\s+of\s+)?", beside, re.I)
        if led and joined and tied:
            yield stated, change.value / base.value * 100, f"{plain(change.value)} on {plain(base.value)}"


def _is_of(text, found):
    """ "£78.4m is 60% of the £142.5m budget"."""
    for at in range(len(found) - 2):
        part, stated, whole = found[at : at + 3]
        if part.percent or not stated.percent or whole.percent or not 0 < part.value < whole.value:
            continue
        verb = re.fullmatch(
            r"\s+(?:is|was|are|were|represents?|makes? up|equals?)\s+", text[part.end : stated.start], re.I
        )
        of = re.fullmatch(r"\s+of\s+(?:the\s+|a\s+|its\s+|all\s+|total\s+)*", text[stated.end : whole.start], re.I)
        if verb and of and part.money == whole.money:
            yield stated, part.value / whole.value * 100, f"{part.text} of {whole.text}"


def _shares(text, found):
    """ "30 of the 120 (25%)", "30 out of 120, 25 per cent"."""
    for at in range(len(found) - 2):
        part, whole, stated = found[at : at + 3]
        if part.percent or whole.percent or not stated.percent or whole.value == 0 or part.value > whole.value:
            continue
        joint = text[part.end : whole.start]
        after = text[whole.end : stated.start]
        if re.fullmatch(
            r"\s+(?:\w+\s+){0,3}(?:out of|of)\s+(?:the\s+|all\s+|a total of\s+)?", joint, re.I
        ) and re.fullmatch(r"\s*(?:\w+\s*){0,3}[(,]\s*(?:or\s+)?", after):
            if part.places or whole.places or part.scale != whole.scale:
                continue
            yield stated, part.value / whole.value * 100, f"{part.text} of {whole.text}"


def _agrees(stated, computed):
    """Within half of the last figure written, and a little for figures that were rounded themselves."""
    slack = Decimal(1).scaleb(-stated.places) * Decimal("0.5") + Decimal("0.0001")
    return abs(abs(stated.value) - computed) <= slack + (Decimal("0.5") if stated.places == 0 else Decimal("0.05"))


def _percent(computed, stated):
    places = max(stated.places, 2 if stated.places else 1)
    return f"{computed:.{places}f}%"
