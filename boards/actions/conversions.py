"""Verbs of office files on their way to being annexes: hand in, try again, remove. The turning itself is in `boards/packs/turning.py`."""

import contextlib
import hashlib

from django.db import transaction
from django.utils import timezone

from boards import policy, queue, workers
from boards.models import AnnexConversion, Paper
from boards.packs import storage
from boards.packs.faults import StoreError
from boards.packs.uploads import UploadRefused
from portal.audit import record
from portal.policy import Refusal

NO_WORKER = "No worker that is running has LibreOffice, which turns office documents into PDF."


def hand_in(
    *, paper: Paper, title: str, name: str, office: tuple[bytes, str], by, marking: str = "OFFICIAL"
) -> AnnexConversion:
    """Keep an office file that was checked, and ask the workers for its PDF. Raises UploadRefused.

    The same file that already waits under the same title is returned instead of a second: the button was pressed twice.
    """
    data, ending = office
    _check_taken(ending)
    row = AnnexConversion(
        paper=paper,
        title=title,
        marking=marking,
        original_name=name[:200],
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=by,
    )
    with kept_or_refused():
        row.file = storage.save_whole(f"handed-in/{row.pk.hex}{ending}", data)
    try:
        kept = _keep(row, by=by)
    except BaseException:
        storage.remove(row.file)
        raise
    if kept.pk != row.pk:
        storage.remove(row.file)
    return kept


@contextlib.contextmanager
def kept_or_refused():
    """A file store that does not take the file is a sentence on the form."""
    try:
        yield
    except StoreError:
        raise UploadRefused(
            "The file could not be kept: the file store is full or out of reach. Try again later."
        ) from None


def _check_taken(ending: str) -> None:
    """Refuse a file that no worker which runs now can turn."""
    taken = workers.office_formats()
    if not taken:
        raise UploadRefused(f"Only PDF can be taken now. {NO_WORKER} Save the file as PDF and upload that.")
    if ending not in taken:
        raise UploadRefused(
            f"No worker that is running can turn a {ending} file into PDF. Save it as PDF and upload that."
        )


@transaction.atomic
def _keep(row: AnnexConversion, *, by) -> AnnexConversion:
    """Write the row while the paper is held, so that nobody submits the paper meanwhile."""
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=row.paper_id)
    policy.check_edit_paper(by, paper)
    same = paper.conversions.exclude(state=AnnexConversion.State.FAILED).filter(title=row.title, sha256=row.sha256)
    if already := same.first():
        return already
    row.save(force_insert=True)
    record("annex.handed_in", by=by, target=paper, summary="Handed in an office file as an annex", file=str(row.pk))
    queue.turn_office_file(row.pk, row.ending)
    return row


@transaction.atomic
def retry(*, conversion: AnnexConversion, by) -> None:
    """Let the workers try a failed file again. Pressed twice it is asked for once."""
    policy.check_edit_paper(by, conversion.paper)
    row = AnnexConversion.objects.select_for_update(of=("self",)).filter(pk=conversion.pk).first()
    if row is None or not row.is_failed:
        return
    if not row.can_retry:
        raise Refusal("Trying again would end in the same way. Remove the file and upload a PDF.")
    others = row.paper.conversions.exclude(state=AnnexConversion.State.FAILED)
    if others.filter(title=row.title, sha256=row.sha256).exists():
        raise Refusal("The same file was handed in again and is under way. Remove this one.")
    row.state, row.error, row.can_retry = AnnexConversion.State.WAITING, "", False
    row.attempts, row.heartbeat = 0, timezone.now()
    row.save()
    record(
        "annex.retried", by=by, target=row.paper, summary="Asked for the PDF of an office file again", file=str(row.pk)
    )
    queue.turn_office_file(row.pk, row.ending)


@transaction.atomic
def remove(*, conversion: AnnexConversion, by) -> None:
    """Take a file off its paper, whatever its state: a worker that has it finds no row when it is done."""
    policy.check_edit_paper(by, conversion.paper)
    row = AnnexConversion.objects.select_for_update(of=("self",)).filter(pk=conversion.pk).first()
    if row is None:
        return
    name, number, paper = row.file, str(row.pk), row.paper
    row.delete()
    record("annex.withdrawn", by=by, target=paper, summary="Removed an office file that was handed in", file=number)
    transaction.on_commit(lambda: storage.remove(name), robust=True)
