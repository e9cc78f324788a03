from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finance import council_tax

BEFORE, AFTER = Decimal("198.72"), Decimal("210.69")


def test_band_d_rises_to_210_69_which_is_6_02_per_cent_and_not_6_3():
    assert council_tax.raised(BEFORE, pounds=Decimal("11.97")) == AFTER
    rise = council_tax.Increase(BEFORE, AFTER)
    assert (rise.pounds, rise.percent) == (Decimal("11.97"), Decimal("6.02"))


def test_bands_are_ninths_of_band_d_in_both_years():
    before, after = council_tax.bands(BEFORE), council_tax.bands(AFTER)
    assert (before["A"], after["A"]) == (Decimal("132.48"), Decimal("140.46"))
    assert (before["H"], after["H"]) == (Decimal("397.44"), Decimal("421.38"))
    assert before["D"] == BEFORE
    assert council_tax.bands_are_exact(BEFORE)
    assert council_tax.bands_are_exact(AFTER)


def test_a_rise_of_twelve_pounds_would_not_divide_into_ninths():
    assert not council_tax.bands_are_exact(BEFORE + 12)
    assert council_tax.nearest_exact(BEFORE + 12) == AFTER


def test_the_precept_is_band_d_times_the_base_to_the_penny():
    assert council_tax.precept_pounds(AFTER, Decimal("1000.5")) == Decimal("210795.35")
    assert council_tax.precept_k(AFTER, Decimal("1000.5")) == 211
    assert council_tax.precept_k(None, Decimal("1000.5")) is None


@given(st.integers(1, 100_000).map(lambda n: Decimal(n * 9) / 100))
def test_a_charge_that_divides_by_nine_has_eight_exact_bands(band_d):
    for band, charge in council_tax.bands(band_d).items():
        assert charge * 9 == band_d * council_tax.NINTHS[band]
