"""The fragments of a build among workers: handed out as rows, claimed one by one, each ended in a file or in a sentence."""

import time

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from boards import queue
from boards.models import FragmentJob, PackBuild

from . import pack, upkeep
from .faults import STORE_DAMAGED, FragmentError, StoreError, TookTooLong, too_long
from .fragments import Job
from .info import RenderError
from .public import public
from .storage import DatabaseStore, EditionFiles
from .upkeep import Stopped, beating, ends_in_a_sentence, fail, keep_going, store_failed

MOST_ATTEMPTS = 3  # of one fragment: a worker that dies on it three times will die again
HELP_SECONDS = 20  # how long the worker that planned a pack renders too, before it looks after other work again


def content_of(build):
    """The members' content of a build: sealed, or the live agenda for a preview."""
    if build.edition_id:
        return build.edition.content
    from boards.sealing.content import build_content

    return build_content(build.meeting, number=0, kind="agenda")


def render(work, files, store):
    """Make one fragment and store it; seconds it took."""
    started = time.perf_counter()
    try:
        bound, info = pack.render_job(work, files)
        spent = time.perf_counter() - started
        store.save(work.key, bound, info, spent)
    except SoftTimeLimitExceeded as error:  # while it was being stored
        raise TookTooLong(too_long(work.name, is_file=bool(work.file))) from error
    return spent


def hand_out(build, missing):
    """Write down what is missing and send a message for each; rows already written are used again."""
    wanted = {work.key: work for work in missing}
    now = timezone.now()
    with transaction.atomic():
        row = PackBuild.objects.select_for_update().get(pk=build.pk)
        if not row.is_unfinished:
            raise Stopped
        present = {job.key: job for job in build.jobs.filter(key__in=wanted).defer("html")}
        new = [
            FragmentJob(
                build=build, key=work.key, name=work.name[:300], html=work.html, file=work.file, title=work.title[:300],
                measure=work.measure, weight=len(work.html) or 1,
            )
            for work in wanted.values()
            if work.key not in present
        ]  # fmt: skip
        FragmentJob.objects.bulk_create(new)
        send = len(new) + _make_again(build, [job for job in present.values() if job.state == "done"], wanted)
        # A message that was sent a while ago is lost, or waits behind others: one more does no harm, one each time would.
        send += build.jobs.filter(state="queued", heartbeat__lt=now - upkeep.STALE / 2).update(heartbeat=now)
        _end_when_all_are_tried(row)
    send_workers(build.pk, send)


def _make_again(build, done, wanted):
    """Fragments written down as done, yet not in the store: it was damaged or emptied since. How many wait again."""
    for job in done:
        if job.attempts >= MOST_ATTEMPTS:
            raise RenderError(STORE_DAMAGED)
        job.state, job.html = "queued", wanted[job.key].html
    FragmentJob.objects.bulk_update(done, ["state", "html"])
    return len(done)


def send_workers(build_id, count):
    for _ in range(count):
        queue.render_fragment(build_id)


def render_next(build_id):
    """Claim one waiting fragment of a build and make it; the last one to finish sends the build on.

    False when none waits, or when it is of no use to try another one now.
    """
    build, job = _claim(build_id)
    if job is None:
        return False
    if job.attempts > MOST_ATTEMPTS:
        words = "It may need too much memory, or too much time."
        _finish(build, job, error=f"A worker stopped {MOST_ATTEMPTS} times while it made {job.name}. {words}")
        return True
    with ends_in_a_sentence(build), beating(build, job):
        try:
            keep_going(build, "rendering", doing=job.name)
            _make(build, job)
        except FragmentError as error:
            _finish(build, job, error=str(error))
        except StoreError as error:
            # No fault of the fragment: it waits, uncounted, until the sweep finds the store well again.
            build.jobs.filter(pk=job.pk).update(state="queued", attempts=job.attempts - 1)
            store_failed(build, error)
            return False
        else:
            _finish(build, job)
    return True


def _claim(build_id):
    """One fragment that waits, or whose worker is gone: its own heartbeat tells, whatever others do for the same build."""
    with transaction.atomic():
        build = PackBuild.objects.select_related("edition", "meeting").filter(pk=build_id).first()
        if build is None or not build.is_unfinished:
            return build, None
        gone = Q(state="running", heartbeat__lt=timezone.now() - upkeep.STALE)
        job = build.jobs.select_for_update(skip_locked=True).filter(Q(state="queued") | gone).first()
        if job is not None:
            job.state, job.attempts, job.heartbeat = "running", job.attempts + 1, timezone.now()
            job.save(update_fields=["state", "attempts", "heartbeat"])
        return build, job


def _make(build, job):
    store = DatabaseStore()
    if store.info(job.key):
        job.seconds = 0.0
        return
    work = Job(job.key, job.name, job.html, job.file, job.title, job.measure)
    files = None
    if job.file or "asset:" in job.html:
        members = content_of(build)
        files = EditionFiles(public(members) if build.audience == "public" else members)
    job.seconds = render(work, files, store)


def lend_a_hand(build_id, seconds=None):
    """Render beside the render workers for a while, so that whoever planned a pack does not stand by."""
    until = time.monotonic() + (HELP_SECONDS if seconds is None else seconds)
    while time.monotonic() < until and render_next(build_id):
        pass


def _finish(build, job, error=""):
    """Mark a fragment done, or failed with its sentence. The build row is locked, so exactly one worker sees that it was the last."""
    with transaction.atomic():
        row = PackBuild.objects.select_for_update().get(pk=build.pk)
        if not row.is_unfinished:
            return
        state = "failed" if error else "done"
        row.jobs.filter(pk=job.pk).update(state=state, error=error, seconds=round(job.seconds, 3), html="")
        left = row.jobs.filter(state__in=("queued", "running")).count()
        row.done, row.heartbeat, row.attempts, row.trouble = max(row.total - left, 0), timezone.now(), 0, ""
        row.save(update_fields=["done", "heartbeat", "attempts", "trouble"])
        if not left and not _end_when_all_are_tried(row):
            queue.build_pack(row.pk)


def _end_when_all_are_tried(row):
    """A build with failed fragments ends when no other waits: all are named, and what could be made is stored for the next build."""
    if row.jobs.filter(state__in=("queued", "running")).exists():
        return False
    failed = list(row.jobs.filter(state="failed").order_by("pk").values_list("error", flat=True))
    if failed:
        fail(row, " ".join(failed))
    return bool(failed)
