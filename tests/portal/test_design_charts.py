"""Drawings: exact numbers in, places out; every chart has its sentence, its table and no style of its own."""

import itertools
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from portal.design import charts, gallery
from portal.design.charts.base import scale, text_width, wrap

EVERY = [*gallery.charts_shown(), gallery.spark()]
values = st.integers(-20_000, 20_000)


@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: chart.id)
def test_a_drawing_is_well_formed_and_says_its_sentence(chart):
    root = etree.fromstring(chart.svg())
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title.text == chart.title and root.get("aria-labelledby") == title.get("id") and root.get("role") == "img"
    assert not any("style" in element.attrib for element in root.iter())


@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: chart.id)
def test_a_chart_has_a_table_whose_rows_are_as_wide_as_its_header(chart):
    assert chart.rows and {len(row) for row in chart.rows} == {len(chart.header)} and all(chart.header)


@pytest.mark.parametrize("chart", EVERY, ids=lambda chart: chart.id)
def test_everything_is_drawn_inside_the_frame(chart):
    for element in etree.fromstring(chart.svg()).iter():
        for name, limit in (
            ("x", chart.width),
            ("x1", chart.width),
            ("cx", chart.width),
            ("y", chart.height),
            ("cy", chart.height),
        ):
            if name in element.attrib:
                assert 0 <= float(element.get(name)) <= limit


def test_a_title_cannot_become_markup():
    svg = charts.sparkline([1, 2], title="<script>").svg()
    assert "<script>" not in svg


def test_a_chart_is_drawn_from_json_as_from_python():
    data = json.loads(json.dumps({"values": [18, None, 13], "title": "Fell", "limit": 13}))
    assert charts.draw("sparkline", data).svg() == charts.sparkline([18, None, 13], title="Fell", limit=13).svg()


# Heat map


def test_a_heat_map_needs_each_of_the_25_cells_once():
    with pytest.raises(ValueError, match="25 cells"):
        charts.heatmap(gallery._cells()[:24], title="x")


def test_the_tolerance_edge_runs_between_cells_that_differ_and_nowhere_else():
    # 13 cells are within tolerance: the edge between them and the rest is a staircase of eight sides.
    edges = charts.heatmap(gallery._cells(), title="x").shapes["edges"]
    assert len(edges) == 8
    flat = [{**cell, "beyond": False} for cell in gallery._cells()]
    assert charts.heatmap(flat, title="x").shapes["edges"] == []


def test_many_risks_in_one_cell_do_not_cover_each_other():
    points = [{"ref": f"SR{n}.1", "current": [2, 2]} for n in range(1, 17)]
    pills = charts.heatmap(gallery._cells(), points, title="x").shapes["pills"]
    assert len({(pill["x"], pill["y"]) for pill in pills}) == 16


def test_a_path_goes_from_inherent_through_current_to_future():
    point = {"ref": "SR1.1", "inherent": [5, 5], "current": [3, 3], "future": [1, 1]}
    chart = charts.heatmap(gallery._cells(), [point], title="x")
    assert [pill["stage"] for pill in sorted(chart.shapes["pills"], key=lambda p: -p["x"])] == [
        "inherent",
        "current",
        "future",
    ]
    assert len(chart.shapes["arrows"]) == 2
    assert chart.rows == [
        [
            "SR1.1",
            "25 Critical (likelihood 5, impact 5)",
            "13 Medium (likelihood 3, impact 3)",
            "1 Low (likelihood 1, impact 1)",
        ]
    ]


# Bars and lines


@given(st.lists(st.lists(values, min_size=3, max_size=3), min_size=1, max_size=6))
def test_the_parts_of_a_bar_are_as_high_as_their_values(parts):
    series = [{"name": str(n), "values": one} for n, one in enumerate(parts)]
    chart = charts.stacked_bars(["a", "b", "c"], series, title="x")
    drawn = sum(part["height"] for part in chart.shapes["parts"])
    size = sum(abs(value) for one in parts for value in one)
    low = min(tick["y"] for tick in chart.shapes["ticks"])
    high = max(tick["y"] for tick in chart.shapes["ticks"])
    assert low >= 0 and high <= chart.height
    if size:
        lowest, highest = sum_of(parts, min), sum_of(parts, max)
        ticks = charts.nice_ticks(min(0, *lowest), max(0, *highest))
        assert drawn == pytest.approx(size * (high - low) / (ticks[-1] - ticks[0]), abs=0.2 * len(parts) * 3)


def sum_of(parts, pick) -> list[int]:
    return [sum(pick(one[i], 0) for one in parts) for i in range(3)]


def test_uneven_series_are_refused():
    with pytest.raises(ValueError, match="one value for each bar"):
        charts.stacked_bars(["a", "b"], [{"name": "n", "values": [1]}], title="x")


def test_the_total_of_a_table_is_the_sum_of_its_parts():
    chart = charts.stacked_bars(
        ["2019"],
        [{"name": "General", "values": [6934]}, {"name": "Earmarked", "values": [-46]}],
        title="x",
        unit="£000",
    )
    assert chart.rows == [["General", "6,934"], ["Earmarked", "(46)"], ["Total", "6,888"]]


@given(st.lists(st.integers(-500, 500), min_size=1, max_size=8))
def test_a_waterfall_ends_where_its_steps_lead(steps):
    given_steps = [{"label": "Start", "value": 1000, "total": True}, *({"label": "s", "value": v} for v in steps)]
    chart = charts.waterfall([*given_steps, {"label": "End", "value": None, "total": True}], title="x")
    assert chart.rows[-1][2] == charts.figure(1000 + sum(steps))


def test_a_waterfall_cannot_hide_a_level_below_its_axis():
    with pytest.raises(ValueError, match="axis cannot start"):
        charts.waterfall([{"label": "a", "value": 10, "total": True}, {"label": "b", "value": -8}], title="x", start=5)


def test_a_missing_value_leaves_a_gap_in_the_line():
    chart = charts.line([{"name": "n", "values": [1, 2, None, 4, 5]}], list("abcde"), title="x")
    assert len(chart.shapes["series"][0]["paths"]) == 2 and len(chart.shapes["series"][0]["marks"]) == 4
    assert chart.rows[2] == ["c", "not known"]


@pytest.mark.parametrize("known", [[], [None], [5], [None, 5, None], [7, 7, 7]])
def test_a_line_with_little_to_show_is_still_drawn(known):
    assert charts.sparkline(known, title="x").svg()
    assert charts.line([{"name": "n", "values": known}], [str(n) for n in range(len(known))], title="x").svg()


def test_no_bars_at_all_is_an_empty_chart():
    assert charts.rag_bars([], title="x").svg() and charts.stacked_bars([], [], title="x").svg()
    assert charts.waterfall([], title="x").svg()


# Scales and words


@given(st.floats(-1e6, 1e6), st.floats(0.01, 1e6), st.integers(3, 8))
def test_ticks_reach_over_the_values_in_even_steps(low, span, about):
    ticks = charts.nice_ticks(low, low + span, about)
    gaps = [b - a for a, b in itertools.pairwise(ticks)]
    assert ticks[0] <= low + 1e-6 * span + 1e-9 and ticks[-1] >= low + span - 1e-6 * span - 1e-9
    assert max(gaps) == pytest.approx(min(gaps), rel=1e-6, abs=1e-9) and len(ticks) <= 2 * about + 3


def test_a_scale_turns_the_ends_into_the_ends():
    place = scale(10, 20, 300, 20)
    assert (place(10), place(15), place(20)) == (300, 160, 20)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (-46, "£000", "(46)"),
        (0, "£000", "–"),
        (17273, "£000", "17,273"),
        (Decimal("1.25"), "£m", "£1.3m"),
        (-2.4, "£m", "−£2.4m"),
        (6.02, "%", "6.0%"),
        (1348, "£", "£1,348"),
        (198.72, "£", "£198.72"),
        (1426, "", "1,426"),
        (None, "%", "not known"),
        (-3, "", "−3"),
        (2, "days", "2 days"),
    ],
)
def test_figures_are_worded_as_the_board_prints_them(value, unit, said):
    assert charts.figure(value, unit) == said


@given(st.text(alphabet="abc mil W", min_size=1, max_size=60))
def test_wrapped_labels_keep_to_their_lines(text):
    lines = wrap(text, 80, 13, 3)
    assert 1 <= len(lines) <= 3
    assert all(text_width(line) <= 80 or " " not in line for line in lines[:-1])
