"""Office files turned into annexes: one row, any worker that can, and an end in an annex or in a sentence.

`turn(conversion_id)` may be called at any time, by any worker, any number of times. Nothing is remembered outside the database and the
file store: a lost message or worker leaves a row without a heartbeat, and the sweep takes it up.
"""

import contextlib
import logging

from django.db import close_old_connections, transaction
from django.utils import timezone

from boards import policy, queue, workers
from boards.actions import annexes
from boards.models import AnnexConversion, Paper
from portal.policy import Refusal

from . import office, storage, uploads
from .faults import StoreError
from .upkeep import STALE, beating

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3  # a worker that dies on a file three times will die again
State = AnnexConversion.State

LOST = "The file cannot be found any more. Remove it and upload it again."
STORE_FAILED = "The file store could not be read or written to: it may be full or out of reach. Try again later."
STOPPED = f"A worker stopped {MOST_ATTEMPTS} times while it turned this file into PDF. Save it as PDF yourself and upload that."
TOO_LONG = "It took too long to make an annex of this file. Save it as PDF yourself and upload that."


class Lost(Exception):
    """The file is not in the store."""


def turn(conversion_id) -> None:
    """Claim a file that waits and make an annex of it. Does nothing when another worker has it, or when it is gone."""
    row = _claim(conversion_id)
    if row is None:
        return
    with _ends_in_a_sentence(row):
        policy.check_edit_paper(row.uploaded_by, row.paper)
        data = _read(row)
        with beating(row):
            received = uploads.receive(office.to_pdf(data, row.file))
        close_old_connections()  # the database may have restarted meanwhile
        _bind(row, received)


def _claim(conversion_id):
    """The row, now this worker's own; its number of attempts tells this claim from later ones."""
    with transaction.atomic():
        waiting = AnnexConversion.objects.select_for_update(of=("self",), skip_locked=True)
        row = waiting.select_related("paper", "uploaded_by").filter(pk=conversion_id, state=State.WAITING).first()
        if row is None:
            return None
        row.state, row.attempts, row.heartbeat = State.TURNING, row.attempts + 1, timezone.now()
        row.save(update_fields=["state", "attempts", "heartbeat"])
        return row


def _read(row) -> bytes:
    try:
        return storage.read(row.file)
    except FileNotFoundError:
        raise Lost from None


@contextlib.contextmanager
def _ends_in_a_sentence(row):
    """Turn what stops this file into its error, and whether to try again makes sense; leave the rest to the sweep."""
    from celery.exceptions import SoftTimeLimitExceeded

    try:
        yield
    except Lost:
        _fail(row, LOST)
    except Refusal as refusal:  # the paper went on, or the person may no longer change it
        _fail(row, refusal.sentence, can_retry=True)
    except office.TookTooLong as error:
        _fail(row, str(error), can_retry=True)
    except (office.NotConverted, uploads.UploadRefused) as error:
        _fail(row, str(error))
    except SoftTimeLimitExceeded:
        _fail(row, TOO_LONG, can_retry=True)
    except (StoreError, OSError):  # the store, or this machine's own disk
        log.exception("conversion.store_failed", extra={"conversion": str(row.pk)})
        _fail(row, STORE_FAILED, can_retry=True)


def _fail(row, sentence: str, *, can_retry: bool = False) -> None:
    """End this claim with a sentence, unless the file was put back or removed meanwhile."""
    mine = AnnexConversion.objects.filter(pk=row.pk, state=State.TURNING, attempts=row.attempts)
    mine.update(state=State.FAILED, error=sentence, can_retry=can_retry)


def _bind(row, received) -> None:
    """Annex instead of row, in one transaction: whichever worker is first makes it, and who comes later finds no row."""
    with transaction.atomic():
        paper = Paper.objects.select_for_update(of=("self",)).filter(pk=row.paper_id).first()
        current = (
            AnnexConversion.objects.select_for_update(of=("self",))
            .filter(pk=row.pk)
            .exclude(state=State.FAILED)
            .first()
        )
        if paper is None or current is None:
            return
        annexes.bind(
            paper=paper, title=current.title, marking=current.marking, original_name=current.original_name, received=received,
            by=row.uploaded_by,
        )  # fmt: skip
        current.delete()
        transaction.on_commit(lambda: storage.remove(row.file), robust=True)


def requeue_stale() -> int:
    """Put back files whose worker stopped, and send on those that wait while a worker can turn them. Returns how many were sent."""
    count, limit, can = 0, timezone.now() - STALE, workers.office_formats()
    stale = AnnexConversion.objects.filter(state__in=[State.WAITING, State.TURNING], heartbeat__lt=limit)
    for pk in list(stale.values_list("pk", flat=True)):
        with transaction.atomic():
            row = stale.select_for_update(skip_locked=True).filter(pk=pk).first()
            if row is None:
                continue
            if row.state == State.TURNING and row.attempts >= MOST_ATTEMPTS:
                row.state, row.error, row.can_retry = State.FAILED, STOPPED, True
                row.save()
                continue
            row.state = State.WAITING
            if row.ending in can:  # else it stays as it is until a worker that can turn it comes back
                row.heartbeat = timezone.now()
                queue.turn_office_file(row.pk, row.ending)
                count += 1
            row.save()
    return count
