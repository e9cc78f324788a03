"""The leak proof searches what the public pages will say, before anybody can read them."""

import re

import pytest
from django.conf import settings as django_settings

from boards import file_names, surfaces
from boards.actions import sealing
from boards.models import PackBuild
from boards.packs import builder, leaks, sharing
from boards.preflight import preflight
from boards.views.feeds import MeetingFeed
from tests.boards.world import CANARY, TITLE_CANARY


@pytest.fixture
def edition(world):
    return sealing.seal(meeting=world.meeting, by=world.governance)


def hits(edition):
    places = surfaces.of_edition(edition)
    return leaks.find(edition.content, places)


def test_every_public_place_of_an_edition_is_searched(edition):
    names = [name for name, _ in surfaces.of_edition(edition)]
    assert names == [
        "the page of the meeting",
        "the page of the edition",
        "the page of paper 2.0",
        "the names of files",
        "the feed",
        *(f"the search entries of item {number}.0" for number in (1, 2, 3)),
    ]


def test_what_is_searched_is_what_the_public_then_gets(published, client):
    """The pages that were searched before publication are, word for word, those that are served after it."""
    address = published.meeting.get_absolute_url()
    served = {
        "the page of the meeting": client.get(address),
        "the page of the edition": client.get(f"{address}editions/1/"),
        "the page of paper 2.0": client.get(f"{address}editions/1/papers/2-0/"),
    }
    searched = dict(surfaces.of_edition(published))
    for name, answer in served.items():
        assert _main(answer.content.decode()) == _main(searched[name])


def test_a_sound_edition_has_no_hit(edition):
    assert hits(edition) == []


def test_a_restricted_title_in_an_open_title_is_seen_by_the_search(world):
    world.open_item.title = world.restricted_item.title
    world.open_item.save()
    known = {found.key: "A test of the search." for found in preflight(world.meeting) if found.rule == "L1"}
    edition = sealing.seal(meeting=world.meeting, by=world.governance, acknowledged=known)
    found = leaks.find(edition.content, surfaces.of_edition(edition), spare_open=False)
    assert {hit.place for hit in found} >= {"the page of the meeting", "the feed"}


# Each place in turn is made to say what it must not, as a mistake in a template or a view would.


@pytest.fixture
def template(settings, tmp_path):
    """Change a template: `template(name, put)` puts markup at the start of its content block."""

    def change(name, put):
        text = (django_settings.BASE_DIR / "templates" / name).read_text()
        start = "{% block content %}"
        text = text.replace(start, start + put) if start in text else put + text
        file = tmp_path / "templates" / name
        file.parent.mkdir(parents=True)
        file.write_text(text)
        engine = settings.TEMPLATES[0]
        settings.TEMPLATES = [{**engine, "DIRS": [tmp_path / "templates", *engine["DIRS"]]}]

    return change


@pytest.mark.parametrize(
    ("name", "put", "place"),
    [
        (
            "boards/meeting.html",
            "{% for item in meeting.items.all %}<p>{{ item.title }}</p>{% endfor %}",
            "the page of the meeting",
        ),
        (
            "boards/edition.html",
            "{% for item in reading.edition.content.items %}{% endfor %}"
            "<meta content='{{ reading.edition.canonical }}'>",
            "the page of the edition",
        ),
        (
            "boards/sealed_paper.html",
            "{% for item in meeting.items.all %}<i title='{{ item.title }}'></i>{% endfor %}",
            "the page of paper 2.0",
        ),
    ],
)
def test_a_template_that_shows_too_much_is_found(edition, template, name, put, place):
    template(name, put)
    assert place in {hit.place for hit in hits(edition)}


def test_a_feed_that_says_too_much_is_found(edition, monkeypatch):
    monkeypatch.setattr(MeetingFeed, "item_description", lambda self, entry: entry.edition.content["items"][2]["title"])
    assert {hit.place for hit in hits(edition)} == {"the feed"}


def test_a_file_name_that_says_too_much_is_found(edition, monkeypatch):
    own = file_names.paper_file_name

    def telling(content, number, title):
        return own(content, number, TITLE_CANARY)

    monkeypatch.setattr(file_names, "paper_file_name", telling)
    assert {hit.place for hit in hits(edition)} == {"the names of files"}


def test_a_search_entry_that_says_too_much_stops_the_build_and_is_named(edition, monkeypatch):
    """A part of the portal registers what it shows; nothing more is asked of it."""
    monkeypatch.setattr(surfaces, "_registered", [])
    surfaces.register_surface(_search_entries)
    surfaces.register_surface(_search_entries)
    build = PackBuild.objects.get(edition=edition, audience="public")
    sharing.lend_a_hand(build.pk)
    while build.is_unfinished:
        builder.advance(build.pk)
        sharing.lend_a_hand(build.pk)
        build.refresh_from_db()
    assert build.error == "Restricted text was found in an entry of the search."
    assert (build.state, build.file) == ("failed", "")


def _search_entries(edition):
    yield "an entry of the search", f"Devolution update … {CANARY[:70]} …"


def _main(page):
    """The words between the header and the footer, without what belongs to one request."""
    body = page.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", body)
