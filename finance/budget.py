"""The budget gap of each year, how it is met, and scenarios that change an assumption.

gap = net budget requirement − funding (grant + precept + other) − savings. What reserves do not balance is left
unmet and said so. A scenario re-works the gap from changed assumptions and draws the difference from (or returns it
to) the plan's balancing reserve. All sums are exact: integers in thousands, percentages `Decimal`.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from finance import council_tax, money, reserves
from finance.figures import Movement, Plan, Year

CHANGES = {
    "grant_pct": "Grant is this percentage above or below the plan",
    "band_d_pounds": "Band D rises by this many pounds each year",
    "band_d_pct": "Band D rises by this percentage each year",
    "tax_base_pct": "Tax base grows by this percentage each year",
    "pay_pct": "Pay awards are this percentage",
    "price_pct": "Price inflation is this percentage",
    "savings_pct": "This percentage of planned savings is delivered",
    "requirement_k": "Extra spending in thousands of pounds",
}


class ScenarioError(ValueError):
    """A change the plan cannot work out; the text says which figure is missing."""


@dataclass(frozen=True)
class BudgetYear:
    """One year of the budget in thousands of pounds; None where a figure is to be confirmed."""

    year: int
    requirement: int | None
    grant: int | None
    precept: int | None
    other: int | None
    savings: int
    reserve_use: int

    @property
    def funding(self) -> int | None:
        if None in (self.grant, self.precept):
            return None
        return self.grant + self.precept + (self.other or 0)

    @property
    def gap(self) -> int | None:
        """What is still to be found after funding and savings; negative is a surplus."""
        if self.requirement is None or self.funding is None:
            return None
        return self.requirement - self.funding - self.savings

    @property
    def unmet(self) -> int | None:
        """The gap that planned use of reserves does not meet."""
        return None if self.gap is None else self.gap - self.reserve_use


@dataclass(frozen=True)
class Change:
    """One changed assumption, from a year onwards (or in that year alone)."""

    kind: str
    value: Decimal
    from_year: int
    only: bool = False

    def applies(self, year: int) -> bool:
        return year == self.from_year if self.only else year >= self.from_year


def budget(plan: Plan) -> dict[int, BudgetYear]:
    """The budget of the base year and of every year of the plan."""
    drawn = reserves.drawn_to_balance(plan)
    saved = savings(plan)
    known = {row.year: row for row in plan.years}
    result = {}
    for year in plan.dates:
        row = known.get(year, Year(year))
        result[year] = BudgetYear(
            year=year,
            requirement=row.requirement_k,
            grant=row.grant_k,
            precept=council_tax.precept_k(row.band_d, row.tax_base),
            other=row.other_k,
            savings=saved.get(year, 0),
            reserve_use=drawn.get(year, 0),
        )
    return result


def savings(plan: Plan) -> dict[int, int]:
    """Savings counted in each year's budget: all but those found not achievable."""
    totals = dict.fromkeys(plan.dates, 0)
    for line in plan.savings:
        if line.status != "not_achievable":
            for year, amount in line.amounts.items():
                totals[year] = totals.get(year, 0) + (amount or 0)
    return totals


def general_percent(plan: Plan) -> dict[int, Decimal | None]:
    """The general reserve at each 31 March as a percentage of that year's net budget requirement."""
    totals = reserves.balances(plan).totals["general"]
    known = {row.year: row.requirement_k for row in plan.years}
    return {year: money.percentage(totals[year], known.get(year) or 0) for year in plan.dates}


def floor_k(plan: Plan) -> dict[int, int | None]:
    """The local floor of the general reserve in thousands: the policy percentage of each year's requirement."""
    known = {row.year: row.requirement_k for row in plan.years}
    return {
        year: None if known.get(year) is None else int(money.half_up(known[year] * plan.floor_pct / 100, 0))
        for year in plan.dates
    }


def apply(plan: Plan, changes: list[Change]) -> Plan:
    """The plan under a scenario: changed assumptions, and the change in the gap taken to the balancing reserve."""
    base = budget(plan)
    years = _changed_years(plan, changes)
    share = {c.from_year: c.value for c in changes if c.kind == "savings_pct"}
    lines = plan.savings
    if share:
        lines = tuple(replace(line, amounts=_delivered(line.amounts, changes)) for line in plan.savings)
    changed = replace(plan, years=years, savings=lines)
    after = budget(changed)
    return _balanced(changed, {year: _difference(base[year].gap, after[year].gap) for year in plan.period})


def _difference(before: int | None, after: int | None) -> int:
    return 0 if before is None or after is None else after - before


def _changed_years(plan: Plan, changes: list[Change]) -> tuple[Year, ...]:
    rows: list[Year] = []
    previous_base = plan.year(plan.base_year)
    previous = previous_base
    pay_ratio = price_ratio = Decimal(1)
    for year in plan.dates:
        base = plan.year(year)
        row = base
        if year > plan.base_year:
            for change in (c for c in changes if c.applies(year)):
                row, pay_ratio, price_ratio = _one(change, base, row, previous, pay_ratio, price_ratio)
            row = _carried(changes, base, row, previous_base, previous, year)
            extra = _growth(base.pay_bill_k, pay_ratio) + _growth(base.non_pay_k, price_ratio)
            if extra and row.requirement_k is not None:
                row = replace(row, requirement_k=row.requirement_k + extra)
        rows.append(row)
        previous_base, previous = base, row
    return tuple(rows)


def _one(change, base, row, previous, pay_ratio, price_ratio):
    """One change on one year. Pay and prices compound: a higher award stays in the pay bill of later years."""
    kind, value = change.kind, change.value
    label = f"{base.year - 1}/{base.year % 100:02d}"
    if kind == "grant_pct":
        row = replace(row, grant_k=_scaled(_needed(row.grant_k, "grant", label), value))
    elif kind == "band_d_pounds":
        row = replace(row, band_d=council_tax.raised(_needed(previous.band_d, "band D charge", label), pounds=value))
    elif kind == "band_d_pct":
        row = replace(row, band_d=council_tax.raised(_needed(previous.band_d, "band D charge", label), percent=value))
    elif kind == "tax_base_pct":
        grown = _needed(previous.tax_base, "tax base", label) * (1 + value / 100)
        row = replace(row, tax_base=money.half_up(grown, 2))
    elif kind == "pay_pct":
        _needed(base.pay_bill_k, "pay bill", label)
        pay_ratio *= (1 + value / 100) / (1 + _needed(base.pay_pct, "pay assumption", label) / 100)
    elif kind == "price_pct":
        _needed(base.non_pay_k, "non-pay spending", label)
        price_ratio *= (1 + value / 100) / (1 + _needed(base.price_pct, "price assumption", label) / 100)
    elif kind == "requirement_k":
        row = replace(row, requirement_k=_needed(row.requirement_k, "net budget requirement", label) + int(value))
    elif kind != "savings_pct":
        raise ScenarioError(f"“{kind}” is not a change the plan knows.")
    return row, pay_ratio, price_ratio


def _carried(changes, base, row, previous_base, previous, year):
    """A one-year change of band D or tax base carries on: later years keep their own rise on the new level."""
    kinds = {c.kind for c in changes if c.applies(year)}
    steady_charge = None not in (base.band_d, previous_base.band_d) and previous.band_d != previous_base.band_d
    if steady_charge and not kinds & {"band_d_pounds", "band_d_pct"}:
        row = replace(row, band_d=money.half_up(previous.band_d * base.band_d / previous_base.band_d, 2))
    steady_base = None not in (base.tax_base, previous_base.tax_base) and previous.tax_base != previous_base.tax_base
    if steady_base and previous_base.tax_base and "tax_base_pct" not in kinds:
        row = replace(row, tax_base=money.half_up(previous.tax_base * base.tax_base / previous_base.tax_base, 2))
    return row


def _needed(value, what: str, label: str):
    if value is None:
        raise ScenarioError(f"The {what} of {label} is to be confirmed. Enter it before you use this change.")
    return value


def _scaled(amount: int, percent: Decimal) -> int:
    return int(money.half_up(amount * (1 + percent / 100), 0))


def _growth(amount: int | None, ratio: Decimal) -> int:
    return 0 if amount is None or ratio == 1 else int(money.half_up(amount * (ratio - 1), 0))


def _delivered(amounts: dict[int, int | None], changes: list[Change]) -> dict[int, int | None]:
    result = dict(amounts)
    for change in (c for c in changes if c.kind == "savings_pct"):
        for year, amount in amounts.items():
            if amount is not None and change.applies(year):
                result[year] = int(money.half_up(amount * change.value / 100, 0))
    return result


def _balanced(plan: Plan, extra: dict[int, int]) -> Plan:
    """Draw each year's larger gap from the balancing reserve; a smaller gap is paid into it."""
    if not plan.balancing_reserve or not plan.reserve(plan.balancing_reserve):
        return plan
    added = [
        Movement(
            ref=f"scenario-{year}",
            kind="use" if amount > 0 else "contribution",
            reserve=plan.balancing_reserve,
            year=year,
            amount_k=abs(amount),
            what_for="Change in the budget gap under this scenario",
            to_balance=True,
        )
        for year, amount in extra.items()
        if amount
    ]
    return replace(plan, movements=(*plan.movements, *added))
