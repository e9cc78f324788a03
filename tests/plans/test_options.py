"""What an officer chooses before the plan's report is drafted."""

import datetime as dt

import pytest
from django.urls import reverse

from boards import reports
from boards.models import AgendaItem, Board, Meeting, Paper
from boards.preflight.registers import findings
from plans.models import PriorityAction
from plans.report.panel import turn
from portal.roles import Role

NOVEMBER, MAY = dt.date(2018, 11, 14), dt.date(2018, 5, 16)


@pytest.fixture
def governance(person):
    return person(Role.GOVERNANCE, title="Governance Officer")


@pytest.fixture
def item_of(plan):
    def make(board, day=NOVEMBER):
        meeting = Meeting.objects.create(board=board, date=day, chair="Chair")
        return AgendaItem.objects.create(meeting=meeting, number_major=3, title="The plan", kind="paper")

    return make


def draft(client, item, **chosen):
    return client.post(reverse("report_add", args=[item.pk]), {"register": "plans", **chosen})


def test_a_themed_report_asks_which_theme_and_says_whose_turn_it_is(client, governance, item_of, panel):
    client.force_login(governance)
    page = client.get(reverse("paper_add", args=[item_of(panel).pk])).content.decode()
    assert "Next in rotation: Offenders" in page and '<option value="V"' in page


def test_the_template_decides_whether_a_theme_is_asked_for_not_the_name(client, governance, item_of, board):
    renamed = Board.objects.create(name="Any Body", slug="any", short_name="AB", paper_template="panel-report")
    client.force_login(governance)
    assert "Next in rotation" in client.get(reverse("paper_add", args=[item_of(renamed).pk])).content.decode()
    assert "Next in rotation" not in client.get(reverse("paper_add", args=[item_of(board).pk])).content.decode()


def test_the_theme_chosen_is_the_theme_reported(client, governance, item_of, panel):
    client.force_login(governance)
    draft(client, item_of(panel), **{"plans-theme": "V"})
    paper = Paper.objects.get()
    assert paper.title.endswith("Victims") and paper.register_options == {"theme": "V"}


@pytest.mark.parametrize(
    ("day", "theme"), [(NOVEMBER, "Offenders"), (MAY, "Offenders"), (dt.date(2019, 2, 1), "Victims")]
)
def test_next_in_rotation_follows_the_quarter_of_the_meeting(client, governance, item_of, panel, day, theme):
    client.force_login(governance)
    draft(client, item_of(panel, day), **{"plans-theme": ""})
    paper = Paper.objects.get()
    assert paper.title.endswith(theme) and paper.register_options == {}


def test_a_theme_that_is_not_offered_is_refused_and_nothing_is_drafted(client, governance, item_of, panel):
    client.force_login(governance)
    answer = draft(client, item_of(panel), **{"plans-theme": "Z"})
    assert answer.status_code == 422
    assert "Theme of the plan’s report: choose one from the list" in answer.content.decode()
    assert not Paper.objects.exists()


def test_the_action_refuses_a_theme_the_plan_does_not_have(governance, item_of, panel):
    from boards.actions.reporting import draft_report
    from portal.policy import Refusal

    with pytest.raises(Refusal, match="no theme “Z”"):
        draft_report(item=item_of(panel), register="plans", by=governance, options={"theme": "Z"})
    assert not Paper.objects.exists()


def test_who_may_not_draft_is_told_so_whatever_was_chosen(client, person, item_of, panel):
    client.force_login(person(Role.CHIEF_FINANCE_OFFICER, title="Chief Finance Officer"))
    item = item_of(panel)
    answer = draft(client, item, **{"plans-theme": "Z"})
    assert answer.status_code == 302 and not Paper.objects.exists()


def test_a_register_of_no_such_name_is_refused(client, governance, item_of, panel):
    client.force_login(governance)
    answer = client.post(reverse("report_add", args=[item_of(panel).pk]), {"register": "nothing"}, follow=True)
    assert "No register of that name is installed" in answer.content.decode()


def test_a_report_whose_theme_has_left_the_plan_stops_sealing_with_a_sentence(client, governance, item_of, panel, plan):
    client.force_login(governance)
    item = item_of(panel)
    draft(client, item, **{"plans-theme": "V"})
    PriorityAction.objects.filter(theme__code="V").update(removed_on=dt.date(2018, 1, 1))
    for action in PriorityAction.objects.filter(theme__code="V"):
        action.activities.all().delete()
        action.delete()
    plan.themes.get(code="V").delete()
    found = [each for each in findings(item.meeting, [item]) if each.severity == "blocks"]
    assert any("no theme “V”" in each.sentence for each in found)


@pytest.mark.parametrize(
    ("codes", "month", "theme"),
    [(["V", "O", "C", "T"], 11, "C"), (["A", "B"], 5, "B"), (["A", "B"], 8, "A"), (["A"], 12, "A"), ([], 1, None)],
)
def test_a_plan_with_other_themes_takes_them_in_its_own_order(codes, month, theme):
    assert turn(codes, dt.date(2030, month, 1)) == theme


def test_a_register_that_asks_nothing_needs_no_options():
    class Plain:
        key, title = "plain", "Plain"

    assert not isinstance(Plain(), reports.OffersOptions)


@pytest.fixture
def closed_round(plan, activity, lead, officer, open_round):
    from plans.actions import reporting, rounds

    round_ = open_round()
    reporting.answer(activity=activity, round_=round_, by=lead, rag="Green")
    return rounds.close_round(round_=round_, by=officer, without="A test")


def from_round(round_):
    return reverse("plans:draft_report", args=["2017-20", round_.pk])


def test_a_plan_officer_drafts_the_report_of_a_round_with_its_theme(client, officer, closed_round, item_of, panel):
    client.force_login(officer)
    item = item_of(panel)
    assert "The plan" in client.get(from_round(closed_round)).content.decode()
    assert "Next in rotation" in client.get(from_round(closed_round), {"item": item.pk}).content.decode()
    answer = client.post(from_round(closed_round), {"item": item.pk, "plans-theme": "V"})
    paper = Paper.objects.get()
    assert answer.headers["Location"] == paper.get_absolute_url() and paper.title.endswith("Victims")
    assert list(paper.authors.all()) == [officer] and client.get(paper.get_absolute_url()).status_code == 200


def test_an_item_that_has_a_paper_is_not_offered(client, officer, closed_round, item_of, panel):
    client.force_login(officer)
    item = item_of(panel)
    client.post(from_round(closed_round), {"item": item.pk, "plans-theme": ""})
    again = client.post(from_round(closed_round), {"item": item.pk, "plans-theme": ""})
    assert again.status_code == 422 and Paper.objects.count() == 1


def test_a_restricted_item_is_not_named(client, officer, closed_round, item_of, panel):
    from boards.models import Restriction

    item = item_of(panel)
    item.restriction = Restriction.objects.create(grounds=["12A-3"], reason="Sums under discussion")
    item.save()
    client.force_login(officer)
    page = client.get(from_round(closed_round)).content.decode()
    assert "No agenda has a place for it" in page
    gone = client.post(from_round(closed_round), {"item": item.pk})
    assert gone.status_code == 422 and "can no longer take the report" in gone.content.decode()
    assert not Paper.objects.exists()


def test_a_theme_that_is_not_offered_is_refused_for_a_round_too(client, officer, closed_round, item_of, panel):
    client.force_login(officer)
    answer = client.post(from_round(closed_round), {"item": item_of(panel).pk, "plans-theme": "Z"})
    assert answer.status_code == 422 and not Paper.objects.exists()


def test_the_report_of_an_open_round_is_not_drafted(client, officer, open_round, item_of, panel):
    client.force_login(officer)
    assert "close it first" in client.get(from_round(open_round()), follow=True).content.decode()


def test_a_lead_does_not_draft_reports(client, lead, closed_round):
    client.force_login(lead)
    assert client.get(from_round(closed_round)).status_code == 403
