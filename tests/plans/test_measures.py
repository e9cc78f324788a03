"""Arithmetic of performance measures, on figures that were printed."""

from decimal import Decimal as D

import pytest

from plans import measures
from plans.measures import Judgement


def test_percentages_move_by_percentage_points():
    moved = measures.movement(D("82.2"), D("71.1"), unit="%", polarity="higher")
    assert (moved.difference, moved.per_cent, moved.judgement) == (D("11.1"), None, Judgement.BETTER)
    assert moved.words("%") == "up 11.1 percentage points (better)"


def test_counts_move_by_number_and_per_cent():
    moved = measures.movement(D(26266), D(28621), unit="count", polarity="context")
    assert moved.words("count") == "down 2,355, 8.2%"


def test_lower_is_better_where_the_measure_says_so():
    assert measures.judge(D("-0.6"), "lower") is Judgement.BETTER
    assert measures.judge(D("0.6"), "lower") is Judgement.WORSE
    assert measures.judge(D(0), "higher") is Judgement.SAME


def test_a_rolling_average_waits_for_a_full_window_without_gaps():
    calls = [D(10215), D(9649), D(10231)]
    assert measures.rolling(calls, 3) == [None, None, D("10031.67")]
    assert measures.rolling([D(1), None, D(3), D(5)], 2) == [None, None, None, D("4.00")]
    with pytest.raises(ValueError, match="window"):
        measures.rolling(calls, 0)


def test_figures_carry_units_and_thousands_separators():
    assert measures.show(D(10215), "count") == "10,215"
    assert measures.show(D(95), "%") == "95.0%"
    assert measures.show(D("61.4"), "per 1,000") == "61.4 per 1,000"
    assert measures.show(D("9.4"), "days") == "9.4 days"
    assert measures.show(None, "%") == "not available"
    assert measures.show(D("-12.8"), "ppt") == "−12.8 percentage points"


def test_a_comparator_is_put_in_words():
    assert measures.against(D("61.4"), D("60.6"), polarity="lower", unit="per 1,000") == "0.8 per 1,000 above (worse)"
    assert measures.against(D("61.4"), D(70), polarity="lower", unit="per 1,000") == "8.6 per 1,000 below (better)"
    assert measures.against(D(5), D(5), polarity="higher") == "the same"
