"""P11: a stated share of the budget agrees with the amounts given elsewhere in the paper."""

import re
from decimal import Decimal

from ..base import ACKNOWLEDGE, Hit, rule
from ..figures import figures

YEAR = r"(?P<year>20\d\d/\d\d)"
BASE = re.compile(
    rf"(?P<amount>£[\d,.]+\s?(?:million|billion|bn|m))\s*\((?P<share>[\d.]+)\s?% of (?:the\s+)?net budget requirement[^)]*?\)?\s*{YEAR}",
    re.I,
)
SHARE = re.compile(
    rf"{YEAR}\s*,?\s*(?P<share>[\d.]+)\s?% of (?:the|all)\s+(?:\w+\s+){{0,3}}?(?:funding|budget)[^.]*?\bgrant\b", re.I
)
GRANT = re.compile(r"\bgrant\b[^.]{0,80}?(?P<amount>£[\d,.]+\s?(?:million|billion|bn|m))", re.I)
APART = Decimal(2)  # percentage points: both figures are rounded


@rule("P11.share", ACKNOWLEDGE, "Shares agree with the amounts")
def shares_agree_with_the_amounts(paper, facts):
    """A grant "60% of the funding" beside a reserve that is "5.05% of the net budget requirement": both give the same base, or
    one is wrong (validation rule P11). Judged only for the same year, and where the two are two points apart."""
    bases = {m["year"]: m for p in paper.prose if "%" in p.text for m in BASE.finditer(p.text)}
    if not bases:
        return
    for passage in paper.prose:
        share = SHARE.search(passage.text) if "%" in passage.text else None
        grant = GRANT.search(passage.text, share.end() - 5) if share else None
        base = bases.get(share["year"]) if share else None
        if not (share and grant and base):
            continue
        requirement = _amount(base["amount"]) / Decimal(base["share"]) * 100
        implied = _amount(grant["amount"]) / requirement * 100
        if abs(implied - Decimal(share["share"])) > APART:
            yield Hit(
                f"The grant is called {share['share']}% of the funding; {grant['amount'].strip()} is {implied:.1f}% of the net budget"
                f" requirement that {base['amount'].strip()} at {base['share']}% implies.",
                "Correct the percentage, or say what it is a share of.",
                passage.block_id,
                passage.number,
            )


def _amount(text):
    return figures(text)[0].value
