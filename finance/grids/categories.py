"""The grid of Home Office categories: how each dual-coded balance divides at each 31 March."""

from dataclasses import replace

from finance import figures, reserves, years
from finance.grids.base import Cell, Grid, Reader, Row, shown, typed_money


def build(plan: figures.Plan) -> Grid:
    held, parts = reserves.balances(plan), reserves.split_parts(plan)
    rows = []
    for reserve in plan.reserves:
        if len(reserve.codes) < 2:
            continue
        rows.append(
            Row(
                reserve.name,
                [
                    shown(held.closing(reserve.ref, y), label=f"{reserve.name}, balance at {years.closing_label(y)}")
                    for y in plan.dates
                ],
                "group",
            )
        )
        for code in reserve.codes:
            cells = [
                Cell("money", f"s.{reserve.ref}.{code}.{year}", typed_money(parts.get((reserve.ref, year), {}).get(code)),
                     f"{reserve.name}, category {code} at {years.closing_label(year)}", posts=f"sum:{reserve.ref}|1", col=str(year))
                for year in plan.dates
            ]  # fmt: skip
            rows.append(Row(f"Category {code}", cells))
        sums = [
            shown(
                sum(parts.get((reserve.ref, y), {}).values()),
                key=f"shown:{reserve.ref}",
                col=str(y),
                terms=f"sum:{reserve.ref}|1",
                label=f"{reserve.name}, sum of categories at {years.closing_label(y)}",
            )
            for y in plan.dates
        ]
        rows.append(Row("Sum of the categories", sums, "total"))
    return Grid(
        "categories", "Home Office categories",
        "Reserves in more than one category need the amount in each at each date, in thousand pounds. The parts must sum to the balance.",
        [years.closing_label(year) for year in plan.dates], rows, back="finance_reserves",
    )  # fmt: skip


def parse(plan: figures.Plan, data) -> tuple[figures.Plan, dict[str, str]]:
    """Read the parts. Those of one balance that do not sum to it are at fault together."""
    reader, held, found = Reader(data), reserves.balances(plan), []
    for reserve in plan.reserves:
        for year in plan.dates if len(reserve.codes) > 1 else ():
            names = {code: f"s.{reserve.ref}.{code}.{year}" for code in reserve.codes}
            amounts = {code: reader.thousands(name) for code, name in names.items()}
            given = {code: amount for code, amount in amounts.items() if amount is not None}
            balance = held.closing(reserve.ref, year)
            if given and sum(given.values()) != balance:
                reader.errors.setdefault(
                    names[reserve.codes[0]],
                    f"The categories sum to {sum(given.values()):,}, but the balance is {balance:,}.",
                )
            found += [figures.Split(reserve.ref, year, code, amount) for code, amount in given.items()]
    return replace(plan, splits=tuple(found)), reader.errors
