"""Findings about the budget, workforce, capital and council tax: F7 to F10 and F12."""

from finance import budget, council_tax, money, words, years
from finance.figures import Plan
from finance.findings.base import Finding


def workforce_sums(plan: Plan) -> list[Finding]:
    """F7: the parts of a workforce table sum to its printed total, or differ by one with a rounding note."""
    found = []
    for total in (line for line in plan.workforce if line.total):
        parts = [line for line in plan.workforce if line.heading == total.heading and not line.total]
        for year, printed in total.amounts.items():
            values = [line.amounts.get(year) for line in parts]
            if printed is None or not parts or None in values:
                continue
            summed = sum(values)
            if summed == printed or (abs(summed - printed) == 1 and total.note.strip()):
                continue
            found.append(
                Finding(
                    "F7",
                    "blocks",
                    f"workforce:{total.ref}",
                    f"{total.title} in {years.label(year)} is given as {printed:,}, but its parts sum to {summed:,}.",
                    "Correct the figures, or attach a rounding note if the difference is one."
                    if abs(summed - printed) == 1
                    else "Correct the figures.",
                    {"line": total.ref, "year": year, "printed": printed, "sum": summed, "note": total.note},
                )
            )
    return found


def capital_funded(plan: Plan) -> list[Finding]:
    """F8: each year's capital programme is funded in full, and not over-funded."""
    found = []
    for year in plan.period:
        spending = _sum(plan.capital, year)
        funding = _sum(plan.capital_funding, year)
        if spending is None or funding is None or spending == funding:
            continue
        found.append(
            Finding(
                "F8",
                "blocks",
                f"year:{year}",
                f"Funding of the {years.label(year)} capital programme ({money.brackets(funding)}) "
                f"{'falls short of' if funding < spending else 'is more than'} its spending ({money.brackets(spending)}) "
                f"by {money.in_pounds(abs(spending - funding))}.",
                "Give every pound of the programme a source.",
                {"year": year, "spending": spending, "funding": funding},
            )
        )
    return found


def unmet_gap(plan: Plan) -> list[Finding]:
    """F9: what reserves do not balance is still to be found. A budget must balance before it is approved."""
    found = []
    for year, row in budget.budget(plan).items():
        if year == plan.base_year or row.unmet is None or row.unmet == 0:
            continue
        facts = {"year": year, "gap": row.gap, "reserve_use": row.reserve_use, "unmet": row.unmet}
        if row.unmet > 0:
            found.append(
                Finding(
                    "F9",
                    "acknowledge",
                    f"budget:{year}",
                    f"The {years.label(year)} budget does not balance: the gap is "
                    f"{money.in_pounds(row.gap)}, reserves meet {money.in_pounds(row.reserve_use)}, and "
                    f"{money.in_pounds(row.unmet)} is still to be found.",
                    "Add savings or use of reserves, or reduce the requirement.",
                    facts,
                )
            )
        else:
            found.append(
                Finding(
                    "F9",
                    "advice",
                    f"budget:{year}",
                    f"The {years.label(year)} budget has {money.in_pounds(-row.unmet)} more than it needs after using reserves.",
                    "Reduce the use of reserves, or say where the money goes.",
                    facts,
                )
            )
    return found


def council_tax_bands(plan: Plan) -> list[Finding]:
    """F10: a band D charge that does not divide by nine gives rounded bands."""
    return [
        Finding(
            "F10",
            "advice",
            f"year:{row.year}",
            f"Band D of {money.pounds(row.band_d)} in {years.label(row.year)} does not divide by "
            "nine, so other bands are rounded. The nearest lower charge that does is "
            f"{money.pounds(council_tax.nearest_exact(row.band_d))}.",
            "",
            {"year": row.year, "band_d": str(row.band_d)},
        )
        for row in plan.years
        if row.band_d is not None and not council_tax.bands_are_exact(row.band_d)
    ]


def to_be_confirmed(plan: Plan) -> list[Finding]:
    """F12: “to be confirmed” may stand in a draft for noting; it blocks final approval."""
    found = []
    for name, kind, rows in (
        ("the savings plan", "saving", plan.savings),
        ("the workforce table", "workforce", plan.workforce),
        ("the capital programme", "capital", plan.capital),
        ("the funding of capital", "capital-funding", plan.capital_funding),
    ):
        open_lines = [line for line in rows if None in line.amounts.values()]
        if open_lines:
            missing = sorted({year for line in open_lines for year, amount in line.amounts.items() if amount is None})
            found.append(
                Finding(
                    "F12",
                    "advice" if plan.status != "for_approval" else "blocks",
                    f"{kind}:{open_lines[0].ref}",
                    f"{words.plural(len(open_lines), 'line')} of {name} "
                    f"{'is' if len(open_lines) == 1 else 'are'} to be confirmed for "
                    f"{words.listed([years.label(year) for year in missing])}.",
                    "Enter the figures before the plan goes for approval.",
                    {"lines": [line.ref for line in open_lines], "years": missing},
                )
            )
    empty = [
        name
        for name, rows in (("the figures of the plan", plan.years), ("the capital programme", plan.capital))
        if not rows
    ]
    found += [
        Finding(
            "F12",
            "blocks" if plan.status == "for_approval" else "advice",
            "plan",
            f"Nothing has been entered for {name} yet.",
            "Add it before the plan goes for approval.",
            {},
        )
        for name in empty
    ]
    return found


def _sum(lines, year: int) -> int | None:
    amounts = [line.amounts.get(year, 0) for line in lines]
    return None if None in amounts else sum(amounts)
