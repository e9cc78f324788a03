"""Start the database, bring it up to date, start every process, say where the portal is, and stop it all together."""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from portal.launcher import place as places
from portal.launcher.database import BASE_DIR, Lease
from portal.launcher.demonstration import Demonstration, is_blank
from portal.launcher.errors import LauncherError
from portal.launcher.process import die_with_parent, follow_parent
from portal.launcher.supervise import Part, Supervisor

DEFAULT_PORT = 8000
ANSWER_SECONDS = 120
LOOK_EVERY = 0.5


def main() -> int:
    """Exit code 0 after Ctrl-C or a request to stop, 1 when the portal could not run."""
    if os.environ.get("MAKELEVEL"):
        follow_parent(signal.SIGTERM)  # if make itself is killed, nobody could stop us any more
    return Launcher(dict(os.environ)).run()


class Launcher:
    def __init__(self, environ: dict[str, str]):
        self.environ = environ
        self.var = places.var_folder(BASE_DIR, environ)
        self.stops = 0
        self.lease: Lease | None = None
        self.listener: socket.socket | None = None
        self.supervisor: Supervisor | None = None

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        try:
            self._start()
            self._watch()
        except LauncherError as error:
            say(str(error))
            return 1
        except Stopped:
            return 0
        finally:
            self._stop()
        return 0

    def _asked_to_stop(self, *_) -> None:
        self.stops += 1

    def _check_stop(self) -> None:
        if self.stops:
            raise Stopped

    # Starting

    def _start(self) -> None:
        places.desk_folder(self.var)
        (self.var / "static").mkdir(exist_ok=True)
        self._only_one()
        self.listener = bind(chosen_port(self.environ))  # held until the end: a new web server gets the same one
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.environ.setdefault("SITE_URL", self.address)
        self.environ |= {"PORTAL_VAR": str(self.var), "PYTHONUNBUFFERED": "1"}
        self._hold_database()
        blank = is_blank(self.environ)
        self._check_stop()
        say("Bringing the database up to date")
        self._manage("migrate", "--noinput", "--verbosity", "0")
        demonstration = Demonstration(self.var, self.environ)
        if demonstration.wanted(blank=blank):
            say("Loading the demonstration office")
            demonstration.begun()
            self._manage("load_demo", show=True)
            demonstration.loaded()
        self.supervisor = Supervisor(self._parts(self.listener), say)
        self.supervisor.start()
        sign_ins = demonstration.sign_ins(self._manage) if demonstration.is_loaded() else ""
        self._wait_for_answer()
        self._welcome(sign_ins)

    def _only_one(self) -> None:
        """One launcher for one folder: two would work on the same queue and schedule."""
        self.lock = (self.var / "launcher.lock").open("a+")
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.lock.seek(0)
            raise LauncherError(
                f"The portal already runs from this folder ({self.lock.read().strip() or 'starting'}). Stop it first, "
                "or set PORTAL_VAR to another folder for a second one."
            ) from None
        self.lock.truncate(0)
        self.lock.write(f"process {os.getpid()}")
        self.lock.flush()

    def _hold_database(self) -> None:
        if self.environ.get("DATABASE_URL", "").strip():
            say("Using the database of DATABASE_URL")
            return
        say("Starting PostgreSQL")
        self.lease = Lease.take(self.var)

    def _manage(self, *arguments: str, show: bool = False) -> str:
        """Run a management command to its end and return what it printed, or show it at once. Ctrl-C ends it."""
        process = subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=BASE_DIR,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=None if show else subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
            text=True,
        )
        while True:
            try:
                said, wrong = process.communicate(timeout=0.1)
                break
            except subprocess.TimeoutExpired:
                if self.stops:
                    process.terminate()
        self._check_stop()
        if process.returncode != 0:
            tail = "\n".join((wrong or said or "").strip().splitlines()[-20:])
            raise LauncherError(f"{tail}\n`manage.py {' '.join(arguments)}` failed; its last words are above.")
        return said or ""

    def _parts(self, listener: socket.socket) -> list[Part]:
        python, logs = sys.executable, self.var / "log"
        celery = [python, "-m", "celery", "--quiet", "--app", "portal", "--workdir", str(BASE_DIR)]
        worker = [
            *celery,
            "worker",
            "--loglevel",
            "INFO",
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
        ]
        web = [python, "-m", "gunicorn", "portal.wsgi:application", "--bind", f"fd://{listener.fileno()}"]
        web += [
            "--worker-class",
            "gthread",
            "--workers",
            "2",
            "--threads",
            "8",
            "--timeout",
            "60",
            "--log-level",
            "warning",
        ]
        web += ["--graceful-timeout", "5", "--no-control-socket"]

        def part(name: str, command: list[str], **more) -> Part:
            log = logs / f"{name.replace(' ', '-')}.log"
            return Part(name, command, log, self.environ | more.pop("environ", {}), BASE_DIR, **more)

        return [
            part("web server", web, descriptors=(listener.fileno(),)),
            part(
                "render worker",
                [*worker, "--queues", "render", "--concurrency", renderers(), "--hostname", "render@portal"],
            ),
            part("worker", [*worker, "--queues", "default", "--concurrency", "1", "--hostname", "default@portal"]),
            part("scheduler", [*celery, "beat", "--loglevel", "WARNING", "--pidfile="]),
        ]

    def _wait_for_answer(self) -> None:
        deadline = time.monotonic() + ANSWER_SECONDS
        while not answers(f"{self.address}/health/"):
            self._check_stop()
            self.supervisor.look()
            if time.monotonic() > deadline:
                web = self.supervisor.parts[0]
                raise LauncherError(f"The portal gave no answer in {ANSWER_SECONDS} seconds:\n{web.last_words()}")
            time.sleep(0.1)

    def _welcome(self, sign_ins: str) -> None:
        say("")
        say(f"The portal is at {self.address}")
        if sign_ins:
            say(sign_ins.rstrip())
        say(f"Logs are in {self.var / 'log'}. Ctrl-C stops everything; the data stays.")
        self.lock.truncate(0)
        self.lock.write(f"process {os.getpid()}, {self.address}")
        self.lock.flush()
        say(f"ready: {self.address}")

    # Running and stopping

    def _watch(self) -> None:
        while not self.stops:
            self.supervisor.look()
            if self.lease:
                self.lease.wait_until_ready()
            time.sleep(LOOK_EVERY)

    def _stop(self) -> None:
        if self.listener:
            self.listener.close()
        if self.supervisor:
            say("Stopping; a worker may finish what it is doing. Ctrl-C again ends it at once.")
            before = self.stops
            self.supervisor.stop(hurry=lambda: self.stops > before)
        if self.lease:
            self.lease.give_back()


class Stopped(Exception):
    """Somebody asked for the end while the portal was starting."""


def say(sentence: str) -> None:
    with contextlib.suppress(OSError):  # the terminal may be gone: what remains is to stop in order
        print(sentence, flush=True)


def chosen_port(environ: dict[str, str]) -> int:
    value = environ.get("PORT", "").strip() or str(DEFAULT_PORT)
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise LauncherError(f"PORT is “{value}”. Choose a number from 1 to 65535, for example PORT=8431 make run.")
    return int(value)


def bind(port: int) -> socket.socket:
    """Take the port now, so that a conflict is known before anything is started; the web server listens on it later."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except PermissionError:
        listener.close()
        raise LauncherError(f"Port {port} needs root. Choose one above 1023: PORT=8431 make run.") from None
    except OSError:
        listener.close()
        raise LauncherError(f"Port {port} is taken. Choose another one: PORT={port + 1} make run.") from None
    return listener


def renderers() -> str:
    """Papers rendered at the same time: every core but one, and no more than memory allows."""
    return str(max(1, min((os.cpu_count() or 2) - 1, 4)))


def answers(address: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=5) as answer:
            return answer.status == 200
    except urllib.error.HTTPError as error:
        error.close()
        return False
    except OSError:
        return False
