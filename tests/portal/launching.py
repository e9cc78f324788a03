"""Helpers of the launcher's tests."""

import contextlib
import os
import shutil
import signal
from pathlib import Path

import psycopg

from portal.launcher import place as places
from portal.launcher.database import is_kept
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]
AS_ROOT = os.geteuid() == 0


def connect(var: Path, **more) -> psycopg.Connection:
    place = places.find(var)
    return psycopg.connect(
        host=str(place.sockets), port=places.SOCKET_PORT, user=places.NAME, dbname=places.NAME, autocommit=True, **more
    )


def ask(var: Path, question: str):
    with connect(var) as connection:
        return connection.execute(question).fetchone()[0]


def server_pid(var: Path) -> int:
    return int((places.find(var).data / "postmaster.pid").read_text().splitlines()[0])


def is_alive(pid: int) -> bool:
    """Whether the process works; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def processes_in(folder: Path) -> list[str]:
    """Command lines of the processes that work in a folder or name it."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                where = os.readlink(entry / "cwd")
                if line and is_alive(int(entry.name)) and (str(folder) in line or where.startswith(str(folder))):
                    found.append(line)
    return found


def modes_above(*folders: Path) -> dict[Path, tuple]:
    """Mode, owner and group of every folder above these, as far as the top."""
    above = {parent for folder in folders for parent in folder.parents if parent.exists()}
    return {parent: (parent.stat().st_mode, parent.stat().st_uid, parent.stat().st_gid) for parent in above}


def remove(var: Path) -> None:
    """Stop what still runs for this folder and remove it, with root's folders elsewhere."""
    if is_kept(var):
        import json

        with contextlib.suppress(OSError, ValueError):
            os.kill(json.loads((var / "database" / "state.json").read_text())["keeper"], signal.SIGTERM)
        until(lambda: not is_kept(var), "The keeper ends")
    note = places._read_note(var)
    if note:
        shutil.rmtree(note["sockets"], ignore_errors=True)
        if Path(note["home"]).parent == places.ROOT_BASE:
            shutil.rmtree(note["home"], ignore_errors=True)
    shutil.rmtree(var, ignore_errors=True)
