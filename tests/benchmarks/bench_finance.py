"""How long the sums take at the largest size a plan may have: 60 reserves, 12 years, 10 versions.

    .venv/bin/python tests/benchmarks/bench_finance.py

Each figure is the best of several runs, in milliseconds; a scenario must stay under 200.
"""

import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import itertools

from finance import budget, compare, findings, reserves, rows
from finance.figures import Line, Movement, Plan, Reserve, Year

RESERVES, YEARS, VERSIONS = 60, 12, 10
LIMIT_MS = 200


def large_plan(version: int = 1) -> Plan:
    groups = ["earmarked", "contingency", "capital", "general"]
    made = tuple(
        Reserve(f"r{n}", f"Reserve {n}", groups[n % 4], "A,B" if n % 7 == 0 else "A", 1000 + n) for n in range(RESERVES)
    )
    years = range(2021, 2021 + YEARS)
    moves = tuple(
        Movement(f"m{n}-{y}-{k}", ("contribution", "use", "transfer")[k], f"r{n}", y, 10 + version, "Work",
                 f"r{(n + 1) % RESERVES}" if k == 2 else "", to_balance=k == 1)
        for n in range(RESERVES) for y in years for k in range(3)
    )  # fmt: skip
    figures = tuple(
        Year(
            y,
            150000 + y,
            78000,
            6000,
            Decimal("210.69"),
            Decimal("295000.50"),
            110000,
            40000,
            Decimal("2.00"),
            Decimal("2.00"),
        )
        for y in (2020, *years)
    )
    lines = tuple(
        Line(f"s{n}", f"Saving {n}", status="planned", amounts=dict.fromkeys(years, 50 + n)) for n in range(40)
    )
    return Plan(
        "Large",
        2020,
        YEARS,
        version,
        balancing_reserve="r0",
        years=figures,
        reserves=made,
        movements=moves,
        savings=lines,
    )


def best(work: Callable[[], object], runs: int = 5) -> float:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def scenario(plan: Plan) -> None:
    changes = [
        budget.Change("grant_pct", Decimal(1), 2021),
        budget.Change("band_d_pounds", Decimal(12), 2021),
        budget.Change("pay_pct", Decimal(3), 2021),
    ]
    changed = budget.apply(plan, changes)
    budget.budget(changed)
    reserves.balances(changed)
    budget.general_percent(changed)


def measure() -> dict[str, float]:
    plan = large_plan()
    versions = [rows.dump(large_plan(version)) for version in range(1, VERSIONS + 1)]
    return {
        "balances": best(lambda: reserves.balances(plan)),
        "scenario, with gap, reserves and percentages": best(lambda: scenario(plan)),
        "findings": best(lambda: findings.check(plan)),
        "snapshot": best(lambda: rows.dump(plan)),
        "comparison of two versions": best(lambda: compare.compare(versions[0], versions[-1])),
        "comparison of ten versions, each with the next": best(
            lambda: [compare.compare(a, b) for a, b in itertools.pairwise(versions)], runs=2
        ),
    }


def run() -> list[tuple]:
    """Rows for the table of all benchmarks."""
    limits = {"scenario, with gap, reserves and percentages": LIMIT_MS}
    return [(name, round(value, 1), "ms", limits.get(name)) for name, value in measure().items()]


if __name__ == "__main__":
    found = measure()
    for name, milliseconds in found.items():
        print(f"{name:50} {milliseconds:8.1f} ms")
    sys.exit(found["scenario, with gap, reserves and percentages"] > LIMIT_MS)
