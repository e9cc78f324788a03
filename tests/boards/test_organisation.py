"""The office, its boards and seats are data that people change."""

import pytest
from django.utils import timezone

from boards.actions import sealing
from boards.models import Board, BoardMembership, Meeting
from boards.policy import audience_for
from portal.models import Office

BOARD = {
    "name": "Ethics Panel", "short_name": "EP", "kind": "panel", "paper_template": "panel-report", "paper_days": "7",
    "publish_days": "5", "dividers": "none",
}  # fmt: skip


@pytest.fixture
def desk(client, world):
    client.force_login(world.governance)
    return client


def test_a_board_is_added_with_its_own_address(desk):
    assert desk.post("/organisation/boards/add/", {**BOARD, "aliases": "Ethics Committee, EC"}).status_code == 302
    board = Board.objects.get(slug="ethics-panel")
    assert board.aliases == ["Ethics Committee", "EC"]


def test_a_board_of_the_same_name_is_refused_and_what_was_typed_comes_back(desk):
    response = desk.post(
        "/organisation/boards/add/", {**BOARD, "name": "Business Coordination Board", "frequency": "Weekly"}
    )
    assert response.status_code == 200
    assert "is there already" in response.content.decode()
    assert "Weekly" in response.content.decode()


def test_a_seat_opens_the_boards_papers_and_ends(desk, world, person):
    member = person(name="Deputy Commissioner", email="deputy@opcc.example")
    desk.post(
        f"/organisation/boards/{world.board.slug}/seats/add/", {"person": member.pk, "starts_on": "1 January 2020"}
    )
    assert audience_for(member, world.meeting) == "members"
    seat = BoardMembership.objects.get(person=member)
    desk.post(f"/organisation/seats/{seat.pk}/end/")
    seat.refresh_from_db()
    assert seat.ends_on == timezone.localdate()


def test_a_seat_that_ends_before_it_starts_is_refused(desk, world):
    response = desk.post(
        f"/organisation/boards/{world.board.slug}/seats/add/",
        {"person": world.author.pk, "starts_on": "1 January 2020", "ends_on": "1 January 2019"},
    )
    assert "must not be before the first" in response.content.decode()


def test_a_new_name_of_the_office_leaves_sealed_editions_as_they_were(desk, published):
    desk.post("/organisation/office/", {"name": "Office of the Mayor"})
    assert Office.current().name == "Office of the Mayor"
    published.refresh_from_db()
    assert published.content["office"]["name"] != "Office of the Mayor"


def test_a_board_asks_for_other_reviews_of_one_template(desk):
    chosen = {"reviews": ["finance"], "reviews_decision-notice": "finance legal", "reviews_minutes": "none"}
    desk.post("/organisation/boards/add/", {**BOARD, **chosen})
    board = Board.objects.get(slug="ethics-panel")
    assert (board.reviews, board.template_reviews) == (
        ["finance"],
        {"decision-notice": ["finance", "legal"], "minutes": []},
    )
    desk.post(f"/organisation/boards/{board.slug}/", {**BOARD, "reviews": ["legal"]})
    board.refresh_from_db()
    assert (board.reviews, board.template_reviews) == (["legal"], {})


def test_a_board_chooses_its_dividers_and_an_edition_keeps_them(desk, world):
    desk.post(f"/organisation/boards/{world.board.slug}/", {**BOARD, "name": world.board.name, "dividers": "items"})
    edition = sealing.seal(meeting=Meeting.objects.get(pk=world.meeting.pk), by=world.governance)
    assert edition.content["board"]["dividers"] == "items"
    Board.objects.filter(pk=world.board.pk).update(dividers="none")
    assert edition.content["board"]["dividers"] == "items"
