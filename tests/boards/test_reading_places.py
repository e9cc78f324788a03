"""Reading with the pack in hand: pages, the papers before and after, and what changed since the edition before."""

import pytest
from django.urls import reverse

from boards.actions import sealing
from boards.models import PackBuild
from tests.boards.publishing import complete, publish, supersede
from tests.boards.world import CANARY


@pytest.fixture
def published(world):
    edition = sealing.seal(meeting=world.meeting, by=world.governance)
    complete(edition.builds.get(audience="members"))
    publish(edition, world.governance)
    return edition


def paper_address(world, number="2.0", edition=1, name="sealed_paper"):
    return reverse(name, args=[world.board.slug, world.meeting.date, edition, number])


def go_to(client, world, number):
    return client.get(reverse("go_to_page", args=[world.board.slug, world.meeting.date]), {"number": number})


def test_a_paper_says_where_it_stands_in_the_pack(client, world, published):
    client.force_login(world.member)
    page = client.get(paper_address(world)).content.decode()
    assert "Paper 1 of 2 · Pages 2 to 5 of the pack" in page
    assert "Paper 2 of 2 · Pages 6 to 9 of the pack" in client.get(paper_address(world, "3.0")).content.decode()


def test_a_mark_stands_where_a_page_of_the_pack_begins(client, world, published):
    page = client.get(paper_address(world)).content.decode()
    assert page.count('role="doc-pagebreak"') == 1
    first = world.paper.document["content"][0]["content"][1]["attrs"]["id"]
    assert page.index('id="page-7"') < page.index(f'<p id="{first}"')


def test_the_papers_before_and_after_are_those_this_reader_may_read(client, world, published):
    public = client.get(paper_address(world)).content.decode()
    assert "Next" not in public
    assert "Previous" not in public
    client.force_login(world.member)
    assert paper_address(world, "3.0") in client.get(paper_address(world)).content.decode()
    assert paper_address(world) in client.get(paper_address(world, "3.0")).content.decode()


def test_a_page_number_leads_to_what_stands_there(client, world, published):
    client.force_login(world.member)
    assert go_to(client, world, "3").url == paper_address(world)
    assert go_to(client, world, " 7 ").url == paper_address(world, "3.0") + "#page-7"
    assert go_to(client, world, "1").url == reverse("edition", args=[world.board.slug, world.meeting.date, 1])


def test_the_page_of_a_divider_leads_to_the_paper_behind_it(client, world, published):
    build = PackBuild.objects.get(audience="members", edition=published)
    item, annex = published.content["items"][1], published.content["items"][1]["papers"][0]["annexes"][0]
    rows = [row for row in build.ledger["rows"] if row["kind"] == "front"]
    for kind, id_, number, page, parent in (
        ("item", item["id"], "2.0", 2, ""),
        ("divider", item["id"], "2.0", 2, ""),
        ("paper", str(world.paper.pk), "2.0", 3, ""),
        ("annex-divider", annex["id"], "A", 7, str(world.paper.pk)),
        ("annex", annex["id"], "A", 8, str(world.paper.pk)),
    ):
        rows.append(
            {"kind": kind, "id": id_, "number": number, "title": "", "page": page, "label": "", "parent": parent}
        )
    PackBuild.objects.filter(pk=build.pk).update(ledger={**build.ledger, "rows": rows, "anchors": {}})
    client.force_login(world.member)
    assert go_to(client, world, "2").url == paper_address(world)
    assert go_to(client, world, "7").url == paper_address(world) + "#annexes"
    assert annex["id"] in (annex_page := go_to(client, world, "9").url) and annex_page.endswith("#page=2")


@pytest.mark.parametrize("typed", ["", "0", "10", "-1", "x", "S1", "9" * 40, "1.5", "\0"])
def test_a_page_that_is_not_in_the_pack_gets_a_sentence(client, world, published, typed):
    response = go_to(client, world, typed)
    assert response.url == world.address
    assert b"has no page" in client.get(world.address).content


def test_the_public_is_led_into_the_public_pack_only(client, world, published):
    PackBuild.objects.filter(audience="public").update(ledger={"pages": 1, "rows": [], "series": "", "anchors": {}})
    assert go_to(client, world, "7").url == world.address


def test_a_page_of_the_second_supplement_is_not_that_of_the_first(client, world, published):
    for words in ("The work began in May.", "The work began in June."):
        supersede(world, words, kind="supplement")
    led = [go_to(client, world, typed).url.partition("#")[0] for typed in ("3", "s3", "T3")]
    assert led == [paper_address(world, edition=edition) for edition in (1, 2, 3)]


def test_the_agenda_tells_pages_and_length_of_each_paper(client, world, published):
    page = client.get(world.address).content.decode()
    assert "Pages 2 to 9 of the pack" in page
    assert "8 pages" in page


def test_a_member_sees_what_changed_since_the_edition_before(client, world, published):
    supersede(world, "The work began in May.", published=False)
    client.force_login(world.member)
    address = paper_address(world, edition=2, name="sealed_changes")
    assert address in client.get(paper_address(world, edition=2)).content.decode()
    page = client.get(address).content.decode()
    assert "A word was wrong" in page
    assert ">April" in page
    assert ">May" in page
    assert client.get(paper_address(world, "3.0", 2, "sealed_changes")).status_code == 404


def test_the_public_is_never_shown_what_a_correction_took_out(client, world, published):
    supersede(world, "The work began in May.")
    assert client.get(paper_address(world, edition=2, name="sealed_changes")).status_code == 404
    assert "What changed" not in client.get(paper_address(world, edition=2)).content.decode()


def test_a_paper_replaced_by_a_supplement_leads_to_its_new_wording(client, world, published):
    supersede(world, "The work began in May.", kind="supplement")
    old = client.get(paper_address(world)).content.decode()
    assert "Superseded" in old
    assert "in supplement (edition 2)" in old
    assert "Supplement (edition 2): changed" in client.get(world.address).content.decode()


def test_no_page_of_a_reader_names_a_restricted_paper_beside_an_open_one(client, world, published):
    for address in (paper_address(world), world.address):
        assert CANARY not in client.get(address).content.decode()
