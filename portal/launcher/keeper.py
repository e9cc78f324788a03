"""Keeps the embedded database running for as long as anyone holds a lease on it.

    python -m portal.launcher.keeper VAR [--throwaway]

A lease is a shared lock on `var/database/leases`; the kernel gives it back however its holder ends. The keeper holds
`var/database/keeper`, so that there is one, looks twice a second whether it could lock the leases for itself alone, and
when it can, nobody needs the database: it stops the server and ends.
"""

import argparse
import fcntl
import json
import os
import shutil
import signal
import sys
import time
from pathlib import Path

from portal.launcher import place as places
from portal.launcher.errors import LauncherError
from portal.launcher.server import Server

LOOK_EVERY = 0.5
RESTARTS = 5
LOG_LIMIT = 5_000_000
SOMEONE_ELSE_KEEPS = 3
FAILED = 1


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("var", type=Path)
    parser.add_argument("--errand", default="", help="a word that the state file repeats to whoever started this")
    parser.add_argument("--throwaway", action="store_true")
    options = parser.parse_args(arguments)
    var = options.var
    keeping = (var / "database" / "keeper").open("a")
    if not _try_lock(keeping, seconds=2):
        return SOMEONE_ELSE_KEEPS
    if os.fork():
        os._exit(0)  # the lock goes with the child, which belongs to nobody and needs nobody to collect it
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    asked_to_stop = []
    signal.signal(signal.SIGTERM, lambda *_: asked_to_stop.append(True))
    write_state(var, "starting", options.errand)
    place = server = None
    leases = (var / "database" / "leases").open("a")
    try:
        place = places.make(var)
        _trim(place.log)
        server = Server(place, throwaway=options.throwaway)
        server.start()
        write_state(var, "ready", options.errand)
        _keep(server, leases, asked_to_stop)
    except LauncherError as error:
        write_state(var, "failed", options.errand, str(error))
        return FAILED
    except Exception as error:  # the sentence must reach the person who waits; the rest goes to the log
        write_state(var, "failed", options.errand, f"The database could not be started: {error}")
        raise
    finally:
        if server:
            server.stop()
        if options.throwaway:
            _throw_away(place, var)
    (var / "database" / "state.json").unlink(missing_ok=True)
    return 0


def _keep(server: Server, leases, asked_to_stop: list) -> None:
    restarts = 0
    while not asked_to_stop:
        if _try_lock(leases, seconds=0):
            return
        if not server.running():
            restarts += 1
            if restarts > RESTARTS:
                raise LauncherError(f"The database stopped {restarts} times. Its words are in {server.place.log}.")
            server.start()
        time.sleep(LOOK_EVERY)


def _try_lock(file, *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.05)


def write_state(var: Path, state: str, errand: str, sentence: str = "") -> None:
    path = var / "database" / "state.json"
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps({"keeper": os.getpid(), "state": state, "errand": errand, "sentence": sentence}))
    fresh.replace(path)


def _trim(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))


def _throw_away(place, var: Path) -> None:
    if place:
        shutil.rmtree(place.sockets, ignore_errors=True)
        shutil.rmtree(place.home, ignore_errors=True)
    shutil.rmtree(var, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
