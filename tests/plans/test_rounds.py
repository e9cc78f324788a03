"""Reporting rounds: who answers, what is missing, what is frozen."""

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction

from plans.actions import reporting, rounds
from plans.models import DirectionOverride, FrozenPeriod, Plan, StatusReport
from portal.models import AuditEvent
from portal.policy import Refusal

JUNE = dt.date(2018, 6, 30)
RED = {
    "rag": "Red",
    "narrative": "Two posts are empty.",
    "next_steps": "Advertise.",
    "recovery_date": JUNE,
    "needed": "A decision on posts.",
}


def close(round_, officer):
    return rounds.close_round(round_=round_, by=officer, without="Agreed with the Chief Executive")


@pytest.mark.parametrize("rag", ["Red", "Yellow"])
@pytest.mark.parametrize("field", ["narrative", "recovery_date", "needed"])
def test_red_and_yellow_cannot_be_reported_without_the_way_back(rag, field, activity, lead, open_round):
    given = {**RED, "rag": rag, field: None if field == "recovery_date" else ""}
    with pytest.raises(reporting.IncompleteReport, match=r"V1\.1"):
        reporting.answer(activity=activity, round_=open_round(), by=lead, **given)
    assert not StatusReport.objects.exists()


def test_the_database_refuses_red_without_a_recovery_date(activity, open_round):
    with pytest.raises(IntegrityError, match="say_how_to_recover"), transaction.atomic():
        StatusReport.objects.create(round=open_round(), activity=activity, rag="Red", narrative="x", needed="y")


def test_only_those_who_lead_an_activity_or_a_plan_officer_report_it(activity, person, officer, open_round):
    round_, stranger = open_round(), person("plan_lead")
    with pytest.raises(Refusal, match="people who lead it"):
        reporting.answer(activity=activity, round_=round_, by=stranger, rag="Green")
    assert reporting.answer(activity=activity, round_=round_, by=officer, rag="Green").rag == "Green"


def test_answering_again_replaces_the_answer_and_keeps_its_history(activity, lead, open_round):
    round_ = open_round()
    reporting.answer(activity=activity, round_=round_, by=lead, rag="Green", narrative="First")
    report = reporting.answer(activity=activity, round_=round_, by=lead, rag="Green", narrative="Second")
    assert StatusReport.objects.get().narrative == "Second"
    assert [old.narrative for old in report.history.all()] == ["Second", "First"]


def test_no_change_repeats_the_last_report_and_says_so(activity, lead, officer, open_round):
    first = open_round()
    reporting.answer(activity=activity, round_=first, by=lead, **{**RED, "recovery_date": dt.date(2018, 12, 31)})
    close(first, officer)
    second = open_round(dt.date(2018, 4, 1), JUNE)
    report = reporting.answer_no_change(activity=activity, round_=second, by=lead)
    assert (report.rag, report.narrative, report.is_no_change) == ("Red", RED["narrative"], True)


def test_no_change_is_refused_when_the_recovery_date_passes_in_the_period(activity, lead, officer, open_round):
    first = open_round()
    reporting.answer(activity=activity, round_=first, by=lead, **{**RED, "recovery_date": dt.date(2018, 4, 30)})
    close(first, officer)
    with pytest.raises(Refusal, match="30 April 2018"):
        reporting.answer_no_change(activity=activity, round_=open_round(dt.date(2018, 4, 1), JUNE), by=lead)


def test_no_change_is_refused_where_nothing_was_reported_before(activity, lead, open_round):
    with pytest.raises(Refusal, match="not been reported before"):
        reporting.answer_no_change(activity=activity, round_=open_round(), by=lead)


def test_only_one_round_is_open_and_periods_do_not_overlap(open_round, officer, plan):
    first = open_round()
    with pytest.raises(Refusal, match="open already"):
        open_round(dt.date(2018, 4, 1), JUNE)
    close(first, officer)
    with pytest.raises(Refusal, match="31 March 2018"):
        open_round(dt.date(2018, 3, 1), JUNE)


def test_a_round_shows_who_has_not_answered(activity, lead, open_round, plan):
    round_ = open_round()
    (waiting,) = rounds.waiting_for(round_)
    assert (waiting.person, [each.ref for each in waiting.activities]) == (lead, ["V1.1"])
    assert [each.ref for each in rounds.unanswered(round_)] == ["V1.1", "O2.1", "O2.2", "O10.1"]
    reporting.answer(activity=activity, round_=round_, by=lead, rag="Green")
    assert rounds.waiting_for(round_) == []


def test_a_reminder_names_references_and_no_words_of_a_report(
    activity, lead, officer, open_round, django_capture_on_commit_callbacks
):
    round_ = open_round()
    with django_capture_on_commit_callbacks(execute=True):
        rounds.remind(round_=round_, by=officer)
    (letter,) = mail.outbox
    assert letter.to == [lead.email] and "V1.1" in letter.body and "/my-updates/" in letter.body
    assert "First contact" not in letter.body
    assert rounds.reminders_of(round_)[lead.pk].unanswered == 1


def test_the_officer_s_note_is_in_the_reminder(activity, officer, plan, django_capture_on_commit_callbacks):
    round_ = rounds.open_round(
        plan=plan, period_start=dt.date(2018, 1, 1), period_end=dt.date(2018, 3, 31), due_on=dt.date(2018, 4, 5),
        note="Please name the next step.", by=officer,
    )  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        rounds.remind(round_=round_, by=officer)
    assert "Please name the next step." in mail.outbox[0].body


def test_nobody_is_shown_as_reminded_whose_e_mail_could_not_be_sent(
    activity, lead, officer, open_round, monkeypatch, django_capture_on_commit_callbacks
):
    def refuse(self, *args, **kwargs):
        raise ConnectionRefusedError

    round_ = open_round()
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        sent = rounds.remind(round_=round_, by=officer)
    assert [reminder.pk for reminder in sent] == [None] and rounds.reminders_of(round_) == {}


def test_closing_without_every_answer_needs_a_reason_that_is_kept(open_round, officer):
    round_ = open_round()
    with pytest.raises(Refusal, match=r"V1\.1, O2\.1"):
        rounds.close_round(round_=round_, by=officer)
    close(round_, officer)
    assert AuditEvent.objects.get(event="plan.round_closed").reason == "Agreed with the Chief Executive"


def test_a_closed_round_is_frozen(activity, lead, officer, open_round):
    round_ = open_round()
    report = reporting.answer(activity=activity, round_=round_, by=lead, rag="Green")
    round_ = close(round_, officer)
    report.round = round_
    with pytest.raises(FrozenPeriod):
        report.save()
    with pytest.raises(FrozenPeriod):
        report.delete()
    with pytest.raises(FrozenPeriod):
        StatusReport.objects.all().delete()
    with pytest.raises(FrozenPeriod):
        StatusReport.objects.update(rag="Red")
    with pytest.raises(Refusal, match="can no longer change"):
        reporting.answer(activity=activity, round_=round_, by=lead, rag="White")


@pytest.mark.parametrize("statement", ["UPDATE plans_statusreport SET rag = 'White'", "DELETE FROM plans_statusreport"])
def test_the_database_itself_freezes_a_closed_round(statement, activity, lead, officer, open_round):
    round_ = open_round()
    reporting.answer(activity=activity, round_=round_, by=lead, rag="Green")
    close(round_, officer)
    with (
        pytest.raises(IntegrityError, match="can no longer change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_only_a_plan_officer_runs_rounds(plan, lead, open_round):
    with pytest.raises(Refusal, match="Plan officer"):
        rounds.close_round(round_=open_round(), by=lead, without="x")


def test_internal_paths_are_taken_out_of_what_a_lead_writes(activity, lead, open_round):
    text = r"See S:\OPCC\Plan\V1 update.docx for detail."
    report = reporting.answer(activity=activity, round_=open_round(), by=lead, rag="Green", narrative=text)
    assert report.narrative == "See for detail."


def test_a_judged_direction_needs_a_reason_and_can_be_taken_back(activity, lead, officer, open_round, board):
    report = reporting.answer(activity=activity, round_=open_round(), by=lead, rag="Green")
    with pytest.raises(Refusal, match="Say why"):
        reporting.judge_direction(report=report, board=board, direction="improved", reason=" ", by=officer)
    reporting.judge_direction(report=report, board=board, direction="improved", reason="Funding came early", by=officer)
    assert DirectionOverride.objects.get().direction == "improved"
    reporting.judge_direction(report=report, board=board, direction="", reason="", by=officer)
    assert not DirectionOverride.objects.exists()


def test_a_lead_may_not_judge_a_direction(activity, lead, open_round, board):
    report = reporting.answer(activity=activity, round_=open_round(), by=lead, rag="Green")
    with pytest.raises(Refusal, match="Plan officer"):
        reporting.judge_direction(report=report, board=board, direction="improved", reason="x", by=lead)


def test_a_period_after_a_plan_was_followed_is_reported_under_its_follower(plan, officer, open_round):
    Plan.objects.create(slug="2018-22", title="Next plan", starts_on=dt.date(2018, 4, 1))
    with pytest.raises(Refusal, match="Next plan takes the place of this plan on 1 April 2018"):
        open_round(dt.date(2018, 4, 1), dt.date(2018, 6, 30))


def test_the_last_round_of_a_plan_is_answered_and_closed_after_its_follower_began(
    activity, lead, plan, officer, open_round
):
    Plan.objects.create(slug="2018-22", title="Next plan", starts_on=dt.date(2018, 4, 1))
    round_ = open_round()
    reporting.answer(activity=activity, round_=round_, by=lead, rag="Green")
    assert rounds.close_round(round_=round_, by=officer, without="The others ended").is_closed
