"""The grids of savings, workforce, capital and its funding: a line each, an amount in each year, totals live."""

from dataclasses import dataclass, replace

from finance import figures, years
from finance.grids.base import Cell, Grid, Reader, Row, new_ref, shown, typed_money

NEW_LINES = 3


@dataclass(frozen=True)
class Spec:
    part: str
    title: str
    help: str
    heading: str
    kind: str
    total: str
    status: dict | None = None
    back: str = "finance_plan"


SPECS = {
    "savings": Spec(
        "savings",
        "Savings plan",
        "Savings in each year’s budget, in thousand pounds. Write TBC where a figure is to be confirmed.",
        "Heading",
        "money",
        "All lines",
        figures.SAVING_STATES,
        "finance_savings",
    ),
    "workforce": Spec(
        "workforce",
        "Workforce",
        "Posts in each year. Write TBC where a figure is to be confirmed. A printed total may "
        "differ by one when it has a rounding note.",
        "Group",
        "posts",
        "",
        None,
        "finance_workforce",
    ),
    "capital": Spec(
        "capital",
        "Capital programme",
        "Spending in each year, in thousand pounds. Write TBC where a figure is to be confirmed.",
        "Heading",
        "money",
        "Total capital programme",
        None,
        "finance_capital",
    ),
    "capital-funding": Spec(
        "capital_funding",
        "Funding of the capital programme",
        "Where the money comes from in each year, in thousand pounds.",
        "",
        "money",
        "Total funding",
        figures.SOURCES,
        "finance_capital",
    ),
}


def build(plan: figures.Plan, key: str) -> Grid:
    spec = SPECS[key]
    columns = [
        *([spec.heading] if spec.heading else []),
        *(["Status" if key == "savings" else "Source"] if spec.status else []),
        "Note",
        *map(years.label, plan.dates),
    ]
    rows = [_row(plan, spec, line) for line in getattr(plan, spec.part)]
    if spec.total:
        blanks = [Cell("blank") for _ in columns[: -len(plan.dates)]]
        totals = [
            shown(
                sum(line.amounts.get(year) or 0 for line in getattr(plan, spec.part)),
                key="total",
                col=str(year),
                terms="line|1",
                label=f"{spec.total}, {years.label(year)}",
            )
            for year in plan.dates
        ]
        rows.append(Row(spec.total, [*blanks, *totals], "total"))
    rows += [_row(plan, spec, figures.Line(f"new-{n}", ""), new=n) for n in range(1, NEW_LINES + 1)]
    return Grid(
        key,
        spec.title,
        f"{spec.help} Empty the title of a line to remove it. New lines are at the foot of the table.",
        columns,
        rows,
        back=spec.back,
        texts=len(columns) - len(plan.dates),
    )


def _row(plan, spec: Spec, line: figures.Line, new: int = 0) -> Row:
    stem = f"new.{new}" if new else f"l.{line.ref}"
    label = line.title or f"New line {new}"
    heads = [Cell("text", f"{stem}.title", line.title, f"{label}, title")]
    if spec.part == "workforce":
        heads.append(Cell("tick", f"{stem}.total", "yes" if line.total else "", f"{label}, is a printed total"))
    cells = [Cell("text", f"{stem}.heading", line.heading, f"{label}, {spec.heading.lower()}")] if spec.heading else []
    if spec.status:
        cells.append(
            Cell("choice", f"{stem}.status", line.status, f"{label}, status", [("", "Choose"), *spec.status.items()])
        )
    cells.append(Cell("text", f"{stem}.note", line.note, f"{label}, note"))
    for year in plan.dates:
        amount = line.amounts.get(year, "")
        text = "" if amount == "" else "TBC" if amount is None else typed_money(amount)
        cells.append(
            Cell(spec.kind, f"{stem}.{year}", text, f"{label}, {years.label(year)}", posts="line|1", col=str(year))
        )
    return Row(label, cells, "new" if new else "line", heads)


def parse(plan: figures.Plan, data, key: str) -> tuple[figures.Plan, dict[str, str]]:
    spec, reader, kept = SPECS[key], Reader(data), []
    for line in getattr(plan, spec.part):
        if (read := _read(plan, spec, reader, f"l.{line.ref}", line)) is not None:
            kept.append(read)
    for n in range(1, NEW_LINES + 1):
        blank = figures.Line(new_ref("l"), "", order=len(kept))
        if (read := _read(plan, spec, reader, f"new.{n}", blank)) is not None:
            kept.append(read)
    return replace(plan, **{spec.part: tuple(kept)}), reader.errors


def _read(plan, spec: Spec, reader: Reader, stem: str, line: figures.Line) -> figures.Line | None:
    title = reader.text(f"{stem}.title", line.title, limit=160)
    amounts = {year: reader.confirmed(f"{stem}.{year}") for year in plan.dates}
    amounts = {year: amount for year, amount in amounts.items() if amount != ""}
    if not title:
        if stem.startswith("new.") and amounts:
            reader.errors[f"{stem}.title"] = "Give the line a title."
        return None
    if spec.kind == "posts":
        for year, amount in amounts.items():
            if amount is not None and amount < 0:
                reader.errors[f"{stem}.{year}"] = "Posts cannot be below nil."
    return replace(
        line,
        title=title,
        heading=reader.text(f"{stem}.heading", line.heading, limit=120),
        status=reader.choice(f"{stem}.status", spec.status, line.status) if spec.status else line.status,
        note=reader.text(f"{stem}.note", line.note, limit=300),
        total=reader.ticked(f"{stem}.total") if spec.part == "workforce" else line.total,
        amounts=amounts,
    )
