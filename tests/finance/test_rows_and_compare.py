import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance import compare, rows
from finance.figures import Actual, Line, Movement, Plan, Reserve, Split, Year
from tests.finance.demo_plan import reserves_plan

amounts = st.integers(-(10**5), 10**5)
text = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
pence = st.integers(0, 10**5).map(lambda n: Decimal(n) / 100).map(lambda d: d.quantize(Decimal("0.01")))
REFS = ["a", "b", "c"]


@st.composite
def whole_plans(draw):
    refs = draw(st.lists(st.sampled_from(REFS), unique=True, min_size=1))
    reserves = tuple(
        Reserve(ref, draw(text), draw(st.sampled_from(["earmarked", "general"])), draw(st.sampled_from(["A", "A,B"])),
                draw(amounts), purpose=draw(text), restricted=draw(st.booleans()), order=draw(st.integers(0, 9)))
        for ref in refs
    )  # fmt: skip
    split_keys = draw(
        st.lists(
            st.tuples(st.sampled_from(refs), st.integers(2019, 2021), st.sampled_from("AB")), unique=True, max_size=4
        )
    )
    actual_keys = draw(st.lists(st.tuples(st.sampled_from(refs), st.integers(2019, 2021)), unique=True, max_size=3))
    order = {ref: n for n, ref in enumerate(refs)}
    lines = tuple(
        Line(
            f"l{n}",
            draw(text),
            status=draw(text),
            total=draw(st.booleans()),
            amounts={2020: draw(st.one_of(st.none(), amounts))},
        )
        for n in range(draw(st.integers(0, 3)))
    )
    moves = tuple(
        Movement(
            f"m{n}",
            "use",
            draw(st.sampled_from(refs)),
            draw(st.integers(2020, 2021)),
            draw(st.integers(1, 99)),
            draw(text),
        )
        for n in draw(st.lists(st.integers(0, 9), unique=True, max_size=4))
    )
    return Plan(
        draw(text), 2019, 2, reserves=reserves, movements=moves, savings=lines, capital=lines,
        years=tuple(Year(y, draw(st.one_of(st.none(), amounts)), band_d=draw(st.one_of(st.none(), pence))) for y in (2019, 2020)),
        splits=tuple(Split(*key, draw(amounts)) for key in sorted(split_keys, key=lambda k: order[k[0]])),
        actuals=tuple(Actual(*key, draw(amounts)) for key in sorted(actual_keys, key=lambda k: order[k[0]])),
    )  # fmt: skip


@given(whole_plans())
def test_a_plan_goes_through_json_and_comes_back_exactly(plan):
    assert rows.load(json.loads(json.dumps(rows.dump(plan)))) == plan


@given(whole_plans(), whole_plans())
def test_applying_the_changes_to_the_earlier_version_gives_the_later_one(before, after):
    old, new = rows.dump(before), rows.dump(after)
    assert compare.apply(old, compare.compare(old, new)) == new


@given(whole_plans())
def test_a_version_compared_with_itself_has_no_changes(plan):
    assert compare.compare(rows.dump(plan), rows.dump(plan)) == []


def test_a_changed_movement_is_told_with_its_balances_line_by_line():
    before = reserves_plan()
    moved = tuple(replace(m, amount_k=m.amount_k - 100) if m.ref == "r2-2020" else m for m in before.movements)
    changes = compare.compare(rows.dump(before), rows.dump(replace(before, movements=moved)))
    told = [compare.sentence(change) for change in changes]
    assert "Budget Assistance Reserve: Implied, amount: from 2,437 to 2,337" in told
    assert "Budget Assistance Reserve, balance at 31 March 2020: from (1,472) to (1,372)" in told
    assert "Earmarked, contingency and capital reserves, balance at 31 March 2020: from 1,348 to 1,448" in told
    assert not any("Insurance" in line for line in told)


def test_inserting_a_reserve_above_others_changes_only_it_and_the_totals():
    before = reserves_plan()
    later = (Reserve("new", "New", "earmarked", opening_k=5), *before.reserves)
    changes = compare.compare(rows.dump(before), rows.dump(replace(before, reserves=later)))
    assert {c.ref for c in changes} == {
        "reserve:new",
        "=reserve:new",
        "=total:earmarked",
        "=total:held",
        "=total:usable",
        "=category:A",
    }


def test_snapshots_hold_no_floats():
    def walk(value):
        assert not isinstance(value, float)
        for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(each)

    walk(rows.dump(reserves_plan(years=(Year(2019, 142535, band_d=Decimal("198.72"), tax_base=Decimal("290000")),))))


@pytest.mark.parametrize(
    "data", [None, [], {}, {"format": 2}, {"format": 1}, {"format": 1, "plan": {}, "rows": {"odd:1": {}}}]
)
def test_what_is_not_a_plan_is_refused_with_a_sentence(data):
    with pytest.raises(rows.RowError) as refused:
        rows.load(data)
    assert str(refused.value).endswith(".")
