"""From the register to the board: drafted, sealed, compared at the next meeting. Members read what was sealed and nothing else."""

import datetime as dt
from dataclasses import replace

import pytest

from boards.actions import agenda, reporting, sealing
from boards.document import text as words
from boards.models import Paper
from boards.preflight import preflight
from finance import baseline, demo, store
from finance.actions import plans
from finance.models import FinancialPlan
from tests.boards import world as worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(person, cfo):
    world = worlds.make(person)
    demo.load()
    world.cfo = cfo
    return world


def sealed(office, date: dt.date):
    """The strategy drafted for a meeting on a day, and the meeting sealed with every finding answered."""
    meeting = agenda.plan_meeting(
        board=office.board, date=date, by=office.governance, start_time=dt.time(14), venue="Room"
    )
    item = agenda.add_item(
        meeting=meeting,
        title="Financial strategy",
        lead_role="Chief Finance Officer",
        action_requested="note",
        by=office.governance,
    )
    paper = reporting.draft_report(item=item, register="finance", by=office.cfo)
    paper.state = Paper.State.FINAL
    paper.save()
    answered = {
        found.key: "Known, and told to the board." for found in preflight(meeting) if found.severity == "acknowledge"
    }
    return sealing.seal(meeting=meeting, by=office.governance, acknowledged=answered), paper


def text_of(edition) -> str:
    return words.plain(edition.content["items"][0]["papers"][0]["document"])


def settle(office, grant: int) -> None:
    plan = FinancialPlan.objects.latest()
    now = store.read(plan)
    years = tuple(replace(row, grant_k=grant) if row.year == 2020 else row for row in now.years)
    plans.change_figures(plan=plan, new=replace(now, years=years), by=office.cfo, reason="Settlement")


def test_a_sealed_paper_keeps_its_figures_when_the_plan_changes(office):
    edition, _ = sealed(office, dt.date(2018, 11, 1))
    assert "£78.411 million in 2019/20" in text_of(edition)
    settle(office, 79000)
    edition = type(edition).objects.get(pk=edition.pk)
    assert "£78.411 million in 2019/20" in text_of(edition)
    assert edition.is_intact


def test_figures_changed_before_sealing_are_brought_up_to_date_by_sealing(office):
    meeting = agenda.plan_meeting(
        board=office.board, date=dt.date(2018, 11, 1), by=office.governance, start_time=dt.time(14), venue="Room"
    )
    item = agenda.add_item(
        meeting=meeting,
        title="Strategy",
        lead_role="Chief Finance Officer",
        action_requested="note",
        by=office.governance,
    )
    paper = reporting.draft_report(item=item, register="finance", by=office.cfo)
    settle(office, 79000)
    assert "£79 million in 2019/20" in words.plain(reporting.refresh(paper=paper, by=office.cfo).document)


def test_the_next_report_tells_the_same_board_what_changed_since_it_last_saw_the_plan(office):
    sealed(office, dt.date(2018, 11, 1))
    settle(office, 79000)
    edition, _ = sealed(office, dt.date(2018, 12, 6))
    text = text_of(edition)
    assert "Since the board saw the strategy on 1 November 2018" in text
    assert "2019/20, grant: from 78,411 to 79,000" in text


def test_the_changes_page_compares_with_what_a_board_last_saw(office, client):
    edition, _ = sealed(office, dt.date(2018, 11, 1))
    settle(office, 79000)
    assert [seen.pk for seen, _ in baseline.last_seen()] == [edition.pk]
    client.force_login(office.cfo)
    plan = FinancialPlan.objects.latest()
    page = client.get(f"/finance/plans/{plan.pk}/changes/?since=board-{edition.pk}").content.decode()
    assert "As Business Coordination Board saw it on 1 November 2018" in page
    assert "79,000" in page
