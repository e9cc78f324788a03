"""The pages of budget, savings, workforce and capital: tables and charts to read, a grid to change."""

from django.http import HttpRequest, HttpResponse

from finance import budget, council_tax, money, years
from finance.models import FinancialPlan
from finance.presenters import drawings, tables
from finance.views.base import figures_of, of_plan, page
from portal.design import charts


@of_plan
def budget_page(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    now, found = figures_of(plan)
    falls = [(year, drawings.gap_waterfall(now, year, id=f"gap-{year}")) for year in now.period]
    gap = drawings.gap_by_year(now)
    return page(
        request, "finance/budget.html", plan,
        table=tables.budget_table(now),
        assumptions=tables.assumptions_table(now),
        council_tax=tables.council_tax_table(now),
        bands=tables.bands_table(now),
        gap_chart=charts.draw("waterfall", gap) if gap else None,
        waterfalls=[(years.label(year), charts.draw("waterfall", data)) for year, data in falls if data],
        notes=[(years.label(row.year), row.note) for row in now.years if row.note],
        rise=_rise(now),
        findings=[each for each in found if each.rule in ("F9", "F10")],
    )  # fmt: skip


def _rise(now) -> str:
    """The first year's rise of band D in a sentence, worked out and not typed."""
    before, after = now.year(now.base_year).band_d, now.year(now.base_year + 1).band_d
    if before is None or after is None:
        return ""
    rise = council_tax.Increase(before, after)
    return (
        f"Band D goes from {money.pounds(before)} to {money.pounds(after)} in {years.label(now.base_year + 1)}: "
        f"{money.pounds(rise.pounds)}, which is {money.percent(rise.percent)}."
    )


@of_plan
def savings(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    now, found = figures_of(plan)
    counted = budget.savings(now)
    lost = [line.title for line in now.savings if line.status == "not_achievable"]
    return page(
        request, "finance/lines.html", plan,
        heading="Savings plan", grid="savings", table=tables.line_table(now, "savings"), empty=not now.savings,
        notes=[f"Savings counted in the budget: {', '.join(f'{years.label(y)} {money.brackets(counted[y])}' for y in now.period)}."]
        + ([f"Not achievable, so not counted: {', '.join(lost)}."] if lost else []),
        findings=[each for each in found if each.rule == "F9" or each.ref.startswith("saving:")],
    )  # fmt: skip


@of_plan
def workforce(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    now, found = figures_of(plan)
    return page(
        request, "finance/lines.html", plan,
        heading="Workforce", grid="workforce", table=tables.line_table(now, "workforce"), empty=not now.workforce,
        notes=[f"* {line.title}: {line.note}" for line in now.workforce if line.note],
        findings=[each for each in found if each.rule == "F7" or each.ref.startswith("workforce:")],
    )  # fmt: skip


@of_plan
def capital(request: HttpRequest, plan: FinancialPlan) -> HttpResponse:
    now, found = figures_of(plan)
    return page(
        request, "finance/capital.html", plan,
        table=tables.line_table(now, "capital"), funding=tables.line_table(now, "capital_funding"), empty=not now.capital,
        findings=[each for each in found if each.rule == "F8" or each.ref.startswith("capital")],
    )  # fmt: skip
