"""The tables of the finance pages: caption, headings and rows for `{% gov_table %}`, from a plan and its sums."""

from dataclasses import dataclass

from django.utils.html import format_html

from finance import budget, council_tax, figures, money, reserves, years
from finance.presenters.cells import TO_BE_CONFIRMED, amount, percent, pounds


@dataclass
class Table:
    caption: str
    header: list
    rows: list
    numeric: str


def _numbers(first: int, count: int) -> str:
    return " ".join(str(first + n) for n in range(count))


def _strong(text) -> str:
    return format_html("<strong>{}</strong>", text)


def reserves_table(plan: figures.Plan, link=None) -> Table:
    """Category, reserve and each 31 March, by block, with subtotals that say what they add up (section 7.6 of the layout)."""
    held, stated = reserves.balances(plan), set(plan.stated)
    rows = []

    def cells(values: dict[int, int], overdrawn: bool) -> list:
        return [amount(values[y], overdrawn=overdrawn) if y in stated else TO_BE_CONFIRMED for y in plan.dates]

    def total(key: str) -> None:
        rows.append([_strong(reserves.TOTALS[key]), "", *map(_strong, cells(held.totals[key], overdrawn=False))])

    for group in ("earmarked", "contingency", "capital"):
        members = [reserve for reserve in plan.reserves if reserve.group == group]
        for reserve in members:
            rows.append(
                [
                    link(reserve) if link else reserve.name,
                    ", ".join(reserve.codes),
                    *cells(held.by_reserve[reserve.ref], overdrawn=True),
                ]
            )
        if members:
            total(group)
    total("held")
    for reserve in (r for r in plan.reserves if r.group == "general"):
        rows.append(
            [
                link(reserve) if link else reserve.name,
                ", ".join(reserve.codes),
                *cells(held.by_reserve[reserve.ref], overdrawn=True),
            ]
        )
    total("usable")
    headings = [
        f"{years.closing_label(year)}, {reserves.basis(plan, year)}" if year in stated else years.closing_label(year)
        for year in plan.dates
    ]
    return Table(
        "Reserves at 31 March, thousand pounds", ["Reserve", "Category", *headings], rows, _numbers(3, len(plan.dates))
    )


def categories_table(plan: figures.Plan) -> Table:
    held, stated = reserves.balances(plan), set(plan.stated)
    rows = [
        [title, *(amount(held.categories[key][y]) if y in stated else TO_BE_CONFIRMED for y in plan.dates)]
        for key, title in reserves.CATEGORY_TITLES.items()
        if key != "unsplit" or any(held.categories[key].values())
    ]
    rows.append(
        [
            _strong(reserves.TOTALS["usable"]),
            *(_strong(amount(held.totals["usable"][y]) if y in stated else TO_BE_CONFIRMED) for y in plan.dates),
        ]
    )
    return Table(
        "Reserves by Home Office category, thousand pounds",
        ["Category", *(years.closing_label(y) for y in plan.dates)],
        rows,
        _numbers(2, len(plan.dates)),
    )


def flow_table(plan: figures.Plan, ref: str) -> Table:
    """One reserve: opening, what moved it, closing, year by year."""
    moved = reserves.flows(plan)[ref]
    rows = []
    for year, flow in moved.items():
        known, opened = year in plan.stated, year - 1 in plan.stated
        parts = (flow.contributions, -flow.use, flow.transfers_in, -flow.transfers_out)
        rows.append([
            years.label(year), amount(flow.opening if opened else None), *(amount(part if known else None) for part in parts),
            amount(flow.closing if known else None, overdrawn=True),
        ])  # fmt: skip
    header = ["Year", "Opening", "Contributions", "Use", "Transfers in", "Transfers out", "Closing"]
    return Table("How the balance moves, thousand pounds", header, rows, _numbers(2, 6))


def movements_table(plan: figures.Plan, ref: str) -> Table:
    names = {reserve.ref: reserve.name for reserve in plan.reserves}
    rows = []
    for m in (m for m in plan.movements if ref in (m.reserve, m.to_reserve)):
        if m.kind == "transfer":
            what = f"Transfer to {names[m.to_reserve]}" if m.reserve == ref else f"Transfer from {names[m.reserve]}"
        else:
            what = figures.KINDS[m.kind]
        gains = m.kind == "contribution" or m.to_reserve == ref
        rows.append([years.label(m.year), what, m.what_for or "Not said", amount(m.amount_k if gains else -m.amount_k)])
    rows.sort(key=lambda row: row[0])
    return Table("Each movement, thousand pounds", ["Year", "Movement", "What for", "Amount"], rows, "4")


def budget_table(plan: figures.Plan) -> Table:
    worked = budget.budget(plan)
    lines = [
        ("Net budget requirement", "requirement", False),
        ("Grant", "grant", False),
        ("Council tax (precept)", "precept", False),
        ("Other funding", "other", False),
        ("Total funding", "funding", True),
        ("Savings", "savings", False),
        ("Budget gap", "gap", True),
        ("Use of reserves to balance", "reserve_use", False),
        ("Still to be met", "unmet", True),
    ]
    rows = []
    for title, name, strong in lines:
        cells = [amount(getattr(worked[year], name)) for year in plan.dates]
        rows.append([_strong(title), *map(_strong, cells)] if strong else [title, *cells])
    return Table("Budget, thousand pounds", ["", *map(years.label, plan.dates)], rows, _numbers(2, len(plan.dates)))


def general_table(plan: figures.Plan) -> Table:
    held, shares, floors, stated = (
        reserves.balances(plan).totals["general"],
        budget.general_percent(plan),
        budget.floor_k(plan),
        set(plan.stated),
    )
    rows = []
    for year in plan.dates:
        known = year in stated
        rows.append(
            [
                years.closing_label(year),
                amount(held[year]) if known else TO_BE_CONFIRMED,
                amount(plan.year(year).requirement_k),
                percent(shares[year] if known else None),
                amount(floors[year]),
                _standing(plan, year, held[year]) if known else "",
            ]
        )
    header = [
        "Balance at",
        "General reserve",
        "Requirement",
        "Share",
        f"Floor ({money.tidy(plan.floor_pct)}%)",
        "Standing",
    ]
    return Table("General reserve against its floor, thousand pounds", header, rows, "2 3 4 5")


def _standing(plan: figures.Plan, year: int, held: int) -> str:
    requirement = plan.year(year).requirement_k
    if not requirement:
        return ""
    if held * 100 < requirement * plan.floor_pct:
        return "Below the local floor"
    return "Above the level to be justified" if held * 100 > requirement * plan.national_pct else "At the floor"


def council_tax_table(plan: figures.Plan) -> Table:
    rows = []
    for year in plan.dates:
        now, before = plan.year(year), plan.year(year - 1).band_d
        rise = council_tax.Increase(before, now.band_d) if before is not None and now.band_d is not None else None
        base = TO_BE_CONFIRMED if now.tax_base is None else f"{now.tax_base:,.2f}"
        rows.append(
            [
                years.label(year),
                pounds(now.band_d),
                pounds(rise.pounds) if rise else "",
                money.percent(rise.percent) if rise else "",
                base,
                amount(council_tax.precept_k(now.band_d, now.tax_base)),
            ]
        )
    return Table(
        "Band D, tax base and precept",
        ["Year", "Band D", "Rise", "Rise (%)", "Tax base (homes)", "Precept (£000)"],
        rows,
        _numbers(2, 5),
    )


def bands_table(plan: figures.Plan) -> Table:
    dates = [year for year in plan.dates if plan.year(year).band_d is not None]
    charged = {year: council_tax.bands(plan.year(year).band_d) for year in dates}
    rows = [
        [f"Band {band}", f"{ninths}/9", *(money.pounds(charged[year][band]) for year in dates)]
        for band, ninths in council_tax.NINTHS.items()
    ]
    return Table(
        "Council tax by band", ["Band", "Of band D", *map(years.label, dates)], rows, _numbers(2, len(dates) + 1)
    )


def line_table(plan: figures.Plan, part: str) -> Table:
    """Savings, workforce, capital or its funding, with derived totals; a workforce total is the printed one with its note."""
    caption, extra, choices = {
        "savings": ("Savings plan, thousand pounds", "Status", figures.SAVING_STATES),
        "workforce": ("Workforce, posts", "", {}),
        "capital": ("Capital programme, thousand pounds", "", {}),
        "capital_funding": ("Funding of the capital programme, thousand pounds", "Source", figures.SOURCES),
    }[part]
    lines = getattr(plan, part)
    dates = [year for year in plan.dates if any(year in line.amounts for line in lines)] or plan.period
    rows = []
    for line in lines:
        title = f"{line.title}*" if line.total and line.note else line.title
        cells = [(amount(line.amounts[y]) if y in line.amounts else "") for y in dates]
        head = [line.heading] if part != "capital_funding" else []
        row = [title, *head, *([choices.get(line.status, line.status)] if extra else []), *cells]
        rows.append([_strong(cell) for cell in row] if line.total else row)
    labels = [
        "Line",
        *([] if part == "capital_funding" else ["Group" if part == "workforce" else "Heading"]),
        *([extra] if extra else []),
    ]
    if part != "workforce" and lines:
        sums = [_line_total(lines, year) for year in dates]
        rows.append([_strong(figures.total_title(lines)), *[""] * (len(labels) - 1), *map(_strong, sums)])
    return Table(caption, [*labels, *map(years.label, dates)], rows, _numbers(len(labels) + 1, len(dates)))


def _line_total(lines, year: int):
    """A sum with a part to be confirmed is itself to be confirmed."""
    values = [line.amounts.get(year, 0) for line in lines if line.status != "not_achievable"]
    return TO_BE_CONFIRMED if None in values else amount(sum(values))


def assumptions_table(plan: figures.Plan) -> Table:
    rows = []
    for title, name, shown in (
        ("Pay awards", "pay_pct", percent),
        ("Prices", "price_pct", percent),
        ("Pay bill (£000)", "pay_bill_k", amount),
        ("Non-pay spending (£000)", "non_pay_k", amount),
    ):
        rows.append([title, *(shown(getattr(plan.year(year), name)) for year in plan.dates)])
    return Table(
        "Inflation and pay assumptions", ["", *map(years.label, plan.dates)], rows, _numbers(2, len(plan.dates))
    )


def scenario_table(base: figures.Plan, other: figures.Plan, name: str) -> Table:
    """The gap, reserves and general-reserve percentage of each year beside the base case."""
    a, b = budget.budget(base), budget.budget(other)
    held_a, held_b = reserves.balances(base).totals, reserves.balances(other).totals
    share_a, share_b = budget.general_percent(base), budget.general_percent(other)
    known = [year for year in base.period if year in base.stated]
    rows = []

    def line(title: str, before: dict, after: dict, shown, dates) -> None:
        rows.append(
            [f"{title}: base case", *(shown(before[y]) if y in dates else TO_BE_CONFIRMED for y in base.period)]
        )
        rows.append([f"{title}: {name}", *(shown(after[y]) if y in dates else TO_BE_CONFIRMED for y in base.period)])

    def difference(title: str, before: dict, after: dict, dates) -> None:
        cells = [
            amount(after[y] - before[y]) if y in dates and None not in (after[y], before[y]) else TO_BE_CONFIRMED
            for y in base.period
        ]
        rows.append([_strong(f"{title}: difference"), *map(_strong, cells)])

    gaps_a, gaps_b = {y: a[y].gap for y in base.period}, {y: b[y].gap for y in base.period}
    line("Budget gap", gaps_a, gaps_b, amount, base.period)
    difference("Budget gap", gaps_a, gaps_b, base.period)
    line("Total reserves", held_a["usable"], held_b["usable"], amount, known)
    difference("Total reserves", held_a["usable"], held_b["usable"], known)
    line("General reserve share", share_a, share_b, percent, known)
    return Table(
        f"{name} beside the base case, thousand pounds",
        ["", *map(years.label, base.period)],
        rows,
        _numbers(2, len(base.period)),
    )
