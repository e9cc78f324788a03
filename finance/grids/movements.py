"""The grid of reserves: opening balances, each line of movements, closings and totals live."""

from collections import defaultdict
from dataclasses import replace

from finance import figures, reserves, years
from finance.grids.base import Cell, Grid, Reader, Row, new_ref, shown, typed_money

NEW_LINES = 4


def lines_of(plan: figures.Plan) -> dict[str, list[figures.Movement]]:
    """Movements gathered into lines (same kind, reserves and purpose, one for each year) under the first one's reference."""
    groups: dict[tuple, list[list[figures.Movement]]] = defaultdict(list)
    for movement in plan.movements:
        key = (movement.kind, movement.reserve, movement.to_reserve, movement.what_for, movement.to_balance)
        home = next((line for line in groups[key] if all(m.year != movement.year for m in line)), None)
        if home is None:
            groups[key].append([movement])
        else:
            home.append(movement)
    return {line[0].ref: line for lines in groups.values() for line in lines}


def _posts(movement: figures.Movement) -> str:
    sign = {"contribution": 1, "use": -1, "transfer": -1}[movement.kind]
    own = f"flow:{movement.reserve}|{sign}"
    return f"{own} flow:{movement.to_reserve}|1" if movement.to_reserve else own


def build(plan: figures.Plan) -> Grid:
    held = reserves.balances(plan)
    names = {reserve.ref: reserve.name for reserve in plan.reserves}
    columns = [
        "What for",
        "Balances the budget",
        *(years.closing_label(plan.base_year) if n == 0 else years.label(y) for n, y in enumerate(plan.dates)),
    ]
    by_reserve = defaultdict(list)
    for ref, line in lines_of(plan).items():
        by_reserve[line[0].reserve].append((ref, line))
    rows = []
    for reserve in plan.reserves:
        rows.append(_reserve_row(plan, reserve, held))
        rows += [_line_row(plan, ref, line, names) for ref, line in by_reserve[reserve.ref]]
    rows += [_total_row(plan, held, key, title) for key, title in reserves.TOTALS.items()]
    rows += [_new_row(plan, n) for n in range(1, NEW_LINES + 1)]
    return Grid(
        "movements", "Reserves: opening balances and movements",
        "Amounts are in thousand pounds. Enter contributions, use and transfers as amounts "
        "above nil. Empty all the years of a line to remove it. New lines are at the foot of the table.",
        columns, rows, back="finance_reserves",
        texts=2,
    )  # fmt: skip


def _reserve_row(plan, reserve, held) -> Row:
    ref = reserve.ref
    cells = [
        Cell("blank"),
        Cell("blank"),
        Cell(
            "money",
            f"open.{ref}",
            typed_money(reserve.opening_k),
            f"{reserve.name}, opening balance",
            posts=f"closing:{ref}|1",
            col=str(plan.base_year),
        ),
    ]
    cells += [
        shown(held.closing(ref, year), key=f"closing:{ref}", col=str(year), terms=f"closing:{ref}|1|prev flow:{ref}|1",
              label=f"{reserve.name}, balance at {years.closing_label(year)}")
        for year in plan.period
    ]  # fmt: skip
    return Row(reserve.name, cells, "group")


def _line_row(plan, ref: str, line, names) -> Row:
    first = line[0]
    title = (
        f"Transfer to {names.get(first.to_reserve, first.to_reserve)}"
        if first.to_reserve
        else figures.KINDS[first.kind]
    )
    label = f"{names[first.reserve]}, {title.lower()}"
    amounts = {movement.year: movement.amount_k for movement in line}
    cells = [
        Cell("text", f"m.{ref}.what", first.what_for, f"{label}, what for"),
        Cell("blank")
        if first.to_reserve
        else Cell("tick", f"m.{ref}.balance", "yes" if first.to_balance else "", f"{label}, balances the budget"),
        Cell("blank"),
    ]
    cells += [
        Cell(
            "money",
            f"m.{ref}.{year}",
            typed_money(amounts.get(year)),
            f"{label}, {years.label(year)}",
            posts=_posts(first),
            col=str(year),
        )
        for year in plan.period
    ]
    return Row(title, cells)


def _total_row(plan, held, key: str, title: str) -> Row:
    members = [
        r.ref for r in plan.reserves if key == "usable" or (key == "held" and r.group != "general") or r.group == key
    ]
    terms = " ".join(f"closing:{ref}|1" for ref in members)
    cells = [Cell("blank"), Cell("blank")]
    cells += [
        shown(
            held.totals[key][year],
            key=f"total:{key}",
            col=str(year),
            terms=terms,
            label=f"{title}, {years.closing_label(year)}",
        )
        for year in plan.dates
    ]
    return Row(title, cells, "total")


def _new_row(plan, n: int) -> Row:
    choices = [("", "Choose"), *((reserve.ref, reserve.name) for reserve in plan.reserves)]
    label = f"New line {n}"
    heads = [
        Cell("choice", f"new.{n}.kind", "", f"{label}, kind", [("", "Choose"), *figures.KINDS.items()]),
        Cell("choice", f"new.{n}.reserve", "", f"{label}, reserve", choices),
        Cell("choice", f"new.{n}.to", "", f"{label}, transfer to", [("", "No other reserve"), *choices[1:]]),
    ]
    cells = [
        Cell("text", f"new.{n}.what", "", f"{label}, what for"),
        Cell("tick", f"new.{n}.balance", "", f"{label}, balances the budget"),
        Cell("blank"),
    ]
    cells += [
        Cell("money", f"new.{n}.{year}", "", f"{label}, {years.label(year)}", posts="new", col=str(year))
        for year in plan.period
    ]
    return Row(label, cells, "new", heads)


def parse(plan: figures.Plan, data) -> tuple[figures.Plan, dict[str, str]]:
    """The plan with what was typed, and the sentence of each cell at fault."""
    reader = Reader(data)
    opened = tuple(
        replace(r, opening_k=reader.thousands(f"open.{r.ref}", blank=None) if f"open.{r.ref}" in data else r.opening_k)
        for r in plan.reserves
    )
    for reserve in opened:
        if reserve.opening_k is None:
            reader.errors.setdefault(f"open.{reserve.ref}", "Enter the opening balance. Enter 0 for nil.")
    opened = tuple(
        r if r.opening_k is not None else replace(r, opening_k=plan.reserve(r.ref).opening_k) for r in opened
    )
    moved = []
    for ref, line in lines_of(plan).items():
        moved += _read_line(plan, reader, f"m.{ref}", line)
    known = {reserve.ref for reserve in plan.reserves}
    for n in range(1, NEW_LINES + 1):
        moved += _read_new(plan, reader, f"new.{n}", known)
    return replace(plan, reserves=opened, movements=tuple(moved)), reader.errors


def _read_line(plan, reader: Reader, stem: str, line) -> list[figures.Movement]:
    first, kept = line[0], {movement.year: movement for movement in line}
    what = reader.text(f"{stem}.what", first.what_for)
    balance = reader.ticked(f"{stem}.balance") and not first.to_reserve
    result = []
    for year in plan.period:
        amount = _amount(reader, f"{stem}.{year}")
        if amount:
            made = replace(first, year=year, amount_k=amount, what_for=what, to_balance=balance)
            result.append(
                replace(made, ref=kept[year].ref, order=kept[year].order)
                if year in kept
                else replace(made, ref=new_ref("m"))
            )
    return result


def _read_new(plan, reader: Reader, stem: str, known: set[str]) -> list[figures.Movement]:
    amounts = {year: _amount(reader, f"{stem}.{year}") for year in plan.period}
    kind = reader.choice(f"{stem}.kind", figures.KINDS)
    reserve, target = reader.choice(f"{stem}.reserve", known), reader.choice(f"{stem}.to", known)
    what = reader.text(f"{stem}.what")
    if not any(amounts.values()):
        if kind and reserve and not any(f"{stem}.{year}" in reader.errors for year in plan.period):
            reader.errors[f"{stem}.{plan.period[0]}"] = "Enter an amount in at least one year."
        elif what and not kind:
            reader.errors[f"{stem}.kind"] = "Choose what kind of movement it is."
        return []
    if not kind:
        reader.errors[f"{stem}.kind"] = "Choose what kind of movement it is."
    if not reserve:
        reader.errors[f"{stem}.reserve"] = "Choose the reserve."
    if not (kind and reserve):
        return []
    result = [
        figures.Movement(
            new_ref("m"),
            kind,
            reserve,
            year,
            amount,
            what,
            target,
            reader.ticked(f"{stem}.balance") and kind != "transfer",
            len(plan.movements),
        )
        for year, amount in amounts.items()
        if amount
    ]
    try:
        reserves.check(result[0], known)
    except reserves.MovementError as error:
        reader.errors[f"{stem}.to"] = str(error)
        return []
    return result


def _amount(reader: Reader, name: str) -> int:
    amount = reader.thousands(name, blank=0)
    if amount < 0:
        reader.errors[name] = "Enter an amount above nil. The line already says whether it adds or takes away."
        return 0
    return amount
