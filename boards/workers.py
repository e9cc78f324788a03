"""Workers say what they can: each keeps a row while it runs, and takes office files only if it can turn them.

The row is the only way by which the web process knows: LibreOffice may be on another machine, and the queue without a broker carries no
questions to workers. Nothing here keeps a connection to the database: a worker forks, and the database may restart.
"""

import datetime as dt
import logging
from collections.abc import Callable

from celery import bootsteps, current_app
from celery.signals import celeryd_after_setup
from django.db import Error, connection
from django.db.models.functions import Now

from boards import queue
from boards.models import WorkerNotice
from boards.packs import office

log = logging.getLogger(__name__)

EVERY = 10.0  # seconds between two signs of life
FORGOTTEN = dt.timedelta(days=1)  # a worker that did not come back after so long is no longer shown


def register() -> None:
    """Every worker of the portal takes these steps when it starts."""
    current_app.steps["consumer"].add(Announcing)
    celeryd_after_setup.connect(choose_queues)


def office_formats() -> tuple[str, ...]:
    """Endings of the office files that a worker which runs now can turn into PDF."""
    told = {ending for formats in WorkerNotice.objects.live().values_list("formats", flat=True) for ending in formats}
    return tuple(ending for ending in office.TYPES if ending in told)


def choose_queues(instance, **_) -> None:
    """Listen for the office files that this worker can turn, whatever `--queues` says, and for no others."""
    queues, can = instance.app.amqp.queues, office.formats()
    for kind, endings in office.KINDS.items():
        name = queue.office_queue(kind)
        if can and endings[0] in can:
            queues.select_add(queues[name])
        else:
            queues.deselect([name])


class Announcing(bootsteps.StartStopStep):
    """Keeps this worker's row while it takes work: from when it is connected to its queues until it stops or loses them."""

    requires = {"celery.worker.consumer.tasks:Tasks"}

    def __init__(self, consumer, **kwargs):
        super().__init__(consumer, **kwargs)
        self.timer = None

    def start(self, consumer) -> None:
        queues = sorted(consumer.app.amqp.queues.consume_from)
        taken = {
            ending for kind, endings in office.KINDS.items() if queue.office_queue(kind) in queues for ending in endings
        }

        def say() -> None:
            # LibreOffice may have been taken away since; one put in since is found when the worker starts again.
            announce(consumer.hostname, [ending for ending in office.formats() if ending in taken], queues)

        safely(forget)
        safely(say)
        self.timer = consumer.timer.call_repeatedly(EVERY, safely, (say,))

    def stop(self, consumer) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
            safely(lambda: withdraw(consumer.hostname))

    shutdown = stop

    def terminate(self, consumer) -> None:
        self.stop(consumer)


def announce(name: str, formats: list[str], queues: list[str]) -> None:
    """Write the worker's row, or write it anew: one statement, since its predecessor of the same name may be going."""
    row = WorkerNotice(name=name, formats=formats, queues=queues, seen_at=Now())
    WorkerNotice.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["name"], update_fields=["formats", "queues", "seen_at"]
    )


def withdraw(name: str) -> None:
    WorkerNotice.objects.filter(name=name).delete()


def forget() -> None:
    """Drop the rows of workers that were killed and never came back under their name."""
    WorkerNotice.objects.filter(seen_at__lt=Now() - FORGOTTEN).delete()


def safely(work: Callable[[], None]) -> None:
    """Do it on a connection of its own. A database that cannot be reached now is asked again at the next sign of life."""
    try:
        work()
    except Error as error:
        log.warning("worker.not_announced", extra={"error": type(error).__name__})
    finally:
        connection.close()
