"""Leases on the embedded database: it runs while anyone holds one, and stops when the last is given back."""

import fcntl
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from portal.launcher import place as places
from portal.launcher.errors import LauncherError
from portal.launcher.keeper import SOMEONE_ELSE_KEEPS

BASE_DIR = Path(__file__).resolve().parent.parent.parent
WAIT_SECONDS = 180

# These read no data. Starting a database for them would only cost time.
WITHOUT_DATABASE = {
    "help", "--help", "-h", "version", "--version", "check", "collectstatic", "findstatic", "diffsettings",
    "makemessages", "compilemessages", "startapp", "startproject",
}  # fmt: skip


@contextmanager
def ensure_running(
    argv: Sequence[str] = (), *, environ: Mapping[str, str] = os.environ, base_dir: Path = BASE_DIR
) -> Iterator[None]:
    """Hold the database for a management command, and stop it afterwards if nobody else holds it.

    Does nothing when DATABASE_URL names a server, or when the command needs no data. Ends the program with a
    sentence when the database cannot be started.
    """
    if environ.get("DATABASE_URL", "").strip() or not _needs_database(argv):
        yield
        return
    try:
        lease = Lease.take(places.var_folder(base_dir, environ))
    except LauncherError as error:
        raise SystemExit(str(error)) from None
    with lease:
        yield


def _needs_database(argv: Sequence[str]) -> bool:
    return len(argv) != 1 and not (len(argv) > 1 and (argv[1] in WITHOUT_DATABASE or "--help" in argv))


class Lease:
    """A hold on the running database of one checkout."""

    def __init__(self, var: Path, file):
        self.var = var
        self._file = file

    @classmethod
    def take(cls, var: Path, *, throwaway: bool = False) -> "Lease":
        """Wait until the database answers, starting its keeper when there is none."""
        desk = places.desk_folder(var)
        file = (desk / "leases").open("a")
        fcntl.flock(file, fcntl.LOCK_SH)
        lease = cls(var, file)
        try:
            lease.wait_until_ready(throwaway=throwaway)
        except BaseException:
            file.close()
            raise
        return lease

    def wait_until_ready(self, *, throwaway: bool = False) -> None:
        """Return when the database answers. Raises LauncherError with the keeper's sentence if it cannot."""
        deadline = time.monotonic() + WAIT_SECONDS
        errand = ""
        while time.monotonic() < deadline:
            kept = is_kept(self.var)
            state = _state(self.var)
            if kept and state.get("state") == "ready":
                return
            if not kept and errand and state.get("errand") == errand:
                raise LauncherError(state.get("sentence") or f"The database ended at once: see {self.var / 'log'}.")
            if not kept:
                errand = secrets.token_hex(4)
                _start_keeper(self.var, errand, throwaway)
            time.sleep(0.03)
        raise LauncherError(f"The database did not start in {WAIT_SECONDS} seconds: see {self.var / 'log'}.")

    def give_back(self) -> None:
        """Let go. When nobody else holds the database, wait until it has stopped."""
        if self._file.closed:
            return
        deadline = time.monotonic() + 60
        fcntl.flock(self._file, fcntl.LOCK_UN)
        while time.monotonic() < deadline and is_kept(self.var):
            if _someone_holds(self._file):
                break
            time.sleep(0.05)
        self._file.close()

    def __enter__(self) -> "Lease":
        return self

    def __exit__(self, *error) -> None:
        self.give_back()


def is_kept(var: Path) -> bool:
    """Whether a keeper is at work for this folder."""
    try:
        with (var / "database" / "keeper").open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _someone_holds(file) -> bool:
    """Whether another lease is out, as far as a look can tell; holds nothing afterwards."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False  # the keeper has them all: it is stopping
        fcntl.flock(file, fcntl.LOCK_UN)
        return True
    fcntl.flock(file, fcntl.LOCK_UN)
    return False


def _state(var: Path) -> dict:
    try:
        return json.loads((var / "database" / "state.json").read_text())
    except (OSError, ValueError):
        return {}


def _start_keeper(var: Path, errand: str, throwaway: bool) -> None:
    """Start a keeper that outlives us. Returns once it has begun its work, or found that there is another."""
    command = [sys.executable, "-m", "portal.launcher.keeper", str(var), "--errand", errand]
    (var / "log").mkdir(parents=True, exist_ok=True)
    with (var / "log" / "database.log").open("ab") as log:
        # In a session of its own: Ctrl-C at the terminal is for the command, and the keeper stops after it.
        done = subprocess.run(
            command + ["--throwaway"] * throwaway,
            cwd=BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            check=False,
        )
    if done.returncode not in (0, SOMEONE_ELSE_KEEPS):
        raise LauncherError(f"The database's keeper could not be started: see {var / 'log' / 'database.log'}.")
