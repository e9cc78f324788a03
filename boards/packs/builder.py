"""Builds as they are carried out: one row, several workers, and an end in a complete pack or in a sentence.

`advance(build_id)` may be called at any time, by any worker, any number of times. It plans the pack, hands out the fragments
that are not stored yet, and puts the pack together once none is missing. Nothing is remembered outside the database and the
file store, so a lost message, worker or broker loses nothing.
"""

import hashlib
import logging
import tempfile
import time

from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.base import File
from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from boards import queue, surfaces
from boards.models import FragmentJob, Meeting, PackBuild

from . import accessibility, leaks, pack, serving, upkeep
from .faults import STORE_DAMAGED, FragmentError, FragmentLost, StoreError, TookTooLong, too_long
from .fragments import Job
from .info import RenderError
from .ledger import Ledger
from .public import public
from .storage import DatabaseStore, EditionFiles, remove, save_whole
from .upkeep import Stopped, alone, beating, ends_in_a_sentence, fail, in_hand, keep_going, store_failed

log = logging.getLogger(__name__)

INLINE = 2  # so few missing fragments are made on the spot: handing them out would take longer
MOST_ATTEMPTS = 3  # of one fragment: a worker that dies on it three times will die again
HELP_SECONDS = 20  # how long the worker that planned a pack renders too, before it looks after other work again


def content_of(build):
    """The members' content of a build: sealed, or the live agenda for a preview."""
    if build.edition_id:
        return build.edition.content
    from boards.sealing.content import build_content

    return build_content(build.meeting, number=0, kind="agenda")


def advance(build_id):
    """Take a build as far as it can go now. Two workers never do so at once for the same build."""
    with alone(build_id):
        build = PackBuild.objects.select_related("edition", "meeting").filter(pk=build_id).first()
        if build is None or not build.is_unfinished:
            return
        with ends_in_a_sentence(build), in_hand(build):
            _advance(build)


def _advance(build):
    started = time.perf_counter()
    members = content_of(build)
    content = public(members) if build.audience == "public" else members
    edition = build.edition
    facts = {
        "series": edition.series if edition else "", "digest": edition.sha256 if edition else "",
        "watermark": "" if edition else "DRAFT",
    }  # fmt: skip
    store, files = DatabaseStore(), EditionFiles(content)
    settling = pack.Settling(
        content, build.audience, store, guess=last_ledger(build.meeting, build.audience, edition), **facts
    )
    for _ in range(pack.MOST_PASSES):
        while missing := settling.advance():
            keep_going(build, "rendering", total=len(settling.specs), done=len(settling.specs) - len(missing))
            # What stopped a worker here before is handed out, where each part is counted by itself; what others make is left to them.
            if len(missing) > INLINE or build.attempts or build.jobs.filter(state__in=("queued", "running")).exists():
                _hand_out(build, missing)
                return
            _make_here(build, missing, files, store)
        keep_going(build, "assembling", total=len(settling.specs), done=len(settling.specs), doing="")
        assembling = time.perf_counter()
        with tempfile.TemporaryFile() as file:
            try:
                table = pack.assemble_settled(settling, content, build.audience, facts["digest"], file)
            except FragmentLost:
                settling = pack.Settling(content, build.audience, store, guess=settling.ledger(), **facts)
                continue
            build.faults = accessibility.of_pack(settling.specs, settling.infos, file)
            assembled = time.perf_counter()
            proof = _prove(build, members, content, file) if build.audience == "public" else None
            _complete(build, file, table, settling.notes, proof, {
                "plan": assembling - started, "assemble": assembled - assembling, "prove": time.perf_counter() - assembled,
            })  # fmt: skip
            return
    raise RenderError(STORE_DAMAGED)


def _make_here(build, missing, files, store):
    """Make a few fragments on the spot. Those that cannot be made are named together when the others are stored."""
    failed = []
    for work in missing:
        keep_going(build, "rendering", doing=work.name)
        try:
            render(work, files, store)
        except TookTooLong as error:
            failed.append(str(error))
            break
        except FragmentError as error:
            failed.append(str(error))
    if failed:
        raise RenderError(" ".join(failed))


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


def _prove(build, members, content, file):
    """The leak proof. A preview of the live agenda has no public pages, and is never published."""
    keep_going(build, "proving", doing="")
    places = surfaces.of_edition(build.edition) if build.edition else ()
    return leaks.prove(members, content, file, places, load_file=EditionFiles(members))


def _complete(build, file, table, notes, proof, stages):
    """Store the pack under a new name, then make it the good one: no half pack is ever visible."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    leaked = bool(proof and proof["hits"])
    name = "" if leaked else save_whole(f"packs/{build.pk.hex}-{digest[:12]}.pdf", File(file))
    rendering = build.jobs.aggregate(seconds=Sum("seconds"))["seconds"] or 0.0
    stages = {stage: round(spent, 3) for stage, spent in {**stages, "render": rendering}.items()}
    now = timezone.now()
    with transaction.atomic():
        Meeting.objects.select_for_update(of=("self",)).get(
            pk=build.meeting_id
        )  # as whoever publishes does: in that order
        row = PackBuild.objects.select_for_update().get(pk=build.pk)
        if not row.is_unfinished:
            if name:
                transaction.on_commit(lambda: remove(name))
            return
        row.stages, row.notes, row.ledger, row.proof = stages, notes, table.as_dict(), proof
        row.faults = build.faults
        row.doing, row.trouble, row.heartbeat, row.finished_at = "", "", now, now
        row.pages, row.sha256 = table.pages, digest
        if leaked:
            places = sorted({hit["place"] for hit in proof["hits"]})
            row.state = PackBuild.State.FAILED
            row.error = f"Restricted text was found in {places[0]}" + (
                f" and {len(places) - 1} more places." if places[1:] else "."
            )
        else:
            row.state, row.file, row.done = PackBuild.State.COMPLETE, name, row.total
            serving.take_up(row)
        row.save()
        row.jobs.all().delete()
        if row.then_publish and not leaked:
            _publish(row)


def _publish(build):
    """Publication that was asked for meanwhile: part of completing the pack, so that neither happens without the other."""
    from boards.actions.sealing import publish_build
    from portal.audit import record
    from portal.policy import Refusal

    if build.audience != "public" or build.edition.publications.exists():
        return
    try:
        publish_build(build=build, by=build.requested_by)
    except Refusal as refusal:
        log.warning("build.not_published", extra={"build": str(build.pk), "reason": str(refusal)})
        record("edition.not_published", by=build.requested_by, target=build.edition, summary=refusal.sentence)


def _hand_out(build, missing):
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


def take_part(build_id):
    """One step of whoever waits for a build: a fragment, or the build itself. False when only others can do anything now."""
    build = PackBuild.objects.filter(pk=build_id).first()
    if build is None or not build.is_unfinished or (build.taken and build.trouble):
        return False  # it has ended, or the file store is left alone for a while
    if render_next(build_id):
        return True
    if build.jobs.filter(state="running").exists():
        return False
    advance(build_id)
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


def last_ledger(meeting, audience, edition=None):
    """The ledger of the last good pack of this meeting: a first guess at page numbers, which is often right."""
    rows = PackBuild.objects.filter(meeting=meeting, audience=audience, state="complete", ledger__isnull=False)
    if edition and edition.series:
        rows = rows.filter(edition=edition)
    last = rows.order_by("-finished_at").values_list("ledger", flat=True).first()
    return Ledger.from_dict(last) if last else None
