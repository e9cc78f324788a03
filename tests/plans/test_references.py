"""References of the plan: rule L3 and the order of the board's table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import references
from plans.references import Reference, ReferenceError, find, in_order, parse, parse_action, parse_activity, sort_key

PLAN = [f"V{n}.1" for n in range(1, 10)]
PLAN += ["O1.1", "O2.1", "O2.2", "O2.3", "O3.1", "O4.1", "O5.1", "O5.2"] + [f"O{n}.1" for n in range(6, 12)]
PLAN += [f"C{n}.1" for n in range(1, 11)] + ["C10.2"] + [f"T{n}.1" for n in range(1, 11)]


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("V2.", "V2"),
        ("O10", "O10"),
        ("T1", "T1"),
        ("O 1.1", "O1.1"),
        ("10.1", "C10.1"),
        ("section C1", "C1"),
        ("section 10.1", "C10.1"),
        ("See also O 1.1", "O1.1"),
        ("v1.1", "V1.1"),
        ("V1.1.", "V1.1"),
        ("V 1 . 1", "V1.1"),
        ("(O11.)", "O11"),
        ("O02", "O2"),
        ("Offenders 3", "O3"),
        ("plans:T10", "T10"),
        ("C\u00a010.2", "C10.2"),
    ],
)
def test_every_printed_form_reads_as_the_normal_form(printed, normal):
    assert str(parse(printed, known=PLAN)) == normal


@pytest.mark.parametrize(("printed", "normal"), [("V2.", "V2.1"), ("O10", "O10.1"), ("T1", "T1.1"), ("O2.3", "O2.3")])
def test_the_label_of_an_only_activity_is_its_first(printed, normal):
    assert str(parse_activity(printed)) == normal


def test_an_activity_reference_names_its_action():
    assert str(parse_action("C10.2")) == "C10"


@pytest.mark.parametrize("printed", ["", "NP", "V", "V0", "V1.0", "10", "Victims", "Nobody 4", "V1.1.1", "A/1"])
def test_what_is_no_reference_is_refused_with_a_sentence(printed):
    with pytest.raises(ReferenceError) as refused:
        parse(printed)
    assert str(refused.value).endswith(".")


def test_a_number_without_a_letter_that_fits_two_rows_is_refused():
    with pytest.raises(ReferenceError, match=r"V1\.1 or O1\.1"):
        parse("1.1", known=["V1.1", "O1.1"])


def test_a_number_without_a_letter_that_fits_no_row_is_refused():
    with pytest.raises(ReferenceError, match="fits no activity"):
        parse("14.1", known=PLAN)


def test_themes_come_in_the_order_of_the_plan_and_numbers_as_numbers():
    mixed = ["T10", "O10", "C1", "O2", "V9", "T1", "O2.3", "O2.1", "V1"]
    assert in_order(mixed) == ["V1", "V9", "O2", "O2.1", "O2.3", "O10", "C1", "T1", "T10"]


def test_a_theme_the_plan_does_not_list_comes_last():
    assert in_order(["X1", "T1", "A2"]) == ["T1", "A2", "X1"]


@given(st.sampled_from("VOCT"), st.integers(1, 99), st.none() | st.integers(1, 20))
def test_the_normal_form_reads_as_itself(theme, number, activity):
    reference = Reference(theme, number, activity)
    assert parse(str(reference)) == reference
    assert references.is_normal(str(reference))


@given(st.lists(st.tuples(st.sampled_from("VOCT"), st.integers(1, 30), st.integers(1, 5)), unique=True))
def test_sorting_puts_numbers_in_numeric_order(rows):
    ordered = [parse(ref) for ref in in_order(f"{theme}{number}.{activity}" for theme, number, activity in rows)]
    for theme in "VOCT":
        mine = [(ref.number, ref.activity) for ref in ordered if ref.theme == theme]
        assert mine == sorted(mine)
    assert [sort_key(ref)[0] for ref in ordered] == sorted(sort_key(ref)[0] for ref in ordered)


def test_references_in_running_text_are_found_only_when_the_plan_has_them():
    text = "See also O 1.1 and section 10.1; the A14 and T20 are no part of it, O3. is, and C10.2 too."
    assert [str(ref) for _, _, ref in find(text, known=PLAN)] == ["O1.1", "C10.1", "O3", "C10.2"]
