from datetime import date, datetime

import pytest

from finance import years


def test_a_year_is_named_by_both_halves_and_closes_on_31_march():
    assert years.label(2020) == "2019/20"
    assert years.closing(2021) == date(2021, 3, 31)
    assert years.of_date(date(2021, 3, 31)) == 2021
    assert years.of_date(date(2021, 4, 1)) == 2022


def test_a_plan_has_one_opening_date_and_a_closing_date_for_each_year():
    assert years.period(2019) == [2020, 2021, 2022, 2023]


@pytest.mark.parametrize(
    "text",
    [
        "31 March 2019",
        "31 Mar 2019",
        "31st March 2019",
        "31/03/2019",
        "2019-03-31",
        "Balance 31 March 2019",
        datetime(2019, 3, 31),
    ],
)
def test_a_balance_date_is_read_in_the_ways_people_write_it(text):
    assert years.parse_balance_date(text) == 2019


@pytest.mark.parametrize("text", ["31 December 2019", "1 April 2019", date(2019, 3, 30), "30 March 2019"])
def test_a_date_that_is_not_31_march_is_refused(text):
    with pytest.raises(years.YearError, match="not a 31 March"):
        years.parse_balance_date(text)


@pytest.mark.parametrize("text", ["2019", "2019/21", "March", "2019/20/21"])
def test_what_is_not_one_financial_year_is_refused(text):
    with pytest.raises(years.YearError):
        years.parse_year(text)


def test_financial_years_are_read_with_slash_or_dash():
    assert years.parse_year("2019/20") == years.parse_year("2019-2020") == 2020
