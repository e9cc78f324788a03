"""Workers in processes of their own, and what is done to them."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 240  # seconds until a build has ended, on a machine that is busy
SOON = "4"  # seconds after which the sweep takes up what stands still, in tests of the sweep itself


class Workers:
    """Celery workers on one database, one store of files and one broker: `workers("one")` starts one."""

    def __init__(self, folder, **environment):
        self.folder, self.started = folder, []
        self.environment = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings", "FONTCONFIG_FILE": "", **environment
        }  # fmt: skip

    def __call__(self, name="one", *, more=(), under=()):
        """`more` are further arguments of Celery; `under` is a command that the worker runs under."""
        return self._celery(
            name, "worker", "-Q", "render,default", "-c", "1", "-n", f"{name}@test", "--without-gossip", "--without-mingle",
            "--without-heartbeat", *more, under=under,
        )  # fmt: skip

    def scheduler(self):
        """The process that sends the sweep, as in service. Who wants it soon sets PACK_STALE_SECONDS."""
        return self._celery("scheduler", "beat", "--pidfile=", "--schedule", str(self.folder / "beat-schedule"))

    def _celery(self, name, *words, under=()):
        command = [*under, sys.executable, "-m", "celery", "-A", "portal", *words, "--loglevel", "WARNING"]
        with (self.folder / f"{name}-{len(self.started)}.log").open("w") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.started.append(process)
        return process

    def run(self, script):
        """What a Python script prints that runs in the same surroundings."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django\ndjango.setup()\n{script}"],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip()

    def stop(self):
        for process in self.started:
            kill(process)


def kill(process):
    """SIGKILL to a worker and its children, as the machine does when it runs out of memory."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def alive(pid):
    """Whether a process runs still; one that has ended and waits for its parent does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def empty_broker_folder():
    for folder in ("data_folder_in", "control_folder", "processed_folder"):
        path = Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS[folder])
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True, exist_ok=True)


def ended(build):
    """A condition: the build is complete, failed or cancelled."""

    def look():
        build.refresh_from_db()
        return not build.is_unfinished

    return look


def whole(build):
    """The build ended in a complete pack."""
    assert build.state == "complete", build.error
    with default_storage.open(build.file, "rb") as file:
        assert file.read().startswith(b"%PDF-1.7")
