"""Builds end in a complete pack or in a sentence, whatever happens on the way."""

import datetime as dt
import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from boards import surfaces, tasks
from boards.models import Fragment, FragmentJob, PackBuild
from boards.packs import builder, pack, upkeep
from tests.boards.packs import sample

pytestmark = pytest.mark.django_db


def start(edition, audience="members"):
    return PackBuild.objects.create(meeting=edition.meeting, edition=edition, audience=audience)


def finish(worker, build):
    worker.run(tasks.build_pack, str(build.pk))
    build.refresh_from_db()
    return build


def grow_still(build):
    """Nobody has given a sign of life for a while, of the build or of any of its fragments."""
    long_ago = timezone.now() - dt.timedelta(minutes=5)
    PackBuild.objects.filter(pk=build.pk).update(heartbeat=long_ago)
    build.jobs.update(heartbeat=long_ago)


def read(build):
    with default_storage.open(build.file, "rb") as file:
        return file.read()


def test_a_build_ends_in_a_complete_pack(edition, worker):
    build = finish(worker, start(edition()))
    assert (build.state, build.error) == ("complete", "")
    data = read(build)
    assert hashlib.sha256(data).hexdigest() == build.sha256
    assert build.pages == build.ledger["pages"] > 5
    assert build.done == build.total
    assert not FragmentJob.objects.exists()


def test_fragments_are_spread_over_workers_and_only_the_last_sends_the_build_on(edition, worker):
    finish(worker, start(edition()))
    assert worker.calls[:5] == ["render_fragment"] * 4 + ["build_pack"]  # three papers and an annex, then on


def test_a_second_build_of_an_edition_renders_nothing_and_gives_the_same_bytes(edition, worker):
    sealed = edition()
    first = finish(worker, start(sealed))
    worker.calls.clear()
    second = finish(worker, start(sealed))
    assert worker.calls == []
    assert read(first) == read(second)


def test_a_task_run_twice_does_no_harm(edition, worker):
    build = start(edition())
    for _ in range(3):
        worker.queue.append((tasks.build_pack, (str(build.pk),)))
    worker.run()
    worker.run(tasks.render_fragment, str(build.pk))
    worker.run(tasks.build_pack, str(build.pk))
    build.refresh_from_db()
    assert build.state == "complete"
    assert len(default_storage.listdir("packs")[1]) == 1


def test_public_build_is_proved_free_of_restricted_text(edition, worker):
    content, load_file = sample.meeting(3, 4, annexes=1, annex_pages=2)
    restrict(content["items"][2])
    build = finish(worker, start(edition(content, load_file), "public"))
    assert build.state == "complete"
    assert build.proof["hits"] == [] and build.proof["secrets"] > 10


def test_a_leak_ends_the_build_and_names_the_place(edition, worker, monkeypatch):
    content, load_file = sample.meeting(3, 4, annexes=0)
    restrict(content["items"][2])
    content["items"][2]["restriction"]["reason"] = ""  # the words of the papers are to give it away, not these
    monkeypatch.setattr(builder, "public", lambda members: members)
    build = finish(worker, start(edition(content, load_file), "public"))
    assert build.state == "failed"
    assert "Restricted text was found in" in build.error
    assert build.file == ""
    assert not default_storage.exists("packs"), "a pack that leaks is not even stored"


def test_a_leak_in_a_registered_place_ends_the_build(edition, worker, monkeypatch):
    content, load_file = sample.meeting(2, 3, annexes=0)
    restrict(content["items"][1], title="Purchase of the walrus enclosure")
    monkeypatch.setattr(
        surfaces, "_registered", [lambda edition: [("the search", "<p>Purchase of the walrus enclosure</p>")]]
    )
    build = finish(worker, start(edition(content, load_file), "public"))
    assert build.error == "Restricted text was found in the search."


def test_publication_asked_for_in_the_last_moment_happens_with_the_pack(edition, worker, monkeypatch):
    build = start(edition(), "public")
    save = builder.save_whole

    def asked_meanwhile(name, data):
        PackBuild.objects.filter(pk=build.pk).update(then_publish=True)
        return save(name, data)

    monkeypatch.setattr(builder, "save_whole", asked_meanwhile)
    finish(worker, build)
    assert build.edition.publications.get().pack_sha256 == build.sha256


def test_a_public_pack_built_again_is_not_published_twice(edition, worker):
    sealed = edition()
    for _ in range(2):
        build = start(sealed, "public")
        PackBuild.objects.filter(pk=build.pk).update(then_publish=True)
        assert finish(worker, build).state == "complete"
    assert sealed.publications.count() == 1


def test_a_pack_is_neither_complete_nor_published_by_half(edition, worker, monkeypatch):
    """What goes wrong in publication leaves the build as it was, for the sweep to send on again."""
    from boards.actions import sealing

    def broken(*, build, by):
        raise RuntimeError("the database went away")

    monkeypatch.setattr(sealing, "publish_build", broken)
    build = start(edition(), "public")
    PackBuild.objects.filter(pk=build.pk).update(then_publish=True)
    with pytest.raises(RuntimeError):
        finish(worker, build)
    build.refresh_from_db()
    assert build.is_unfinished and build.file == "" and not build.edition.publications.exists()
    monkeypatch.undo()


def test_a_message_for_a_build_that_is_gone_does_no_harm(db, worker):
    worker.run(tasks.build_pack, "00000000-0000-4000-8000-000000000000")
    worker.run(tasks.render_fragment, "00000000-0000-4000-8000-000000000000")


def test_a_paper_that_cannot_be_rendered_fails_with_its_name(edition, worker):
    content, load_file = sample.meeting(3, 3, annexes=1, annex_pages=2)
    annex = content["items"][1]["papers"][0]["annexes"][0]
    sealed = edition(content, load_file)
    default_storage.delete(annex["file"])
    build = finish(worker, start(sealed))
    assert build.state == "failed"
    assert "Consultant report 1" in build.error


def test_last_good_pack_stays_served_when_the_next_one_fails(edition, worker):
    from boards.actions.builds import good_build

    sealed = edition()
    good = finish(worker, start(sealed))
    bad = start(sealed)
    upkeep.fail(bad, "It could not be made.")
    assert good_build(sealed.meeting, sealed, "members") == good


def test_a_changed_annex_file_is_never_bound(edition, worker):
    content, load_file = sample.meeting(2, 3, annexes=1, annex_pages=2)
    sealed = edition(content, load_file)
    name = content["items"][1]["papers"][0]["annexes"][0]["file"]
    default_storage.delete(name)
    default_storage.save(name, ContentFile(sample.annex_pdf(1)))
    build = finish(worker, start(sealed))
    assert build.state == "failed"


def test_a_corrupt_fragment_is_rendered_again_and_never_served(edition, worker):
    sealed = edition()
    first = finish(worker, start(sealed))
    row = Fragment.objects.order_by("size").last()
    with default_storage.open(row.file, "rb") as file:
        blob = bytearray(file.read())
    blob[len(blob) // 2] ^= 0xFF
    default_storage.delete(row.file)
    default_storage.save(row.file, ContentFile(bytes(blob)))
    second = finish(worker, start(sealed))
    assert second.state == "complete"
    assert read(first) == read(second)


def test_lost_fragment_files_are_made_again(edition, worker):
    sealed = edition()
    first = finish(worker, start(sealed))
    for row in Fragment.objects.all():
        default_storage.delete(row.file)
    second = finish(worker, start(sealed))
    assert read(first) == read(second)


def test_a_cancelled_build_stops_and_leaves_nothing(edition, worker):
    build = start(edition())
    PackBuild.objects.filter(pk=build.pk).update(state="cancelled")
    finish(worker, build)
    assert build.state == "cancelled"
    assert worker.calls == []


def test_lost_messages_are_made_good_by_the_sweep(edition, worker):
    build = start(edition())
    worker.deaf = True
    finish(worker, build)
    assert build.state == "rendering"
    worker.deaf = False
    grow_still(build)
    worker.run(tasks.requeue_stale_builds)
    build.refresh_from_db()
    assert build.state == "complete"


def test_a_fragment_whose_worker_died_is_claimed_again(edition, worker):
    build = start(edition())
    worker.deaf = True
    finish(worker, build)
    worker.deaf = False
    build.jobs.update(state="running")
    grow_still(build)
    worker.run(tasks.requeue_stale_builds)
    build.refresh_from_db()
    assert build.state == "complete"


def test_a_full_file_store_ends_in_a_sentence(edition, worker, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    build = start(edition())
    monkeypatch.setattr(
        default_storage._wrapped.__class__ if hasattr(default_storage, "_wrapped") else default_storage, "save", full
    )
    finish(worker, build)
    assert build.state == "failed"
    assert "file store" in build.error


def test_preview_of_the_live_agenda_is_marked_draft(edition, worker, monkeypatch):
    content, _ = sample.meeting(1, 3, annexes=0)
    sealed = edition()
    monkeypatch.setattr(builder, "content_of", lambda build: content)
    build = PackBuild.objects.create(meeting=sealed.meeting, audience="members")
    seen = []
    settle = pack.Settling
    monkeypatch.setattr(pack, "Settling", lambda *args, **kwargs: seen.append(kwargs) or settle(*args, **kwargs))
    assert finish(worker, build).state == "complete"
    assert seen[0]["watermark"] == "DRAFT"


def restrict(item, title="Purchase of the riverside walrus enclosure"):
    item["restriction"] = {
        "grounds": ["12A-3"], "ground_titles": ["Financial or business affairs"], "review_on": None,
        "reason": "The price would be known to the other side before the sale",
    }  # fmt: skip
    item["title"], item["open_title"] = title, "Property matter"
    for paper in item["papers"]:
        paper["title"] = title
