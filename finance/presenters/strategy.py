"""The public reserves strategy as a page, made only from sealed content (`finance.public`)."""

from datetime import date
from decimal import Decimal

from django.utils.html import format_html

from finance import calendar, figures, money, reserves, years
from finance.presenters.cells import amount, percent
from finance.presenters.tables import Table, _numbers
from portal.design import charts


def strategy_page(content: dict) -> dict:
    """Tables and words of the page from the content as it was sealed."""
    dates = [str(year) for year in content["dates"]]
    labels = [years.closing_label(int(year)) for year in dates]

    def cells(values: dict, *, overdrawn: bool = False) -> list:
        return [amount(values[year], overdrawn=overdrawn) for year in dates]

    def strong(values: list) -> list:
        return [format_html("<strong>{}</strong>", value) for value in values]

    categories = [
        [reserves.CATEGORY_TITLES[key], *cells(values)]
        for key, values in content["categories"].items()
        if key != reserves.UNSPLIT or any(values.values())
    ]
    categories.append(strong([reserves.TOTALS["usable"], *cells(content["totals"]["usable"])]))
    table = []
    for reserve in content["reserves"]:
        table.append([reserve["name"], ", ".join(reserve["categories"]), *cells(reserve["balances"], overdrawn=True)])
    table += [
        strong([reserves.TOTALS[key], "", *cells(content["totals"][key])]) for key in ("held", "general", "usable")
    ]
    return {
        "content": content,
        "unsplit": any(content["categories"][reserves.UNSPLIT].values()),
        "categories": Table(
            "Reserves by Home Office category, thousand pounds",
            ["Category", *labels],
            categories,
            _numbers(2, len(dates)),
        ),
        "reserves": Table(
            "Every reserve at 31 March, thousand pounds",
            ["Reserve", "Category", *labels],
            table,
            _numbers(3, len(dates)),
        ),
        "general_header": ["Balance at", "Share of the requirement"],
        "general": [
            (label, percent(_share(content["general_pct"][year]))) for label, year in zip(labels, dates, strict=True)
        ],
        "floor": money.tidy(_exact(content["floor_pct"])),
        "described": [_described(reserve, dates) for reserve in content["reserves"]],
        "chart": _chart(content, dates),
        "meanings": list(figures.CATEGORIES.items()),
    }


def _exact(text: str) -> Decimal:
    return Decimal(text)


def _share(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _described(reserve: dict, dates: list[str]) -> dict:
    rows = [
        ("What it is for", reserve["purpose"] or "Not said"),
        ("How it will be used", reserve["intention"] or "No use is planned"),
    ]
    rows += [("Plan to fund an overdraft", reserve["funding_plan"])] if reserve["funding_plan"] else []
    rows += [
        ("Held for certain things only", "Yes" if reserve["restricted"] else "No"),
        ("Controlled by", reserve["controller"] or "Not said"),
    ]
    if reserve["review_date"]:
        rows.append(("Next reviewed on", calendar.day(date.fromisoformat(reserve["review_date"]))))
    below = [
        f"{years.closing_label(int(y))}: {money.in_pounds(reserve['balances'][y])}"
        for y in dates
        if (reserve["balances"][y] or 0) < 0
    ]
    if below:
        rows.append(("Planned to be overdrawn", "; ".join(below)))
    return {"name": reserve["name"], "rows": rows}


def _chart(content: dict, dates: list[str]):
    stated = [year for year in dates if content["totals"]["usable"][year] is not None]
    titles = {
        "A": "A: within this plan",
        "B": "B: beyond this plan",
        "C": "C: contingency and other",
        reserves.UNSPLIT: "A and B, not yet divided",
    }
    series = [
        {"name": titles[key], "values": [values[year] for year in stated]}
        for key, values in content["categories"].items()
        if any(values[year] for year in stated)
    ]
    told = ", ".join(f"{years.closing_label(int(y))} {money.in_pounds(content['totals']['usable'][y])}" for y in stated)
    return charts.draw(
        "stacked_bars",
        {"labels": [years.closing_label(int(y)) for y in stated], "series": series, "title": f"Total reserves: {told}.",
         "caption": "Reserves by Home Office category, thousand pounds", "unit": "£000", "id": "strategy"},
    )  # fmt: skip
