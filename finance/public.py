"""What the public reads of the reserves: a pure function of a plan, sealed when it is published.

The Home Office asks for the amount in each of three categories, how the general reserve is set, what each earmarked
reserve is for, and why a general reserve above 5% is held. Working notes, findings and scenarios stay inside.
"""

from finance import budget, figures, reserves, rows, years


def content(plan: figures.Plan) -> dict:
    """The strategy as plain JSON values: dates, reserves with purposes, totals, categories, the general reserve."""
    held = reserves.balances(plan)
    stated = set(plan.stated)
    shares = budget.general_percent(plan)

    def by_date(amounts: dict[int, int]) -> dict[str, int | None]:
        return {str(year): amounts[year] if year in stated else None for year in plan.dates}

    return {
        "format": 1,
        "title": plan.title,
        "version": plan.number,
        "status": plan.status,
        "period": [years.label(plan.period[0]), years.label(plan.period[-1])],
        "dates": plan.dates,
        "unit": "thousand pounds",
        "floor_pct": rows.plain(plan.floor_pct),
        "national_pct": rows.plain(plan.national_pct),
        "general_reason": plan.general_reason,
        "general_pct": {str(year): rows.plain(shares[year]) if year in stated else None for year in plan.dates},
        "category_titles": figures.CATEGORIES,
        "categories": {key: by_date(amounts) for key, amounts in held.categories.items()},
        "totals": {key: by_date(amounts) for key, amounts in held.totals.items()},
        "reserves": [
            {
                "ref": reserve.ref,
                "name": reserve.name,
                "group": reserve.group,
                "categories": reserve.codes,
                "purpose": reserve.purpose,
                "intention": reserve.intention,
                "funding_plan": reserve.funding_plan,
                "restricted": reserve.restricted,
                "controller": reserve.controller,
                "review_date": reserve.review_date,
                "balances": by_date(held.by_reserve[reserve.ref]),
            }
            for reserve in plan.reserves
        ],
    }
