"""Processes of the portal start, are started again, and end together."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal.launcher import run, supervise
from portal.launcher.errors import LauncherError
from portal.launcher.supervise import Part, Supervisor
from tests.portal.launching import ROOT, is_alive, processes_in, until

STAYS = "import time; print('up', flush=True); time.sleep(600)"
FAILS = "print('no luck today', flush=True); raise SystemExit(3)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
)
WITH_CHILD = (
    "import subprocess, sys; print('up', flush=True); "
    "subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'])"
)


@pytest.fixture
def said():
    return []


@pytest.fixture
def supervisor(tmp_path, said):
    made = []

    def make(*codes: str) -> Supervisor:
        parts = [
            Part(
                f"part {number}", [sys.executable, "-c", code], tmp_path / "log" / f"{number}.log", os.environ, tmp_path
            )
            for number, code in enumerate(codes)
        ]
        made.append(Supervisor(parts, said.append))
        made[-1].start()
        return made[-1]

    yield make
    for one in made:
        for part in one.parts:
            with contextlib.suppress(OSError):
                os.killpg(part.process.pid, signal.SIGKILL)
            part.process.wait()


def group(leader: int) -> list[int]:
    """The processes of the group that this one leads."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and os.getpgid(int(entry.name)) == leader:
                found.append(int(entry.name))
    return found


def up(part: Part) -> None:
    until(lambda: "up" in part.last_words(), f"{part.name} starts")


def test_a_part_that_ends_is_started_again_and_the_person_is_told(supervisor, said):
    one = supervisor(STAYS)
    part = one.parts[0]
    up(part)
    first = part.process
    first.kill()
    first.wait()

    one.look()
    assert part.process.pid != first.pid
    assert part.ended() is None
    assert said[0].startswith("The part 0 ended (by SIGKILL) and is started again.")


def test_what_a_killed_part_left_behind_is_ended_before_its_successor_starts(supervisor, tmp_path):
    one = supervisor(WITH_CHILD)
    up(one.parts[0])
    until(lambda: len(group(one.parts[0].process.pid)) == 2, "The child starts")
    old = group(one.parts[0].process.pid)
    one.parts[0].process.kill()
    one.parts[0].process.wait()

    one.look()
    until(lambda: not any(is_alive(pid) for pid in old), "The old ones are gone")


def test_a_part_that_keeps_failing_ends_the_portal_with_its_last_words(supervisor, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    one = supervisor(FAILS)

    with pytest.raises(LauncherError, match=r"(?s)part 0 failed 6 times in a minute.*no luck today"):
        while True:
            one.parts[0].process.wait()
            one.look()


def test_all_end_together_also_a_stubborn_one_and_its_children(supervisor, tmp_path, monkeypatch):
    monkeypatch.setattr(supervise, "POLITE_SECONDS", 0.3)
    monkeypatch.setattr(supervise, "FIRM_SECONDS", 0.3)
    one = supervisor(STAYS, STUBBORN, WITH_CHILD)
    for part in one.parts:
        up(part)

    one.stop()
    assert all(part.ended() is not None for part in one.parts)
    until(lambda: not processes_in(tmp_path), "All are gone")


def test_a_second_request_to_stop_cuts_patience_short(supervisor):
    one = supervisor(STUBBORN)
    up(one.parts[0])
    started = time.monotonic()

    one.stop(hurry=lambda: True)
    assert time.monotonic() - started < supervise.POLITE_SECONDS


def test_parts_end_when_their_launcher_is_killed(tmp_path):
    code = (
        "import os, sys, time; from pathlib import Path; from portal.launcher.supervise import Part, Supervisor\n"
        "folder = Path(sys.argv[1])\n"
        f"part = Part('part', [sys.executable, '-c', {STAYS!r}], folder / 'part.log', os.environ, folder)\n"
        "Supervisor([part], print).start(); print(part.process.pid, flush=True); time.sleep(600)"
    )
    launcher = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with launcher.stdout:
        pid = int(launcher.stdout.readline())
    launcher.kill()
    launcher.wait()

    until(lambda: not is_alive(pid), "The part ends")


def test_a_taken_port_is_said_in_one_sentence():
    with run.bind(0) as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            LauncherError, match=rf"Port {port} is taken\. Choose another one: PORT={port + 1} make run"
        ):
            run.bind(port)


@pytest.mark.parametrize("value", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(value):
    with pytest.raises(LauncherError, match="Choose a number from 1 to 65535"):
        run.chosen_port({"PORT": value})


def test_the_usual_port_is_8000():
    assert run.chosen_port({}) == 8000
    assert run.chosen_port({"PORT": "8431"}) == 8431


def test_log_files_do_not_grow_for_ever(supervisor, tmp_path, monkeypatch):
    monkeypatch.setattr(supervise, "LOG_LIMIT", 10)
    (tmp_path / "log").mkdir()
    (tmp_path / "log" / "0.log").write_text("words of an earlier run\n")

    one = supervisor(STAYS)
    up(one.parts[0])
    assert (tmp_path / "log" / "0.log.1").read_text() == "words of an earlier run\n"
    assert Path(one.parts[0].log).read_text() == "up\n"
