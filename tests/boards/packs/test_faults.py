"""Faults with real workers in processes of their own: nothing is lost, and no half pack is ever visible."""

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from boards import tasks
from boards.models import PackBuild
from boards.packs import builder
from tests.boards.packs import sample
from tests.databases import url_of

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 240  # seconds


@pytest.fixture
def workers(own_files):
    """Start Celery workers on the test's database, broker folder and files: `workers()` gives a process."""
    started = []
    environment = {
        **os.environ,
        "DATABASE_URL": url_of(connection),
        "FILES_ROOT": str(own_files), "DJANGO_SETTINGS_MODULE": "portal.settings", "FONTCONFIG_FILE": "",
    }  # fmt: skip
    _empty_broker()

    def start(name="one"):
        log = (own_files.parent / f"worker-{name}-{len(started)}.log").open("w")
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "portal", "worker", "-Q", "render,default", "-c", "1", "-n", f"{name}@test",
             "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel",  "WARNING"],
            cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        log.close()
        started.append(process)
        return process

    yield start
    for process in started:
        kill(process)
    _empty_broker()


def _empty_broker():
    for folder in ("data_folder_in", "control_folder", "processed_folder"):
        path = Path(django_settings.CELERY_BROKER_TRANSPORT_OPTIONS[folder])
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True, exist_ok=True)


def kill(process):
    """SIGKILL to the worker and its children, as the machine does when it runs out of memory."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(condition, what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := condition():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"{what} did not come about in {PATIENCE} seconds")


def start(edition, audience="members"):
    return PackBuild.objects.create(meeting=edition.meeting, edition=edition, audience=audience)


def ended(build):
    def look():
        build.refresh_from_db()
        return not build.is_unfinished

    return look


def sweep():
    """What the scheduler does once the heartbeat has been still for long enough."""
    long_ago = timezone.now() - dt.timedelta(minutes=10)
    PackBuild.objects.filter(state__in=PackBuild.UNFINISHED).update(heartbeat=long_ago)
    for build in PackBuild.objects.filter(state__in=PackBuild.UNFINISHED):
        build.jobs.filter(state="running").update(heartbeat=long_ago)
    assert builder.requeue_stale() == 1


def whole(build):
    assert build.state == "complete", build.error
    with default_storage.open(build.file, "rb") as file:
        assert file.read().startswith(b"%PDF-1.7")


@pytest.fixture
def heavy(edition):
    """An edition whose largest paper takes a worker a few seconds."""
    content, load_file = sample.meeting(3, 16, annexes=1, annex_pages=2)
    return edition(content, load_file)


def test_worker_killed_in_mid_render(heavy, workers):
    build = start(heavy)
    tasks.build_pack.delay(str(build.pk))
    first = workers("first")
    until(lambda: build.jobs.filter(state="running").exists(), "A fragment being rendered")
    kill(first)
    build.refresh_from_db()
    assert build.is_unfinished and build.file == ""
    workers("second")
    sweep()
    until(ended(build), "The end of the build")
    whole(build)


def test_broker_emptied_between_enqueue_and_start(edition, workers):
    build = start(edition())
    tasks.build_pack.delay(str(build.pk))
    _empty_broker()
    workers()
    sweep()
    until(ended(build), "The end of the build")
    whole(build)


def test_broker_emptied_while_fragments_wait(edition, workers, monkeypatch):
    build = start(edition())
    builder.advance(build.pk)
    assert build.jobs.count() > 2
    _empty_broker()
    workers()
    sweep()
    until(ended(build), "The end of the build")
    whole(build)


def test_database_connections_lost_during_a_build(heavy, workers):
    build = start(heavy)
    tasks.build_pack.delay(str(build.pk))
    workers()
    until(lambda: build.jobs.filter(state="running").exists(), "A fragment being rendered")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [connection.settings_dict["NAME"]],
        )
    sweep()
    until(ended(build), "The end of the build")
    whole(build)


def test_same_build_queued_ten_times_with_two_workers(edition, workers):
    build = start(edition())
    for _ in range(10):
        tasks.build_pack.delay(str(build.pk))
    workers("one")
    workers("two")
    until(ended(build), "The end of the build")
    whole(build)
    assert len(default_storage.listdir("packs")[1]) == 1
