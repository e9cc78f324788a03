"""Live figures of the plan by path: what a `bound` figure in a paper shows while the paper is a draft.

`reserves.<ref>.<year>`, `totals.<block>.<year>`, `categories.<A|B|C|unsplit>.<year>`, `budget.<requirement|grant|
precept|other|funding|savings|gap|reserve_use|unmet>.<year>`, `general_pct.<year>`, `floor.<year>`, `band_d.<year>`,
`band_d_rise.<year>`, `band_d_pct.<year>`, `bands.<A-H>.<year>`. A year is the year in which it ends.
"""

from finance import budget, council_tax, money, reserves
from finance.figures import Plan

TO_BE_CONFIRMED = "to be confirmed"
BUDGET = {"requirement", "grant", "precept", "other", "funding", "savings", "gap", "reserve_use", "unmet"}


def value(path: str, plan: Plan) -> str | None:
    """The words of a figure; None for a path that names nothing."""
    head, *rest = path.split(".")
    if not rest or not rest[-1].isdecimal() or int(rest[-1]) not in plan.dates:
        return None
    year = int(rest[-1])
    name = rest[0] if len(rest) == 2 else ""
    if head in ("reserves", "totals", "categories"):
        table = {"reserves": "by_reserve", "totals": "totals", "categories": "categories"}[head]
        amounts = getattr(_held(plan), table).get(name)
        return None if amounts is None else _pounds(amounts[year] if year in plan.stated else None)
    if head == "budget" and name in BUDGET:
        return _pounds(getattr(_worked(plan)[year], name))
    if head == "general_pct" and len(rest) == 1:
        share = budget.general_percent(plan)[year] if year in plan.stated else None
        return TO_BE_CONFIRMED if share is None else money.percent(share)
    if head == "floor" and len(rest) == 1:
        return _pounds(budget.floor_k(plan)[year])
    return _council_tax(head, rest, plan, year)


def _council_tax(head: str, rest: list[str], plan: Plan, year: int) -> str | None:
    now, before = plan.year(year).band_d, plan.year(year - 1).band_d
    if head == "bands" and rest[0] in council_tax.NINTHS:
        return TO_BE_CONFIRMED if now is None else money.pounds(council_tax.bands(now)[rest[0]])
    if len(rest) != 1 or head not in ("band_d", "band_d_rise", "band_d_pct"):
        return None
    if now is None or (head != "band_d" and before is None):
        return TO_BE_CONFIRMED
    rise = council_tax.Increase(before or now, now)
    return {
        "band_d": money.pounds(now),
        "band_d_rise": money.pounds(rise.pounds),
        "band_d_pct": money.percent(rise.percent),
    }[head]


def _pounds(amount: int | None) -> str:
    return TO_BE_CONFIRMED if amount is None else money.in_pounds(amount)


# A paper binds dozens of figures of one plan: add it up once. Plans are values that never change.
_cache: dict[int, tuple] = {}


def _held(plan: Plan):
    return _kept(plan)[1]


def _worked(plan: Plan):
    return _kept(plan)[2]


def _kept(plan: Plan) -> tuple:
    if (kept := _cache.get(id(plan))) is None or kept[0] is not plan:
        _cache.clear()
        kept = _cache[id(plan)] = (plan, reserves.balances(plan), budget.budget(plan))
    return kept
