"""The strategy itself, in the board's order: overview, plan, funding, demand, productivity, inflation, savings, workforce,
partnership, risks, reserves, robustness, capital. Sentences are made from the figures; officers take over what they reword.
"""

from boards.document import build
from finance import budget, figures, money, reserves, words, years
from finance.presenters import drawings
from finance.report import reserves_part, tables
from finance.report.parts import Facts


def sections(facts: Facts) -> list[dict]:
    return [
        _overview(facts),
        _by_theme(facts),
        _funding(facts),
        _demand(facts),
        _productivity(facts),
        _inflation(facts),
        _savings(facts),
        _workforce(facts),
        _partnership(facts),
        _risks(facts),
        reserves_part.section(facts),
        reserves_part.statement(facts),
        _capital(facts),
    ]


def _overview(facts: Facts) -> dict:
    plan = facts.plan
    first, last, known = plan.period[0], plan.period[-1], plan.stated[-1]
    blocks = [
        facts.para(
            "overview-1",
            f"This strategy sets out how policing is paid for from {years.label(first)} to "
            f"{years.label(last)}: what it costs, what funds it, and what reserves are held and used.",
        ),
        facts.para(
            "overview-2",
            f"The {years.label(first)} requirement is ",
            facts.bound(f"budget.requirement.{first}"),
            ". After grant, council tax, other funding and savings the gap is ",
            facts.bound(f"budget.gap.{first}"),
            ", towards which ",
            facts.bound(f"budget.reserve_use.{first}"),
            " of reserves is planned.",
        ),
        facts.para(
            "overview-3",
            "Reserves of ",
            facts.bound(f"totals.usable.{plan.base_year}"),
            f" at {years.closing_label(plan.base_year)} become ",
            facts.bound(f"totals.usable.{known}"),
            f" at {years.closing_label(known)}.",
        ),
    ]
    chart = drawings.gap_by_year(plan, id="paper-gap")
    if chart:
        blocks.append(facts.chart("gap-chart", "finance.waterfall", chart))
    return facts.section("overview", "Overview", *blocks, role="body")


def _by_theme(facts: Facts) -> dict:
    return facts.section(
        "plan",
        "The Police and Crime Plan",
        facts.para(
            "plan-1",
            "The Police and Crime Plan sets the objectives that this strategy pays for. Resources "
            "are planned theme by theme with its delivery plan.",
        ),
    )


def _funding(facts: Facts) -> dict:
    plan = facts.plan
    first, base = plan.period[0], plan.base_year
    blocks = [
        build.sub("Grant", id=facts.id("funding-sub-1")),
        facts.para(
            "funding-1",
            "Grant was ",
            facts.bound(f"budget.grant.{base}"),
            f" in {years.label(base)} and is taken as ",
            facts.bound(f"budget.grant.{first}"),
            f" in {years.label(first)}, until the settlement is known.",
        ),
        build.sub("Council tax", id=facts.id("funding-sub-2")),
        facts.para(
            "funding-2",
            "Band D goes from ",
            facts.bound(f"band_d.{base}"),
            f" in {years.label(base)} to ",
            facts.bound(f"band_d.{first}"),
            f" in {years.label(first)}, a rise of ",
            facts.bound(f"band_d_rise.{first}"),
            " or ",
            facts.bound(f"band_d_pct.{first}"),
            ". With the tax base it raises ",
            facts.bound(f"budget.precept.{first}"),
            ".",
        ),
        tables.council_tax_table(facts),
        tables.bands_table(facts),
    ]
    return facts.section("funding", "Funding", *blocks)


def _demand(facts: Facts) -> dict:
    plan = facts.plan
    grown = plan.year(plan.period[-1]).requirement_k
    start = plan.year(plan.base_year).requirement_k
    rise = ""
    if grown is not None and start:
        rise = (
            f" The requirement grows by {money.in_pounds(grown - start)}, or "
            f"{money.percent(money.percentage(grown - start, start))}, over the plan."
        )
    return facts.section(
        "demand",
        "Demand",
        build.sub("Short term", id=facts.id("demand-sub-1")),
        facts.para(
            "demand-1",
            "Calls for service, recorded crime and incidents of national importance decide what "
            "is needed within a year, and the general reserve covers what cannot be foreseen.",
        ),
        build.sub("Long term", id=facts.id("demand-sub-2")),
        facts.para(
            "demand-2", f"A growing population and more complex crime raise the cost of policing in later years.{rise}"
        ),
    )


def _productivity(facts: Facts) -> dict:
    return facts.section(
        "productivity",
        "Productivity",
        facts.para(
            "productivity-1",
            "People, technology, buildings and continuous improvement are each expected to do "
            "more with what they cost. Gains that release money are in the savings plan; gains "
            "that release time are not counted in it.",
        ),
    )


def _inflation(facts: Facts) -> dict:
    plan = facts.plan
    rows = []
    for name, title in (("pay_pct", "Pay awards"), ("price_pct", "Prices")):
        values = [getattr(plan.year(year), name) for year in plan.dates]
        rows.append((name, [title, *("TBC" if value is None else f"{money.tidy(value)}%" for value in values)]))
    table = facts.table(
        "inflation-table",
        "Inflation and pay assumptions",
        ["", *map(years.label, plan.dates)],
        rows,
        align="l" + "r" * len(plan.dates),
    )
    bill = plan.year(plan.period[0]).pay_bill_k
    blocks = [facts.para("inflation-1", "The plan rests on these assumptions for pay awards and prices."), table]
    if bill:
        blocks.append(
            facts.para(
                "inflation-2",
                f"One per cent on pay awards costs about {money.in_pounds(round(bill / 100))} in "
                f"{years.label(plan.period[0])}, and stays in the pay bill after it.",
            )
        )
    for number, scenario in enumerate(facts.scenarios, start=1):
        blocks.append(
            facts.para(
                f"scenario-words-{number}",
                f"The plan was also worked out under “{scenario['name']}”: {words.listed(scenario['told'])}.",
            )
        )
        blocks.append(tables.scenario_table(facts, scenario, number))
    return facts.section("inflation", "Inflation and pay", *blocks)


def _savings(facts: Facts) -> dict:
    plan = facts.plan
    if not plan.savings:
        return facts.section("savings", "Savings", facts.para("savings-none", "The savings plan is to be added."))
    headings = list(dict.fromkeys(line.heading for line in plan.savings if line.heading))
    return facts.section(
        "savings",
        "Savings",
        facts.para(
            "savings-1",
            "Savings of ",
            facts.bound(f"budget.savings.{plan.period[0]}"),
            f" are planned for {years.label(plan.period[0])}, rising to ",
            facts.bound(f"budget.savings.{plan.period[-1]}"),
            f" by {years.label(plan.period[-1])}, under "
            f"{words.listed([h.lower() for h in headings]) or 'the headings below'}.",
        ),
        tables.lines_table(facts, "savings", "savings-table", "Savings plan"),
    )


def _workforce(facts: Facts) -> dict:
    plan = facts.plan
    if not plan.workforce:
        return facts.section(
            "workforce", "Workforce", facts.para("workforce-none", "The workforce table is to be added.")
        )
    return facts.section(
        "workforce",
        "Workforce",
        facts.para(
            "workforce-1",
            "The establishment on which the budget rests is in the table. Posts that are to be "
            "confirmed wait for the settlement.",
        ),
        tables.lines_table(facts, "workforce", "workforce-table", "Workforce (establishment)"),
    )


def _partnership(facts: Facts) -> dict:
    return facts.section(
        "partnership",
        "Partnership",
        facts.para(
            "partnership-1",
            "Grants to community safety and other partners, and services commissioned for "
            "victims, are paid for within the requirement. The office publishes what it awards.",
        ),
    )


def _risks(facts: Facts) -> dict:
    items = [
        "Funding: the grant settlement, and council tax that grows less than planned.",
        "Demand: short and long term, and crime of changing kinds.",
        "Cuts elsewhere in the public sector that move demand to policing.",
        "New duties and national programmes without the money for them.",
        "Savings that are delivered late or not at all.",
    ]
    return facts.section(
        "risks",
        "Risks",
        facts.para("risks-1", "The chief risks to this strategy are:"),
        facts.bullets("risks-list", items),
    )


def _capital(facts: Facts) -> dict:
    plan = facts.plan
    if not plan.capital:
        return facts.section("capital", "Capital", facts.para("capital-none", "The capital programme is to be added."))
    total = sum(line.amounts.get(plan.period[0]) or 0 for line in plan.capital)
    return facts.section(
        "capital",
        "Capital",
        facts.para(
            "capital-1",
            f"The capital programme spends {money.in_pounds(total)} in "
            f"{years.label(plan.period[0])}. The programme and how it is funded are in the appendix.",
        ),
    )


def appendices(facts: Facts) -> list[dict]:
    """The figures of the plan, and the capital programme with its funding."""
    plan = facts.plan
    figures_part = (
        [tables.budget_table(facts)]
        if any(year.requirement_k is not None for year in plan.years)
        else [facts.para("appendix-none", "The figures of the plan are to be added.")]
    )
    capital_part = (
        [
            tables.lines_table(facts, "capital", "capital-table", "Capital programme"),
            tables.lines_table(facts, "capital_funding", "funding-table", "Funding of the capital programme"),
        ]
        if plan.capital
        else [facts.para("appendix-capital-none", "The capital programme is to be added.")]
    )
    return [
        facts.section("appendix-figures", "Medium term financial plan", *figures_part, role="appendix"),
        facts.section("appendix-capital", "Capital programme", *capital_part, role="appendix"),
    ]


def compared(base: figures.Plan, other: figures.Plan) -> tuple[dict, dict]:
    """The two sides of a scenario as JSON values, for the snapshot."""
    return _side(base), _side(other)


def _side(plan: figures.Plan) -> dict:
    worked, held, shares = budget.budget(plan), reserves.balances(plan).totals["usable"], budget.general_percent(plan)
    known = set(plan.stated)
    return {
        "gap": {str(y): worked[y].gap for y in plan.period},
        "usable": {str(y): held[y] if y in known else None for y in plan.period},
        "general_pct": {str(y): None if shares[y] is None or y not in known else str(shares[y]) for y in plan.period},
    }
