from dataclasses import replace
from decimal import Decimal

import pytest

from finance import budget, reserves
from finance.figures import Line, Movement, Plan, Reserve, Year

D = Decimal


def plan(**changes) -> Plan:
    base = Plan(
        "Plan",
        2019,
        year_count=2,
        balancing_reserve="assist",
        reserves=(
            Reserve("assist", "Assistance", "earmarked", opening_k=5000),
            Reserve("gen", "General", "general", "C", 7198),
        ),
        years=(
            Year(2019, 142535, 78411, 6495, D("198.72"), D("290000"), 100000, 42535, D("2.00"), D("2.00")),
            Year(2020, 148000, 78411, 6495, D("210.69"), D("295510"), 102000, 46000, D("2.00"), D("2.00")),
            Year(2021, 151000, 78411, 6495, D("214.90"), D("300000"), 104040, 46960, D("2.00"), D("2.00")),
        ),
        savings=(Line("s1", "Procurement", status="planned", amounts={2020: 400, 2021: 800}),),
        movements=(Movement("m1", "use", "assist", 2020, 300, "Balance the budget", to_balance=True),),
    )
    return replace(base, **changes)


def test_gap_is_requirement_less_funding_less_savings_and_reserves_meet_part_of_it():
    row = budget.budget(plan())[2020]
    assert row.precept == 62261
    assert row.funding == 78411 + 6495 + 62261
    assert row.gap == 148000 - row.funding - 400 == 433
    assert row.unmet == 133


def test_a_figure_to_be_confirmed_makes_the_gap_to_be_confirmed_and_not_nil():
    years = tuple(replace(y, grant_k=None) if y.year == 2021 else y for y in plan().years)
    row = budget.budget(plan(years=years))[2021]
    assert row.funding is row.gap is row.unmet is None


def test_savings_found_not_achievable_are_not_counted():
    lost = replace(plan().savings[0], status="not_achievable")
    assert budget.budget(plan(savings=(lost,)))[2020].savings == 0


def test_general_reserve_of_7198_is_5_05_per_cent_of_the_requirement():
    assert budget.general_percent(plan())[2019] == D("5.05")
    assert budget.floor_k(plan())[2019] == 7127


def gap_change(change, **also):
    base = plan(**also)
    return {y: budget.budget(budget.apply(base, [change]))[y].gap - budget.budget(base)[y].gap for y in base.period}


def test_one_per_cent_more_grant_narrows_the_gap_by_one_per_cent_of_grant():
    assert gap_change(budget.Change("grant_pct", D(1), 2020)) == {2020: -784, 2021: -784}


def test_twelve_pounds_on_band_d_builds_on_itself_year_by_year():
    changed = budget.apply(plan(), [budget.Change("band_d_pounds", D(12), 2020)])
    assert [changed.year(y).band_d for y in (2020, 2021)] == [D("210.72"), D("222.72")]


def test_a_rise_in_one_year_only_is_carried_by_later_years():
    changed = budget.apply(plan(), [budget.Change("band_d_pct", D(2), 2020, only=True)])
    assert changed.year(2020).band_d == D("202.69")
    assert changed.year(2021).band_d == D("206.74")


def test_a_higher_pay_award_compounds():
    assert gap_change(budget.Change("pay_pct", D(3), 2020)) == {2020: 1000, 2021: 2050}


def test_the_larger_gap_is_drawn_from_the_balancing_reserve_so_that_nothing_is_lost():
    base = plan()
    changed = budget.apply(base, [budget.Change("pay_pct", D(3), 2020)])
    before, after = reserves.balances(base), reserves.balances(changed)
    assert before.closing("assist", 2021) - after.closing("assist", 2021) == 1000 + 2050
    assert [budget.budget(changed)[y].unmet for y in (2020, 2021)] == [
        budget.budget(base)[y].unmet for y in (2020, 2021)
    ]


def test_a_narrower_gap_is_paid_into_the_balancing_reserve():
    changed = budget.apply(plan(), [budget.Change("grant_pct", D(1), 2020)])
    assert reserves.balances(changed).closing("assist", 2021) == 5000 - 300 + 784 * 2
    assert budget.budget(changed)[2021].unmet == budget.budget(plan())[2021].unmet


def test_part_delivery_of_savings_widens_the_gap():
    assert gap_change(budget.Change("savings_pct", D(75), 2020)) == {2020: 100, 2021: 200}


def test_a_change_on_a_figure_to_be_confirmed_is_refused_with_its_name():
    years = tuple(replace(y, pay_bill_k=None) for y in plan().years)
    with pytest.raises(budget.ScenarioError, match="pay bill of 2019/20"):
        budget.apply(plan(years=years), [budget.Change("pay_pct", D(3), 2020)])


def test_a_scenario_without_changes_is_the_base_case():
    assert budget.apply(plan(), []) == plan()
