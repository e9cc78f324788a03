"""Asking for a build again, stopping one, and what is kept of it."""

import pytest

from boards.actions import builds, sealing
from boards.models import FragmentJob, PackBuild
from boards.packs import builder, sharing, upkeep
from tests.boards.world import CANARY

pytestmark = pytest.mark.django_db


@pytest.fixture
def build(world):
    """The members' build of the sealed meeting, handed out to workers."""
    edition = sealing.seal(meeting=world.meeting, by=world.governance)
    made = edition.builds.get(audience="members")
    builder.advance(made.pk)
    return made


def test_trying_again_never_takes_a_publication_back(world):
    edition = sealing.seal(meeting=world.meeting, by=world.governance)
    old = edition.builds.get(audience="public")
    upkeep.fail(old, "It could not be made.")
    old.refresh_from_db()
    under_way = builds.retry(build=old, by=world.governance)
    assert sealing.publish(edition=edition, by=world.governance) is None
    again = builds.retry(build=old, by=world.governance)
    assert again == under_way
    again.refresh_from_db()
    assert again.then_publish


def test_trying_again_still_publishes_what_was_to_be_published(world):
    edition = sealing.seal(meeting=world.meeting, by=world.governance)
    old = edition.builds.get(audience="public")
    sealing.publish(edition=edition, by=world.governance)
    upkeep.fail(old, "It could not be made.")
    old.refresh_from_db()
    assert builds.retry(build=old, by=world.governance).then_publish


def test_nothing_of_the_papers_is_kept_of_a_build_that_is_stopped(world, build):
    assert build.jobs.filter(html__contains=CANARY[:40]).exists()
    builds.cancel(build=build, by=world.governance)
    assert not FragmentJob.objects.exists()


def test_a_worker_in_mid_render_writes_nothing_down_for_a_stopped_build(world, build, monkeypatch):
    render = sharing.render

    def stopped_meanwhile(work, files, store):
        builds.cancel(build=build, by=world.governance)
        return render(work, files, store)

    monkeypatch.setattr(sharing, "render", stopped_meanwhile)
    sharing.render_next(build.pk)
    builder.advance(build.pk)
    build.refresh_from_db()
    assert (build.state, build.file) == ("cancelled", "")
    assert not FragmentJob.objects.exists()


def test_nothing_is_handed_out_for_a_build_that_was_stopped_while_it_was_planned(world, build, monkeypatch):
    build.jobs.all().delete()
    hand_out = builder.hand_out

    def stopped_meanwhile(row, missing):
        builds.cancel(build=build, by=world.governance)
        hand_out(row, missing)

    monkeypatch.setattr(builder, "hand_out", stopped_meanwhile)
    builder.advance(build.pk)
    assert not FragmentJob.objects.exists()


def test_nothing_of_the_papers_is_kept_of_a_preview_that_is_overtaken(world):
    first = builds.request(meeting=world.meeting, audience="members", by=world.governance)
    builder.advance(first.pk)
    assert first.jobs.exists()
    builds.request(meeting=world.meeting, audience="members", by=world.governance)
    assert not FragmentJob.objects.exists()
    assert PackBuild.objects.get(pk=first.pk).state == "cancelled"
