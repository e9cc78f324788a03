from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings

from finance import figures, reserves, store
from finance.models import FinancialPlan, LineAmount, Movement, PublishedStrategy, Reserve
from tests.finance.test_rows_and_compare import whole_plans

pytestmark = pytest.mark.django_db


@settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(whole_plans())
def test_figures_written_are_the_figures_read(editor, made):
    names = [f"{n} {reserve.ref}" for n, reserve in enumerate(made.reserves)]
    made = replace(
        made,
        title="Any",
        years=tuple(replace(y, note="") for y in made.years),
        reserves=tuple(
            replace(r, name=name, purpose="p", order=n)
            for n, (r, name) in enumerate(zip(made.reserves, names, strict=True))
        ),
        movements=tuple(replace(m, what_for="w", order=n) for n, m in enumerate(made.movements)),
        savings=tuple(replace(line, title="t", status="s", order=n) for n, line in enumerate(made.savings)),
        capital=tuple(replace(line, title="t", status="s", order=n) for n, line in enumerate(made.capital)),
    )
    order = [reserve.ref for reserve in made.reserves]
    made = replace(
        made,
        splits=tuple(sorted(made.splits, key=lambda s: (order.index(s.reserve), s.year, s.category))),
        actuals=tuple(sorted(made.actuals, key=lambda a: (order.index(a.reserve), a.year))),
    )
    with transaction.atomic():
        plan = FinancialPlan.objects.create(title="Any", base_year=2019, year_count=2)
        store.write(plan, made, by=editor)
        assert store.read(plan) == made
        transaction.set_rollback(True)


def test_only_rows_that_differ_are_written_and_history_says_who_and_why(plan, now, editor):
    before = Movement.history.count()
    moved = tuple(
        replace(m, amount_k=m.amount_k - 100) if m.ref == "budget-assistance-reserve-2020" else m for m in now.movements
    )
    assert store.write(plan, replace(now, movements=moved), by=editor, reason="Settlement known") == 1
    assert Movement.history.count() == before + 1
    record = Movement.history.first()
    assert (record.history_user, record.history_change_reason) == (editor, "Settlement known")


def test_a_second_person_cannot_save_over_the_first_without_knowing(plan, now, editor):
    revision = plan.revision
    store.write(plan, replace(now, note="First"), by=editor, revision=revision)
    with pytest.raises(store.StaleError):
        store.write(plan, replace(now, note="Second"), by=editor, revision=revision)
    assert FinancialPlan.objects.get(pk=plan.pk).note == "First"


def test_nothing_is_half_saved_when_a_movement_cannot_be_true(plan, now, editor):
    wrong = figures.Movement("x", "transfer", "general-reserve", 2020, 5, to_reserve="general-reserve")
    changed = replace(now, note="Changed", movements=(*now.movements, wrong))
    with pytest.raises(reserves.MovementError):
        store.write(plan, changed, by=editor)
    assert store.read(plan) == now


def test_two_reserves_may_exchange_names(plan, now, editor):
    a, b = now.reserves[0], now.reserves[1]
    swapped = (replace(a, name=b.name), replace(b, name=a.name), *now.reserves[2:])
    store.write(plan, replace(now, reserves=swapped), by=editor)
    assert store.read(plan).reserves[0].name == b.name


@pytest.mark.parametrize(
    "broken",
    [
        {"amount_k": 0},
        {"kind": "transfer"},
        {"kind": "gift"},
        {"to_reserve": "other"},
        {"kind": "transfer", "to_reserve": "self"},
        {"kind": "transfer", "to_reserve": "other", "to_balance": True},
    ],
)
def test_the_database_refuses_a_movement_that_cannot_be_true(plan, broken):
    first, other = plan.reserves.all()[:2]
    values = {"plan": plan, "ref": "x", "kind": "use", "reserve": first, "year": 2020, "amount_k": 1} | broken
    if broken.get("to_reserve"):
        values["to_reserve"] = other if broken["to_reserve"] == "other" else first
    with pytest.raises(IntegrityError), transaction.atomic():
        Movement.objects.create(**values)


def test_an_amount_is_a_figure_or_to_be_confirmed_and_never_both_or_neither(plan):
    line = plan.lines.first()
    for values in ({"amount": 5, "to_be_confirmed": True}, {"amount": None, "to_be_confirmed": False}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LineAmount.objects.create(line=line, year=2030, **values)


def test_a_signature_is_whole_or_not_there(plan, cfo):
    plan.signed_by = cfo
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.save()


def test_a_published_strategy_cannot_be_changed_even_in_the_database(plan, cfo):
    from finance.actions import plans

    made = plans.publish_strategy(plan=plan, by=cfo)
    with pytest.raises(RuntimeError):
        made.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("UPDATE finance_publishedstrategy SET canonical = '{}'")
    assert PublishedStrategy.objects.get().sha256 == made.sha256


def test_reading_a_plan_takes_the_same_number_of_queries_however_large(plan, editor, django_assert_num_queries):
    with django_assert_num_queries(7):
        store.read(plan)
    add_reserves(plan, editor, 60)
    with django_assert_num_queries(7):
        store.read(plan)


def add_reserves(plan, by, count: int) -> None:
    now = store.read(plan)
    more = tuple(
        figures.Reserve(f"extra-{n}", f"Extra {n}", "earmarked", opening_k=n, order=100 + n) for n in range(count)
    )
    moves = tuple(
        figures.Movement(f"extra-{n}-{year}", "use", f"extra-{n}", year, 1, "Work")
        for n in range(count)
        for year in now.period
    )
    store.write(plan, replace(now, reserves=(*now.reserves, *more), movements=(*now.movements, *moves)), by=by)


def test_the_demonstration_loads_once(plan):
    from finance import demo

    count = Reserve.objects.count()
    demo.load()
    assert Reserve.objects.count() == count
    assert store.read(plan).year(2020).band_d == Decimal("210.69")
