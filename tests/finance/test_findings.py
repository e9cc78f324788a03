from dataclasses import replace
from decimal import Decimal

import pytest

from finance import findings
from finance.figures import Actual, Line, Plan, Split, Year
from tests.finance.demo_plan import reserves_plan


def of(rule: str, plan: Plan) -> list[findings.Finding]:
    return [each for each in findings.check(plan) if each.rule == rule]


def test_f3_names_the_overdrawn_reserve_and_each_year():
    first = of("F3", reserves_plan())[0]
    assert first.severity == "blocks"
    assert first.figures == {"reserve": "r2", "overdrawn": {"2020": -1472, "2021": -1682, "2022": -1592}}
    assert "minus £1.472 million (1,472) at 31 March 2020" in first.sentence


def test_f3_says_the_strict_earmarked_block_is_below_nil():
    block = next(each for each in of("F3", reserves_plan()) if each.ref == "total:earmarked")
    assert block.figures["below_nil"] == {"2020": -46, "2021": -256, "2022": -166}


def test_f3_with_a_plan_to_fund_it_must_be_answered_and_no_longer_blocks():
    reserves = tuple(
        replace(r, funding_plan="Repaid from savings.") if r.ref == "r2" else r for r in reserves_plan().reserves
    )
    overdrawn = next(each for each in of("F3", reserves_plan(reserves=reserves)) if each.ref == "reserve:r2")
    assert overdrawn.severity == "acknowledge"


@pytest.mark.parametrize(
    ("requirement", "level"), [(142535, "below"), (138680, None), (138681, "below"), (138600, "above"), (None, None)]
)
def test_f4_five_per_cent_is_both_a_floor_and_a_question(requirement, level):
    # 6,934 is exactly 5% of 138,680.
    plan = reserves_plan(years=(Year(2019, requirement),))
    found = of("F4", plan)
    assert [each.figures["level"] for each in found] == ([level] if level else [])


def test_f4_on_the_2018_19_requirement_gives_4_86_per_cent():
    assert of("F4", reserves_plan(years=(Year(2019, 142535),)))[0].figures["percent"] == "4.86"


def test_f5_finds_the_flat_reserves_whose_text_says_they_will_be_used():
    texts = {
        "r3": "The fund will be used on road safety over the plan.",
        "r5": "It is expected to be used for national ICT programmes.",
        "r1": "Held for operations.",
    }
    reserves = tuple(replace(r, purpose=texts.get(r.ref, "")) for r in reserves_plan().reserves)
    assert [each.figures["reserve"] for each in of("F5", reserves_plan(reserves=reserves))] == ["r3", "r5"]


def test_f5_also_works_the_other_way_round():
    reserves = tuple(
        replace(r, purpose="It will not be used in this plan." if r.ref == "r4" else "")
        for r in reserves_plan().reserves
    )
    assert [each.figures["reserve"] for each in of("F5", reserves_plan(reserves=reserves))] == ["r4"]


def test_f6_asks_for_the_division_of_a_dual_code_and_refuses_one_that_does_not_sum():
    plan = reserves_plan(splits=(Split("r6", 2019, "A", 5000), Split("r6", 2019, "B", 400)))
    wrong = next(each for each in of("F6", plan) if each.severity == "blocks")
    assert wrong.figures == {"reserve": "r6", "year": 2019, "parts": {"A": 5000, "B": 400}, "balance": 5439}
    missing = next(each for each in of("F6", plan) if each.figures["reserve"] == "r3")
    assert missing.figures["missing"] == [2019, 2020, 2021, 2022]


def test_f6_is_quiet_when_the_parts_sum():
    plan = reserves_plan(splits=(Split("r6", 2019, "A", 5000), Split("r6", 2019, "B", 439)))
    assert [each.figures["reserve"] for each in of("F6", plan)] == ["r3"]


def test_f2_an_actual_balance_must_be_what_the_movements_give():
    found = of("F2", reserves_plan(actuals=(Actual("r4", 2019, 265),)))
    assert found[0].figures == {"reserve": "r4", "year": 2019, "actual": 265, "worked_out": 270}


def officers(note: str, total: int = 1425) -> Plan:
    lines = (
        Line("local", "Local policing", heading="Police officers", amounts={2019: 1175, 2020: None}),
        Line("other", "Other policing", heading="Police officers", amounts={2019: 251, 2020: None}),
        Line(
            "officers",
            "Total officers",
            heading="Police officers",
            note=note,
            total=True,
            amounts={2019: total, 2020: None},
        ),
    )
    return reserves_plan(workforce=lines)


def test_1426_against_1425_is_wrong_without_a_rounding_note_and_right_with_one():
    found = of("F7", officers(""))
    assert found[0].figures == {"line": "officers", "year": 2019, "printed": 1425, "sum": 1426, "note": ""}
    assert of("F7", officers("Takes account of rounding.")) == []


def test_a_rounding_note_does_not_excuse_a_difference_of_two():
    assert of("F7", officers("Takes account of rounding.", total=1424))


def test_staff_and_pcsos_add_up():
    lines = (
        Line("staff", "Police staff", heading="Police staff", amounts={2019: 873}),
        Line("pcso", "PCSOs", heading="Police staff", amounts={2019: 126}),
        Line("total", "Total", heading="Police staff", total=True, amounts={2019: 999}),
    )
    assert of("F7", reserves_plan(workforce=lines)) == []


def test_to_be_confirmed_may_stand_in_a_draft_but_blocks_approval():
    assert {each.severity for each in of("F12", officers("Rounded."))} == {"advice"}
    assert {each.severity for each in of("F12", replace(officers("Rounded."), status="for_approval"))} == {"blocks"}


def test_f8_every_pound_of_the_capital_programme_needs_a_source():
    capital = (Line("c", "Estate", amounts={2020: 500}),)
    funding = (Line("f", "Receipts", amounts={2020: 450}),)
    found = of("F8", reserves_plan(capital=capital, capital_funding=funding))[0]
    assert found.figures == {"year": 2020, "spending": 500, "funding": 450}
    assert (
        found.sentence == "Funding of the 2019/20 capital programme (450) falls short of its spending (500) by £50,000."
    )
    over = of("F8", reserves_plan(capital=funding, capital_funding=capital))[0]
    assert "is more than its spending (450) by £50,000." in over.sentence


def test_every_finding_is_one_or_more_whole_sentences():
    troubled = reserves_plan(
        unstated="2022",
        status="for_approval",
        reserves=tuple(replace(r, purpose="It will be used.") for r in reserves_plan().reserves),
        splits=(Split("r3", 2019, "A", 1),),
        actuals=(Actual("r1", 2019, 7),),
        capital=(Line("c", "Estate", amounts={2020: 500, 2021: None}),),
        workforce=(Line("a", "A", amounts={2020: 1}), Line("t", "All", total=True, amounts={2020: 5})),
        years=(Year(2019, 142535), Year(2020, 150000, 78411, band_d=Decimal("210.70"), tax_base=Decimal(9))),
    )
    found = findings.check(troubled)
    assert {each.rule for each in found} >= {f"F{n}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)}
    for each in found:
        assert each.sentence[0].isupper() or each.sentence[0] == "1", each.sentence
        assert each.sentence.endswith((".", "”")), each.sentence
        assert "  " not in each.sentence
        assert " thousand.s" not in each.sentence


def test_a_typed_percentage_that_differs_from_the_computed_one_is_found():
    texts = [
        ("b1", "Band D rises to £210.69, a 6.3% increase."),
        ("b2", "Band D rises by 6.02%."),
        ("b3", "Crime fell by 6.3%."),
    ]
    found = findings.check_texts(texts, {"rise in band D": Decimal("6.02")}, {"rise in band D": "band d"})
    assert [(each.rule, each.ref, each.figures["typed"]) for each in found] == [("F13", "b1", ["6.3"])]


def test_a_percentage_typed_with_fewer_places_is_right_when_it_rounds_to_the_computed_one():
    assert findings.check_texts([("b", "Band D rises by 6%.")], {"rise": Decimal("6.02")}, {"rise": "band d"}) == []
