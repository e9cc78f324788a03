"""A plan as flat rows under permanent ids: the one form that is sealed, compared, exported and imported.

`{"format": 1, "plan": {...}, "rows": {"reserve:general-reserve": {...}}, "derived": {"total:usable": {...}}}`.
Rows hold integers, text, booleans and null only; decimals travel as text ("210.69") so that no reader turns them into
binary fractions. "TBC" stands for a figure that is to be confirmed. `derived` is worked out again on reading and never
trusted from outside.
"""

from dataclasses import fields
from decimal import Decimal

from finance import budget, council_tax, reserves
from finance.figures import Actual, Line, Movement, Plan, Reserve, Split, Year

FORMAT = 1
TO_BE_CONFIRMED = "TBC"
LINES = {
    "saving": "savings",
    "workforce": "workforce",
    "capital": "capital",
    "capital-funding": "capital_funding",
}
_COLLECTIONS = {"years", "reserves", "movements", "splits", "actuals", *LINES.values()}
_DECIMALS = {"floor_pct", "national_pct", "band_d", "tax_base", "pay_pct", "price_pct"}


class RowError(ValueError):
    """Rows that are not a plan: an unknown format, a missing field, a row that belongs to nothing."""


def plain(value):
    return str(value) if isinstance(value, Decimal) else value


def dump(plan: Plan) -> dict:
    """The plan as flat rows, derived figures included."""
    rows: dict[str, dict] = {}
    for year in plan.years:
        rows[f"year:{year.year}"] = _fields(year, skip={"year"})
    for reserve in plan.reserves:
        rows[f"reserve:{reserve.ref}"] = _fields(reserve, skip={"ref"})
    for split in plan.splits:
        rows[f"reserve:{split.reserve}"][f"split_{split.year}_{split.category}"] = split.amount_k
    for actual in plan.actuals:
        rows[f"reserve:{actual.reserve}"][f"actual_{actual.year}"] = actual.amount_k
    for movement in plan.movements:
        rows[f"movement:{movement.ref}"] = _fields(movement, skip={"ref"})
    for kind, name in LINES.items():
        for line in getattr(plan, name):
            row = _fields(line, skip={"ref", "amounts"})
            row |= {f"amount_{y}": TO_BE_CONFIRMED if a is None else a for y, a in sorted(line.amounts.items())}
            rows[f"{kind}:{line.ref}"] = row
    return {
        "format": FORMAT,
        "plan": {f.name: plain(getattr(plan, f.name)) for f in fields(Plan) if f.name not in _COLLECTIONS},
        "rows": rows,
        "derived": derived(plan),
    }


def load(data: dict) -> Plan:
    """The plan from flat rows; `load(dump(plan)) == plan` for every plan. Raises `RowError` with a sentence."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise RowError("This is not a financial plan this portal can read (format 1).")
    try:
        head = {f.name: _typed(f.name, data["plan"][f.name]) for f in fields(Plan) if f.name in data["plan"]}
        parts: dict[str, list] = {name: [] for name in _COLLECTIONS}
        for key, row in data["rows"].items():
            kind, _, ref = key.partition(":")
            _read_row(kind, ref, row, parts)
        return Plan(**head, **{name: tuple(items) for name, items in parts.items()})
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise RowError(f"The financial plan cannot be read: {error}.") from error


def derived(plan: Plan) -> dict[str, dict]:
    """What the plan's own figures add up to, under ids of their own."""
    held = reserves.balances(plan)
    stated = set(plan.stated)
    result: dict[str, dict] = {}
    for kind, table in (("reserve", held.by_reserve), ("total", held.totals), ("category", held.categories)):
        for key, amounts in table.items():
            result[f"{kind}:{key}"] = {f"closing_{y}": a if y in stated else None for y, a in amounts.items()}
    shares = budget.general_percent(plan)
    floors = budget.floor_k(plan)
    for year, row in budget.budget(plan).items():
        result[f"budget:{year}"] = {
            "precept_k": row.precept,
            "funding_k": row.funding,
            "savings_k": row.savings,
            "gap_k": row.gap,
            "reserve_use_k": row.reserve_use,
            "unmet_k": row.unmet,
            "general_pct": plain(shares[year]) if year in stated else None,
            "floor_k": floors[year],
        }
        before, after = plan.year(year - 1).band_d, plan.year(year).band_d
        if before is not None and after is not None:
            rise = council_tax.Increase(before, after)
            result[f"budget:{year}"] |= {"increase": plain(rise.pounds), "increase_pct": plain(rise.percent)}
    return result


def _fields(item, *, skip: set[str]) -> dict:
    return {f.name: plain(getattr(item, f.name)) for f in fields(item) if f.name not in skip}


def _typed(name: str, value):
    return Decimal(value) if name in _DECIMALS and value is not None else value


def _read_row(kind: str, ref: str, row: dict, parts: dict[str, list]) -> None:
    if kind == "year":
        parts["years"].append(Year(int(ref), **{name: _typed(name, value) for name, value in row.items()}))
    elif kind == "reserve":
        own = {}
        for name, value in row.items():
            if name.startswith("split_"):
                _, year, category = name.split("_")
                parts["splits"].append(Split(ref, int(year), category, value))
            elif name.startswith("actual_"):
                parts["actuals"].append(Actual(ref, int(name.removeprefix("actual_")), value))
            else:
                own[name] = value
        parts["reserves"].append(Reserve(ref, **own))
    elif kind == "movement":
        parts["movements"].append(Movement(ref, **row))
    elif kind in LINES:
        amounts = {
            int(name.removeprefix("amount_")): None if value == TO_BE_CONFIRMED else value
            for name, value in row.items()
            if name.startswith("amount_")
        }
        own = {name: value for name, value in row.items() if not name.startswith("amount_")}
        parts[LINES[kind]].append(Line(ref, amounts=amounts, **own))
    else:
        raise RowError(f"“{kind}:{ref}” is not a row of a financial plan")
