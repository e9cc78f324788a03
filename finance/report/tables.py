"""The tables of the strategy paper, live until the paper is sealed."""

from boards.document import build
from finance import budget, council_tax, figures, money, reserves, years
from finance.report.parts import BRACKETS, TBC, Facts, cell

FOOTNOTE = (
    "Category A is planned spending within this plan, B is for projects beyond it, and C is contingency and other needs "
    "held under sound financial management. A and B together means that the division is not yet given. "
)


def _align(count: int, lead: str = "l") -> str:
    return lead + "r" * count


def reserves_table(facts: Facts) -> dict:
    """Category, reserve and each 31 March: blocks earmarked, contingency, capital, subtotal, general, total."""
    plan = facts.plan
    held, stated = reserves.balances(plan), set(plan.stated)
    rows: list[tuple[str, list]] = []

    def cells(amounts: dict[int, int]) -> list[str]:
        return [cell(amounts[year] if year in stated else None) for year in plan.dates]

    def said(reserve: figures.Reserve) -> str:
        below = any(held.by_reserve[reserve.ref][year] < 0 for year in plan.stated)
        return f"{reserve.name} (planned to be overdrawn)" if below else reserve.name

    def block(group: str) -> None:
        members = [reserve for reserve in plan.reserves if reserve.group == group]
        rows.extend((r.ref, [said(r), ", ".join(r.codes), *cells(held.by_reserve[r.ref])]) for r in members)

    for group in ("earmarked", "contingency", "capital"):
        block(group)
        if any(reserve.group == group for reserve in plan.reserves):
            rows.append((f"total-{group}", _strong_row([reserves.TOTALS[group], "", *cells(held.totals[group])])))
    rows.append(("total-held", _strong_row([reserves.TOTALS["held"], "", *cells(held.totals["held"])])))
    block("general")
    rows.append(("total-usable", _strong_row(["Total reserves", "", *cells(held.totals["usable"])])))
    header = ["Reserve", "Home Office category", *(years.closing_label(year) for year in plan.dates)]
    count = len(plan.dates)
    return facts.table(
        "reserves-table",
        "Estimated reserves at 31 March",
        header,
        rows,
        align=_align(count, "ll"),
        widths=[100 - 12 - count * 11, 12, *[11] * count],
        note=FOOTNOTE + BRACKETS,
    )


def _strong_row(cells: list[str]) -> list:
    """A row of totals: every figure in bold, so that it stands out where the first column is bold anyway."""
    return [build.strong(cell) if cell else "" for cell in cells]


def categories_table(facts: Facts) -> dict:
    plan = facts.plan
    held, stated = reserves.balances(plan), set(plan.stated)
    rows = [
        (f"category-{key}", [title, *(cell(held.categories[key][y] if y in stated else None) for y in plan.dates)])
        for key, title in reserves.CATEGORY_TITLES.items()
        if key != reserves.UNSPLIT or any(held.categories[key].values())
    ]
    header = ["Category", *(years.closing_label(year) for year in plan.dates)]
    return facts.table(
        "categories-table",
        "Reserves by Home Office category",
        header,
        rows,
        align=_align(len(plan.dates)),
        note=BRACKETS,
    )


def general_table(facts: Facts) -> dict:
    plan = facts.plan
    held, shares, floors = reserves.balances(plan).totals["general"], budget.general_percent(plan), budget.floor_k(plan)
    rows = []
    for year in plan.dates:
        known = year in plan.stated
        share = shares[year] if known else None
        rows.append(
            (
                f"general-{year}",
                [
                    years.closing_label(year),
                    cell(held[year] if known else None),
                    cell(plan.year(year).requirement_k),
                    TBC if share is None else money.percent(share),
                    cell(floors[year]),
                ],
            )
        )
    header = [
        "Balance at",
        "General reserve",
        "Net budget requirement",
        "Share",
        f"Floor ({money.tidy(plan.floor_pct)}%)",
    ]
    return facts.table(
        "general-table", "General reserve against its floor", header, rows, align=_align(4), note=BRACKETS
    )


def budget_table(facts: Facts) -> dict:
    plan, worked = facts.plan, budget.budget(facts.plan)
    rows = [
        (
            name,
            (_strong_row if name in ("gap", "unmet") else list)(
                [title, *(cell(getattr(worked[year], name)) for year in plan.dates)]
            ),
        )
        for name, title in (
            ("requirement", "Net budget requirement"),
            ("grant", "Grant"),
            ("precept", "Council tax (precept)"),
            ("other", "Other funding"),
            ("savings", "Savings"),
            ("gap", "Budget gap"),
            ("reserve_use", "Use of reserves to balance"),
            ("unmet", "Still to be met"),
        )
    ]
    header = ["", *map(years.label, plan.dates)]
    return facts.table(
        "budget-table",
        "Budget requirement, funding and gap",
        header,
        rows,
        align=_align(len(plan.dates)),
        note=BRACKETS,
    )


def council_tax_table(facts: Facts) -> dict:
    plan, rows = facts.plan, []
    for year in plan.dates:
        now, before = plan.year(year), plan.year(year - 1).band_d
        rise = council_tax.Increase(before, now.band_d) if before is not None and now.band_d is not None else None
        rows.append(
            (
                f"tax-{year}",
                [
                    years.label(year),
                    money.pounds(now.band_d) or TBC,
                    money.pounds(rise.pounds) if rise else money.NIL,
                    money.percent(rise.percent) if rise else money.NIL,
                    TBC if now.tax_base is None else f"{now.tax_base:,.0f}",
                    cell(council_tax.precept_k(now.band_d, now.tax_base)),
                ],
            )
        )
    header = ["Year", "Band D", "Rise", "Rise (%)", "Tax base (homes)", "Precept (£000)"]
    return facts.table("tax-table", "Band D, tax base and precept", header, rows, align=_align(5))


def bands_table(facts: Facts) -> dict:
    plan = facts.plan
    dates = [year for year in plan.dates[:2] if plan.year(year).band_d is not None]
    charged = {year: council_tax.bands(plan.year(year).band_d) for year in dates}
    rows = [
        (f"band-{band}", [f"Band {band}", *(money.pounds(charged[year][band]) for year in dates)])
        for band in council_tax.NINTHS
    ]
    return facts.table(
        "bands-table", "Council tax by band", ["Band", *map(years.label, dates)], rows, align=_align(len(dates))
    )


def lines_table(facts: Facts, part: str, key: str, caption: str) -> dict:
    plan, lines = facts.plan, getattr(facts.plan, part)
    dates = [year for year in plan.dates if any(year in line.amounts for line in lines)]
    choices = figures.SAVING_STATES if part == "savings" else {}
    lead = {
        "savings": ["Heading", "Saving", "Delivery"],
        "workforce": ["Group", "Posts"],
        "capital": ["Heading", "Scheme"],
        "capital_funding": ["Source"],
    }[part]
    rows = []
    for line in lines:
        head = {
            "savings": [line.heading, line.title, choices.get(line.status, line.status)],
            "workforce": [line.heading, line.title],
            "capital": [line.heading, line.title],
            "capital_funding": [line.title],
        }[part]
        if line.total and line.note:
            head[-1] += "*"
        rows.append((line.ref, [*head, *(cell(line.amounts[y]) if y in line.amounts else "" for y in dates)]))
    if part != "workforce":
        sums = []
        for year in dates:
            values = [line.amounts.get(year, 0) for line in lines if line.status != "not_achievable"]
            sums.append(TBC if None in values else cell(sum(values)))
        rows.append(("total", _strong_row([figures.total_title(lines), *[""] * (len(lead) - 1), *sums])))
    notes = [f"* {line.title}: {line.note}" for line in lines if line.total and line.note]
    note = " ".join(notes) or (BRACKETS if part != "workforce" else "TBC means to be confirmed.")
    return facts.table(
        key, caption, [*lead, *map(years.label, dates)], rows, align="l" * len(lead) + "r" * len(dates), note=note
    )


def scenario_table(facts: Facts, scenario: dict, number: int) -> dict:
    """A named scenario beside the base case, as it was worked out when the snapshot was taken."""
    rows = []
    for key, title in (("gap", "Budget gap"), ("usable", "Total reserves"), ("general_pct", "General reserve share")):
        for side, word in (("base", "base case"), ("other", scenario["name"])):
            values = [scenario[side][key][str(year)] for year in facts.plan.period]
            shown = [TBC if v is None else f"{v}%" if key == "general_pct" else cell(v) for v in values]
            rows.append((f"{key}-{side}", [f"{title}: {word}", *shown]))
    header = ["", *map(years.label, facts.plan.period)]
    return facts.table(
        f"scenario-{number}",
        f"{scenario['name']}, beside the base case",
        header,
        rows,
        align=_align(len(facts.plan.period)),
        note=BRACKETS,
    )
