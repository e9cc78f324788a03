"""The sweep sends on what stands still. What only waits is never counted as a worker that stopped."""

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from boards import queue, tasks
from boards.models import PackBuild
from boards.packs import builder, faults, sharing, upkeep
from boards.presenters.build import BuildView
from tests.boards.packs.test_builder import finish, grow_still, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    """Messages that leave for nobody: `sent` lists their names."""
    names = []
    for name in ("build_pack", "render_fragment"):
        monkeypatch.setattr(queue, name, lambda build_id, name=name: names.append(name))
    return names


def sweeps(build, minutes, every=20):
    """Run the sweep every twenty seconds for so long, on a clock of its own."""
    begin = timezone.now()
    for seconds in range(0, minutes * 60, every):
        with time_machine.travel(begin + dt.timedelta(seconds=seconds), tick=False):
            upkeep.requeue_stale()
    build.refresh_from_db()
    return build


def test_a_build_that_only_waits_may_wait_for_an_hour(edition, sent):
    build = sweeps(start(edition()), 60)
    assert (build.state, build.attempts, build.error) == ("queued", 0, "")


def test_a_queue_without_workers_is_not_flooded(edition, sent):
    sweeps(start(edition()), 60)
    assert 6 <= len(sent) <= 12, "each message comes later after the last one, at most ten minutes"


def test_fragments_that_only_wait_are_not_counted_as_a_worker_that_stopped(edition, sent):
    build = start(edition())
    builder.advance(build.pk)
    build = sweeps(build, 30)
    assert (build.state, build.attempts) == ("rendering", 0)


def test_a_build_whose_workers_stop_again_and_again_ends_in_a_sentence(edition, sent, monkeypatch):
    def killed(build):
        raise SystemExit

    monkeypatch.setattr(builder, "_advance", killed)
    build = start(edition())
    for _ in range(upkeep.MOST_REQUEUES + 1):
        with pytest.raises(SystemExit):
            builder.advance(build.pk)
        grow_still(build)
        upkeep.requeue_stale()
    build.refresh_from_db()
    assert build.state == "failed"
    assert build.error.startswith("The workers stopped 6 times while they made this pack.")


def test_a_part_that_is_made_starts_the_count_afresh(edition, sent):
    build = start(edition())
    builder.advance(build.pk)
    PackBuild.objects.filter(pk=build.pk).update(attempts=5)
    assert builder.render_next(build.pk)
    build.refresh_from_db()
    assert build.attempts == 0


def test_what_killed_a_worker_on_the_spot_is_handed_out_and_named(edition, sent, monkeypatch):
    """A paper that takes its worker with it is found out, though it is the only one that is missing."""
    monkeypatch.setattr(builder, "INLINE", 100)

    def killed(work, files, store):
        raise SystemExit

    for place in (builder, sharing):  # made on the spot, and handed out
        monkeypatch.setattr(place, "render", killed)
    build = start(edition())
    with pytest.raises(SystemExit):
        builder.advance(build.pk)
    grow_still(build)
    upkeep.requeue_stale()
    builder.advance(build.pk)
    assert build.jobs.exists(), "each part is counted by itself now"
    for _ in range(40):
        try:
            builder.render_next(build.pk)
        except SystemExit:
            grow_still(build)
    build.refresh_from_db()
    assert "A worker stopped 3 times while it made paper 4.0" in build.error


def test_a_fragment_of_a_killed_worker_waits_again_while_others_are_busy(edition, sent):
    build = start(edition())
    builder.advance(build.pk)
    lost = build.jobs.first()
    build.jobs.filter(pk=lost.pk).update(state="running", heartbeat=timezone.now() - upkeep.STALE * 2)
    sent.clear()
    assert upkeep.requeue_stale() == 0, "the build itself is under way"
    lost.refresh_from_db()
    assert (lost.state, sent) == ("queued", ["render_fragment"])


def test_the_command_goes_on_after_a_worker_that_was_killed(edition, sent, capsys):
    """`--wait` takes over what a killed worker left running, though it keeps the build's own heartbeat fresh."""
    sealed = edition()
    build = start(sealed)
    builder.advance(build.pk)
    build.jobs.update(state="running", heartbeat=timezone.now() - upkeep.STALE + dt.timedelta(seconds=1))
    call_command("build_pack", "2017-02-06", "--wait")
    build.refresh_from_db()
    assert build.state == "complete"


def test_the_command_sends_no_messages_while_it_waits_for_others(edition, sent, monkeypatch):
    """It looks after the build ten times a second; a message each time would flood the queue."""
    sealed = edition()
    build = start(sealed)
    builder.advance(build.pk)
    before = len(sent)
    for _ in range(5):
        builder.advance(build.pk)
    assert len(sent) == before == build.jobs.count()


def test_a_short_outage_of_the_store_is_waited_for(edition, worker, monkeypatch):
    """Nobody has to ask for the pack again because the store was away for a minute."""
    build = start(edition())
    with monkeypatch.context() as patch:
        store_is_away(patch)
        finish(worker, build)
    assert build.is_unfinished and build.trouble == faults.STORE_AWAY
    assert "tried again by itself" in BuildView(build).text
    grow_still(build)
    worker.run(tasks.requeue_stale_builds)
    build.refresh_from_db()
    assert (build.state, build.trouble, build.error) == ("complete", "", "")


def test_an_outage_that_lasts_ends_in_a_sentence(edition, worker, monkeypatch):
    build = start(edition())
    store_is_away(monkeypatch)
    finish(worker, build)
    for _ in range(upkeep.MOST_REQUEUES + 1):
        grow_still(build)
        worker.run(tasks.requeue_stale_builds)
    build.refresh_from_db()
    assert (build.state, build.error) == ("failed", faults.STORE_AWAY)


def test_an_outage_while_the_pack_is_put_together_is_waited_for(edition, worker, monkeypatch):
    build = start(edition())

    def away(name, data):
        raise faults.StoreError(lasting=False)

    with monkeypatch.context() as patch:
        patch.setattr(builder, "save_whole", away)
        finish(worker, build)
    assert build.is_unfinished and build.trouble
    grow_still(build)
    worker.run(tasks.requeue_stale_builds)
    build.refresh_from_db()
    assert build.state == "complete"


def test_a_damaged_answer_of_the_store_is_not_taken_for_a_damaged_file(edition, worker, monkeypatch):
    """While the store is away, what it holds is neither forgotten nor made again."""
    from boards.models import Fragment

    sealed = edition()
    finish(worker, start(sealed))
    kept = set(Fragment.objects.values_list("key", flat=True))
    with monkeypatch.context() as patch:
        store_is_away(patch)
        build = finish(worker, start(sealed))
    assert build.is_unfinished and set(Fragment.objects.values_list("key", flat=True)) == kept


class Unreachable(Exception):
    """As a store's own client has them: no OSError."""


def store_is_away(monkeypatch):
    from django.core.files.storage import FileSystemStorage

    def away(*args, **kwargs):
        raise Unreachable("Could not connect to the endpoint")

    for name in ("save", "open", "exists"):
        monkeypatch.setattr(FileSystemStorage, name, away)
