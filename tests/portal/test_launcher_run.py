"""`make run` as a newcomer meets it: from a clean clone, with the system's Python and nothing else."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from portal.launcher import place as places
from portal.launcher.run import answers
from tests.portal.launching import AS_ROOT, ROOT, modes_above, processes_in, remove, until

BARE_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"  # a fresh Debian's: no uv, no Node version manager, no other Python
INSTALL_SECONDS = 400
START_SECONDS = 90
NOBODY = 65534

pytestmark = [
    pytest.mark.clone,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is needed to make a clean clone: apt-get install git"),
    pytest.mark.skipif(shutil.which("make") is None, reason="make is needed: apt-get install make"),
]


def system_python_is_new_enough() -> bool:
    check = "import sys; sys.exit(sys.version_info < (3, 11))"
    return (
        subprocess.run(["python3", "-c", check], env={"PATH": BARE_PATH}, capture_output=True, check=False).returncode
        == 0
    )


class Clone:
    """A clean clone, worked on by root or by an ordinary user."""

    def __init__(self, folder: Path, *, ordinary_user: bool):
        self.folder = folder
        self.ordinary_user = ordinary_user and AS_ROOT
        self.var = folder / "var"
        self.output = folder.parent / f"{folder.name}.txt"
        self.running: subprocess.Popen | None = None
        passed_on = {
            name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "REQUESTS_"))
        }
        self.environ = passed_on | {"PATH": BARE_PATH, "HOME": str(folder.parent), "LC_ALL": "C.UTF-8"}
        if not self.ordinary_user:
            self.environ["HOME"] = os.environ.get("HOME", str(folder.parent))
        if not system_python_is_new_enough():
            pytest.skip("The system's python3 is older than 3.11, or missing: apt-get install python3 python3-venv")
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)], check=True)
        if self.ordinary_user:
            os.chown(folder.parent, NOBODY, NOBODY)
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, NOBODY, NOBODY, follow_symlinks=False)

    def popen(self, *command: str, output=subprocess.PIPE, **environ: str) -> subprocess.Popen:
        identity = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if self.ordinary_user else {}
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environ | environ,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
            **identity,
        )

    def run(self, *command: str, **environ: str) -> subprocess.CompletedProcess:
        process = self.popen(*command, **environ)
        said, _ = process.communicate(timeout=INSTALL_SECONDS)
        return subprocess.CompletedProcess(command, process.returncode, said)

    def manage(self, *arguments: str) -> str:
        done = self.run(".venv/bin/python", "manage.py", *arguments)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def start(self, port: int, seconds: float) -> str:
        """`make run`, until it says that it is ready."""
        with self.output.open("w") as output:
            self.running = self.popen("make", "run", output=output, PORT=str(port))
        until(lambda: self.running.poll() is not None or "\nready: " in self.said(), "make run is ready", seconds)
        assert self.running.poll() is None, self.said()
        return self.said()

    def said(self) -> str:
        return self.output.read_text()

    def interrupt(self) -> None:
        """Ctrl-C: the terminal sends the signal to everything in the foreground."""
        os.killpg(self.running.pid, signal.SIGINT)
        self.running.wait(60)

    def processes(self) -> list[str]:
        place = places.find(self.var)
        elsewhere = processes_in(place.home) if place and place.home != place.desk else []
        return processes_in(self.folder) + elsewhere

    def process(self, words: str) -> int:
        """The number of the first process whose command line holds these words, or 0."""
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                here = entry.name.isdigit() and os.readlink(entry / "cwd") == str(self.folder)
                if here and words in (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode():
                    found.append(int(entry.name))
        return min(found, default=0)

    def remove(self) -> None:
        if self.running and self.running.poll() is None:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()
            until(lambda: not self.processes(), "All processes end")
        remove(self.var)
        shutil.rmtree(self.folder.parent, ignore_errors=True)


@pytest.fixture
def clone(request):
    parent = Path(os.path.realpath(tempfile.mkdtemp(prefix="portal-clone-")))
    clone = Clone(parent / "checkout", ordinary_user=request.param == "ordinary user")
    yield clone
    clone.remove()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def page(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:  # noqa: S310
            assert answer.status == 200
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        raise AssertionError(f"{address} answered {error.code}") from error


ACCOUNTS = ["root", "ordinary user"] if AS_ROOT else ["ordinary user"]


@pytest.mark.parametrize(
    "clone", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ACCOUNTS], indirect=True
)
def test_a_newcomer_starts_the_portal_with_one_command(clone):
    watched = [clone.folder, clone.folder.parent / "x", places.ROOT_BASE / "x", Path.home() / "x", ROOT / "x"]
    before = modes_above(*watched)
    port = free_port()
    address = f"http://127.0.0.1:{port}"

    # The first start installs, makes the database and loads the demonstration office.
    said = clone.start(port, INSTALL_SECONDS)
    assert said.rstrip().splitlines()[-1] == f"ready: {address}"
    assert "Loading the demonstration office" in said
    assert re.search(r"\S+@\S+\.example", said), "The sign-ins are shown."
    assert "password" in said
    style = re.search(r'href="(/static/[^"]+\.css[^"]*)"', page(address + "/"))
    assert style, "The front page has its styles."
    page(address + style.group(1))
    page(address + "/accounts/login/")

    # Commands beside it share its database, also two at the same moment.
    make = "from portal.models import User; User.objects.create_user('kept@office.example', name='Kept', password=None)"
    clone.manage("shell", "-c", make)
    both = [clone.popen(".venv/bin/python", "manage.py", "migrate", "--check") for _ in range(2)]
    for command in both:
        said_beside, _ = command.communicate(timeout=60)
        assert command.returncode == 0, said_beside

    # A second one in the same folder, and one on a taken port, say what is the matter.
    second = clone.run("make", "run", PORT=str(free_port()))
    assert second.returncode != 0
    assert "already runs from this folder" in second.stdout
    taken = clone.run("make", "run", PORT=str(port), PORTAL_VAR=str(clone.folder / "var" / "another"))
    assert f"Port {port} is taken. Choose another one" in taken.stdout

    # A worker that is killed is started again, and the person is told.
    worker = clone.process("render@portal")
    os.kill(worker, signal.SIGKILL)
    until(lambda: "The render worker ended (by SIGKILL) and is started again" in clone.said(), "The worker is missed")
    until(lambda: clone.process("render@portal") not in (0, worker), "The worker is back")

    # So is the web server, on the same port.
    os.kill(clone.process("gunicorn"), signal.SIGKILL)
    until(lambda: "The web server ended (by SIGKILL) and is started again" in clone.said(), "The web server is missed")
    until(lambda: answers(address + "/health/"), "The portal answers again")

    # Ctrl-C leaves nothing running; nothing of the checkout was changed.
    clone.interrupt()
    until(lambda: not clone.processes(), "All processes end")
    changed = subprocess.run(
        ["git", "-c", "safe.directory=*", "status", "--porcelain"],
        cwd=clone.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert changed.stdout == ""
    assert modes_above(*watched).items() >= before.items()

    # A command alone starts the database and stops it again. The data was kept.
    count = "from portal.models import User; print(User.objects.filter(email='kept@office.example').count())"
    assert clone.manage("shell", "-c", count).split()[-1] == "1"
    assert not clone.processes()

    # The second start is quick, keeps the data and loads nothing twice.
    started = time.monotonic()
    said = clone.start(port, START_SECONDS)
    assert time.monotonic() - started < START_SECONDS
    assert "Loading" not in said
    assert "Installing" not in said
    page(address + "/")

    # Even a launcher that is killed leaves nothing running.
    os.kill(clone.process("-m portal.launcher"), signal.SIGKILL)
    until(lambda: not clone.processes(), "All processes end", 60)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize("clone", [pytest.param(ACCOUNTS[-1], marks=pytest.mark.xdist_group("bare"))], indirect=True)
class TestABareMachine:
    """What cannot be installed is named in one sentence. A fake python3 stands in for one that lacks parts."""

    def fake(self, clone: Clone, script: str) -> str:
        tools = clone.folder.parent / "tools"
        tools.mkdir()
        for name in ("sh", "dirname", "id", "mktemp", "rm", "cat", "tail", "env", "printf"):
            if found := shutil.which(name, path=BARE_PATH):
                (tools / name).symlink_to(found)
        (tools / "python3").write_text(script)
        (tools / "python3").chmod(0o755)
        (tools / "apt-get").write_text("#!/bin/sh\nexit 100\n")
        (tools / "apt-get").chmod(0o755)
        return clone.run("sh", "scripts/bootstrap.sh", "run", PATH=str(tools)).stdout

    def test_an_old_python_is_refused_with_advice(self, clone):
        said = self.fake(clone, "#!/bin/sh\nexit 1\n")

        assert said == "Python 3.11 or newer is needed: sudo apt-get install python3 python3-venv.\n"

    def test_a_python_without_venv_and_pip_is_refused_with_advice(self, clone):
        lacks = "*ensurepip*|*'import pip'*|*'-m venv'*"
        script = f'#!/bin/sh\ncase "$*" in {lacks}) exit 1 ;; esac\nexec /usr/bin/python3 "$@"\n'
        said = self.fake(clone, script)

        assert said.splitlines()[-1] == (
            "Python here can make no environment. "
            "Install what is missing and start again: sudo apt-get install python3-venv."
        )
        assert not (clone.folder / ".venv").exists()

    def test_debian_without_python3_venv_uses_the_pip_outside(self, clone):
        """The environment is made without pip, and the system's pip installs into it."""
        if subprocess.run(["/usr/bin/python3", "-c", "import pip"], capture_output=True, check=False).returncode:
            pytest.skip("The system's Python has no pip: apt-get install python3-pip")
        script = '#!/bin/sh\ncase "$*" in *\'import ensurepip\'*) exit 1 ;; esac\nexec /usr/bin/python3 "$@"\n'
        (clone.folder / "requirements.txt").write_text("# nothing to install\n")
        said = self.fake(clone, script)

        assert "Making a Python environment" in said
        assert (clone.folder / ".venv" / "installed-run").exists(), said
        assert not list((clone.folder / ".venv").glob("lib/*/site-packages/pip"))
