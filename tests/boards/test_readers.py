"""What members and the public find: sealed editions, each in their own copy, and nothing of what is restricted."""

import io

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse

from boards.actions import saving, sealing
from boards.models import PackBuild
from tests.answers import read
from tests.boards.world import CANARY, TITLE_CANARY, document

SECRETS = (CANARY.lower(), TITLE_CANARY.lower(), "marlowe", "letter of claim", "four hundred and twelve")


def words(data: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


@pytest.fixture
def addresses(world, published):
    """Every address of the published edition."""
    place = [world.board.slug, world.meeting.date, published.number]
    open_annex = world.paper.annexes.get()
    return {
        "home": "/",
        "list": reverse("meetings"),
        "board": reverse("board", args=[world.board.slug]),
        "meeting": world.address,
        "edition": reverse("edition", args=place),
        "paper": reverse("sealed_paper", args=[*place, "2.0"]),
        "paper_pdf": reverse("paper_pdf", args=[*place, "2.0"]),
        "pack": reverse("pack", args=place),
        "annex": reverse("sealed_annex", args=[*place, open_annex.pk]),
        "feed": reverse("meeting_feed"),
    }


def test_the_public_reads_everything_that_is_open(client, addresses):
    for name, address in addresses.items():
        response = client.get(address)
        assert response.status_code == 200, name
        read(response)


def test_no_restricted_word_is_on_any_public_surface(client, addresses):
    for name, address in addresses.items():
        response = client.get(address)
        data = read(response)
        text = data.decode("utf-8", "replace") + str(response.headers)
        if data.startswith(b"%PDF"):
            with pikepdf.open(io.BytesIO(data)) as pdf:
                text = words(data) + str(pdf.docinfo) + str(pdf.Root.get("/Metadata", "")) + str(response.headers)
                text += " ".join(str(item.title) for item in pdf.open_outline().root)
        for secret in SECRETS:
            assert secret not in text.lower(), f"{secret!r} in {name}"


def test_the_public_sees_the_open_title_and_the_ground(client, addresses):
    page = client.get(addresses["meeting"]).content.decode()
    assert "A contract matter" in page
    assert "financial or business affairs" in page


def test_restricted_papers_and_annexes_are_not_there_for_the_public(client, world, published):
    place = [world.board.slug, world.meeting.date, published.number]
    restricted = world.restricted_paper.annexes.get()
    for address in (
        reverse("sealed_paper", args=[*place, "3.0"]),
        reverse("paper_pdf", args=[*place, "3.0"]),
        reverse("sealed_annex", args=[*place, restricted.pk]),
        reverse("current_paper", args=[*place[:2], "3.0"]),
    ):
        assert client.get(address).status_code == 404, address


def test_a_member_reads_the_restricted_item_and_its_copy_is_never_cached(client, world, published):
    client.force_login(world.member)
    place = [world.board.slug, world.meeting.date, published.number]
    response = client.get(reverse("sealed_paper", args=[*place, "3.0"]))
    assert CANARY in response.content.decode()
    pack = client.get(reverse("pack", args=place))
    assert pack.headers["Cache-Control"] == "private, no-store"
    assert "four hundred and twelve" in words(read(pack)).lower().replace("\r\n", " ")


def test_fetching_a_members_copy_with_restricted_papers_is_on_record(client, world, published):
    from portal.models import AuditEvent

    client.force_login(world.member)
    read(client.get(reverse("pack", args=[world.board.slug, world.meeting.date, published.number])))
    assert AuditEvent.objects.filter(event="edition.read", actor=world.member).exists()


def test_members_read_from_sealing_on_and_the_public_from_publication_on(client, world):
    sealing.seal(meeting=world.meeting, by=world.governance)
    assert client.get(world.address).status_code == 404
    client.force_login(world.member)
    assert client.get(world.address).status_code == 200


def test_an_author_who_is_no_member_reads_the_public_copy(client, world, published):
    client.force_login(world.author)
    assert TITLE_CANARY not in client.get(world.address).content.decode()


def test_live_changes_are_never_seen_by_readers(client, world, addresses):
    world.paper.state = "draft"
    world.paper.save()
    saving.save(
        paper=world.paper, document=document("Unsealed words."), header={"title": "Unsealed title"},
        base_version=world.paper.version, by=world.governance,
    )  # fmt: skip
    for name in ("meeting", "paper"):
        assert b"Unsealed" not in client.get(addresses[name]).content


def test_a_superseded_edition_stays_reachable_and_says_so(client, world, published, addresses, at_once):
    world.paper.state = "draft"
    world.paper.save()
    saving.save(
        paper=world.paper, document=document("Corrected words stand here now."), header={}, base_version=world.paper.version,
        by=world.governance,
    )  # fmt: skip
    world.paper.refresh_from_db()
    world.paper.state = "final"
    world.paper.save()
    with at_once():
        edition = sealing.seal(meeting=world.meeting, by=world.governance, kind="correction", reason="A word was wrong")
    with at_once():
        sealing.publish(edition=edition, by=world.governance)
    old = client.get(addresses["paper"])
    assert b"Superseded" in old.content
    assert b"Corrected words" not in old.content
    current = client.get(reverse("current_paper", args=[world.board.slug, world.meeting.date, "2.0"]), follow=True)
    assert b"Corrected words" in current.content


def test_downloads_are_named_by_date_board_and_item_without_version_words(client, addresses):
    pack = client.get(addresses["pack"])
    read(pack)
    assert 'filename="2017-02-06-bcb-pack.pdf"' in pack.headers["Content-Disposition"]
    name = client.get(addresses["paper_pdf"]).headers["Content-Disposition"]
    assert "2017-02-06-bcb-item-2-0-devolution-update.pdf" in name


def test_while_a_pack_is_being_made_its_page_says_so(client, world):
    edition = sealing.seal(meeting=world.meeting, by=world.governance)
    client.force_login(world.member)
    response = client.get(reverse("pack", args=[world.board.slug, world.meeting.date, edition.number]))
    assert response.status_code == 503
    assert b"being made" in response.content


def test_the_last_good_pack_is_served_while_its_successor_is_made(client, world, published, addresses):
    before = read(client.get(addresses["pack"]))
    PackBuild.objects.create(meeting=world.meeting, edition=published, audience="public", state="rendering")
    assert read(client.get(addresses["pack"])) == before


def test_impossible_dates_and_numbers_are_not_found(client, world, published):
    for address in (
        "/meetings/business-coordination-board/2017-02-31/",
        "/meetings/business-coordination-board/2017-02-07/",
        "/meetings/nobody/",
        f"{world.address}editions/9/",
        f"{world.address}editions/1/papers/9-9/",
    ):
        assert client.get(address).status_code == 404, address


def test_a_restricted_pack_is_marked_as_somebodys_copy_where_the_board_asks_for_it(client, world, published):
    world.board.watermark = True
    world.board.save()
    client.force_login(world.member)
    pack = read(client.get(reverse("pack", args=[world.board.slug, world.meeting.date, published.number])))
    assert "copy of police and crime commissioner" in words(pack).lower().replace("\r\n", " ")


def test_each_restricted_file_is_marked_and_no_open_one(client, world, published):
    """The pack is not the only way to a restricted paper: its own PDF and its annexes carry the name too."""
    world.board.watermark = True
    world.board.save()
    client.force_login(world.member)
    address = [world.board.slug, world.meeting.date, published.number]
    open_item, closed_item = published.content["items"][1:3]

    def told(*names):
        return "copy of police and crime commissioner" in words(read(client.get(reverse(*names)))).lower().replace(
            "\r\n", " "
        )

    for item, marked in ((open_item, False), (closed_item, True)):
        paper = item["papers"][0]
        assert told("paper_pdf", None, [*address, paper["number"]]) is marked
        assert told("sealed_annex", None, [*address, paper["annexes"][0]["id"]]) is marked


def test_words_of_an_open_paper_that_are_restricted_make_it_a_restricted_copy():
    from boards.audit_reads import holds_restricted
    from boards.document import build

    paper = {"restriction": None, "annexes": [], "document": build.doc(build.section("A", build.para("Open words.")))}
    assert not holds_restricted({"items": [{"restriction": None, "papers": [paper]}]})
    paper["document"]["content"][0]["content"].append(build.para("Hidden words.", restricted="12A-3"))
    assert holds_restricted({"items": [{"restriction": None, "papers": [paper]}]})


def test_the_public_copy_is_never_marked(client, world, published, addresses):
    before = read(client.get(addresses["pack"]))
    world.board.watermark = True
    world.board.save()
    assert read(client.get(addresses["pack"])) == before
