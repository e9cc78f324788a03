"""The demonstration plan: reserves, grant, council tax and workforce of a real board paper of November 2018.

Figures marked illustrative do not come from the paper; they fill what it leaves open so that every page has something
to show. The table of reserves is brought in as a person would do it: five dates over four values, so the portal asks,
and the answer (31 March 2023 has no figures) is kept with the import.
"""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from finance import figures
from portal.models import User
from portal.roles import Role

HERE = Path(__file__).parent
BASE_YEAR = 2019
FUNDING_PLAN = "Illustrative: further savings or a transfer from the general reserve will be settled before the budget is set in February 2019."
"""How the overdraft is met. The paper names none, and a reserve overdrawn without a plan to fund it cannot go to a board."""


def register() -> None:
    from portal import demo

    demo.register("finance", load, after=["boards"])


def rows_of(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pasted_table() -> str:
    """The table of reserves as it was printed: five dates, four values on each line."""
    lines = ["Group\tReserve\tCategory\t31 March 2019\t31 March 2020\t31 March 2021\t31 March 2022\t31 March 2023"]
    for row in rows_of("reserves.csv"):
        printed = [row[f"printed_{column}"] for column in (1, 2, 3, 4)]
        lines.append("\t".join([row["group"], row["name"], row["home_office_category"], *printed]))
    return "\n".join(lines)


@transaction.atomic
def load() -> None:
    """Load both versions of the plan, once."""
    from finance.actions import imports, plans
    from finance.models import FinancialPlan, Scenario

    if FinancialPlan.objects.filter(base_year=BASE_YEAR).exists():
        return
    by = _finance_person()
    title = "Medium term financial strategy 2019/20 to 2022/23"
    first = plans.start_plan(title=title, base_year=BASE_YEAR, by=by)
    record = imports.take_table(plan=first, text=pasted_table(), by=by)
    imports.answer(record=record, answer="2023", by=by)
    imports.confirm(record=record, by=by)
    _fill(first, by, early=True)
    second = plans.new_version(plan=first, by=by)
    _settle(second, by)
    plans.move_to(plan=second, status="for_noting", by=by)
    Scenario.objects.create(plan=second, name="Pay awards of 3%", created_by=by, in_paper=True,
                            changes=[{"kind": "pay_pct", "value": "3", "from_year": 2020, "only": False}])  # fmt: skip
    Scenario.objects.create(plan=second, name="Grant up 1%, band D up 2%", created_by=by, changes=[
        {"kind": "grant_pct", "value": "1", "from_year": 2020, "only": False},
        {"kind": "band_d_pct", "value": "2", "from_year": 2020, "only": False},
    ])  # fmt: skip
    _tick_calendar(by)


def _tick_calendar(by) -> None:
    """The 2019/20 precept was issued in time; the one now being made has begun, so its next steps show as due."""
    from django.utils import timezone

    from finance import calendar, years
    from finance.models import PreceptStep

    for step in calendar.steps(BASE_YEAR + 1):
        if not step.only_if_vetoed:
            PreceptStep.objects.create(year=BASE_YEAR + 1, key=step.key, done_on=step.due, ticked_by=by)
    coming = years.of_date(timezone.localdate()) + 1
    start = calendar.steps(coming)[0]
    if start.due <= timezone.localdate():
        PreceptStep.objects.create(year=coming, key=start.key, done_on=start.due, ticked_by=by)


def _finance_person() -> User:
    """Who loads the figures: the demonstration's finance editor, or one made for it."""
    found = (
        User.objects.holding(Role.CHIEF_FINANCE_OFFICER).first() or User.objects.holding(Role.FINANCE_EDITOR).first()
    )
    if found:
        return found
    from portal import demo
    from portal.models import Appointment

    person = User.objects.create_user("finance@opcc.example", name="Finance officer", password=demo.PASSWORD)
    Appointment.objects.create(
        person=person, role=Role.FINANCE_EDITOR, title="Finance officer", starts_on=date(2018, 1, 1)
    )
    return person


def _fill(plan, by, *, early: bool) -> None:
    """What the paper's own tables hold, as it stood in the first working draft."""
    from finance import store
    from finance.actions import plans

    now = store.read(plan)
    about = {row["ref"]: row for row in rows_of("purposes.csv")}
    by_name = {row["name"]: row["line"] for row in rows_of("reserves.csv")}
    refs = {row["line"]: ref for ref, row in about.items()}
    renamed = {reserve.ref: refs[by_name[reserve.name]] for reserve in now.reserves}
    new = replace(
        now,
        balancing_reserve="budget-assistance-reserve",
        note="Reserves, grant, band D and workforce are those of a board paper of November 2018. Figures marked illustrative are not.",
        robustness="The estimates rest on the assumptions listed in this strategy. Pay, pensions and the grant settlement are the least certain of them.",
        adequacy="The general reserve is planned below the 5% floor in some years and the Budget Assistance Reserve is overdrawn; both are to be put right before the budget is set.",
        years=tuple(_year(row) for row in rows_of("years.csv")),
        reserves=tuple(_described(replace(reserve, ref=renamed[reserve.ref]), about) for reserve in now.reserves),
        movements=tuple(_explained(replace(m, reserve=renamed[m.reserve], ref=f"{renamed[m.reserve]}-{m.year}")) for m in now.movements),
        **{name: tuple(_line(row) for row in rows_of("lines.csv") if row["kind"] == kind) for kind, name in
           {"saving": "savings", "workforce": "workforce", "capital": "capital", "capital-funding": "capital_funding"}.items()},
    )  # fmt: skip
    if early:
        new = _as_first_draft(new)
    plans.change_figures(plan=plan, new=new, by=by, reason="First working draft")


def _as_first_draft(plan: figures.Plan) -> figures.Plan:
    """The first draft assumed a 2% rise of band D and drew more on reserves."""
    from finance import council_tax

    rise = council_tax.precept_k(Decimal("210.69"), plan.year(2020).tax_base) - council_tax.precept_k(
        Decimal("202.69"), plan.year(2020).tax_base
    )
    years = tuple(replace(row, band_d=Decimal("202.69")) if row.year == 2020 else row for row in plan.years)
    moved = tuple(
        replace(m, amount_k=m.amount_k + rise) if (m.reserve, m.year) == ("budget-assistance-reserve", 2020) else m
        for m in plan.movements
    )
    return replace(plan, years=years, movements=moved)


def _settle(plan, by) -> None:
    """The version of the paper: band D up by £11.97, the reserves as printed, and how the overdrawn one is to be funded."""
    from finance import council_tax, store
    from finance.actions import plans

    now = store.read(plan)
    base = now.year(2020).tax_base
    rise = council_tax.precept_k(Decimal("210.69"), base) - council_tax.precept_k(Decimal("202.69"), base)
    new = replace(
        now,
        years=tuple(replace(row, band_d=Decimal("210.69")) if row.year == 2020 else row for row in now.years),
        movements=tuple(
            replace(m, amount_k=m.amount_k - rise) if (m.reserve, m.year) == ("budget-assistance-reserve", 2020) else m
            for m in now.movements
        ),
        reserves=tuple(
            replace(each, funding_plan=FUNDING_PLAN) if each.ref == "budget-assistance-reserve" else each
            for each in now.reserves
        ),
    )
    plans.change_figures(plan=plan, new=new, by=by, reason="Band D up by £11.97 instead of 2%")


def _described(reserve: figures.Reserve, about: dict) -> figures.Reserve:
    row = about[reserve.ref]
    return replace(
        reserve, purpose=row["purpose"], intention=row["intention"], restricted=row["restricted"] == "yes",
        controller=row["controller"], review_date=row["review_date"],
    )  # fmt: skip


def _explained(movement: figures.Movement) -> figures.Movement:
    said = {
        "budget-assistance-reserve": "Balance the revenue budget",
        "general-reserve": "Towards 5% of the net budget requirement",
        "estate-development-reserve": "Estate programme",
        "capital-reserve": "Capital programme",
        "collaboration-commissioning-reserve": "Transformation work",
    }
    return replace(
        movement,
        what_for=said.get(movement.reserve, movement.what_for),
        to_balance=movement.reserve == "budget-assistance-reserve",
    )


def _year(row: dict[str, str]) -> figures.Year:
    whole = {name: int(row[name]) for name in ("requirement_k", "grant_k", "other_k", "pay_bill_k", "non_pay_k")}
    exact = {name: Decimal(row[name]) for name in ("band_d", "tax_base", "pay_pct", "price_pct")}
    return figures.Year(int(row["year"]), note=row["note"], **whole, **exact)


def _line(row: dict[str, str]) -> figures.Line:
    amounts = {
        int(y): None if row[y] == "TBC" else int(row[y]) for y in ("2019", "2020", "2021", "2022", "2023") if row[y]
    }
    own = {name: row[name] for name in ("heading", "title", "status", "owner", "note")}
    order = [each["ref"] for each in rows_of("lines.csv") if each["kind"] == row["kind"]].index(row["ref"])
    return figures.Line(row["ref"], order=order, total=row["total"] == "yes", amounts=amounts, **own)
