"""Pages of the plan: who may open them, what stays when something is missing, and how much they ask of the database."""

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from boards.models import BoardMembership, Edition, Meeting
from plans import snapshot, sources
from plans.actions import reporting, rounds
from plans.models import Activity, ActivityLead, Measure, Observation, Plan, PriorityAction, StatusReport
from plans.views.common import get_plan
from portal.roles import Role
from tests.plans.conftest import JUNE, MARCH, OCTOBER


@pytest.fixture
def sign_in(client):
    def as_(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return as_


def url(name, *args):
    return reverse(f"plans:{name}", args=["2017-20", *args])


LIVE = [
    ("overview",), ("theme", "V"), ("action", "V1"), ("rounds",), ("measures",), ("aims",), ("exchange",), ("my_updates",),
    ("export", "json"), ("export", "xlsx"), ("export_table", "actions", "csv"),
]  # fmt: skip
EDIT = [
    ("edit_plan",), ("edit_theme", "V"), ("add_action", "V"), ("edit_action", "V1"), ("add_activity", "V1"),
    ("edit_activity", "V1.1"), ("add_link", "V1"), ("add_measure",),
]  # fmt: skip


@pytest.mark.parametrize("page", LIVE)
@pytest.mark.parametrize(
    ("role", "answer"),
    [(Role.PLAN_OFFICER, 200), (Role.PLAN_LEAD, 200), (Role.GOVERNANCE, 200), (Role.AUDITOR, 200), (Role.AUTHOR, 404)],
)
def test_live_pages_are_for_officers_and_leads(page, role, answer, activity, person, sign_in):
    response = sign_in(person(role)).get(url(*page))
    # An action is read in its theme by those who read sealed editions; there is none, so the theme is not found.
    if page[0] == "action" and answer == 404:
        assert response.status_code == 302
    else:
        assert response.status_code == answer


@pytest.mark.parametrize("page", EDIT)
@pytest.mark.parametrize(("role", "answer"), [(Role.PLAN_OFFICER, 200), (Role.PLAN_LEAD, 403), (Role.AUTHOR, 404)])
def test_only_a_plan_officer_changes_the_plan(page, role, answer, activity, person, sign_in):
    assert sign_in(person(role)).get(url(*page)).status_code == answer


@pytest.mark.parametrize("page", [*LIVE, *EDIT])
def test_a_visitor_is_asked_to_sign_in(page, activity, client):
    response = client.get(url(*page))
    assert response.status_code == 302 and "login" in response.headers["Location"]


def test_a_visitor_sees_where_the_plan_was_published(client, plan):
    response = client.get(reverse("plans:start"))
    assert response.status_code == 200 and b"No report has been published yet" in response.content


def sealed_edition(board, plan, day):
    """An edition that holds the plan as it stood on a day, as sealing writes it."""
    meeting = Meeting.objects.create(board=board, date=day)
    held = {"snapshot": snapshot.take(plan, as_at=day), "baseline_edition": None, "changes": []}
    content = json.dumps({"items": [], "registers": {"plans": held}})
    edition = Edition(meeting=meeting, number=1, kind="agenda", canonical=content, sha256="0" * 64, registers=["plans"])
    edition.save()
    return edition


def test_a_member_reads_what_was_sealed_and_not_what_was_written_since(
    plan, activity, lead, officer, board, person, open_round, sign_in
):
    round_ = open_round()
    reporting.answer(activity=activity, round_=round_, by=lead, rag="Green", narrative="What the board was told.")
    rounds.close_round(round_=round_, by=officer, without="test")
    sealed_edition(board, plan, dt.date(2018, 4, 30))
    later = open_round(dt.date(2018, 4, 1), dt.date(2018, 6, 30))
    reporting.answer(activity=activity, round_=later, by=lead, rag="White", narrative="Written since.")
    member = person()
    BoardMembership.objects.create(board=board, person=member, starts_on=dt.date(2018, 1, 1))
    page = sign_in(member).get(url("theme", "V")).content.decode()
    assert "What the board was told." in page and "Written since." not in page
    assert "As sealed for the Business Coordination Board" in page
    assert sign_in(member).get(url("rounds")).status_code == 404


def test_a_member_of_another_board_reads_nothing_of_it(plan, activity, board, panel, person, sign_in):
    sealed_edition(board, plan, dt.date(2018, 4, 30))
    member = person()
    BoardMembership.objects.create(board=panel, person=member, starts_on=dt.date(2018, 1, 1))
    assert sign_in(member).get(url("overview")).status_code == 404


def test_directions_follow_the_body_that_is_chosen(plan, activity, lead, officer, board, panel, open_round):
    first = open_round()
    reporting.answer(activity=activity, round_=first, by=lead, rag="Green")
    rounds.close_round(round_=first, by=officer, without="test")
    sealed_edition(board, plan, dt.date(2018, 4, 10))
    second = open_round(dt.date(2018, 4, 1), dt.date(2018, 6, 30))
    reporting.answer(activity=activity, round_=second, by=lead, rag="White")
    rounds.close_round(round_=second, by=officer, without="test")
    sealed_edition(panel, plan, dt.date(2018, 7, 10))
    third = open_round(dt.date(2018, 7, 1), dt.date(2018, 10, 19))
    reporting.answer(activity=activity, round_=third, by=lead, rag="Green")
    assert sources.live(plan, board).summary.lines[0].travel.direction == "no change"
    assert sources.live(plan, panel).summary.lines[0].travel.direction == "started"


def test_red_without_its_words_comes_back_with_what_was_typed(activity, lead, open_round, sign_in):
    open_round()
    typed = {"rag": "Red", "narrative": "", "next_steps": "Ask the board for two posts.", "needed": ""}
    response = sign_in(lead).post(url("report", "V1.1"), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "V1.1 is Red: say what has happened" in page
    assert "V1.1 is Red: enter the date it is expected back on target" in page
    assert "Ask the board for two posts." in page
    assert not StatusReport.objects.exists()


def test_a_lead_answers_in_one_step(activity, lead, open_round, sign_in):
    open_round()
    typed = {
        "rag": "Yellow", "narrative": "Training was put off.", "next_steps": "Train in May.",
        "recovery_date": "2018-09-30", "needed": "Two days.",
    }  # fmt: skip
    response = sign_in(lead).post(url("report", "V1.1"), typed)
    assert response.status_code == 302 and response.headers["Location"] == url("my_updates")
    assert StatusReport.objects.get().recovery_date == dt.date(2018, 9, 30)


def answer_page(client):
    return client.get(url("report", "V1.1")).context["form"]["seen"].value() or ""


def test_a_colleague_s_answer_is_not_replaced_unseen(activity, lead, person, open_round, client):
    colleague = person(Role.PLAN_LEAD, title="Head of Commissioning")
    ActivityLead.objects.create(activity=activity, person=colleague, position=1)
    open_round()
    client.force_login(lead)
    seen = answer_page(client)
    reporting.answer(activity=activity, round_=activity.action.theme.plan.rounds.get(), by=colleague, rag="Yellow",
                     narrative="One post is empty.", recovery_date=JUNE, needed="A decision")  # fmt: skip
    mine = {"rag": "Green", "narrative": "All is well.", "seen": seen}
    again = client.post(url("report", "V1.1"), mine)
    page = again.content.decode()
    assert again.status_code == 422 and StatusReport.objects.get().rag == "Yellow"
    assert (
        "Head of Commissioning reported V1.1 as Yellow" in page
        and "One post is empty." in page
        and "All is well." in page
    )
    knowing = client.post(url("report", "V1.1"), mine | {"seen": again.context["form"]["seen"].value()})
    assert knowing.status_code == 302 and StatusReport.objects.get().rag == "Green"


def test_no_change_does_not_replace_a_colleague_s_answer(activity, lead, officer, person, open_round, client):
    first = open_round()
    reporting.answer(activity=activity, round_=first, by=lead, rag="Green")
    rounds.close_round(round_=first, by=officer, without="A test")
    second = open_round(dt.date(2018, 4, 1), JUNE)
    reporting.answer(activity=activity, round_=second, by=officer, rag="White")
    client.force_login(lead)
    page = client.post(url("no_change", "V1.1"), follow=True).content.decode()
    assert "Plan Officer reported V1.1 as White" in page and StatusReport.objects.get(round=second).rag == "White"


def test_one_s_own_answer_can_be_changed_until_the_round_is_closed(activity, lead, open_round, sign_in):
    open_round()
    client = sign_in(lead)
    client.post(url("report", "V1.1"), {"rag": "Green", "narrative": "First", "seen": answer_page(client)})
    client.post(url("report", "V1.1"), {"rag": "White", "narrative": "Second", "seen": answer_page(client)})
    assert StatusReport.objects.get().narrative == "Second"


def test_what_was_typed_stays_when_the_round_closes_meanwhile(activity, lead, officer, open_round, sign_in):
    round_ = open_round()
    client = sign_in(lead)
    rounds.close_round(round_=round_, by=officer, without="A test")
    answer = client.post(url("report", "V1.1"), {"rag": "Green", "narrative": "Ten minutes of typing"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Ten minutes of typing" in page and "No reporting round is open" in page
    assert not StatusReport.objects.exists()


def test_what_was_typed_stays_when_the_session_was_lost(activity, lead, open_round, client):
    open_round()
    answer = client.post(url("report", "V1.1"), {"rag": "Green", "narrative": "Ten minutes of typing"})
    page = answer.content.decode()
    assert answer.status_code == 401 and "Ten minutes of typing" in page and "Send it again" in page
    client.force_login(lead)
    client.post(url("report", "V1.1"), {"rag": "Green", "narrative": "Ten minutes of typing"})
    assert StatusReport.objects.get().narrative == "Ten minutes of typing"


def test_no_change_is_an_answer_on_the_lead_s_page(activity, lead, officer, open_round, sign_in):
    first = open_round()
    reporting.answer(activity=activity, round_=first, by=lead, rag="Green", narrative="All is well.")
    rounds.close_round(round_=first, by=officer, without="test")
    second = open_round(dt.date(2018, 4, 1), dt.date(2018, 6, 30))
    page = sign_in(lead).get(url("my_updates")).content.decode()
    assert "All is well." in page
    sign_in(lead).post(url("no_change", "V1.1"))
    assert StatusReport.objects.get(round=second).is_no_change


def test_a_lead_cannot_report_what_another_leads(activity, person, open_round, sign_in):
    open_round()
    response = sign_in(person(Role.PLAN_LEAD)).post(url("report", "V1.1"), {"rag": "Green"})
    assert response.status_code == 422 and not StatusReport.objects.exists()
    assert "V1.1 is reported by the people who lead it" in response.content.decode()


def test_an_activity_cannot_lose_its_lead_or_gain_initials_as_delivery_lead(activity, officer, sign_in):
    response = sign_in(officer).post(url("edit_activity", "V1.1"), {"title": "x", "delivery_lead": "AF"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose at least one OPCC lead" in page and "not a person’s initials" in page


def test_a_round_is_closed_only_after_it_was_confirmed(activity, officer, open_round, sign_in):
    round_ = open_round()
    page = reverse("plans:close_round", args=["2017-20", round_.pk])
    assert sign_in(officer).post(page, {"without": "Agreed"}).status_code == 422
    assert sign_in(officer).post(page, {"sure": "on"}).status_code == 422
    assert sign_in(officer).post(page, {"sure": "on", "without": "Agreed"}).status_code == 302
    round_.refresh_from_db()
    assert round_.is_closed


def test_an_upload_is_read_before_anything_is_changed(plan, officer, sign_in, sheets):
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("plan_activities.csv", sheets["plan_activities.csv"])
    response = sign_in(officer).post(url("exchange"), {"file": upload}, follow=True)
    assert "T8.1 has no OPCC lead" in response.content.decode()
    assert Activity.objects.of_plan(plan).count() == 4


def test_words_of_a_report_are_escaped(activity, lead, open_round, sign_in):
    round_ = open_round()
    reporting.answer(activity=activity, round_=round_, by=lead, rag="Green", narrative="<script>alert(1)</script>")
    page = sign_in(lead).get(url("action", "V1")).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def grow(plan, lead, officer):
    """Twenty more actions with a report, news and a measure each."""
    theme = plan.themes.get(code="V")
    round_ = plan.rounds.open().first()
    for number in range(20, 40):
        action = PriorityAction.objects.create(theme=theme, number=number, title=f"Action {number}")
        activity = Activity.objects.create(action=action, number=1, delivery_lead="Constabulary")
        ActivityLead.objects.create(activity=activity, person=lead)
        reporting.answer(activity=activity, round_=round_, by=lead, rag="Green", narrative="Going well.")
        reporting.add_update(activity=activity, text="News", dated=dt.date(2018, 2, 1), by=lead)
        measure = Measure.objects.create(plan=plan, theme=theme, name=f"M{number}", unit="%", polarity="higher")
        Observation.objects.create(
            measure=measure, period_start=dt.date(2018, 1, 1), period_end=dt.date(2018, 1, 31), value=number
        )


@pytest.mark.parametrize(
    "page", [("overview",), ("theme", "V"), ("measures",), ("my_updates",), ("rounds",), ("round",)]
)
def test_pages_ask_the_database_no_more_when_the_plan_grows(
    page,
    plan,
    activity,
    lead,
    officer,
    board,
    open_round,
    sign_in,
    django_assert_max_num_queries,
    django_assert_num_queries,
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    round_ = open_round()
    grow_one = reporting.answer(activity=activity, round_=round_, by=lead, rag="Green", narrative="First.")
    Measure.objects.create(plan=plan, theme=activity.action.theme, name="M", unit="%", polarity="higher")
    assert grow_one
    client = sign_in(officer)
    address = url(*page) if page[0] != "round" else url("round", round_.pk)
    with CaptureQueriesContext(
        connection,
    ) as before:
        client.get(address)
    grow(plan, lead, officer)
    with CaptureQueriesContext(connection) as after:
        assert client.get(address).status_code == 200
    assert len(after) <= len(before)


def test_plan_status_prints_objects_in_the_order_of_the_plan(plan, activity, lead, open_round, board, capsys):
    reporting.answer(activity=activity, round_=open_round(), by=lead, rag="Green")
    call_command("plan_status", "--board", "BCB", "--json")
    rows = json.loads(capsys.readouterr().out)
    assert [row["ref"] for row in rows] == ["V1", "O2", "O10"]
    assert {"ref", "rag", "direction", "last_change"} <= set(rows[0])
    assert (rows[0]["rag"], rows[0]["direction"], rows[1]["rag"], rows[1]["last_change"]) == ("Green", None, None, None)
    assert [each["ref"] for each in rows[1]["activities"]] == ["O2.1", "O2.2"]


def test_plan_status_says_when_a_status_last_changed_not_when_it_was_last_reported(
    plan, activity, lead, officer, open_round, board, capsys
):
    for end, rag in ((MARCH, "Green"), (JUNE, "White"), (OCTOBER, "White")):
        start = {MARCH: dt.date(2018, 1, 1), JUNE: dt.date(2018, 4, 1), OCTOBER: dt.date(2018, 7, 1)}[end]
        round_ = open_round(start, end)
        report = reporting.answer(activity=activity, round_=round_, by=lead, rag=rag)
        report.reported_at = dt.datetime.combine(end, dt.time(12), dt.UTC)
        report.save()
        rounds.close_round(round_=round_, by=officer, without="A test")
    call_command("plan_status", "--board", "BCB", "--json")
    row = json.loads(capsys.readouterr().out)[0]
    assert (row["rag"], row["last_change"]) == ("White", JUNE.isoformat())
    assert row["activities"][0]["last_change"] == JUNE.isoformat()


def test_plan_status_refuses_a_board_it_does_not_know(plan, db):
    with pytest.raises(CommandError, match="no board"):
        call_command("plan_status", "--board", "XYZ")


def test_the_commands_bring_a_plan_in_and_take_it_out(
    empty_plan, officer, people_of_the_sheets, sheets, tmp_path, capsys
):
    files = []
    for name, content in sheets.items():
        (tmp_path / name).write_bytes(content)
        files.append(str(tmp_path / name))
    call_command("import_plan", *files, "--plan", "new", "--dry-run")
    assert "T8.1 has no OPCC lead" in capsys.readouterr().out and not Activity.objects.of_plan(empty_plan).exists()
    call_command("import_plan", *files, "--plan", "new", "--by", officer.email)
    assert Activity.objects.of_plan(empty_plan).count() == 44
    call_command("export_plan", str(tmp_path / "plan.xlsx"), "--plan", "new")
    call_command("export_plan", str(tmp_path / "plan.json"), "--plan", "new")
    assert len(json.loads((tmp_path / "plan.json").read_text())["actions"]) == 40


def test_an_old_plan_can_be_read_and_no_longer_changes(plan, activity, officer, sign_in):
    Plan.objects.create(slug="2021-25", title="Next plan", starts_on=dt.date(2021, 5, 10))
    client = sign_in(officer)
    assert client.get(url("overview")).status_code == 200
    assert client.get(url("edit_action", "V1")).status_code == 403
    assert get_plan("2017-20").is_over()
    assert client.get(reverse("plans:start")).headers["Location"] == "/plans/2021-25/"


def test_an_action_is_linked_to_a_paper_and_both_ends_know(plan, activity, officer, board, sign_in):
    from boards import reports
    from boards.document import build
    from boards.models import Paper

    paper = Paper.objects.create(
        board=board, title="Victims strategy", document=build.doc(build.section("A")), state="final"
    )
    response = sign_in(officer).post(
        url("add_link", "V1"), {"q": "victims", "target": f"paper:{paper.pk}", "note": "Its strategy"}
    )
    assert response.status_code == 302
    page = sign_in(officer).get(url("action", "V1")).content.decode()
    assert "Victims strategy" in page and "Its strategy" in page
    assert [target.ref for target in reports.links_to(f"paper:{paper.pk}")] == ["V1"]


def test_the_title_of_a_restricted_paper_is_not_told_by_a_link(plan, activity, board):
    from boards.document import build
    from boards.models import Paper, Restriction
    from plans.links import paper_target

    paper = Paper.objects.create(
        board=board, title="Secret contract", document=build.doc(build.section("A")),
        restriction=Restriction.objects.create(grounds=["12A-3"], reason="Sums under discussion"),
    )  # fmt: skip
    assert paper_target(str(paper.pk)).title == "A restricted paper"


def test_a_file_that_is_too_large_is_not_read(plan, officer, sign_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("plan.csv", b"x" * (5 * 1024 * 1024 + 1))
    response = sign_in(officer).post(url("exchange"), {"file": upload})
    assert response.status_code == 422 and "larger than 5 MB" in response.content.decode()


def test_without_a_plan_there_is_nothing_to_report(db):
    from boards import reports
    from portal.policy import Refusal

    with pytest.raises(Refusal, match="no plan to report"):
        reports.get("plans").snapshot(as_at=dt.date(2018, 1, 1), options={})
