"""What is handed to the workers. A message carries ids only and leaves once the transaction is safe.

The tasks themselves are in `boards/tasks.py`, which imports the verbs; the verbs import this, so that imports point one way. A lost
message is made good by the sweep. What is rendered ahead of any pack is noticed by `boards/preparing.py`.
"""

from functools import partial

from celery import current_app
from django.db import transaction

from boards.packs import office


def build_pack(build_id) -> None:
    """Take a build as far as it can go."""
    _send("build_pack", str(build_id))


def render_fragment(build_id) -> None:
    """Make one waiting fragment of a build."""
    _send("render_fragment", str(build_id))


def turn_office_file(conversion_id, ending: str) -> None:
    """Make an annex of an office file. The message goes to workers that can turn such a file."""
    _send("turn_office_file", str(conversion_id), queue=office_queue(office.kind_of(ending)))


def office_queue(kind: str) -> str:
    """The queue of one part of LibreOffice (writer, calc, impress): they are installed one by one, so a worker may have only some."""
    return f"office-{kind}"


def _send(name: str, *ids, queue: str = "") -> None:
    task = current_app.tasks[f"boards.tasks.{name}"]
    send = partial(task.apply_async, args=ids, queue=queue) if queue else partial(task.delay, *ids)
    transaction.on_commit(send, robust=True)
