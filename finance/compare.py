"""What changed between two versions of a plan, line by line.

Works on flat rows (`finance.rows`), so every change names its row by its permanent id: a reserve that was renamed is
the same reserve, and inserting a line above others changes nothing else. `apply(before, compare(before, after))` gives
`after`, which proves that the list of changes leaves nothing out.
"""

import copy

from boards.reports import Change
from finance import money, years

SECTIONS = ("plan", "rows", "derived")
ABSENT = "\u0000absent"
QUIET = {"order"}
FIELD_WORDS = {
    "opening_k": "opening balance",
    "opening_basis": "opening balance is",
    "requirement_k": "net budget requirement",
    "grant_k": "grant",
    "other_k": "other funding",
    "band_d": "band D charge",
    "tax_base": "tax base",
    "pay_bill_k": "pay bill",
    "non_pay_k": "non-pay spending",
    "pay_pct": "pay assumption",
    "price_pct": "price assumption",
    "precept_k": "precept",
    "funding_k": "funding",
    "savings_k": "savings",
    "gap_k": "budget gap",
    "reserve_use_k": "use of reserves to balance",
    "unmet_k": "gap still to be met",
    "general_pct": "general reserve as a share of the requirement",
    "floor_k": "floor of the general reserve",
    "increase": "rise in band D",
    "increase_pct": "rise in band D",
    "amount_k": "amount",
    "what_for": "what for",
    "to_reserve": "goes to",
    "to_balance": "balances the budget",
    "funding_plan": "plan to fund it",
    "review_date": "review date",
    "floor_pct": "floor of the general reserve",
    "national_pct": "national level to justify",
    "balancing_reserve": "reserve that balances the budget",
}


def compare(before: dict, after: dict) -> list[Change]:
    """Typed changes from one snapshot to another, in the order of the later one."""
    changes = [*_fields("plan", before["plan"], after["plan"], "The plan")]
    for section in ("rows", "derived"):
        changes += _section(section, before[section], after[section], before, after)
    return changes


def _section(section: str, old: dict, new: dict, before: dict, after: dict) -> list[Change]:
    changes = []
    for ref, row in new.items():
        title = title_of(ref, after)
        if ref not in old:
            changes.append(Change(_ref(section, ref), "added", "", None, copy.deepcopy(row), title))
        else:
            changes += _fields(_ref(section, ref), old[ref], row, title)
    for ref, row in old.items():
        if ref not in new:
            changes.append(Change(_ref(section, ref), "removed", "", copy.deepcopy(row), None, title_of(ref, before)))
    return changes


def _fields(ref: str, old: dict, new: dict, title: str) -> list[Change]:
    names = [*new, *(name for name in old if name not in new)]
    return [
        Change(ref, "moved" if name in QUIET else "changed", name, old.get(name, ABSENT), new.get(name, ABSENT), title)
        for name in names
        if old.get(name, ABSENT) != new.get(name, ABSENT) or type(old.get(name)) is not type(new.get(name))
    ]


def _ref(section: str, ref: str) -> str:
    return f"={ref}" if section == "derived" else ref


def apply(before: dict, changes: list[Change]) -> dict:
    """The later snapshot from the earlier one and the list of changes."""
    after = copy.deepcopy(before)
    for change in changes:
        if change.ref == "plan":
            table, key = after, "plan"
        else:
            table, key = after["derived" if change.ref.startswith("=") else "rows"], change.ref.removeprefix("=")
        if change.kind == "added":
            table[key] = copy.deepcopy(change.new)
        elif change.kind == "removed":
            del table[key]
        elif change.new == ABSENT:
            del table[key][change.field]
        else:
            table[key][change.field] = change.new
    return after


def title_of(ref: str, snapshot: dict) -> str:
    """What a row is called on the page."""
    kind, _, key = ref.partition(":")
    row = snapshot["rows"].get(ref, {})
    if kind in ("year", "budget"):
        return years.label(int(key))
    if kind == "movement":
        reserve = snapshot["rows"].get(f"reserve:{row.get('reserve')}", {})
        return f"{reserve.get('name', row.get('reserve', key))}: {row.get('what_for') or row.get('kind', '')}"
    if kind == "total":
        from finance.reserves import TOTALS

        return TOTALS.get(key, key)
    if kind == "category":
        from finance.reserves import CATEGORY_TITLES

        return CATEGORY_TITLES.get(key, key)
    return row.get("name") or row.get("title") or key


def field_words(name: str) -> str:
    """A field as the page says it: “balance at 31 March 2020”, “grant”."""
    head, _, tail = name.rpartition("_")
    if tail.isdigit() and head in ("closing", "actual", "amount"):
        year = int(tail)
        return {
            "closing": f"balance at {years.closing_label(year)}",
            "actual": f"actual balance at {years.closing_label(year)}",
            "amount": years.label(year),
        }[head]
    if name.startswith("split_"):
        _, year, code = name.split("_")
        return f"category {code} at {years.closing_label(int(year))}"
    return FIELD_WORDS.get(name, name.removesuffix("_k").replace("_", " "))


def value_words(name: str, value) -> str:
    """A value as the page says it; money in thousands with brackets, “to be confirmed”, “none”."""
    if value == ABSENT or value is None:
        return "to be confirmed" if value is None else "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and (
        name.endswith("_k") or name.split("_", maxsplit=1)[0] in ("closing", "actual", "amount", "split")
    ):
        return money.brackets(value)
    if name in ("band_d", "increase"):
        return f"£{value}"
    if name.endswith("_pct"):
        return f"{value}%"
    if name == "status":
        return str(value).replace("_", " ")
    return "to be confirmed" if value == "TBC" else str(value) or "none"


def news(changes: list[Change]) -> list[Change]:
    """The changes a board wants to read: without mere order, and without sums that only follow from a new year."""
    return [
        change
        for change in changes
        if change.kind != "moved" and not (change.ref.startswith("=") and change.kind != "changed")
    ]


def line(change: Change) -> list[str]:
    """One change as cells of a table: what, which figure, was, is now."""
    if change.kind in ("added", "removed"):
        return [
            change.title,
            "the whole line",
            *(["none", "added"] if change.kind == "added" else ["there", "removed"]),
        ]
    old, new = value_words(change.field, change.old), value_words(change.field, change.new)
    return [change.title, field_words(change.field), old, new]


def sentence(change: Change) -> str:
    """One change in words: “Budget Assistance Reserve, balance at 31 March 2021: from (1,682) to (1,582)”."""
    if change.kind == "added":
        return f"{change.title}: added"
    if change.kind == "removed":
        return f"{change.title}: removed"
    old, new = value_words(change.field, change.old), value_words(change.field, change.new)
    return f"{change.title}, {field_words(change.field)}: from {old} to {new}"
