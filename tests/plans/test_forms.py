"""What a plan officer adds and changes by hand: plans, themes, objectives, aims, assessments and findings."""

import datetime as dt

import pytest
from django.urls import reverse

from plans import compare, snapshot
from plans.models import (
    Activity,
    ActivityLead,
    Aim,
    Assessment,
    Finding,
    Measure,
    Objective,
    Observation,
    OtherPlan,
    Plan,
    PriorityAction,
)
from portal.models import AuditEvent
from portal.roles import Role


def url(name, *args, plan="2017-20"):
    return reverse(f"plans:{name}", args=[plan, *args])


def date(name: str, value: str) -> dict:
    """A date as its three boxes send it."""
    return dict(zip((f"{name}_year", f"{name}_month", f"{name}_day"), value.split("-"), strict=True))


@pytest.fixture
def by_officer(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def assessment(plan):
    return Assessment.objects.create(
        plan=plan, title="Assessment of 2018", completed_on=dt.date(2018, 6, 30), reviewed_by="Business meeting",
        escalates_to="Change Board",
    )  # fmt: skip


FINDING = {"number": "1", "text": "Skills are short", "owner": "Head of People", "pillar": ""}


def test_an_assessment_is_added_and_shown(by_officer, plan):
    sent = {"title": "Assessment", "reviewed_by": "Business meeting", "escalates_to": "Change Board"}
    answer = by_officer.post(url("add_assessment"), sent | date("completed_on", "2018-06-30"), follow=True)
    assert "Tracked each quarter by the Business meeting" in answer.content.decode()
    assert Assessment.objects.get().plan == plan


def test_a_finding_is_taken_forward_or_remitted_and_the_counts_add_up(by_officer, assessment, plan):
    add = url("add_finding", assessment.pk)
    action = PriorityAction.objects.of_plan(plan).first()
    forward = FINDING | {"disposition": "taken forward", "action": action.pk} | date("target_date", "2019-03-31")
    by_officer.post(add, forward)
    by_officer.post(
        add,
        FINDING | {"number": "2", "disposition": "remitted", "action": action.pk} | date("target_date", "2019-03-31"),
    )
    assert assessment.counts() == {"all": 2, "forward": 1, "remitted": 1}
    remitted = Finding.objects.get(number=2)
    assert (remitted.target_date, remitted.action) == (None, None), (
        "a remitted finding has no date and serves no action"
    )
    assert "2 = 1 + 1" in by_officer.get(assessment.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"disposition": "taken forward"}, "needs a date to be answered by"),
        ({"disposition": "taken forward"} | date("target_date", "2019-02-31"), "date"),
        ({"disposition": "neither"}, "elect"),
        ({}, "utcome"),
        ({"disposition": "remitted", "owner": ""}, "wner"),
        ({"disposition": "remitted", "number": "7"}, "There is a finding 7 already"),
    ],
)  # fmt: skip
def test_a_finding_that_is_not_right_comes_back_with_what_was_typed(changes, sentence, by_officer, assessment):
    Finding.objects.create(assessment=assessment, number=7, text="x", owner="y", disposition="remitted")
    answer = by_officer.post(url("add_finding", assessment.pk), FINDING | changes)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page and "Skills are short" in page
    assert assessment.findings.count() == 1


def test_the_next_number_is_offered_and_another_can_follow(by_officer, assessment):
    add = url("add_finding", assessment.pk)
    answer = by_officer.post(add, FINDING | {"disposition": "remitted", "another": "1"})
    assert answer.headers["Location"] == add
    assert by_officer.get(add).context["form"].initial["number"] == 2


def test_a_change_of_outcome_keeps_the_counts_adding_up(by_officer, assessment):
    row = Finding.objects.create(assessment=assessment, number=1, text="x", owner="y", disposition="remitted")
    by_officer.post(url("finding", row.pk), {"forward": "1"} | date("target_date", "2019-03-31"))
    assert assessment.counts() == {"all": 1, "forward": 1, "remitted": 0}
    by_officer.post(url("finding", row.pk), {"remit": "1"})
    assert assessment.counts() == {"all": 1, "forward": 0, "remitted": 1}


def test_escalating_a_finding_says_what_the_board_is_asked(by_officer, assessment):
    row = Finding.objects.create(
        assessment=assessment, number=1, text="x", owner="y", disposition="taken forward",
        target_date=dt.date(2018, 12, 31),
    )  # fmt: skip
    sent = {"review": "1", "position": "late", "is_escalated": "on", "note": ""}
    answer = by_officer.post(url("finding", row.pk), sent)
    assert answer.status_code == 422 and "Say what the Change Board is asked to do" in answer.content.decode()
    by_officer.post(url("finding", row.pk), sent | {"note": "A later date"})
    page = by_officer.get(assessment.get_absolute_url()).content.decode()
    assert "Escalated" in page and "Overdue" in page


def test_another_plan_its_aims_and_the_map_are_added_by_hand(by_officer, plan):
    first, second = (
        Objective.objects.create(theme=plan.themes.get(code=code), number=1, text=f"Objective {code}") for code in "VO"
    )
    by_officer.post(url("add_other_plan"), {"title": "Corporate plan", "body": "Constabulary"})
    other = OtherPlan.objects.get()
    sent = {"code": "A1", "heading": "People", "text": "Be there", "objectives": [first.pk, second.pk]}
    by_officer.post(url("add_aim", other.pk), sent)
    by_officer.post(url("add_aim", other.pk), sent | {"code": "A2", "objectives": [first.pk]})
    assert [aim.code for aim in first.aims.all()] == ["A1", "A2"] and second.aims.count() == 1
    by_officer.post(url("map_aim", Aim.objects.get(code="A1").pk), sent | {"text": "Be there early", "objectives": []})
    assert second.aims.count() == 0 and Aim.objects.get(code="A1").text == "Be there early"
    assert "No aim yet" in by_officer.get(url("aims")).content.decode()


def test_an_aim_or_a_plan_named_twice_is_refused_with_a_sentence(by_officer, plan):
    other = OtherPlan.objects.create(plan=plan, title="Corporate plan", body="Constabulary")
    Aim.objects.create(other_plan=other, code="A1", text="x")
    again = by_officer.post(url("add_aim", other.pk), {"code": "A1", "text": "y"})
    assert again.status_code == 422 and "has an aim A1 already" in again.content.decode()
    twice = by_officer.post(url("add_other_plan"), {"title": "Corporate plan", "body": "x"})
    assert twice.status_code == 422 and "mapped already" in twice.content.decode()


def test_an_aim_cannot_meet_an_objective_of_another_plan(by_officer, plan):
    elsewhere = Plan.objects.create(slug="other", title="Other", starts_on=dt.date(2000, 1, 1))
    theme = elsewhere.themes.create(code="A", name="A")
    stranger = Objective.objects.create(theme=theme, number=1, text="x")
    other = OtherPlan.objects.create(plan=plan, title="Corporate plan", body="Constabulary")
    answer = by_officer.post(url("add_aim", other.pk), {"code": "A1", "text": "y", "objectives": [stranger.pk]})
    assert answer.status_code == 422 and not Aim.objects.exists()


PLAN = {"title": "Plan 2020 to 2024", "slug": "2020-24", "version": "1", "is_working_document": "on"}


def test_a_plan_can_be_built_from_nothing_without_a_file(by_officer, lead, db):
    by_officer.post(reverse("plans:add_plan"), PLAN | date("starts_on", "2020-04-01"))
    by_officer.post(url("add_theme", plan="2020-24"), {"code": "a", "name": "Prevention"})
    by_officer.post(url("add_objective", "A", plan="2020-24"), {"number": "1", "text": "Fewer victims"})
    by_officer.post(url("add_action", "A", plan="2020-24"), {"title": "Schools"})
    by_officer.post(url("add_activity", "A1", plan="2020-24"), {"leads": [lead.pk], "delivery_lead": "Constabulary"})
    page = by_officer.get(url("theme", "A", plan="2020-24")).content.decode()
    assert "Fewer victims" in page and "A1 Schools" in page and "A1.1" in page


def test_a_new_version_begins_with_everything_and_reports_nothing(by_officer, plan, activity, lead):
    Objective.objects.create(theme=plan.themes.get(code="V"), number=1, text="Victims are heard")
    sent = (
        PLAN
        | {"title": plan.title, "version": "2", "begin_with": "everything:2017-20"}
        | date("starts_on", "2017-04-01")
    )
    answer = by_officer.post(reverse("plans:add_plan"), sent)
    made = Plan.objects.get(slug="2020-24")
    assert answer.headers["Location"] == made.get_absolute_url()
    assert [each.ref for each in PriorityAction.objects.of_plan(made).in_order()] == ["V1", "O2", "O10"]
    assert ActivityLead.objects.filter(activity__action__theme__plan=made, person=lead).count() == 1
    assert Objective.objects.filter(theme__plan=made).count() == 1
    assert plan.is_over() and Plan.objects.current() == made, "a later version of the same day takes the place"
    assert Activity.objects.of_plan(plan).count() == Activity.objects.of_plan(made).count() == 4


def test_a_new_plan_may_begin_with_themes_and_objectives_alone(by_officer, plan):
    by_officer.post(
        reverse("plans:add_plan"), PLAN | {"begin_with": "themes:2017-20"} | date("starts_on", "2020-04-01")
    )
    made = Plan.objects.get(slug="2020-24")
    assert made.theme_codes == ["V", "O"] and not PriorityAction.objects.of_plan(made).exists()


def test_a_plan_to_begin_with_that_is_not_there_is_refused(by_officer, plan):
    answer = by_officer.post(
        reverse("plans:add_plan"), PLAN | {"begin_with": "everything:x"} | date("starts_on", "2020-04-01")
    )
    assert answer.status_code == 422 and Plan.objects.count() == 1


def test_the_same_version_twice_is_refused_with_what_was_typed(by_officer, plan):
    sent = PLAN | {"title": plan.title} | date("starts_on", "2020-04-01")
    answer = by_officer.post(reverse("plans:add_plan"), sent)
    assert answer.status_code == 422 and "2020-24" in answer.content.decode()


def test_the_first_report_of_a_new_plan_compares_with_nothing(plan, activity, db):
    before = snapshot.take(plan, as_at=dt.date(2018, 3, 31))
    follower = Plan.objects.create(slug="next", title="Next", starts_on=dt.date(2020, 4, 1))
    now = snapshot.take(follower, as_at=dt.date(2020, 4, 1))
    assert compare.compare(now, before) == [] and compare.comparable(now, before) is None


@pytest.mark.parametrize(
    ("code", "sentence"), [("V", "has a theme V already"), ("1", "Enter one letter"), ("", "nter")]
)
def test_a_theme_needs_a_letter_of_its_own(code, sentence, by_officer, plan):
    answer = by_officer.post(url("add_theme"), {"code": code, "name": "Something"})
    assert answer.status_code == 422 and sentence in answer.content.decode()


def test_an_objective_is_changed_and_taken_out_with_an_event(by_officer, plan):
    theme = plan.themes.get(code="V")
    row = Objective.objects.create(theme=theme, number=1, text="Old words")
    by_officer.post(url("edit_objective", row.pk), {"number": "1", "text": "New words"})
    row.refresh_from_db()
    assert row.text == "New words"
    by_officer.post(url("edit_objective", row.pk), {"number": "1", "text": "New words", "remove": "on"})
    assert not Objective.objects.exists() and AuditEvent.objects.filter(event="plan.objective_removed").exists()


def test_a_measure_or_a_figure_told_twice_is_refused_with_a_sentence(by_officer, plan):
    theme = plan.themes.get(code="V")
    held = Measure.objects.create(plan=plan, theme=theme, name="Confidence", unit="%", polarity="higher")
    sent = {
        "name": "Confidence",
        "theme": theme.pk,
        "unit": "%",
        "polarity": "higher",
        "frequency": "month",
        "average_over": "3",
    }
    again = by_officer.post(url("add_measure"), sent)
    assert again.status_code == 422 and "measure of this name already" in again.content.decode()
    Observation.objects.create(
        measure=held, period_start=dt.date(2018, 1, 1), period_end=dt.date(2018, 1, 31), value="50"
    )
    figure = {"value": "51"} | date("period_start", "2018-01-01") | date("period_end", "2018-01-31")
    twice = by_officer.post(url("measure", held.pk), figure)
    assert twice.status_code == 422 and "a figure for this period already" in twice.content.decode()


@pytest.mark.parametrize("name", ["add_theme", "add_other_plan", "add_assessment"])
@pytest.mark.parametrize(("role", "answer"), [(Role.PLAN_LEAD, 403), (Role.GOVERNANCE, 403), (Role.AUTHOR, 404)])
def test_nobody_else_adds_them(name, role, answer, plan, person, client):
    client.force_login(person(role))
    assert client.post(url(name), {"title": "x"}).status_code == answer


def test_an_activity_that_was_ended_by_mistake_comes_back(by_officer, activity, lead):
    sent = {"title": "", "leads": [lead.pk], "delivery_lead": "Constabulary"}
    by_officer.post(url("edit_activity", "V1.1"), sent | date("removed_on", "2018-01-31"))
    page = by_officer.get(url("action", "V1")).content.decode()
    assert "ended 31 January 2018" in page and url("report", "V1.1") not in page
    assert by_officer.get(url("report", "V1.1")).status_code == 404
    by_officer.post(url("edit_activity", "V1.1"), sent)
    activity.refresh_from_db()
    assert activity.removed_on is None
