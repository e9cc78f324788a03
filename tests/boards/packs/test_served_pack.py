"""Readers keep the pack they were given: nothing built later takes its place, as long as its file is whole."""

import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from boards.actions import sealing
from boards.actions.builds import good_build
from boards.models import PackBuild
from boards.packs import builder, typesetting
from boards.packs.verify import verify
from tests.answers import read
from tests.boards.packs.test_builder import finish, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_look(monkeypatch):
    """As after an upgrade: another stylesheet, so other bytes and perhaps other pages."""

    def change():
        text = typesetting.stylesheet_text()
        monkeypatch.setattr(
            typesetting, "stylesheet_text", lambda: f"{text} p {{ margin-bottom: 40pt; line-height: 2.4 }}"
        )
        for each in (typesetting.engine_digest, typesetting._shared):
            each.cache_clear()

    yield change
    monkeypatch.undo()
    for each in (typesetting.engine_digest, typesetting._shared):
        each.cache_clear()


def publish(build):
    PackBuild.objects.filter(pk=build.pk).update(then_publish=True)


def lose(build):
    default_storage.delete(build.file)


@pytest.fixture
def published(edition, worker):
    """A published edition with its pack."""
    build = start(edition(), "public")
    publish(build)
    return finish(worker, build)


def served(edition, audience="public"):
    return good_build(edition.meeting, edition, audience)


def wrong(edition):
    return [check.sentence for check in verify(edition) if not check.holds]


def test_a_published_pack_is_not_replaced_by_a_later_one(published, worker, other_look):
    other_look()
    later = finish(worker, start(published.edition, "public"))
    assert later.state == "complete" and later.sha256 != published.sha256
    assert served(published.edition) == published
    assert published.edition.publications.get().pack_sha256 == served(published.edition).sha256
    assert wrong(published.edition) == []


def test_the_members_pack_stays_the_first_one(edition, worker, other_look):
    first = finish(worker, start(edition()))
    other_look()
    later = finish(worker, start(first.edition))
    assert later.sha256 != first.sha256 and not later.served
    assert served(first.edition, "members") == first


def test_before_publication_the_newest_public_pack_counts(edition, worker, other_look):
    first = finish(worker, start(edition(), "public"))
    other_look()
    later = start(first.edition, "public")
    publish(later)
    finish(worker, later)
    assert served(first.edition) == later
    assert first.edition.publications.get().pack_sha256 == later.sha256


@pytest.mark.parametrize("audience", ["members", "public"])
def test_a_lost_pack_is_replaced_by_the_same_made_again(edition, worker, audience):
    first = start(edition(), audience)
    publish(first)
    finish(worker, first)
    lose(first)
    again = finish(worker, start(first.edition, audience))
    assert served(first.edition, audience) == again and again.sha256 == first.sha256
    assert not again.differs_from_lost and wrong(first.edition) == []


def test_a_damaged_pack_is_replaced(edition, worker):
    first = finish(worker, start(edition()))
    lose(first)
    default_storage.save(first.file, ContentFile(b"%PDF-1.7 half of it"))
    assert served(first.edition, "members") == first
    again = finish(worker, start(first.edition))
    assert served(first.edition, "members") == again


def test_verification_says_when_the_public_gets_another_pack_than_was_published(published, worker, other_look):
    lose(published)
    other_look()
    again = finish(worker, start(published.edition, "public"))
    assert served(published.edition) == again and again.differs_from_lost
    assert wrong(published.edition) == [f"The public is served the pack that was published ({published.sha256[:12]})."]


def test_the_page_says_that_a_pack_was_made_again(published, worker, other_look, client):
    meeting = published.edition.meeting
    addresses = [meeting.get_absolute_url(), reverse("edition", args=[meeting.board.slug, meeting.date, 1])]
    words = "was lost. It was made again from the same sealed edition"
    assert not any(words in client.get(address).content.decode() for address in addresses)
    lose(published)
    other_look()
    finish(worker, start(published.edition, "public"))
    assert all(words in client.get(address).content.decode() for address in addresses)


def test_staff_see_which_pack_readers_get(published, worker, client, person):
    client.force_login(person("governance"))
    later = finish(worker, start(published.edition, "public"))
    page = client.get(reverse("edition_record", args=[later.meeting_id, 1])).content.decode()
    assert "This pack is kept. Readers still get the one made on" in page


def test_staff_can_build_a_lost_pack_again(published, client, person):
    client.force_login(person("governance"))
    address = reverse("edition_record", args=[published.meeting_id, 1])
    assert "Build it again" not in client.get(address).content.decode()
    lose(published)
    page = client.get(address).content.decode()
    assert "is missing from the file store" in page and reverse("build_retry", args=[published.pk]) in page


def test_build_pack_says_that_a_later_pack_is_kept(edition, monkeypatch, capsys):
    from boards import tasks

    for name in ("build_pack", "render_fragment"):
        monkeypatch.setattr(getattr(tasks, name), "delay", lambda *args: None)
    edition()
    told = []
    for _ in range(2):
        call_command("build_pack", "2017-02-06", "--wait", "--json")
        told.append(json.loads(capsys.readouterr().out))
    assert [each["served"] for each in told] == [True, False]
    assert told[0]["sha256"] == told[1]["sha256"]
    call_command("build_pack", "2017-02-06", "--wait")
    assert "kept beside the pack that readers get" in capsys.readouterr().out


def test_the_database_lets_only_one_complete_pack_be_served(published):
    other = PackBuild(meeting=published.meeting, edition=published.edition, audience="public", served=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()
    other.state, other.file, other.sha256, other.pages = "complete", "x", "0" * 64, 1
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


def test_what_is_downloaded_is_what_was_published(published, worker, other_look, client):
    meeting = published.edition.meeting
    address = reverse("pack", args=[meeting.board.slug, meeting.date, 1])
    before = read(client.get(address))
    other_look()
    finish(worker, start(published.edition, "public"))
    assert read(client.get(address)) == before


def test_publication_serves_the_pack_it_names(edition, worker, monkeypatch):
    """Also when another became complete between asking and publishing."""
    first = finish(worker, start(edition(), "public"))
    second = finish(worker, start(first.edition, "public"))
    assert served(first.edition) == second
    first.refresh_from_db()
    sealing.publish_build(build=first, by=None)
    assert served(first.edition) == first


def test_nothing_half_is_served_when_the_proof_fails(edition, worker, monkeypatch):
    monkeypatch.setattr(builder.leaks, "prove", lambda *args, **kwargs: {"hits": [{"place": "page 1"}]})
    build = finish(worker, start(edition(), "public"))
    assert build.state == "failed" and served(build.edition) is None
