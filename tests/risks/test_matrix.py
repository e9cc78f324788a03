"""The matrix: a looked-up rank, never a product."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risks import matrix
from risks.matrix import MatrixError, from_data
from tests.risks.samples import facts

ALL_CELLS = [(likelihood, impact) for likelihood in range(1, 6) for impact in range(1, 6)]


def oracle(likelihood: int, impact: int) -> int:
    """The arithmetic form of the printed matrix, used only here: rank by the sum, then by impact."""
    total = likelihood + impact
    if total <= 6:
        return (total - 1) * (total - 2) // 2 + impact
    return 26 - oracle(6 - likelihood, 6 - impact)


@pytest.mark.parametrize(("likelihood", "impact"), ALL_CELLS)
def test_each_cell_is_the_rank_the_formula_gives(likelihood, impact):
    assert matrix.default().rating(likelihood, impact) == oracle(likelihood, impact)


def test_all_25_printed_cells_agree():
    rows = facts("risk_matrix")
    assert len(rows) == 25
    for row in rows:
        cell = matrix.default().cell(int(row["likelihood"]), int(row["impact"]))
        assert cell.rating == int(row["rating"])
        assert (cell.likelihood_label, cell.impact_label) == (row["likelihood_label"], row["impact_label"])
        assert cell.at_tolerance == (row["is_tolerance_cell"] == "1")
        assert cell.above_tolerance == (row["above_tolerance"] == "1")


def test_each_rating_is_used_once():
    assert sorted(matrix.default().rating(*cell) for cell in ALL_CELLS) == list(range(1, 26))


@pytest.mark.parametrize(
    ("likelihood", "impact", "rating"), [(3, 4, 18), (2, 4, 14), (1, 5, 15), (5, 1, 11), (3, 3, 13), (4, 4, 21)]
)
def test_a_rating_is_not_likelihood_times_impact(likelihood, impact, rating):
    assert matrix.default().rating(likelihood, impact) == rating != likelihood * impact


def test_only_three_cells_would_hide_a_product():
    product = [cell for cell in ALL_CELLS if matrix.default().rating(*cell) == cell[0] * cell[1]]
    assert product == [(1, 1), (2, 1), (5, 5)]


def test_all_37_triples_of_the_register_agree():
    checked = 0
    for row in facts("risks"):
        for stage in ("inherent", "current", "future"):
            if row[f"{stage}_r"]:
                rating = matrix.default().rating(int(row[f"{stage}_l"]), int(row[f"{stage}_i"]))
                assert rating == int(row[f"{stage}_r"]), row["ref"]
                checked += 1
    assert checked == 37


def test_three_above_tolerance_one_at_and_all_sixteen_inherent_above():
    rows, found = facts("risks"), matrix.default()
    now = {row["ref"]: found.cell(int(row["current_l"]), int(row["current_i"])) for row in rows}
    assert [ref for ref, cell in now.items() if cell.above_tolerance] == ["SR3.3", "SR3.5", "SR4.4"]
    assert [ref for ref, cell in now.items() if cell.at_tolerance] == ["SR3.1"]
    inherent = [found.cell(int(row["inherent_l"]), int(row["inherent_i"])) for row in rows]
    assert sum(cell.above_tolerance for cell in inherent) == 16


def test_the_bands_of_the_register_are_those_proposed():
    cells = [matrix.default().cell(int(r["current_l"]), int(r["current_i"])) for r in facts("risks")]
    names = [cell.band.name for cell in cells]
    assert {name: names.count(name) for name in set(names)} == {"Low": 7, "Medium": 6, "Medium-high": 3}
    assert matrix.default().bands_confirmed is False


def test_tolerance_itself_is_inside():
    found = matrix.default()
    assert not found.above_tolerance(13)
    assert found.above_tolerance(14)


@pytest.mark.parametrize(
    ("likelihood", "impact"), [(0, 3), (6, 3), (3, 6), (3, 0), (True, 3), (2.5, 3), (None, 3), ("3", 3)]
)
def test_a_score_outside_one_to_five_is_refused_with_a_sentence(likelihood, impact):
    with pytest.raises(MatrixError, match="must be a whole number from 1 to 5"):
        matrix.default().rating(likelihood, impact)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda d: d["cells"][0].pop(), "25 cells"),
        (lambda d: d["cells"][2].__setitem__(2, 99), "rating falls"),
        (lambda d: d["cells"][0].__setitem__(0, "1"), "whole number"),
        (lambda d: d["bands"].pop(), "do not cover"),
        (lambda d: d["bands"][1].__setitem__("from", 8), "must start at 7"),
        (lambda d: d.__setitem__("tolerance", 12), "top of a band"),
        (lambda d: d["bands"][0].__setitem__("tone", "mauve"), "tone"),
        (lambda d: d.pop("cells"), "not complete"),
        (lambda d: d["likelihood"].pop(), "five likelihood labels"),
    ],
)
def test_a_matrix_that_breaks_a_rule_is_refused(spoil, sentence):
    data = copy.deepcopy(matrix.default_data())
    spoil(data)
    with pytest.raises(MatrixError, match=sentence):
        from_data(data)


def test_a_matrix_is_the_same_after_a_round_through_its_data():
    assert from_data(matrix.default().as_data()) == matrix.default()


@given(st.sampled_from(ALL_CELLS), st.sampled_from(ALL_CELLS))
def test_a_score_no_lower_on_either_scale_never_rates_lower(one, other):
    if one[0] <= other[0] and one[1] <= other[1]:
        assert matrix.default().rating(*one) <= matrix.default().rating(*other)
