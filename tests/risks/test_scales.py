"""The scales: impact is the highest category; economic edges go up unless the first step says otherwise."""

import pytest

from risks import scales
from tests.risks.samples import facts


@pytest.mark.parametrize(
    ("percentage", "overspend", "shortfall"),
    [
        (0, 1, 1),
        (2, 1, 1),
        (2.1, 2, 1),
        (3, 2, 1),
        (3.1, 2, 2),
        (5, 3, 3),
        (10, 4, 4),
        (14.9, 4, 4),
        (15, 5, 5),
        (40, 5, 5),
    ],
)
def test_a_percentage_on_an_edge_takes_the_higher_score(percentage, overspend, shortfall):
    assert scales.economic_impact(percentage) == overspend
    assert scales.economic_impact(percentage, of="shortfall") == shortfall


def test_a_negative_percentage_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        scales.economic_impact(-1)


def test_impact_is_the_highest_category_scored():
    assert scales.impact_of({"political": 2, "economic": 4, "social": None}) == 4
    assert scales.impact_of({"political": None}) is None


def test_every_category_has_five_descriptors_in_the_order_of_the_facts():
    assert {category: len(steps) for category, steps in scales.DESCRIPTORS.items()} == dict.fromkeys(
        scales.CATEGORIES, 5
    )
    assert list(dict.fromkeys(row["category"] for row in facts("impact_scale"))) == list(scales.CATEGORIES.values())
