"""The figures of one version of a medium term financial plan, as plain values.

Everything the register works out (totals, gap, scenarios, findings, comparison, workbook) is a function of these
values, so that the same sums serve the live plan, a sealed snapshot, an uploaded workbook and a scenario. Amounts
ending in `_k` are integers in thousands of pounds; `band_d` is pounds and pence, `tax_base` homes, `_pct` per cent,
all `Decimal`. A year is the year in which it ends (`finance.years`). None means to be confirmed, never nil.
"""

from dataclasses import dataclass, field
from decimal import Decimal

GROUPS = {"earmarked": "Earmarked", "contingency": "Contingency", "capital": "Capital", "general": "General"}
CATEGORIES = {
    "A": "Planned spending on projects and programmes within this plan",
    "B": "Specific projects and programmes beyond this plan",
    "C": "General contingency, or held for other needs under sound financial management",
}
KINDS = {"contribution": "Contribution", "use": "Use", "transfer": "Transfer"}
BASES = {"actual": "Actual", "forecast": "Forecast"}
SAVING_STATES = {
    "identified": "Identified",
    "planned": "Planned",
    "in_delivery": "In delivery",
    "delivered": "Delivered",
    "at_risk": "At risk",
    "not_achievable": "Not achievable",
}
SOURCES = {
    "receipts": "Capital receipts",
    "grant": "Capital grant",
    "revenue": "Revenue contribution",
    "reserves": "Reserves",
    "borrowing": "Borrowing",
    "partners": "Partners and developers",
}


@dataclass(frozen=True)
class Reserve:
    """A pot of money held for a reason. Each has a reason, a use, a controller and a review date (CIPFA LAAP 99)."""

    ref: str
    name: str
    group: str
    categories: str = "A"
    opening_k: int = 0
    opening_basis: str = "forecast"
    purpose: str = ""
    intention: str = ""
    restricted: bool = False
    controller: str = ""
    review_date: str = ""
    funding_plan: str = ""
    order: int = 0

    @property
    def codes(self) -> list[str]:
        return [code for code in self.categories.replace(" ", "").split(",") if code]


@dataclass(frozen=True)
class Movement:
    """Money into a reserve, out of it, or from it to another. One row carries both ends of a transfer, so it balances."""

    ref: str
    kind: str
    reserve: str
    year: int
    amount_k: int
    what_for: str = ""
    to_reserve: str = ""
    to_balance: bool = False
    order: int = 0


@dataclass(frozen=True)
class Split:
    """How much of a balance at 31 March falls in one Home Office category."""

    reserve: str
    year: int
    category: str
    amount_k: int


@dataclass(frozen=True)
class Actual:
    """The balance at 31 March as the accounts closed it."""

    reserve: str
    year: int
    amount_k: int


@dataclass(frozen=True)
class Year:
    """One financial year of the plan, or its base year."""

    year: int
    requirement_k: int | None = None
    grant_k: int | None = None
    other_k: int | None = None
    band_d: Decimal | None = None
    tax_base: Decimal | None = None
    pay_bill_k: int | None = None
    non_pay_k: int | None = None
    pay_pct: Decimal | None = None
    price_pct: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class Line:
    """A line with an amount in each year: a saving, a workforce category, a capital scheme or a source of capital."""

    ref: str
    title: str
    order: int = 0
    heading: str = ""
    status: str = ""
    owner: str = ""
    note: str = ""
    total: bool = False
    amounts: dict[int, int | None] = field(default_factory=dict)
    """None is “to be confirmed”; a year that is absent has no figure at all."""


def total_title(lines) -> str:
    """What the total of some lines adds up: savings found not achievable are shown and not counted."""
    return (
        "Total, without what is not achievable" if any(line.status == "not_achievable" for line in lines) else "Total"
    )


@dataclass(frozen=True)
class Plan:
    """One version of the plan."""

    title: str
    base_year: int
    year_count: int = 4
    number: int = 1
    status: str = "draft"
    floor_pct: Decimal = Decimal("5.00")
    national_pct: Decimal = Decimal("5.00")
    balancing_reserve: str = ""
    general_reason: str = ""
    robustness: str = ""
    adequacy: str = ""
    section25: str = ""
    note: str = ""
    unstated: str = ""
    """Balance dates for which no figures were given, as "2023" or "2022,2023": shown as to be confirmed."""
    years: tuple[Year, ...] = ()
    reserves: tuple[Reserve, ...] = ()
    movements: tuple[Movement, ...] = ()
    splits: tuple[Split, ...] = ()
    actuals: tuple[Actual, ...] = ()
    savings: tuple[Line, ...] = ()
    workforce: tuple[Line, ...] = ()
    capital: tuple[Line, ...] = ()
    capital_funding: tuple[Line, ...] = ()

    @property
    def period(self) -> list[int]:
        """The years of the plan, without its base year."""
        return list(range(self.base_year + 1, self.base_year + self.year_count + 1))

    @property
    def dates(self) -> list[int]:
        """Every balance date, the opening one first."""
        return [self.base_year, *self.period]

    @property
    def stated(self) -> list[int]:
        """The balance dates for which figures were given."""
        missing = {int(year) for year in self.unstated.split(",") if year}
        return [year for year in self.dates if year not in missing]

    def year(self, year: int) -> Year:
        return next((row for row in self.years if row.year == year), Year(year))

    def reserve(self, ref: str) -> Reserve | None:
        return next((row for row in self.reserves if row.ref == ref), None)
