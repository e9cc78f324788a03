"""Council tax: the eight bands by ninths of band D, the precept, and the increase in pounds and per cent.

Bands are fixed proportions of band D (Local Government Finance Act 1992, section 5): A is six ninths, H eighteen.
A band D charge that divides by nine in pence gives eight exact bands, which is why offices raise it by £11.97 and
not £12.00. Charges are exact pounds and pence; the precept is worked out to the penny before it is shown in thousands.
"""

from dataclasses import dataclass
from decimal import Decimal

from finance import money

NINTHS = {"A": 6, "B": 7, "C": 8, "D": 9, "E": 11, "F": 13, "G": 15, "H": 18}


@dataclass(frozen=True)
class Increase:
    """What a household pays more from one year to the next, in pounds and as a share of last year's charge."""

    before: Decimal
    after: Decimal

    @property
    def pounds(self) -> Decimal:
        return self.after - self.before

    @property
    def percent(self) -> Decimal | None:
        return money.percentage(self.pounds, self.before)


def bands(band_d: Decimal) -> dict[str, Decimal]:
    """The charge of every band, to the penny."""
    return {band: money.half_up(band_d * ninths / 9, 2) for band, ninths in NINTHS.items()}


def bands_are_exact(band_d: Decimal) -> bool:
    """True when band D divides by nine in whole pence, so that no band is rounded."""
    return int(band_d * 100) % 9 == 0


def nearest_exact(band_d: Decimal) -> Decimal:
    """The highest charge not above `band_d` whose eight bands are exact: 210.72 → 210.69."""
    pence = int(band_d * 100)
    return Decimal(pence - pence % 9) / 100


def precept_pounds(band_d: Decimal, tax_base: Decimal) -> Decimal:
    """The precept: band D charge × number of band D equivalent homes, in pounds and pence."""
    return money.half_up(band_d * tax_base, 2)


def precept_k(band_d: Decimal | None, tax_base: Decimal | None) -> int | None:
    """The precept in whole thousands, or None while either figure is to be confirmed."""
    if band_d is None or tax_base is None:
        return None
    return money.to_thousands(precept_pounds(band_d, tax_base))


def raised(band_d: Decimal, *, pounds: Decimal | None = None, percent: Decimal | None = None) -> Decimal:
    """Next year's charge after a rise given in pounds or in per cent, to the penny."""
    if pounds is not None:
        return money.half_up(band_d + pounds, 2)
    return money.half_up(band_d * (1 + (percent or Decimal(0)) / 100), 2)
