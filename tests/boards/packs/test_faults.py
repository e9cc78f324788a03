"""Faults with real workers in processes of their own: nothing is lost, and no half pack is ever visible."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse

from boards import tasks
from boards.actions import builds
from boards.models import Fragment, PackBuild
from boards.packs import builder, upkeep
from tests.boards.packs import sample
from tests.boards.packs.working import PATIENCE, SOON, Workers, empty_broker_folder, ended, kill, whole
from tests.databases import url_of
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workers(own_files):
    """Start Celery workers on the test's database, broker folder and files: `workers()` gives a process."""
    empty_broker_folder()
    made = Workers(
        own_files.parent, DATABASE_URL=url_of(connection), FILES_ROOT=str(own_files), PACK_STALE_SECONDS=SOON
    )
    yield made
    made.stop()
    empty_broker_folder()


@pytest.fixture
def heavy(edition):
    """An edition whose largest paper takes a worker a few seconds."""
    content, load_file = sample.meeting(3, 16, annexes=1, annex_pages=2)
    return edition(content, load_file)


def start(edition, audience="members"):
    return PackBuild.objects.create(meeting=edition.meeting, edition=edition, audience=audience)


def finish(build):
    until(ended(build), "The end of the build", PATIENCE)
    return build


def being_rendered(build):
    until(lambda: build.jobs.filter(state="running").exists(), "A fragment being rendered", PATIENCE)


def test_worker_killed_in_mid_render(heavy, workers):
    build = start(heavy)
    tasks.build_pack.delay(str(build.pk))
    first = workers("first")
    being_rendered(build)
    kill(first)
    build.refresh_from_db()
    assert build.is_unfinished and build.file == ""
    workers("second")
    workers.scheduler()
    whole(finish(build))


def test_broker_emptied_between_enqueue_and_start(edition, workers):
    build = start(edition())
    tasks.build_pack.delay(str(build.pk))
    empty_broker_folder()
    workers()
    workers.scheduler()
    whole(finish(build))


def test_broker_emptied_while_fragments_wait(edition, workers):
    build = start(edition())
    builder.advance(build.pk)
    assert build.jobs.count() > 2
    empty_broker_folder()
    workers()
    workers.scheduler()
    whole(finish(build))


def test_database_connections_lost_during_a_build(heavy, workers):
    build = start(heavy)
    tasks.build_pack.delay(str(build.pk))
    workers()
    being_rendered(build)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [connection.settings_dict["NAME"]],
        )
    workers.scheduler()
    whole(finish(build))


def test_a_second_worker_that_starts_in_mid_build_helps_at_once(heavy, workers):
    build = start(heavy)
    tasks.build_pack.delay(str(build.pk))
    workers("first")
    being_rendered(build)
    workers("second")
    until(lambda: build.jobs.filter(state="running").count() == 2, "A fragment in the hands of each worker", PATIENCE)
    whole(finish(build))


def test_a_build_that_is_stopped_by_a_click_in_mid_render(heavy, workers, client, person):
    """The worker stops, nothing of the pack is left, and the last good pack is still served."""
    good = start(heavy)
    PackBuild.objects.filter(pk=good.pk).update(
        state="complete",
        file=default_storage.save("packs/good.pdf", ContentFile(b"%PDF-1.7 good")),
        sha256="0" * 64,
        pages=1,
        served=True,
    )
    build = start(heavy)
    tasks.build_pack.delay(str(build.pk))
    workers()
    being_rendered(build)
    client.force_login(person("governance"))
    page = client.post(reverse("build_cancel", args=[build.pk]), follow=True).content.decode()
    assert "The build is stopped. The last good pack stays in place." in page
    # A second build is made after it: the worker has then let go of the first.
    after = start(heavy, "public")
    tasks.build_pack.delay(str(after.pk))
    whole(finish(after))
    build.refresh_from_db()
    assert (build.state, build.file, build.jobs.count()) == ("cancelled", "", 0)
    assert builds.good_build(heavy.meeting, heavy, "members") == PackBuild.objects.get(pk=good.pk)
    assert sorted(default_storage.listdir("packs")[1]) == sorted(
        name.removeprefix("packs/") for name in ("packs/good.pdf", after.file)
    )


def test_same_build_queued_ten_times_with_two_workers(edition, workers):
    build = start(edition())
    for _ in range(10):
        tasks.build_pack.delay(str(build.pk))
    workers("one")
    workers("two")
    whole(finish(build))
    assert len(default_storage.listdir("packs")[1]) == 1


def test_disk_full_on_the_file_store(edition, workers):
    """A worker that may write no file as large as a fragment is told so by the kernel, as on a full disk."""
    sealed = edition()
    build = start(sealed)
    tasks.build_pack.delay(str(build.pk))
    full = workers("full", under=["prlimit", "--fsize=8000"])
    finish(build)
    assert (build.state, build.error, build.file) == ("failed", upkeep.STORE_FAILED, "")
    assert not default_storage.exists("packs")
    whole_files = {row.file.rpartition("/")[2]: row.size for row in Fragment.objects.all()}
    assert set(_files_of("fragments")) == set(whole_files), "nothing is left of a file that was begun"
    assert max(whole_files.values(), default=0) < 8000
    kill(full)
    again = start(sealed)  # there is room again, and somebody tries again
    tasks.build_pack.delay(str(again.pk))
    workers("with-room")
    whole(finish(again))


def _files_of(folder):
    """Names of all files under a folder of the store."""
    if not default_storage.exists(folder):
        return []
    folders, files = default_storage.listdir(folder)
    return files + [name for inner in folders for name in _files_of(f"{folder}/{inner}")]


def test_file_damaged_in_the_store_while_a_build_waits(edition, workers):
    """Every fragment is damaged between two builds: all are rendered again, and the pack has the same bytes."""
    sealed = edition()
    first = start(sealed)
    tasks.build_pack.delay(str(first.pk))
    workers()
    whole(finish(first))
    for row in Fragment.objects.all():
        path = default_storage.path(row.file)
        with open(path, "r+b") as file:
            file.seek(row.size // 2)
            file.write(b"damage")
    second = start(sealed)
    tasks.build_pack.delay(str(second.pk))
    whole(finish(second))
    assert second.sha256 == first.sha256
