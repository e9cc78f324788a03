"""The charts of the finance pages and of the strategy paper, as JSON data for `portal.design.charts`.

Each returns the keyword arguments of the drawing, so that a page draws them now and a sealed paper draws the same later.
"""

from finance import budget, figures, money, reserves, words, years

UNIT = "£000"


def reserves_bars(plan: figures.Plan, id: str = "reserves") -> dict:
    """Stacked bars of the blocks of reserves at each 31 March for which figures were given."""
    held = reserves.balances(plan).totals
    blocks = {"Earmarked": "earmarked", "Contingency": "contingency", "Capital": "capital", "General": "general"}
    first, last = plan.stated[0], plan.stated[-1]
    said = (
        f"Total reserves go from {money.in_pounds(held['usable'][first])} at "
        f"{years.closing_label(first)} to {money.in_pounds(held['usable'][last])} at "
        f"{years.closing_label(last)}."
    )
    below = [
        f"{money.brackets(held['earmarked'][y])} at {years.closing_label(y)}"
        for y in plan.stated
        if held["earmarked"][y] < 0
    ]
    if below:
        said += f" Earmarked reserves are below nil, in thousand pounds: {words.listed(below)}."
    return {
        "labels": [years.closing_label(year) for year in plan.stated],
        "series": [{"name": name, "values": [held[key][year] for year in plan.stated]} for name, key in blocks.items()],
        "title": said,
        "caption": "Reserves at 31 March by block, thousand pounds",
        "unit": UNIT,
        "id": id,
    }


def general_bars(plan: figures.Plan, id: str = "general") -> dict:
    """The general reserve against its floor."""
    held, floors, shares = reserves.balances(plan).totals["general"], budget.floor_k(plan), budget.general_percent(plan)
    told = [f"{shares[y]}% at {years.closing_label(y)}" for y in plan.stated if shares[y] is not None]
    return {
        "labels": [years.closing_label(year) for year in plan.stated],
        "series": [{"name": "General reserve", "values": [held[year] for year in plan.stated]}],
        "title": "The general reserve as a share of the net budget requirement, against a floor of "
        f"{money.tidy(plan.floor_pct)}%: {words.listed(told) or 'no requirement is entered'}.",
        "caption": "General reserve against its floor, thousand pounds",
        "unit": UNIT,
        "floor": [floors[year] for year in plan.stated],
        "floor_label": f"Floor: {money.tidy(plan.floor_pct)}% of the requirement",
        "show_totals": False,
        "id": id,
    }


def gap_waterfall(plan: figures.Plan, year: int, id: str = "gap") -> dict | None:
    """From the requirement down to what is still to be met; None while a figure is to be confirmed."""
    row = budget.budget(plan)[year]
    if row.gap is None:
        return None
    steps = [
        {"label": "Requirement", "value": row.requirement, "total": True},
        {"label": "Grant", "value": -row.grant},
        {"label": "Council tax", "value": -row.precept},
    ]
    steps += [{"label": "Other funding", "value": -row.other}] if row.other else []
    steps += [
        {"label": "Savings", "value": -row.savings},
        {"label": "Gap", "value": row.gap, "total": True},
        {"label": "Reserves" if row.reserve_use >= 0 else "Paid into reserves", "value": -row.reserve_use},
        {"label": "Still to be met", "value": row.unmet, "total": True},
    ]
    said = (
        f"The {years.label(year)} gap is {money.in_pounds(row.gap)} after funding and savings; "
        f"reserves meet {money.in_pounds(row.reserve_use)} and {money.in_pounds(row.unmet)} is "
        "still to be met."
    )
    return {
        "steps": steps,
        "title": said,
        "caption": f"How the {years.label(year)} budget balances, thousand pounds",
        "unit": UNIT,
        "id": id,
    }


def gap_by_year(plan: figures.Plan, id: str = "gap-years") -> dict | None:
    """The gap of every year and how much of it savings and reserves meet: small beside the requirement, so drawn alone."""
    worked = budget.budget(plan)
    known = [year for year in plan.period if worked[year].gap is not None]
    if not known:
        return None
    steps: list[dict] = []
    for year in known:
        steps.append(
            {
                "label": f"{years.label(year)} gap",
                "value": worked[year].gap + worked[year].savings,
                "total": True,
            }
        )
        steps.append({"label": "Savings", "value": -worked[year].savings})
        steps.append({"label": "Reserves", "value": -worked[year].reserve_use})
    told = [f"{years.label(y)} {money.in_pounds(worked[y].unmet)}" for y in known]
    return {
        "steps": steps,
        "title": f"What savings and reserves leave to be met in each year: {words.listed(told)}.",
        "caption": "The gap of each year, and what meets it, thousand pounds",
        "unit": UNIT,
        "id": id,
    }
