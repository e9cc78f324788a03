"""The live register: what the database refuses, what history keeps, who may do what."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.models import AuditEvent
from portal.policy import Refusal
from risks import policy, schema, snapshot
from risks.actions import keeping, matrices, register, reviews, rows, scores
from risks.models import Assessment, Control, Risk, RiskMatrix

pytestmark = pytest.mark.django_db
AS_AT = dt.date(2017, 2, 6)


def test_the_reference_follows_from_objective_and_number(make_risk, objectives):
    risk = make_risk("SR3.1")
    assert risk.ref == "SR3.1"
    risk = register.edit_risk(risk=risk, by=None, reason="Moved", objective=objectives[0], number=7)
    assert risk.ref == "SR1.7"


def test_a_reference_is_used_once(make_risk):
    make_risk("SR3.1")
    with pytest.raises(ValidationError, match="already has this number"):
        make_risk("SR3.1")


@pytest.mark.parametrize(
    ("likelihood", "impacts", "sentence"),
    [
        (6, {"political": 3}, "Likelihood must be a whole number from 1 to 5, not 6"),
        (0, {"political": 3}, "Likelihood must be"),
        (3, {"political": 6}, "Impact must be a whole number from 1 to 5, not 6"),
        (3, {}, "at least one PESTELO category"),
        (3, {"political": None}, "at least one PESTELO category"),
        (3, {"weather": 2}, "weather is not a PESTELO category"),
    ],
)
def test_a_score_outside_the_scale_is_refused_and_nothing_is_kept(make_risk, likelihood, impacts, sentence):
    risk = make_risk("SR3.1")
    before = snapshot.one(risk, AS_AT)
    with pytest.raises(ValidationError, match=sentence):
        scores.score_risk(risk=risk, stage="current", likelihood=likelihood, impacts=impacts, by=None, by_title="Lead")
    assert snapshot.one(Risk.objects.get(pk=risk.pk), AS_AT) == before


def test_impact_is_the_highest_category_and_the_rating_is_looked_up(make_risk):
    risk = make_risk("SR3.1")
    score = scores.score_risk(
        risk=risk, stage="current", likelihood=3, impacts={"economic": 4, "social": 2}, by=None, by_title="Lead"
    )
    assert (score.impact, score.rating, score.band, score.above_tolerance) == (4, 18, "Medium-high", True)


@pytest.mark.parametrize("spoil", [{"likelihood": 6}, {"impact": 5}, {"political": 0}, {"political": None}])
def test_the_database_itself_refuses_a_false_score(make_risk, spoil):
    make_risk("SR3.1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(stage="current").update(**spoil)


def test_the_database_itself_refuses_half_a_closure(make_risk):
    make_risk("SR3.1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Risk.objects.update(closed_on=AS_AT)


def test_only_the_future_score_may_be_taken_away(make_risk):
    risk = make_risk("SR3.1", future=(1, 2))
    scores.clear_target(risk=risk, by=None, reason="No longer aimed at")
    assert set(risk.assessments.values_list("stage", flat=True)) == {"inherent", "current"}


def test_a_risk_without_its_scores_is_not_yet_reported(make_risk):
    make_risk("SR3.1", inherent=None)
    assert snapshot.take(AS_AT)["risks"] == []


def test_history_says_who_changed_which_control_when_and_why(make_risk, officer):
    risk = make_risk("SR3.1")
    control = risk.controls.get()
    rows.edit_row(row=control, text="Reworded.", by=officer, reason="Plain words")
    latest = control.history.first()
    assert (latest.text, latest.history_user, latest.history_change_reason) == ("Reworded.", officer, "Plain words")
    rows.remove_row(row=control, by=officer, reason="Out of date")
    gone = Control.history.filter(id=control.pk).first()
    assert (gone.history_type, gone.history_change_reason) == ("-", "Out of date")
    assert AuditEvent.objects.filter(event="risk.row_removed", target_id=str(risk.pk)).exists()


def test_an_edit_that_changes_nothing_leaves_no_history(make_risk, officer):
    risk = make_risk("SR3.1")
    count = risk.history.count()
    register.edit_risk(risk=risk, by=officer, reason="Nothing", title=risk.title)
    rows.edit_row(row=risk.controls.get(), by=officer, reason="Nothing", text="First of controls.")
    assert risk.history.count() == count
    assert risk.controls.get().history.count() == 1


def test_rows_keep_their_ids_when_they_are_put_in_another_order(make_risk):
    risk = make_risk("SR3.1", bullets=False)
    made = [rows.add_row(risk=risk, name="causes", text=text, by=None, reason="New") for text in "abc"]
    rows.move_row(row=made[2], to=1, by=None)
    assert [(cause.text, cause.position) for cause in risk.causes.all()] == [("c", 1), ("a", 2), ("b", 3)]
    rows.add_row(risk=risk, name="causes", text="d", by=None, reason="New", position=2)
    rows.remove_row(row=made[0], by=None, reason="Gone")
    assert [(cause.text, cause.position) for cause in risk.causes.all()] == [("c", 1), ("d", 2), ("b", 3)]
    assert risk.causes.get(text="c").pk == made[2].pk


def test_the_second_of_two_who_edit_at_once_is_told(make_risk, officer):
    risk = make_risk("SR3.1")
    seen = Risk.objects.get(pk=risk.pk).version
    register.edit_risk(risk=risk, by=officer, reason="First", version=seen, title="First title")
    with pytest.raises(keeping.Stale, match=r"Somebody else changed SR3\.1"):
        register.edit_risk(risk=risk, by=officer, reason="Second", version=seen, title="Second title")
    assert Risk.objects.get(pk=risk.pk).title == "First title"


def test_a_new_matrix_changes_no_past_rating(make_risk, officer, person):
    risk = make_risk("SR3.1", current=(2, 4))
    data = RiskMatrix.objects.get().data
    cells = [list(row) for row in data["cells"]]
    cells[1][3] = 15  # (2, 4) was 14
    cells[0][4] = 15
    drafted = matrices.draft_matrix(version="2018", data={**data, "cells": cells}, by=officer, reason="Trial")
    with pytest.raises(Refusal):
        matrices.adopt_matrix(matrix=drafted, by=person("author"), reason="No right to")
    matrices.adopt_matrix(matrix=drafted, by=officer, reason="Agreed")
    score = risk.assessments.get(stage="current")
    assert (score.rating, score.matrix.version) == (14, "2016")
    schema.check(snapshot.take(AS_AT))
    matrices.score_again(risks=[risk], by=officer, reason="New matrix")
    score.refresh_from_db()
    assert (score.rating, score.matrix.version) == (15, "2018")
    assert [row.rating for row in score.history.all()] == [15, 14]


def test_an_adopted_matrix_is_fixed(matrix):
    matrix.data = {**matrix.data, "tolerance": 6}
    with pytest.raises(ValidationError, match="An adopted matrix is fixed"):
        matrix.save()


def test_only_a_risk_above_tolerance_is_accepted(make_risk, officer):
    with pytest.raises(ValidationError, match="not above tolerance"):
        scores.accept_risk(risk=make_risk("SR3.1"), accepted_by="Commissioner", reason="None", by=officer)
    risk = make_risk("SR3.2", current=(3, 4))
    scores.accept_risk(risk=risk, accepted_by="Commissioner", reason="Too dear.", until=dt.date(2099, 1, 1), by=officer)
    assert snapshot.one(risk, AS_AT)["acceptance"]["by"] == "Commissioner"


def test_no_change_is_an_answer_and_who_has_not_answered_shows(make_risk, officer, person, leads):
    chief = person("risk_lead", title="Chief Executive")
    leads["Chief Executive"].people.add(chief)
    make_risk("SR1.1")
    make_risk("SR1.2", senior_lead=leads["Chief Finance Officer"])
    review = reviews.open_round(
        title="Spring", due_on=dt.date(2099, 1, 1), next_review_on=dt.date(2099, 4, 1), by=officer
    )
    mine, other = review.answers.order_by("risk__ref")
    with pytest.raises(Refusal, match="put to the Chief Finance Officer"):
        reviews.answer_review(answer=other, choice="no_change", by=chief)
    reviews.answer_review(answer=mine, choice="no_change", by=chief, on=dt.date(2017, 6, 1))
    assert list(review.answers.filter(answer="").values_list("risk__ref", flat=True)) == ["SR1.2"]
    risk = Risk.objects.get(ref="SR1.1")
    assert (risk.last_reviewed_by, risk.next_review_on) == ("Chief Executive", dt.date(2099, 4, 1))
    with pytest.raises(ValidationError, match="open already"):
        reviews.open_round(title="Again", due_on=dt.date(2099, 1, 1), next_review_on=dt.date(2099, 4, 1), by=officer)


def test_a_lead_edits_their_own_risk_and_no_other(make_risk, person, leads, officer):
    chief = person("risk_lead", title="Chief Executive")
    leads["Chief Executive"].people.add(chief)
    own, other = make_risk("SR1.1"), make_risk("SR1.2", senior_lead=leads["Chief Finance Officer"])
    assert policy.can_edit_risk(chief, own)
    assert not policy.can_edit_risk(chief, other)
    assert policy.can_edit_risk(officer, other)
    assert not policy.can_edit_risk(person(), own)


def test_bulk_review_dates_are_in_the_history_of_each_risk(make_risk, officer):
    risks = [make_risk("SR1.1"), make_risk("SR1.2")]
    assert register.set_review_dates(risks=risks, next_review_on=dt.date(2099, 1, 1), by=officer) == 2
    for risk in risks:
        latest = risk.history.first()
        assert (latest.next_review_on, latest.history_user) == (dt.date(2099, 1, 1), officer)


def test_a_closed_risk_says_when_and_why_and_is_not_edited(make_risk, officer):
    risk = register.close_risk(risk=make_risk("SR1.1"), by=officer, reason="The venture has ended")
    assert not policy.can_edit_risk(officer, risk)
    assert snapshot.one(risk, AS_AT)["closed"]["reason"] == "The venture has ended"
    reopened = register.reopen_risk(risk=risk, by=officer, reason="It was not over")
    assert snapshot.one(reopened, AS_AT)["closed"] is None


def test_a_snapshot_takes_the_same_number_of_queries_for_any_number_of_risks(make_risk, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_risk("SR1.1")
    with CaptureQueriesContext(connection) as one:
        snapshot.take(AS_AT)
    for number in range(2, 8):
        make_risk(f"SR1.{number}", future=(1, 1))
    with django_assert_num_queries(len(one)):
        schema.check(snapshot.take(AS_AT))


def test_a_target_and_an_acceptance_are_put_back_too(officer, make_risk):
    from risks import past
    from risks.actions import reverting, scores

    risk = make_risk("SR3.1", current=(3, 4))
    start = timezone.now()
    before = snapshot.one(risk, AS_AT)
    scores.score_risk(risk=risk, stage="future", likelihood=1, impacts={"social": 1}, by=officer, reason="Aim")
    scores.accept_risk(risk=risk, accepted_by="Commissioner", reason="Too dear.", until=dt.date(2099, 1, 1), by=officer)
    for change in past.between(risk, start):
        if reverting.can_be_put_back(change):
            reverting.put_back(risk=risk, change=change, by=officer, reason="Not agreed")
    after = snapshot.one(risk, AS_AT)
    assert (after["future"], after["acceptance"]) == (before["future"], before["acceptance"]) == (None, None)
    # And the way back: what was taken out comes in again as it was.
    accepted = scores.accept_risk(
        risk=risk, accepted_by="Commissioner", reason="Too dear.", until=dt.date(2099, 1, 1), by=officer
    )
    then = timezone.now()
    scores.withdraw_acceptance(risk=risk, by=officer, reason="Slip")
    change = next(each for each in past.between(risk, then) if each.field == "acceptance")
    reverting.put_back(risk=risk, change=change, by=officer, reason="It stands")
    assert snapshot.one(risk, AS_AT)["acceptance"] == accepted.as_data()


def test_what_was_done_at_one_time_is_told_in_the_order_of_the_register(officer, make_risk):
    from risks import past

    risk = make_risk("SR3.1", current=(3, 4))
    at = timezone.now()
    for text in ("One.", "Two."):
        rows.add_row(risk=risk, name="causes", text=text, by=officer, reason="Found in the review", at=at)
    said = past.entries(risk)[0]
    assert said.reason == "Found in the review"
    assert said.sentences[0] == "Two causes have been added: “One” and “Two”."
