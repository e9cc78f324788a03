"""P11: so many, at so much each, come to what the text says."""

import re
from decimal import Decimal

from ..base import ACKNOWLEDGE, Hit, rule
from ..figures import WORDS, count_of, figures, plain

NAMES = "|".join(word for word, number in WORDS.items() if number >= 2)
MONEY = r"£\s?\d[\d,]*(?:\.\d+)?\s?(?:million\b|thousand\b|bn\b|m\b|k\b)?"
EACH = re.compile(
    rf"\b(?P<count>{NAMES}|\d{{1,3}})\s+(?:[a-z’'-]+\s+){{1,4}}?(?:(?:costing|averaged?|averaging)\s+)?(?:at|of)?\s*(?P<each>{MONEY})\s*"
    rf"(?:each|per\s+\w+|an?\s+(?:year|month|week|day|post|head|officer))\b,?\s*"
    rf"(?:(?:which\s+)?(?:comes?|came|amounts?|amounted)\s+to|mak(?:es?|ing)|totals?|totalling|or|a total of|in all)\s+(?P<total>{MONEY})",
    re.I,
)
NEAR = Decimal("0.15")  # beyond that something else is added


@rule("P11.product", ACKNOWLEDGE, "So many at so much come to what is said")
def so_many_at_so_much(paper, facts):
    """ "Five retirees at £79.6k each come to £398k" holds; £388k would not (validation rule P11)."""
    for passage in paper.prose:
        for match in EACH.finditer(passage.text) if "£" in passage.text else ():
            count, each, total = count_of(match["count"]), figures(match["each"]), figures(match["total"])
            count = count or (int(match["count"]) if match["count"].isdigit() else None)
            if not count or not each or not total:
                continue
            made = count * each[0].value
            slack = (each[0].step * count + total[0].step) / 2
            if slack < abs(made - total[0].value) <= NEAR * made:
                yield Hit(
                    f"{match['count']} at {match['each'].strip()} come to £{plain(made)}, not {match['total'].strip()}.",
                    "Correct the figure that is wrong.",
                    passage.block_id,
                    passage.number,
                )
