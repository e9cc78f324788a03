"""Searching: members find in their own copy, the public in what `public(edition)` shows, each hit in its place."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from boards import surfaces
from boards.actions import sealing
from boards.document import build, schema
from boards.models import SearchEntry
from boards.packs import leaks
from boards.packs.public import public
from boards.search import index
from boards.search.entries import entries
from tests.boards.publishing import publish, supersede
from tests.boards.world import CANARY, TITLE_CANARY

ADDRESS = "/search/"
SECRET_WORDS = ("settle", "marlowe", "custody", "hearing", "claim", "provider", '"four hundred"')


def ask(client, words, **filters):
    return client.get(ADDRESS, {"q": words, **filters})


def hits(response):
    results = response.context["results"]
    return results.hits if results else []


@pytest.fixture
def published(world):
    edition = sealing.seal(meeting=world.meeting, by=world.governance)
    publish(edition, world.governance)
    return edition


def test_a_hit_shows_its_paper_meeting_number_and_page_and_leads_to_the_paragraph(client, world, published):
    (hit,) = hits(ask(client, "work began April"))
    block = world.paper.document["content"][2]["content"][1]["attrs"]["id"]
    assert hit.url == reverse("sealed_paper", args=[world.board.slug, world.meeting.date, 1, "2.0"]) + f"#{block}"
    assert hit.where[:3] == ["Item 2.0", "Paragraph 3.1", "Background"]
    assert hit.where[-1] == "page 7 of the pack"
    body = ask(client, "work began April").content.decode()
    assert "Devolution update" in body
    assert "Business Coordination Board, 6 February 2017" in body
    assert "<mark>work</mark> <mark>began</mark>" in body
    assert f'id="{block}"' in client.get(hit.url).content.decode()


def test_a_restricted_word_finds_nothing_for_the_public_nor_for_an_officer_who_is_no_member(client, world, published):
    assert [words for words in SECRET_WORDS if hits(ask(client, words))] == []
    client.force_login(world.author)
    assert [words for words in SECRET_WORDS if hits(ask(client, words))] == []


def test_the_public_rows_hold_no_restricted_word(published):
    rows = SearchEntry.objects.filter(audience="public")
    kept = " ".join(f"{row.title} {row.name} {row.heading} {row.label} {row.text} {row.anchor}" for row in rows).lower()
    for secret in (CANARY, TITLE_CANARY, "Letter of claim", "Marlowe", "Commercial"):
        assert secret.lower() not in kept
    restricted = next(item for item in published.content["items"] if item["restriction"])
    assert not any(paper["id"] in kept for paper in restricted["papers"])


def test_the_public_finds_a_restricted_item_by_its_open_title(client, published):
    (hit,) = hits(ask(client, "contract matter"))
    assert hit.restricted
    assert "#" not in hit.url


def test_a_member_finds_restricted_parts_and_they_say_so(client, world, published):
    client.force_login(world.member)
    found = hits(ask(client, "settle before the hearing"))
    assert found
    assert all(hit.restricted for hit in found)
    assert client.get(found[0].url).status_code == 200


def test_restricted_spans_and_blocks_of_an_open_paper_are_found_by_members_only(client, world):
    world.paper.document = schema.normalise(
        build.doc(
            build.section(
                "Purpose",
                {"type": "para", "content": [
                    {"type": "text", "text": "The plan was "},
                    {"type": "text", "text": "kumquat", "marks": [{"type": "restricted", "attrs": {"ground": "12A-3"}}]},
                ]},
            ),
            build.section("Hidden", {**build.para("Nothing but a persimmon."), "attrs": {"restricted": "12A-3"}}),
        )
    )  # fmt: skip
    members = {"items": [{
        "id": "1", "number": "2.0", "title": "T", "papers": [
            {"id": "2", "number": "2.0", "title": "T", "document": world.paper.document, "numbers": {}, "annexes": []}]}],
    }  # fmt: skip
    words = " ".join(entry.words for entry in entries(members))
    assert "kumquat" in words
    assert "persimmon" in words
    shown = " ".join(entry.words for entry in entries(public(members)))
    assert "kumquat" not in shown
    assert "persimmon" not in shown


def test_members_find_from_sealing_on_and_the_public_from_publication_on(client, world):
    sealing.seal(meeting=world.meeting, by=world.governance)
    assert hits(ask(client, "devolution")) == []
    assert not SearchEntry.objects.filter(audience="public").exists()
    client.force_login(world.member)
    assert hits(ask(client, "devolution"))


def test_what_was_replaced_comes_last_and_says_superseded(client, world, published):
    supersede(world, "The work began in April, and April again: April.", "The work ended in June.")
    found = hits(ask(client, "April"))
    assert [hit.state for hit in found] == [("Correction", "amber"), ("Superseded", "grey")]
    assert b"Superseded" in ask(client, "April").content


def test_a_correction_that_is_not_published_replaces_nothing_for_the_public(client, world, published):
    supersede(world, "The work began in May.", published=False)
    (hit,) = hits(ask(client, "April"))
    assert hit.state is None
    assert hits(ask(client, "May")) == []
    client.force_login(world.member)
    assert [hit.state for hit in hits(ask(client, "April"))] == [("Superseded", "grey")]


def test_an_item_of_a_supplement_replaces_the_same_item_of_the_agenda(client, world, published):
    supersede(world, "The work began in May.", kind="supplement")
    assert [hit.state for hit in hits(ask(client, "April"))] == [("Superseded", "grey")]
    assert [hit.state for hit in hits(ask(client, "contract matter"))] == [None]


def test_search_entries_can_be_made_again_from_the_editions(client, world, published):
    supersede(world, "The work began in May.")
    facts = ("edition_id", "audience", "position", "anchor", "text", "label", "current", "restricted")
    before = sorted(SearchEntry.objects.values_list(*facts))
    SearchEntry.objects.all().delete()
    call_command("rebuild_search", "--missing")
    assert sorted(SearchEntry.objects.values_list(*facts)) == before
    call_command("rebuild_search")
    assert sorted(SearchEntry.objects.values_list(*facts)) == before


def test_members_and_public_rows_are_the_entries_of_their_own_copy(published):
    for audience in ("members", "public"):
        rows = published.search_entries.filter(audience=audience).values_list("anchor", flat=True)
        assert list(rows) == [entry.anchor for entry in entries(published.content_for(audience))]


def test_results_can_be_narrowed_by_board_and_year(client, world, published):
    assert hits(ask(client, "devolution", board=world.board.slug, year="2017"))
    assert b"Choose a year from the list" in ask(client, "devolution", year="1850").content
    assert b"Choose a board from the list" in ask(client, "devolution", board="nobody").content


def test_no_word_of_a_headline_is_ever_markup(client, world):
    supersede_with = '<script>alert("mango")</script> <mark>mango</mark> \ue000mango\ue001 & mango'
    sealing.seal(meeting=world.meeting, by=world.governance)
    supersede(world, supersede_with, published=False)
    client.force_login(world.member)
    body = ask(client, "mango").content.decode()
    assert "<script>alert" not in body
    assert "\ue000" not in body
    assert "&amp; <mark>mango</mark>" in body


ODD = [
    "",
    "   ",
    "!!! ??? ((",
    "the and of",
    "'",
    '"',
    "a:b & | !c <-> d",
    "-fees",
    "\\",
    "%_%",
    "𝔘nicode ☃",
    "x" * 200,
]


def test_any_words_get_an_answer(client, published):
    assert [words for words in ODD if ask(client, words).status_code != 200] == []


def test_a_very_long_search_comes_back_with_a_sentence_and_what_was_typed(client, published):
    response = ask(client, "reserve " * 60)
    assert response.status_code == 422
    assert b"Use a few words, 200 letters at most" in response.content
    assert b"reserve reserve" in response.content


def test_a_search_with_a_null_character_is_refused_in_a_sentence(client, published):
    response = ask(client, "a\0b")
    assert response.status_code == 422
    assert b"cannot be searched for" in response.content


def test_nothing_found_says_what_else_to_try(client, published):
    page = ask(client, "zebra").content.decode()
    assert "Nothing was found for “zebra”" in page
    assert "list of meetings" in page


def test_when_no_place_has_all_words_those_with_some_are_shown(client, published):
    response = ask(client, "April zebra")
    assert response.context["results"].loosely
    assert b"No place has all of these words" in response.content


def test_pages_of_results_keep_the_words_and_filters(client, world, published, monkeypatch):
    monkeypatch.setattr("boards.views.search.HITS", 2)
    response = ask(client, "devolution or work or board or progress or report", year="2017")
    assert response.context["results"].count > 2
    assert b"q=devolution+or+work+or+board+or+progress+or+report&amp;year=2017&amp;page=2" in response.content
    assert ask(client, "devolution or work or board", page="99").status_code == 200
    assert ask(client, "devolution or work or board", page="x").status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_hits(client, world, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    sealing.seal(meeting=world.meeting, by=world.governance)
    client.force_login(world.member)
    with CaptureQueriesContext(connection) as one:
        assert len(hits(ask(client, "April"))) == 1
    supersede(world, *[f"In April {number} things began." for number in range(15)], published=False)
    with django_assert_num_queries(len(one)):
        assert len(hits(ask(client, "April"))) == 16


def test_a_text_too_long_for_the_index_does_not_stop_sealing(world):
    edition = sealing.seal(meeting=world.meeting, by=world.governance)
    entry = edition.search_entries.filter(kind="block").first()
    assert len(index._plain(" ".join(f"w{n}" for n in range(400_000)))) <= index.MOST_TEXT
    entry.text = index._plain(" ".join(f"w{n}" for n in range(400_000)))
    entry.save()


def test_search_entries_are_searched_by_the_leak_proof(world, monkeypatch):
    monkeypatch.setattr("boards.actions.sealing.preflight", lambda meeting, **_: [])  # which would refuse to seal this
    world.open_item.title = world.restricted_item.title
    world.open_item.save()
    edition = sealing.seal(meeting=world.meeting, by=world.governance)
    found = leaks.find(edition.content, list(surfaces.of_edition(edition)), spare_open=False)
    assert "the search entries of item 2.0" in {hit.place for hit in found}
