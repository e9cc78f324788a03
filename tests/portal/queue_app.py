"""A small Celery app for the test of the file queue: its tasks write their number and their worker's name to a file."""

import os
from pathlib import Path

from celery import Celery, current_task

from portal import filequeue

filequeue.install()
FOLDER = Path(os.environ.get("QUEUE_TEST_FOLDER", "/nonexistent"))
app = Celery("queue_app", broker="filesystem://localhost//", fixups=[])  # without the portal itself
app.conf.update(
    broker_transport_options={
        "data_folder_in": str(FOLDER / "queue"),
        "data_folder_out": str(FOLDER / "queue"),
        "processed_folder": str(FOLDER / "done"),
        "control_folder": str(FOLDER / "control"),
    },
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=1,
)


@app.task
def note(number: int) -> None:
    with (FOLDER / "notes").open("a") as file:
        file.write(f"{number} {current_task.request.hostname}\n")
