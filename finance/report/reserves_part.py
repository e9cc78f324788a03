"""The reserves section of the strategy, and the section 25 statement that stands beside it."""

from boards.document import build
from finance import figures, money, reserves, words, years
from finance.presenters import drawings
from finance.report import tables
from finance.report.parts import Facts


def section(facts: Facts) -> dict:
    """The general reserve, every reserve, the categories, and a note on each."""
    plan = facts.plan
    base, held = plan.base_year, reserves.balances(plan)
    floor = money.tidy(plan.floor_pct)
    blocks = [
        facts.para(
            "reserves-1",
            "The general reserve covers spending that cannot be planned. The office’s policy is "
            f"to hold at least {floor}% of the net budget requirement. At "
            f"{years.closing_label(base)} it stands at ",
            facts.bound(f"reserves.{_general(plan)}.{base}"),
            ", which is ",
            facts.bound(f"general_pct.{base}"),
            " of that year’s requirement.",
        ),
        tables.general_table(facts),
        facts.para(
            "reserves-2",
            "All reserves, with the category that the Home Office asks for, are in the next "
            "table. The wider subtotal adds earmarked, contingency and capital reserves, and is named so.",
        ),
        tables.reserves_table(facts),
        facts.chart("reserves-chart", "finance.stacked_bars", drawings.reserves_bars(plan, id="paper-reserves")),
        *_warned(facts, held),
        tables.categories_table(facts),
        build.sub("What each reserve is for", id=facts.id("reserves-sub")),
        *(_note(facts, reserve) for reserve in plan.reserves),
    ]
    return facts.section("reserves", "Reserves", *blocks)


def _general(plan: figures.Plan) -> str:
    return next((reserve.ref for reserve in plan.reserves if reserve.group == "general"), "general-reserve")


def _warned(facts: Facts, held) -> list[dict]:
    """What the table must not leave unsaid: overdrawn reserves, an overdrawn block, dates without figures."""
    plan, told = facts.plan, []
    for reserve in plan.reserves:
        for_years = [year for year in plan.stated if held.by_reserve[reserve.ref][year] < 0]
        if for_years:
            sums = words.listed(
                [f"{money.in_pounds(-held.by_reserve[reserve.ref][y])} at {years.closing_label(y)}" for y in for_years]
            )
            after = (
                f" {reserve.funding_plan.strip()}"
                if reserve.funding_plan.strip()
                else " No plan to fund this is recorded yet."
            )
            told.append(
                facts.para(f"overdrawn-{reserve.ref}", f"{reserve.name} is planned to be overdrawn: by {sums}.{after}")
            )
    below = [year for year in plan.stated if held.totals["earmarked"][year] < 0]
    if below:
        sums = words.listed(
            [f"{money.in_pounds(held.totals['earmarked'][y])} at {years.closing_label(y)}" for y in below]
        )
        told.append(
            facts.para(
                "overdrawn-block",
                f"Earmarked reserves taken alone are below nil: {sums}. Contingency and capital "
                "reserves make up the difference in the wider subtotal.",
            )
        )
    missing = [year for year in plan.dates if year not in plan.stated]
    if missing:
        told.append(
            facts.para(
                "unstated",
                f"Balances at {words.listed([years.closing_label(y) for y in missing])} are to be confirmed.",
            )
        )
    return told


def _note(facts: Facts, reserve: figures.Reserve) -> dict:
    said = [text.strip() for text in (reserve.purpose, reserve.intention) if text.strip()]
    governed = f" Controlled by: {reserve.controller}." if reserve.controller else ""
    limits = " It may only be used for this." if reserve.restricted else ""
    return build.para(
        build.strong(f"{reserve.name}. "),
        f"{' '.join(said) or 'Its purpose is to be added.'}{limits}{governed}",
        id=facts.id("note", reserve.ref),
        anchor=f"finance:{reserve.ref}",
        gen=build.gen(f"finance:note:{reserve.ref}", [reserve.name, *said, governed, limits]),
    )


def statement(facts: Facts) -> dict:
    """The section 25 statement: both parts in the Chief Finance Officer's words, and the signature or its absence."""
    plan = facts.plan
    signed = (
        f"Signed by the {plan.section25}."
        if plan.section25
        else "This statement is not yet signed by the Chief Finance Officer."
    )
    return facts.section(
        "robustness",
        "Robustness of the estimates and adequacy of the reserves",
        facts.para(
            "section25-1",
            "Section 25 of the Local Government Act 2003 asks the Chief Finance Officer to report "
            "on the robustness of the estimates and the adequacy of the reserves, and the "
            "decision maker to have regard to that report.",
        ),
        build.sub("Robustness of the estimates", id=facts.id("section25-sub-1")),
        facts.para("section25-robustness", plan.robustness.strip() or "To be added."),
        build.sub("Adequacy of the reserves", id=facts.id("section25-sub-2")),
        facts.para("section25-adequacy", plan.adequacy.strip() or "To be added."),
        facts.para("section25-signed", build.strong(signed)),
    )
