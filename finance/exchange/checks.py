"""Whether a plan from outside can be saved at all: types, lengths, ranges, and rows that point at one another.

Forms check as people type; a file arrives whole, so all of this is checked before anything is touched.
"""

import re
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import get_type_hints

from finance import figures, money, reserves, years
from finance.rows import RowError

LENGTHS = {
    "ref": 40, "name": 120, "title": 160, "controller": 120, "what_for": 200, "heading": 120, "status": 20, "owner": 120,
    "note": 300, "balancing_reserve": 40, "unstated": 60,
}  # fmt: skip
PARTS = {
    "year": "years", "reserve": "reserves", "movement": "movements", "split": "splits", "actual": "actuals", "saving": "savings",
    "workforce": "workforce", "capital": "capital", "capital-funding": "capital_funding",
}  # fmt: skip
LONG = {"Plan": {"note"}, "Year": {"note"}}
"""Texts without a limit, although another row's text of the same name has one."""

_REF = re.compile(r"[-a-zA-Z0-9_]+", re.ASCII)
_PLACES = Decimal("0.01")


def checked(plan: figures.Plan) -> figures.Plan:
    """The plan itself, once it is sure that it can be saved. Raises `RowError` naming the row at fault."""
    _values("plan", plan)
    if not years.FIRST <= plan.base_year <= years.LAST or not 1 <= plan.year_count <= 12:
        raise RowError("plan: the base year must be from 2000 to 2099, with 1 to 12 years after it.")
    if any(not part.isdecimal() or int(part) not in plan.dates for part in plan.unstated.split(",") if plan.unstated):
        raise RowError(f"plan: “{plan.unstated}” does not name balance dates of the plan.")
    for kind, name in PARTS.items():
        for item in getattr(plan, name):
            _values(f"{kind}:{getattr(item, 'ref', getattr(item, 'year', ''))}", item)
    _reserves(plan)
    _references(plan)
    return plan


def _values(where: str, item) -> None:
    """Every field has the type, the length and the range that it is kept in."""
    hints, owner = get_type_hints(type(item)), type(item).__name__
    for each in fields(item):
        value, hint = getattr(item, each.name), str(hints[each.name])
        if isinstance(value, tuple | dict):
            continue
        wanted = bool if "bool" in hint else int if "int" in hint else Decimal if "Decimal" in hint else str
        if value is None and "None" in hint:
            continue
        if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
            raise RowError(f"{where}: {each.name} cannot be “{value}”.")
        if wanted is int and abs(value) > money.LARGEST:
            raise RowError(f"{where}: {each.name} is too large.")
        if wanted is Decimal and (not value.is_finite() or abs(value) >= 10**8 or value != value.quantize(_PLACES)):
            raise RowError(f"{where}: {each.name} cannot be {value}. It may have two decimal places.")
        if wanted is Decimal and (
            (each.name.endswith("_pct") and abs(value) > 100) or (each.name == "band_d" and not 0 <= value < 10**6)
        ):
            raise RowError(f"{where}: {each.name} cannot be {value}.")
        if wanted is str:
            limit = None if each.name in LONG.get(owner, ()) else LENGTHS.get(each.name)
            if limit and len(value) > limit:
                raise RowError(f"{where}: {each.name} has {len(value)} characters, and may have {limit}.")
            if "\x00" in value:
                raise RowError(f"{where}: {each.name} has a character that cannot be kept.")
            if each.name == "ref" and not _REF.fullmatch(value):
                raise RowError(f"{where}: a reference has letters, digits and hyphens only.")


def _reserves(plan: figures.Plan) -> None:
    names: set[str] = set()
    for reserve in plan.reserves:
        where = f"reserve:{reserve.ref}"
        if reserve.group not in figures.GROUPS:
            raise RowError(f"{where}: “{reserve.group}” is not a group of reserves.")
        if reserve.categories not in ("A", "B", "C", "A,B", "A,C", "B,C", "A,B,C"):
            raise RowError(f"{where}: “{reserve.categories}” is not a Home Office category.")
        if reserve.opening_basis not in figures.BASES:
            raise RowError(f"{where}: an opening balance is actual or forecast.")
        if not reserve.name.strip() or reserve.name in names:
            raise RowError(f"{where}: every reserve needs a name of its own.")
        names.add(reserve.name)
        try:
            if reserve.review_date:
                date.fromisoformat(reserve.review_date)
        except ValueError:
            raise RowError(f"{where}: “{reserve.review_date}” is not a date. Write it as 2019-09-30.") from None


def _references(plan: figures.Plan) -> None:
    known = {reserve.ref for reserve in plan.reserves}
    for movement in plan.movements:
        where = f"movement:{movement.ref}"
        if movement.kind not in figures.KINDS:
            raise RowError(f"{where}: “{movement.kind}” is not a kind of movement.")
        try:
            reserves.check(movement, known)
        except reserves.MovementError as error:
            raise RowError(f"{where}: {error}") from error
        if movement.kind == "transfer" and movement.to_balance:
            raise RowError(f"{where}: a transfer does not balance the budget.")
        if movement.year not in plan.period:
            raise RowError(f"{where}: {movement.year} is not a year of the plan.")
    for item in (*plan.splits, *plan.actuals, *plan.years):
        if item.year not in plan.dates:
            raise RowError(f"{item.year} is not a year of the plan.")
        if getattr(item, "category", "A") not in figures.CATEGORIES:
            raise RowError(f"“{item.category}” is not a Home Office category.")
    for saving in plan.savings:
        if saving.status and saving.status not in figures.SAVING_STATES:
            raise RowError(f"saving:{saving.ref}: the status must be one of {', '.join(figures.SAVING_STATES)}.")
    for line in (*plan.savings, *plan.workforce, *plan.capital, *plan.capital_funding):
        for year, amount in line.amounts.items():
            if year not in plan.dates:
                raise RowError(f"{line.ref}: {year} is not a year of the plan.")
            if amount is not None and (
                not isinstance(amount, int) or isinstance(amount, bool) or abs(amount) > money.LARGEST
            ):
                raise RowError(f"{line.ref}: “{amount}” is not an amount.")
