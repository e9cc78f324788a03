"""Flags: what a reader must be told, from scores, dates and acceptance."""

from datetime import date

import pytest

from risks import flags
from tests.risks.samples import facts, register, risk, score

AS_AT = date(2017, 2, 6)
MATRICES = register()["matrices"]


def codes(subject, **extra):
    return flags.codes(subject, matrices=MATRICES, as_at=AS_AT, **extra)


def triple(row, stage):
    return score(int(row[f"{stage}_l"]), int(row[f"{stage}_i"])) if row[f"{stage}_l"] else None


@pytest.fixture
def from_facts():
    return {
        row["ref"]: risk(row["ref"], **{stage: triple(row, stage) for stage in ("inherent", "current", "future")})
        for row in facts("risks")
    }


@pytest.mark.parametrize(
    ("code", "refs"),
    [
        ("above_tolerance", ["SR3.3", "SR3.5", "SR4.4"]),
        ("at_tolerance", ["SR3.1"]),
        ("no_control_effect", ["SR3.3", "SR3.5"]),
        ("untreated", ["SR3.3", "SR4.4"]),
        ("rose_with_controls", []),
        ("target_higher", []),
    ],
)
def test_flags_of_the_register(from_facts, code, refs):
    assert [ref for ref, subject in from_facts.items() if code in codes(subject)] == refs


def test_eleven_of_sixteen_have_no_target(from_facts):
    assert sum("no_target" in codes(subject) for subject in from_facts.values()) == 11


def test_acceptance_treats_a_risk_until_it_runs_out():
    accepted = {"by": "Commissioner", "on": "2017-01-01", "reason": "Too dear to mend.", "until": "2017-03-01"}
    subject = risk("SR3.3", current=score(3, 4), acceptance=accepted)
    assert {"above_tolerance", "accepted"} <= codes(subject)
    assert "untreated" not in codes(subject)
    subject["acceptance"]["until"] = "2017-02-05"
    assert "untreated" in codes(subject)
    subject["acceptance"]["until"] = "2017-02-06"
    assert "untreated" not in codes(subject)


@pytest.mark.parametrize(
    ("dated", "stale"), [("2016-11-06", False), ("2016-11-05", True), (None, True), ("2017-02-06", False)]
)
def test_a_status_older_than_a_quarter_is_stale(dated, stale):
    assert ("stale" in codes(risk("SR1.1", status={"kind": "update", "date": dated}))) == stale


def test_a_review_is_overdue_from_the_day_after_its_date():
    due = {"last": None, "by": "", "next": "2017-02-06"}
    assert "review_overdue" not in codes(risk("SR1.1", review=due))
    assert "review_overdue" in codes(risk("SR1.1", review={**due, "next": "2017-02-05"}))


def test_movement_is_the_current_rating_less_the_rating_last_reported():
    now, then = risk("SR1.1", current=score(3, 4)), risk("SR1.1", current=score(2, 4))
    assert flags.movement(now, then) == 4
    assert flags.movement_words(4) == "Up 4 since the last report"
    assert flags.movement(now, None) is None


def test_ratings_of_two_matrices_are_not_compared():
    now, then = risk("SR1.1", current=score(3, 4)), risk("SR1.1", current=score(2, 4, matrix="2012"))
    assert flags.movement(now, then) is None


def test_a_closed_risk_is_only_closed():
    assert codes(risk("SR1.1", current=score(5, 5), closed={"on": "2017-01-01", "reason": "Gone."})) == {"closed"}


def test_on_a_page_a_sharper_flag_stands_for_the_plainer_ones():
    subject = risk("SR3.3", current=score(3, 4), review={"last": None, "next": "2017-01-01", "by": ""})
    shown = {flag.code for flag in flags.sharpest(flags.flags(subject, matrices=MATRICES, as_at=AS_AT))}
    assert "untreated" in shown
    assert not {"above_tolerance", "no_target", "stale"} & shown
