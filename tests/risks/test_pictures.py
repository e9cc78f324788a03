"""Map, trend and slippage: places and words computed from sealed numbers."""

from risks import heatmap, slippage, trend
from tests.risks.samples import register, risk, row, score


def chart(**extra):
    return heatmap.data(
        register(
            risk("SR3.3", inherent=score(3, 4), current=score(3, 4)),
            risk("SR3.1", inherent=score(3, 4), current=score(3, 3), future=score(1, 2)),
            *(risk(f"SR2.{n}", current=score(2, 2)) for n in range(1, 9)),
            risk("SR1.1", closed={"on": "2017-01-01", "reason": "Gone."}),
        ),
        **extra,
    )


def pills(drawn, stage="current"):
    return sorted(pill["ref"] for pill in drawn.shapes["pills"] if pill["stage"] == stage)


def test_every_open_risk_is_on_the_map_and_no_closed_one():
    drawn = heatmap.chart(chart())
    assert pills(drawn) == [*(f"SR2.{n}" for n in range(1, 9)), "SR3.1", "SR3.3"]
    assert "SR1.1" not in [row["ref"] for row in heatmap.table(chart())]


def test_the_map_of_another_stage_shows_the_risks_scored_there():
    assert pills(heatmap.chart(chart(stage="future"))) == ["SR3.1"]


def test_the_sentence_says_what_the_picture_shows():
    words = heatmap.chart(chart()).title
    assert words.startswith("Map of ten risks by current score. Above tolerance: SR3.3 (18). At tolerance: SR3.1.")
    assert "SR2.1, SR2.2, SR2.3, SR2.4, SR2.5, SR2.6, SR2.7 and SR2.8 at 5" in words


def test_a_map_of_more_risks_than_can_be_named_counts_those_of_each_cell():
    many = heatmap.data(
        register(
            *(risk(f"SR1.{n}", current=score(2, 2)) for n in range(1, 161)),
            *(risk(f"SR2.{n}", current=score(5, 5)) for n in range(1, 4)),
        )
    )
    drawn = heatmap.chart(many)
    assert pills(drawn) == ["160", "3"]
    assert (
        drawn.title == "Map of 163 risks by current score: 3 above tolerance, 0 at it. By rating: 3 at 25 and 160 at 5."
    )
    assert drawn.rows == [["25 Critical (likelihood 5, impact 5)", "3"], ["5 Low (likelihood 2, impact 2)", "160"]]


def test_the_path_runs_from_inherent_through_current_to_future():
    drawn = heatmap.chart(chart(paths=["SR3.1"]))
    assert [pill["stage"] for pill in drawn.shapes["pills"]].count("current") == 1
    assert {pill["stage"] for pill in drawn.shapes["pills"]} == {"inherent", "current", "future"}
    assert len(drawn.shapes["arrows"]) == 2
    assert drawn.title == "Way of one risk across the map. SR3.1: inherent 18, current 13, future 3."


def test_the_edge_of_tolerance_parts_the_cells_above_it_from_the_others():
    drawn = heatmap.chart(chart())
    assert len(drawn.shapes["edges"]) == 8
    assert [entry["label"] for entry in drawn.shapes["key"]] == ["Current", "Edge of tolerance"]


def reports(*scores, **extra):
    return [
        register(risk("SR1.1", current=new, **extra), as_at=f"201{6 + n // 2}-0{1 + n % 2 * 6}-01")
        for n, new in enumerate(scores)
    ]


def test_a_trend_has_a_point_for_each_report():
    points = trend.of_risk("risk-SR1.1", reports(score(3, 4), score(2, 4), score(2, 3)))
    assert [point.rating for point in points] == [18, 14, 9]
    drawn = trend.draw(points, id="trend")
    assert drawn.title == "Rated 18, then 14, then 9 over 3 reports."
    assert [row[1] for row in drawn.rows] == ["18", "14", "9", "13"]
    assert trend.crossed_tolerance(points) == "inside"
    assert trend.crossed_tolerance(points[::-1][:2]) == "above"
    assert trend.crossed_tolerance(points[:2]) == ""


def test_a_risk_is_static_for_the_reports_at_its_present_rating():
    points = trend.of_risk("risk-SR1.1", reports(score(3, 4), score(2, 3), score(2, 3), score(2, 3)))
    assert trend.static_for(points) == 3


def test_ratings_of_two_matrices_are_not_joined():
    snapshots = reports(score(3, 4), score(3, 4, matrix="2012"))
    snapshots[1]["matrices"]["2012"] = snapshots[1]["matrix"]
    drawn = trend.draw(trend.of_risk("risk-SR1.1", snapshots), id="trend")
    assert [row[0] for row in drawn.rows][1] == "New matrix"


def test_a_date_put_back_twice_has_slipped_twice():
    snapshots = [
        register(risk("SR1.1", actions=[row("a", "Do it", due=due)]), as_at=as_at)
        for as_at, due in (("2016-01-01", "2016-06-01"), ("2016-07-01", "2016-12-01"), ("2017-01-01", "2017-06-01"))
    ]
    assert slippage.of_risk("risk-SR1.1", snapshots) == {"a": 2}
    assert slippage.times("risk-SR1.1", snapshots[:2]) == 1
