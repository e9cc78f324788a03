"""The reserves of the source paper as a plan, read from the demonstration's own data file."""

import csv
import itertools
from dataclasses import replace
from pathlib import Path

from finance.figures import Movement, Plan, Reserve

DATA = Path(__file__).resolve().parents[2] / "finance" / "demo" / "reserves.csv"
YEARS = [2019, 2020, 2021, 2022]


def printed() -> list[dict]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def values(row: dict) -> list[int]:
    return [int(row[f"value_{column}_k"]) for column in (1, 2, 3, 4)]


def reserves_plan(**changes) -> Plan:
    """Twelve reserves with the printed closings, the first column taken as 31 March 2019 and three years following."""
    reserves, movements = [], []
    for order, row in enumerate(row for row in printed() if row["group"] != "TOTAL"):
        ref = f"r{row['line']}"
        amounts = values(row)
        reserves.append(
            Reserve(
                ref=ref,
                name=row["name"],
                group=row["group"].lower(),
                categories=row["home_office_category"].replace(" ", ""),
                opening_k=amounts[0],
                purpose=row["note"],
                order=order,
            )
        )
        for year, (before, after) in zip(YEARS[1:], itertools.pairwise(amounts), strict=True):
            if after != before:
                kind = "contribution" if after > before else "use"
                movements.append(Movement(f"{ref}-{year}", kind, ref, year, abs(after - before), "Implied"))
    plan = Plan(title="Reserves", base_year=2019, year_count=3, reserves=tuple(reserves), movements=tuple(movements))
    return replace(plan, **changes)
