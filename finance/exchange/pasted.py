"""A table of reserve balances pasted from a paper or a sheet: headings with dates, a line for each reserve.

Rule F1: the number of values must equal the number of date headings. When every line has one value fewer, nothing in
the table says which date is missing, so the portal asks and keeps the answer; it never goes by position.
"""

import csv
import io
import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from django.utils.text import slugify

from finance import figures, money, reserves, years

IMPLIED = "Implied by the balances brought in"
GROUP_WORDS = {"earmarked": "earmarked", "contingency": "contingency", "capital": "capital", "general": "general"}
LARGEST_TABLE = 200_000


class PasteError(ValueError):
    """A table that cannot be read. `problems` are sentences, each with its row and column."""

    def __init__(self, problems: list[str]):
        super().__init__(problems[0])
        self.problems = problems


@dataclass
class Row:
    """One line of the table as it was printed."""

    number: int
    name: str
    group: str
    categories: str
    values: list[int]


@dataclass
class Table:
    """What was read: the dates in the headings, the lines, and the totals as printed."""

    headings: list[int]
    rows: list[Row] = field(default_factory=list)
    totals: list[Row] = field(default_factory=list)

    @property
    def width(self) -> int:
        return len(self.rows[0].values)

    @property
    def needs_answer(self) -> bool:
        return self.width == len(self.headings) - 1

    @property
    def question(self) -> str:
        return (
            f"The table has {len(self.headings)} dates in its headings, but each line has {self.width} figures. "
            "Which date has no figures?"
        )


def read(text: str) -> Table:
    """Read a pasted table. Raises `PasteError` listing every cell at fault."""
    if len(text) > LARGEST_TABLE:
        raise PasteError(["The table is too long to be a table of reserves."])
    lines = [cells for cells in _lines(text) if any(cell.strip() for cell in cells[1])]
    if len(lines) < 2:
        raise PasteError(["Paste the headings and at least one reserve."])
    headings, first_value, text_columns = _headings(*lines[0])
    table, problems, group = Table(headings), [], ""
    for number, cells in lines[1:]:
        name = " ".join(cells[text_columns["name"]].split()) if len(cells) > text_columns["name"] else ""
        printed = [cell.strip() for cell in cells[first_value:]]
        while printed and printed[-1] == "":
            printed.pop()
        found = next(
            (key for word, key in GROUP_WORDS.items() if word in _cell(cells, text_columns.get("group")).lower()), ""
        )
        if not printed:
            group = next((key for word, key in GROUP_WORDS.items() if word in name.lower()), group)
            continue
        values = []
        for column, cell in enumerate(printed):
            try:
                values.append(money.parse_thousands(cell))
            except money.MoneyError as error:
                problems.append(f"Row {number}, column {first_value + column + 1}: {error}")
        is_total = (
            name.lower().startswith("total") or _cell(cells, text_columns.get("group")).strip().lower() == "total"
        )
        group_now = found or ("general" if name.lower().startswith("general") else group)
        codes = ",".join(re.findall(r"[ABC]", _cell(cells, text_columns.get("category")).upper()))
        row = Row(number, name, group_now, codes, values)
        if not name:
            problems.append(f"Row {number}: the reserve has no name.")
        elif not is_total and not group_now:
            problems.append(f"Row {number}, {name}: say whether it is earmarked, contingency, capital or general.")
        (table.totals if is_total else table.rows).append(row)
    problems += _repeated(table)
    problems += _ragged(table)
    if problems:
        raise PasteError(problems)
    return table


def _lines(text: str) -> list[tuple[int, list[str]]]:
    delimiter = "\t" if "\t" in text else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    return [(reader.line_num, cells) for cells in reader]


def _cell(cells: list[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""


def _headings(number: int, cells: list[str]) -> tuple[list[int], int, dict[str, int]]:
    """The dates of the headings, where the values start, and which text columns there are."""
    found, start, columns, problems = [], 0, {"name": 0}, []
    for index, cell in enumerate(cells):
        shown = cell.strip()
        if not found and not re.search(r"\d{4}", shown):
            lowered = shown.lower()
            for key, words in (
                ("group", ("group", "block")),
                ("category", ("categor", "code")),
                ("name", ("reserve", "name")),
            ):
                if any(word in lowered for word in words):
                    columns[key] = index
            continue
        start = start or index
        if shown:
            try:
                found.append(
                    int(shown) if re.fullmatch(r"20\d\d", shown) and found else years.parse_balance_date(shown)
                )
            except years.YearError as error:
                problems.append(f"Row {number}, column {index + 1}: {error}")
    if not found and not problems:
        problems.append(f"Row {number}: there are no dates in the headings. Write each as 31 March 2019.")
    if any(late <= early for early, late in pairwise(found)):
        problems.append(f"Row {number}: the dates must go from earliest to latest, each once.")
    if problems:
        raise PasteError(problems)
    return found, start, columns


def _repeated(table: Table) -> list[str]:
    """A reserve with two lines has two balances: which one is meant is not for the portal to choose."""
    first: dict[str, int] = {}
    found = []
    for row in table.rows:
        if (before := first.setdefault(row.name.lower(), row.number)) != row.number:
            found.append(f"Row {row.number}, {row.name}: this reserve stands in row {before} already.")
    return found


def _ragged(table: Table) -> list[str]:
    if not table.rows:
        return ["There are no reserves in the table."]
    usual, expected = len(table.rows[0].values), len(table.headings)
    wrong = [
        f"Row {row.number}, {row.name}: there are {len(row.values)} figures, but the first reserve has {usual}."
        for row in [*table.rows, *table.totals]
        if len(row.values) != usual
    ]
    if not wrong and usual > expected:
        wrong.append(f"There are {usual} figures on each line, but only {expected} dates in the headings.")
    if not wrong and usual < expected - 1:
        wrong.append(
            f"There are {expected} dates in the headings, but only {usual} figures on each line. Remove the dates without figures."
        )
    return wrong


def choices(table: Table) -> list[tuple[str, str]]:
    """The answers to the question: for each date, what the figures would then mean."""
    result = []
    for missing in table.headings:
        kept = [year for year in table.headings if year != missing]
        result.append((str(missing), f"{years.closing_label(missing)}: the figures are then for {_dates(kept)}"))
    return result


def _dates(kept: list[int]) -> str:
    return f"31 March {', '.join(str(year) for year in kept[:-1])} and {kept[-1]}"


def into(plan: figures.Plan, table: Table, *, missing: int | None = None) -> figures.Plan:
    """The plan with the balances of the table. Differences between dates become movements that say they are implied.

    Raises `PasteError` when the question is unanswered, the dates do not fit the plan, or a printed total disagrees.
    """
    if table.needs_answer and missing not in table.headings:
        raise PasteError([table.question])
    dates = [year for year in table.headings if year != missing] if table.needs_answer else table.headings
    if dates[0] != plan.base_year:
        start = years.closing_label(plan.base_year)
        raise PasteError(
            [f"The plan starts from {start}, but the first date with figures is {years.closing_label(dates[0])}."]
        )
    if outside := [year for year in dates if year not in plan.dates]:
        raise PasteError(
            [
                f"{years.closing_label(outside[0])} is outside the plan, which ends at {years.closing_label(plan.dates[-1])}."
            ]
        )
    known = {reserve.name.lower(): reserve for reserve in plan.reserves}
    kept = {reserve.ref: reserve for reserve in plan.reserves}
    brought: dict[str, dict[int, int]] = {}
    held = reserves.balances(plan)
    for row in table.rows:
        reserve = known.get(row.name.lower()) or figures.Reserve(
            _new_ref(row.name, kept), row.name, row.group, order=len(kept)
        )
        closings = dict(zip(dates, row.values, strict=True))
        same = reserve.ref in kept and all(held.by_reserve[reserve.ref][year] == closings[year] for year in dates)
        kept[reserve.ref] = replace(
            reserve, group=row.group, categories=row.categories or reserve.categories, opening_k=row.values[0]
        )
        if not same:
            brought[reserve.ref] = closings
    movements = [left for movement in plan.movements if (left := _left(movement, brought))]
    for ref, closings in brought.items():
        movements += _implied(kept[ref], closings, taken={movement.ref for movement in movements})
    unstated = ",".join(str(year) for year in plan.dates if year not in dates)
    result = replace(plan, reserves=tuple(kept.values()), movements=tuple(movements), unstated=unstated)
    _totals_agree(table, result, dates)
    return result


def _new_ref(name: str, taken) -> str:
    return _free_ref(slugify(name)[:34] or "reserve", taken)


def _free_ref(base: str, taken) -> str:
    """The reference itself, or the first of -2, -3 … that nothing else has."""
    ref, count = base, 1
    while ref in taken:
        count += 1
        ref = f"{base}-{count}"
    return ref


def _left(movement: figures.Movement, brought: dict) -> figures.Movement | None:
    """What stays of a movement when the balances of some reserves are brought in.

    A transfer between a reserve of the table and another stays as the other's own contribution or use, so that its balance stands.
    """
    ends = [ref for ref in (movement.reserve, movement.to_reserve) if ref]
    other = [ref for ref in ends if ref not in brought]
    if len(other) == len(ends) or not other:
        return movement if other else None
    kind = "use" if other[0] == movement.reserve else "contribution"
    return replace(movement, kind=kind, reserve=other[0], to_reserve="")


def _implied(reserve: figures.Reserve, closings: dict[int, int], *, taken: set[str]) -> list[figures.Movement]:
    return [
        figures.Movement(
            ref=_free_ref(f"{reserve.ref[:30]}-{late}", taken), kind="contribution" if closings[late] > closings[early] else "use",
            reserve=reserve.ref, year=late, amount_k=abs(closings[late] - closings[early]), what_for=IMPLIED, order=reserve.order,
        )
        for early, late in pairwise(closings)
        if closings[late] != closings[early]
    ]  # fmt: skip


def _totals_agree(table: Table, plan: figures.Plan, dates: list[int]) -> None:
    """F2: a printed total must be one of the sums the portal works out itself."""
    totals = reserves.balances(plan).totals
    sums = [[totals[key][year] for year in dates] for key in totals]
    problems = [
        f"Row {row.number}, {row.name}: {', '.join(map(money.brackets, row.values))} is not a total of these reserves."
        for row in table.totals
        if row.values not in sums
    ]
    if problems:
        raise PasteError(problems)
