"""The queue without a broker, with real workers."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from portal import filequeue
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]
TASKS = 60


@pytest.fixture
def folder(tmp_path):
    for name in ("queue", "done", "control"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def channel(folder):
    filequeue.install()
    options = {"data_folder_in": str(folder / "queue"), "data_folder_out": str(folder / "queue")}
    options |= {"processed_folder": str(folder / "done"), "control_folder": str(folder / "control")}
    with Connection("filesystem://localhost//", transport_options=options) as connection:
        yield connection.channel()


def test_messages_of_a_queue_are_taken_once_in_the_order_of_sending(channel):
    for number in range(12):
        channel._put("render", {"number": number})
    channel._put("default", {"number": 99})

    assert [channel._get("render")["number"] for _ in range(12)] == list(range(12))
    with pytest.raises(Empty):
        channel._get("render")
    assert channel._get("default") == {"number": 99}


def test_a_message_that_is_still_being_written_is_not_taken(channel, folder):
    (folder / "queue" / ".00000000000000000001_a.render.msg").write_text('{"half":')

    with pytest.raises(Empty):
        channel._get("render")


def test_two_workers_do_every_task_exactly_once(folder):
    environ = os.environ | {"QUEUE_TEST_FOLDER": str(folder)}
    command = [sys.executable, "-W", "ignore", "-m", "celery", "-q", "-A", "tests.portal.queue_app"]
    workers = [
        subprocess.Popen(
            [*command, "worker", "-c", "1", "-n", f"{name}@test", "--without-gossip", "--without-mingle"],
            cwd=ROOT,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for name in ("one", "two")
    ]
    try:
        send = f"from tests.portal.queue_app import note\nfor number in range({TASKS}): note.delay(number)"
        subprocess.run([sys.executable, "-c", send], cwd=ROOT, env=environ, check=True)
        notes = folder / "notes"
        until(lambda: notes.exists() and len(notes.read_text().splitlines()) >= TASKS, "Every task done")
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.wait(20)
    lines = [line.split() for line in notes.read_text().splitlines()]
    assert sorted(int(number) for number, _ in lines) == list(range(TASKS))
    assert not list((folder / "queue").iterdir())
    assert all(worker.returncode in (0, -signal.SIGTERM) for worker in workers)
