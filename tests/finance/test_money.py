from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance import money


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1234", 1234), ("1,234", 1234), ("£1,234", 1234), ("-1,234", -1234), ("(1,472)", -1472), ("−5", -5), ("-", 0), ("–", 0),
     ("0", 0), (" 78 ", 78), ("1,234,567", 1234567), (1472, 1472), (1472.0, 1472)],
)  # fmt: skip
def test_amounts_are_read_as_accountants_write_them(typed, amount):
    assert money.parse_thousands(typed) == amount


@pytest.mark.parametrize(
    "typed",
    ["", "abc", "12 thousand", "1,234.567", "12,34", "1.5", "1,23", "(12", "--5", "(-5)", "1e6", "٣", None, True, 12.5,
     "=1+1", "999999999999"],
)  # fmt: skip
def test_what_is_not_whole_thousands_is_refused_with_a_sentence(typed):
    with pytest.raises(money.MoneyError) as refused:
        money.parse_thousands(typed)
    assert str(refused.value).endswith(".")


def test_a_decimal_point_gets_advice_of_its_own():
    with pytest.raises(money.MoneyError, match="decimal point"):
        money.parse_thousands("1,234.567")


@given(st.integers(-money.LARGEST, money.LARGEST))
def test_what_is_printed_reads_back_as_the_same_amount(amount):
    assert money.parse_thousands(money.brackets(amount)) == amount


def test_a_negative_is_in_brackets_and_in_words_and_nil_is_a_dash():
    assert money.brackets(-1472) == "(1,472)"
    assert money.spoken(-1472) == "minus 1,472"
    assert money.in_pounds(-1472) == "minus £1.472 million"
    assert (money.brackets(0), money.spoken(0)) == ("–", "nil")
    assert money.brackets(None) == ""


def test_amounts_in_sentences_drop_needless_noughts():
    assert money.in_pounds(78411) == "£78.411 million"
    assert money.in_pounds(4300) == "£4.3 million"
    assert money.in_pounds(398) == "£398,000"


def test_percentages_round_half_up_and_need_a_whole():
    assert money.percentage(Decimal("11.97"), Decimal("198.72")) == Decimal("6.02")
    assert money.percentage(1, 0) is None
    assert money.half_up(Decimal("2.5"), 0) == 3
    assert money.half_up(Decimal("-2.5"), 0) == -3


@pytest.mark.parametrize("typed", ["210.695", "abc", "", None, "1e5", True])
def test_pounds_refuse_part_pence_and_words(typed):
    with pytest.raises(money.MoneyError):
        money.parse_pounds(typed)


def test_pounds_are_exact():
    assert money.parse_pounds("£210.69") == Decimal("210.69")
    assert money.parse_pounds("6.02%") == Decimal("6.02")
    assert money.parse_pounds(0.1) + money.parse_pounds(0.2) == Decimal("0.30")
