"""The database restarts in the middle of a build, and while an office file is turned.

It is a database of this test's own, for others use the shared one.
"""

import os
import signal
import subprocess
import sys

import psycopg
import pytest

from portal.launcher import throwaway
from tests.boards.office import StandIn
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


HAND_IN = """
import datetime as dt
import django
django.setup()
from boards.actions import annexes
from boards.models import Board, Paper
from portal.models import Appointment, User
from tests.boards import office, world
officer = User.objects.create_user("officer@opcc.example", name="Officer", password=None)
Appointment.objects.create(person=officer, role="governance", title="Officer", starts_on=dt.date(2000, 1, 1))
board = Board.objects.create(name="Board", slug="board")
paper = Paper.objects.create(board=board, title="A paper", document={"type": "doc", "content": []})
annexes.add(paper=paper, title="Survey", file=world.Upload(office.office_file(), "survey.docx"), by=officer)
"""


def test_database_restarted_while_an_office_file_is_turned(workers, tmp_path):
    """The worker says again what it can, and binds what it has turned: neither stays with a connection that is gone."""
    libreoffice = StandIn(tmp_path / "libreoffice")
    workers.environment["PATH"] = libreoffice.path
    libreoffice.hold()
    run(workers, "manage.py", "migrate", "-v", "0")
    workers("one")
    said = "SELECT count(*) FROM boards_workernotice WHERE name = 'one@test'"
    until(lambda: ask(workers, said), "The worker says what it can", PATIENCE)
    run(workers, "-c", HAND_IN)
    until(lambda: libreoffice.runs, "A worker has the file", PATIENCE)
    before = server_pid(workers.var)
    os.kill(before, signal.SIGINT)
    until(lambda: ask(workers, "SELECT 1") and server_pid(workers.var) != before, "The database is back", 60)
    libreoffice.go_on()
    until(lambda: ask(workers, "SELECT count(*) FROM boards_annex"), "The annex", PATIENCE)
    assert ask(workers, "SELECT count(*) FROM boards_annexconversion") == 0 and len(libreoffice.runs) == 1
    back = "SELECT count(*) FROM boards_workernotice WHERE seen_at > pg_postmaster_start_time()"
    until(lambda: ask(workers, back), "The worker says it again", PATIENCE)
