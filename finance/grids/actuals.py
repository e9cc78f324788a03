"""The grid of actual balances: what the accounts closed with at each 31 March, beside what the movements give."""

from dataclasses import replace

from finance import figures, reserves, years
from finance.grids.base import Cell, Grid, Reader, Row, shown, typed_money


def build(plan: figures.Plan) -> Grid:
    held = reserves.balances(plan)
    known = {(actual.reserve, actual.year): actual.amount_k for actual in plan.actuals}
    rows = []
    for reserve in plan.reserves:
        worked = [
            shown(held.closing(reserve.ref, y), label=f"{reserve.name}, worked out at {years.closing_label(y)}")
            for y in plan.dates
        ]
        typed = [
            Cell(
                "money",
                f"a.{reserve.ref}.{year}",
                typed_money(known.get((reserve.ref, year))),
                f"{reserve.name}, actual at {years.closing_label(year)}",
                col=str(year),
            )
            for year in plan.dates
        ]
        rows += [Row(reserve.name, worked, "group"), Row("Actual", typed)]
    return Grid(
        "actuals",
        "Actual balances",
        "Enter a balance once the accounts of its year are closed, in thousand pounds. Where it is not what the movements "
        "give, a finding asks for the movement that explains it.",
        [years.closing_label(year) for year in plan.dates],
        rows,
        back="finance_reserves",
    )


def parse(plan: figures.Plan, data) -> tuple[figures.Plan, dict[str, str]]:
    reader, found = Reader(data), []
    for reserve in plan.reserves:
        for year in plan.dates:
            amount = reader.thousands(f"a.{reserve.ref}.{year}")
            if amount is not None:
                found.append(figures.Actual(reserve.ref, year, amount))
    return replace(plan, actuals=tuple(found)), reader.errors
