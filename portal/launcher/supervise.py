"""Processes of the portal: started, watched, started again when they fail, and stopped together."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portal.launcher.errors import LauncherError
from portal.launcher.process import die_with_parent, signal_group

POLITE_SECONDS = 12  # a worker may finish what it is doing
FIRM_SECONDS = 4
FAILURES_ALLOWED = 5
FAILURE_WINDOW = 60
LOG_LIMIT = 5_000_000


@dataclass
class Part:
    """One process: `name` as the person reads it, `command`, and descriptors to hand on."""

    name: str
    command: Sequence[str]
    log: Path
    environ: Mapping[str, str]
    cwd: Path
    descriptors: tuple[int, ...] = ()
    process: subprocess.Popen | None = None
    failures: list[float] = field(default_factory=list)

    def start(self) -> None:
        """Start it as the leader of a process group of its own, its words going to its log."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                list(self.command),
                cwd=self.cwd,
                env=dict(self.environ),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=self.descriptors,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )

    def ended(self) -> int | None:
        return self.process.poll() if self.process else None

    def last_words(self, lines: int = 15) -> str:
        try:
            with self.log.open("rb") as file:
                file.seek(max(file.seek(0, os.SEEK_END) - 20_000, 0))
                return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""


class Supervisor:
    def __init__(self, parts: Sequence[Part], say: Callable[[str], None]):
        self.parts = list(parts)
        self.say = say

    def start(self) -> None:
        for part in self.parts:
            part.log.parent.mkdir(parents=True, exist_ok=True)
            if part.log.exists() and part.log.stat().st_size > LOG_LIMIT:
                part.log.replace(part.log.with_suffix(".log.1"))
            part.start()

    def look(self) -> None:
        """Start again what has ended. Raises LauncherError when one keeps failing."""
        for part in self.parts:
            code = part.ended()
            if code is None:
                continue
            signal_group(part.process.pid, signal.SIGKILL)  # what it left behind would work beside its successor
            now = time.monotonic()
            part.failures = [at for at in part.failures if now - at < FAILURE_WINDOW] + [now]
            if len(part.failures) > FAILURES_ALLOWED:
                raise LauncherError(
                    f"The {part.name} failed {len(part.failures)} times in a minute. Its last words in {part.log}:\n"
                    + part.last_words()
                )
            self.say(f"The {part.name} ended ({how(code)}) and is started again. Its log: {part.log}")
            time.sleep(min(0.2 * 2 ** (len(part.failures) - 1), 3))
            part.start()

    def stop(self, hurry: Callable[[], bool] = lambda: False) -> None:
        """Ask every part to end, last started first; then insist. `hurry` cuts the patience short."""
        running = [part for part in reversed(self.parts) if part.process]
        for part in running:
            if part.ended() is None:
                part.process.terminate()
        for number, patience in (
            (None, POLITE_SECONDS),
            (signal.SIGQUIT, FIRM_SECONDS),
            (signal.SIGKILL, FIRM_SECONDS),
        ):
            if number is not None:
                for part in running:
                    if part.ended() is None:
                        signal_group(part.process.pid, number)
            deadline = time.monotonic() + patience
            while any(part.ended() is None for part in running) and time.monotonic() < deadline:
                if number is None and hurry():
                    break
                time.sleep(0.05)
        for part in running:
            signal_group(part.process.pid, signal.SIGKILL)  # children that outlived their leader


def how(code: int) -> str:
    """How a process ended, for a person: its exit code or the signal's name."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"by {signal.Signals(-code).name}"
    except ValueError:
        return f"by signal {-code}"
