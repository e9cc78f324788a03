"""The database restarts in the middle of a build. It is a database of this test's own, for others use the shared one."""

import os
import signal
import subprocess
import sys

import psycopg
import pytest

from portal.launcher import throwaway
from tests.boards.packs.working import PATIENCE, ROOT, Workers
from tests.portal.launching import server_pid
from tests.waiting import until

SEAL = """
import django
django.setup()
from boards import tasks
from boards.models import PackBuild
from tests.boards.packs import sample
edition = sample.seal(*sample.meeting(3, 16, annexes=1, annex_pages=2))
build = PackBuild.objects.create(meeting=edition.meeting, edition=edition, audience="members")
tasks.build_pack.delay(str(build.pk))
print(build.pk)
"""


@pytest.fixture
def workers(tmp_path):
    """Workers, with the scheduler, on a new database: its address and its folder are `url` and `var`."""
    lease, url = throwaway.start()
    with lease:
        # The scheduler finds a build that has stood still after a few seconds here, not after half a minute.
        made = Workers(
            tmp_path, DATABASE_URL=url, PORTAL_VAR=str(tmp_path / "var"), FILES_ROOT=str(tmp_path / "files"), PACK_STALE_SECONDS="4"
        )  # fmt: skip
        made.url, made.var = url, lease.var
        yield made
        made.stop()


def run(workers, *command):
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=workers.environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def ask(workers, question, *values):
    """The first column of the first row; None while the database cannot be reached."""
    try:
        with psycopg.connect(workers.url) as connection:
            return connection.execute(question, values).fetchone()[0]
    except psycopg.OperationalError:
        return None


def test_database_restarted_during_a_build(workers):
    run(workers, "manage.py", "migrate", "-v", "0")
    build = run(workers, "-c", SEAL).splitlines()[-1]
    workers("one", more=["-B", "-s", str(workers.folder / "schedule")])
    running = "SELECT count(*) FROM boards_fragmentjob WHERE state = 'running'"
    until(lambda: ask(workers, running), "A fragment being rendered", PATIENCE)
    before = server_pid(workers.var)
    os.kill(before, signal.SIGINT)  # a fast shutdown; the launcher starts it again
    until(lambda: ask(workers, "SELECT 1") and server_pid(workers.var) != before, "The database is back", 60)
    state = "SELECT state FROM boards_packbuild WHERE id = %s"
    until(lambda: ask(workers, state, build) in ("complete", "failed"), "The end of the build", PATIENCE)
    assert ask(workers, "SELECT state || ' ' || error FROM boards_packbuild WHERE id = %s", build) == "complete "
    assert (workers.folder / "files" / ask(workers, "SELECT file FROM boards_packbuild WHERE id = %s", build)).exists()
