from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance import reserves
from finance.figures import Movement, Plan, Reserve, Split
from tests.finance.demo_plan import YEARS, printed, reserves_plan, values


def test_all_eight_printed_totals_agree():
    totals = reserves.balances(reserves_plan()).totals
    held, usable = (values(row) for row in printed() if row["group"] == "TOTAL")
    assert [totals["held"][year] for year in YEARS] == held == [10339, 1348, 1138, 1228]
    assert [totals["usable"][year] for year in YEARS] == usable == [17273, 8588, 8941, 9255]


def test_the_strict_earmarked_block_is_overdrawn_in_three_columns():
    totals = reserves.balances(reserves_plan()).totals
    assert [totals["earmarked"][year] for year in YEARS] == [8100, -46, -256, -166]
    assert [totals["contingency"][year] for year in YEARS] == [1394] * 4
    assert [totals["capital"][year] for year in YEARS] == [845, 0, 0, 0]


def test_the_label_of_the_wider_total_says_all_it_adds_up():
    assert reserves.TOTALS["held"] == "Earmarked, contingency and capital reserves"


def test_home_office_categories_keep_the_undivided_apart():
    by_category = reserves.balances(reserves_plan()).categories
    assert [by_category["A"][year] for year in YEARS] == [2158, -1394, -1604, -1514]
    assert [by_category["unsplit"][year] for year in YEARS] == [6787, 1348, 1348, 1348]
    assert [by_category["C"][year] for year in YEARS] == [8328, 8634, 9197, 9421]


def test_a_division_that_sums_to_the_balance_is_counted_in_its_categories():
    plan = reserves_plan(splits=(Split("r6", 2019, "A", 5000), Split("r6", 2019, "B", 439)))
    by_category = reserves.balances(plan).categories
    assert by_category["A"][2019] == 2158 + 5000
    assert by_category["B"][2019] == 439
    assert by_category["unsplit"][2019] == 1348


def test_a_division_that_does_not_sum_is_not_believed():
    plan = reserves_plan(splits=(Split("r6", 2019, "A", 5000), Split("r6", 2019, "B", 1)))
    assert reserves.balances(plan).categories["unsplit"][2019] == 6787


REFS = ["a", "b", "c", "d"]
MOVES = st.one_of(
    st.tuples(st.sampled_from(["contribution", "use"]), st.sampled_from(REFS), st.just("")),
    st.permutations(REFS).map(lambda order: ("transfer", order[0], order[1])),
)


@st.composite
def plans(draw):
    openings = {ref: draw(st.integers(-(10**6), 10**6)) for ref in REFS}
    groups = draw(st.lists(st.sampled_from(["earmarked", "contingency", "capital", "general"]), min_size=4, max_size=4))
    rows = draw(st.lists(st.tuples(MOVES, st.integers(2020, 2023), st.integers(1, 10**6)), max_size=30))
    movements = tuple(
        Movement(str(n), kind, source, year, amount, to_reserve=target)
        for n, ((kind, source, target), year, amount) in enumerate(rows)
    )
    made = tuple(Reserve(ref, ref, group, opening_k=openings[ref]) for ref, group in zip(REFS, groups, strict=True))
    return Plan("Any", 2019, reserves=made, movements=movements)


@given(plans())
def test_any_movements_keep_reserves_equal_to_opening_plus_contributions_less_use(plan):
    held = reserves.balances(plan)
    for year in plan.dates:
        moved = [m for m in plan.movements if m.year <= year]
        expected = sum(r.opening_k for r in plan.reserves)
        expected += sum(m.amount_k for m in moved if m.kind == "contribution")
        expected -= sum(m.amount_k for m in moved if m.kind == "use")
        assert sum(held.by_reserve[ref][year] for ref in REFS) == expected == held.totals["usable"][year]
        assert held.totals["usable"][year] == held.totals["held"][year] + held.totals["general"][year]
        assert sum(part[year] for part in held.categories.values()) == expected


@given(plans())
def test_transfers_never_change_the_total(plan):
    without = replace(plan, movements=tuple(m for m in plan.movements if m.kind != "transfer"))
    assert reserves.balances(plan).totals["usable"] == reserves.balances(without).totals["usable"]
    assert all(sum(change for _, change in reserves.postings(m)) == 0 for m in plan.movements if m.kind == "transfer")


@given(plans())
def test_every_closing_is_its_opening_and_its_postings(plan):
    held = reserves.balances(plan)
    for ref in REFS:
        for year in plan.period:
            posted = sum(c for m in plan.movements if m.year == year for r, c in reserves.postings(m) if r == ref)
            assert (
                held.by_reserve[ref][year] == held.by_reserve[ref][year - 1] + posted == held.flows[ref][year].closing
            )


@pytest.mark.parametrize(
    ("movement", "sentence"),
    [
        (Movement("1", "transfer", "a", 2020, 5, to_reserve="a"), "itself"),
        (Movement("1", "transfer", "a", 2020, 5), "goes to"),
        (Movement("1", "use", "a", 2020, -5), "above nil"),
        (Movement("1", "use", "a", 2020, 5, to_reserve="b"), "Only a transfer"),
        (Movement("1", "use", "z", 2020, 5), "no reserve"),
    ],
)
def test_a_movement_that_cannot_be_true_is_refused(movement, sentence):
    with pytest.raises(reserves.MovementError, match=sentence):
        reserves.check(movement, set(REFS))
