"""Reserves arithmetic: closing = opening + contributions − use + transfers in − transfers out, for each reserve and year.

Totals are worked out, never typed, and each says truthfully what it adds up. The wider subtotal is “earmarked,
contingency and capital”, because calling three blocks “earmarked” hides an overdrawn block inside a healthy sum.
All amounts are integers in thousands of pounds.
"""

from collections import defaultdict
from dataclasses import dataclass

from finance.figures import Movement, Plan, Reserve

UNSPLIT = "unsplit"
TOTALS = {
    "earmarked": "Earmarked reserves",
    "contingency": "Contingency reserves",
    "capital": "Capital reserves",
    "held": "Earmarked, contingency and capital reserves",
    "general": "General reserve",
    "usable": "Total reserves (earmarked, contingency, capital and general)",
}
CATEGORY_TITLES = {
    "A": "A: planned spending within this plan",
    "B": "B: projects beyond this plan",
    "C": "C: contingency and other needs",
    UNSPLIT: "Coded A and B, division not yet given",
}


class MovementError(ValueError):
    """A movement that cannot be true: a transfer to itself, a negative amount, an unknown reserve."""


@dataclass(frozen=True)
class Flow:
    """What happened to one reserve in one year. Use and transfers out are positive amounts that leave the reserve."""

    opening: int
    contributions: int = 0
    use: int = 0
    transfers_in: int = 0
    transfers_out: int = 0

    @property
    def closing(self) -> int:
        return self.opening + self.contributions - self.use + self.transfers_in - self.transfers_out


@dataclass(frozen=True)
class Balances:
    """Every reserve's flow in every year, and the totals."""

    dates: list[int]
    by_reserve: dict[str, dict[int, int]]
    flows: dict[str, dict[int, Flow]]
    totals: dict[str, dict[int, int]]
    categories: dict[str, dict[int, int]]

    def closing(self, ref: str, year: int) -> int:
        return self.by_reserve[ref][year]


def check(movement: Movement, known: set[str]) -> None:
    """Refuse a movement that could unbalance the ledger, in words for the person who entered it."""
    if movement.amount_k <= 0:
        raise MovementError("The amount must be above nil. A negative use is a contribution: enter it as one.")
    for ref in filter(None, (movement.reserve, movement.to_reserve)):
        if ref not in known:
            raise MovementError(f"There is no reserve “{ref}” in this plan.")
    if movement.kind == "transfer":
        if not movement.to_reserve:
            raise MovementError("A transfer needs the reserve it goes to.")
        if movement.to_reserve == movement.reserve:
            raise MovementError("A reserve cannot be transferred to itself.")
    elif movement.to_reserve:
        raise MovementError("Only a transfer goes to another reserve.")


def postings(movement: Movement) -> list[tuple[str, int]]:
    """The two-sided entry: what each reserve gains or loses. The entries of a transfer always sum to nil."""
    if movement.kind == "contribution":
        return [(movement.reserve, movement.amount_k)]
    if movement.kind == "use":
        return [(movement.reserve, -movement.amount_k)]
    return [(movement.reserve, -movement.amount_k), (movement.to_reserve, movement.amount_k)]


def flows(plan: Plan) -> dict[str, dict[int, Flow]]:
    """Each reserve's flow for each year of the plan, opening carried from the year before."""
    sums: dict[tuple[str, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for movement in plan.movements:
        key = (movement.reserve, movement.year)
        if movement.kind == "contribution":
            sums[key]["contributions"] += movement.amount_k
        elif movement.kind == "use":
            sums[key]["use"] += movement.amount_k
        else:
            sums[key]["transfers_out"] += movement.amount_k
            sums[movement.to_reserve, movement.year]["transfers_in"] += movement.amount_k
    result: dict[str, dict[int, Flow]] = {}
    for reserve in plan.reserves:
        opening, rows = reserve.opening_k, {}
        for year in plan.period:
            rows[year] = Flow(opening, **sums.get((reserve.ref, year), {}))
            opening = rows[year].closing
        result[reserve.ref] = rows
    return result


def balances(plan: Plan) -> Balances:
    """Closings at every 31 March, totals by block and by Home Office category."""
    moved = flows(plan)
    by_reserve = {
        reserve.ref: {plan.base_year: reserve.opening_k}
        | {year: flow.closing for year, flow in moved[reserve.ref].items()}
        for reserve in plan.reserves
    }
    totals = {key: dict.fromkeys(plan.dates, 0) for key in TOTALS}
    categories = {key: dict.fromkeys(plan.dates, 0) for key in CATEGORY_TITLES}
    parts = split_parts(plan)
    for reserve in plan.reserves:
        for year in plan.dates:
            amount = by_reserve[reserve.ref][year]
            totals[reserve.group][year] += amount
            totals["usable"][year] += amount
            if reserve.group != "general":
                totals["held"][year] += amount
            for code, part in categorised(reserve, amount, parts.get((reserve.ref, year), {})).items():
                categories[code][year] += part
    return Balances(plan.dates, by_reserve, moved, totals, categories)


def split_parts(plan: Plan) -> dict[tuple[str, int], dict[str, int]]:
    parts: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for split in plan.splits:
        parts[split.reserve, split.year][split.category] = split.amount_k
    return parts


def categorised(reserve: Reserve, amount: int, parts: dict[str, int]) -> dict[str, int]:
    """One balance by Home Office category.

    A reserve with one code is all in it. A dual code counts by its explicit division, and only when the parts sum to
    the balance; otherwise the whole balance stays in “not yet divided”, since to guess a share would be to publish it.
    """
    if len(reserve.codes) == 1:
        return {reserve.codes[0]: amount}
    if parts and sum(parts.values()) == amount:
        return parts
    return {UNSPLIT: amount}


def drawn_to_balance(plan: Plan) -> dict[int, int]:
    """Net use of reserves planned to balance the revenue budget, by year; below nil when the budget pays in."""
    drawn = dict.fromkeys(plan.period, 0)
    for movement in plan.movements:
        if movement.to_balance and movement.year in drawn and movement.kind != "transfer":
            drawn[movement.year] += movement.amount_k if movement.kind == "use" else -movement.amount_k
    return drawn


def basis(plan: Plan, year: int) -> str:
    """Whether the balances of a date are actual, forecast, or actual for some reserves only."""
    closed = {actual.reserve for actual in plan.actuals if actual.year == year}
    if year == plan.base_year:
        closed |= {reserve.ref for reserve in plan.reserves if reserve.opening_basis == "actual"}
    known = sum(reserve.ref in closed for reserve in plan.reserves)
    return "actual" if plan.reserves and known == len(plan.reserves) else "part actual" if known else "forecast"
