"""The grid of the budget: requirement, funding, council tax and assumptions of each year, with the gap live."""

from dataclasses import replace
from decimal import Decimal

from finance import budget, figures, years
from finance.grids.base import Cell, Grid, Reader, Row, shown, typed_money

LINES = (
    ("requirement_k", "Net budget requirement", "money"),
    ("grant_k", "Grant", "money"),
    ("other_k", "Other funding", "money"),
    ("band_d", "Band D charge (£)", "decimal"),
    ("tax_base", "Tax base (band D equivalent homes)", "decimal"),
    ("pay_bill_k", "Pay bill", "money"),
    ("non_pay_k", "Non-pay spending", "money"),
    ("pay_pct", "Pay assumption (%)", "decimal"),
    ("price_pct", "Price assumption (%)", "decimal"),
)
DERIVED = (
    ("precept", "Precept (band D × tax base)"),
    ("savings", "Savings in the plan"),
    ("gap", "Budget gap"),
    ("reserve_use", "Use of reserves to balance"),
    ("unmet", "Still to be met"),
)
TERMS = {
    "gap": "requirement_k|1 grant_k|-1 other_k|-1 precept|-1 savings|-1",
    "unmet": "gap|1 reserve_use|-1",
}


def build(plan: figures.Plan) -> Grid:
    worked = budget.budget(plan)
    rows = []
    for name, title, kind in LINES:
        cells = []
        for year in plan.dates:
            value = getattr(plan.year(year), name)
            text = typed_money(value) if kind == "money" else "" if value is None else f"{value}"
            cells.append(
                Cell(kind, f"{name}.{year}", text, f"{title}, {years.label(year)}", posts=f"{name}|1", col=str(year))
            )
        rows.append(Row(title, cells))
        if name == "tax_base":
            rows.append(_derived(plan, worked, *DERIVED[0], product="band_d tax_base"))
    rows += [_derived(plan, worked, key, title) for key, title in DERIVED[1:]]
    return Grid(
        "budget", "Budget, council tax and assumptions",
        "Amounts are in thousand pounds, band D in pounds and pence. Leave a cell empty while the figure is to be confirmed.",
        [years.label(year) for year in plan.dates], rows, back="finance_budget",
    )  # fmt: skip


def _derived(plan, worked, key: str, title: str, product: str = "") -> Row:
    cells = []
    for year in plan.dates:
        cell = shown(
            getattr(worked[year], key),
            key=key,
            col=str(year),
            terms=TERMS.get(key, ""),
            product=product,
            label=f"{title}, {years.label(year)}",
        )
        cells.append(cell)
    return Row(title, cells, "total")


def parse(plan: figures.Plan, data) -> tuple[figures.Plan, dict[str, str]]:
    reader = Reader(data)
    read = []
    for year in plan.dates:
        values = {}
        for name, _, kind in LINES:
            cell = f"{name}.{year}"
            if cell in data:
                values[name] = reader.thousands(cell) if kind == "money" else reader.decimal(cell)
                if kind == "decimal" and values[name] is not None and (wrong := _out_of_range(name, values[name])):
                    reader.errors[cell], values[name] = wrong, None
        read.append(replace(plan.year(year), **values))
    return replace(plan, years=tuple(read)), reader.errors


def _out_of_range(name: str, value: Decimal) -> str:
    """Why a decimal cannot be right, as a sentence; empty when it can."""
    if name.endswith("_pct"):
        return "Enter a percentage between -100 and 100." if abs(value) > 100 else ""
    if value < 0:
        return "This cannot be below nil."
    most = Decimal(100_000) if name == "band_d" else Decimal(10_000_000)
    return f"{value:,} is more than this can be. Check the digits." if value > most else ""
