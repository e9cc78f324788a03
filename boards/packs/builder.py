"""Builds as they are carried out: one row, several workers, and an end in a complete pack or in a sentence.

`advance(build_id)` may be called at any time, by any worker, any number of times. It plans the pack, hands out the fragments
that are not stored yet, and puts the pack together once none is missing. Nothing is remembered outside the database and the
file store, so a lost message, worker or broker loses nothing.
"""

import hashlib
import logging
import tempfile
import time

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from boards import queue, surfaces
from boards.models import FragmentJob, Meeting, PackBuild

from . import leaks, pack, serving
from .fragments import Job
from .ledger import Ledger
from .public import public
from .storage import DatabaseStore, EditionFiles, save_whole
from .typesetting import RenderError
from .upkeep import alone, beating, ends_in_a_sentence, keep_going

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
        with ends_in_a_sentence(build):
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
            if len(missing) > INLINE:
                _hand_out(build, missing)
                return
            for work in missing:
                keep_going(build, "rendering", doing=work.name)
                render(work, files, store)
        keep_going(build, "assembling", total=len(settling.specs), done=len(settling.specs), doing="")
        assembling = time.perf_counter()
        file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the pack is stored
        try:
            with beating(build):
                table = pack.assemble_settled(settling, content, build.audience, facts["digest"], file)
            break
        except pack.FragmentLost:
            file.close()
            settling = pack.Settling(content, build.audience, store, guess=settling.ledger(), **facts)
    else:
        raise RenderError("The store of rendered papers gives back damaged files.")
    with file:
        assembled = time.perf_counter()
        proof = None
        if build.audience == "public":
            keep_going(build, "proving", doing="")
            with beating(build):
                proof = _prove(build, members, content, file)
        _complete(build, file, table, settling.notes, proof, {
            "plan": assembling - started, "assemble": assembled - assembling, "prove": time.perf_counter() - assembled,
        })  # fmt: skip


def render(work, files, store):
    """Make one fragment and store it; seconds it took."""
    started = time.perf_counter()
    bound, info = pack.render_job(work, files)
    spent = time.perf_counter() - started
    store.save(work.key, bound, info, spent)
    return spent


def _prove(build, members, content, file):
    """The leak proof. A preview of the live agenda has no public pages, and is never published."""
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
                transaction.on_commit(lambda: default_storage.delete(name))
            return
        row.stages, row.notes, row.ledger, row.proof = stages, notes, table.as_dict(), proof
        row.doing, row.heartbeat, row.finished_at = "", now, now
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
    with transaction.atomic():
        PackBuild.objects.select_for_update().get(pk=build.pk)
        present = {job.key: job for job in build.jobs.filter(key__in=wanted)}
        new = [
            FragmentJob(
                build=build, key=work.key, name=work.name[:300], html=work.html, file=work.file, title=work.title[:300],
                weight=len(work.html) or 1,
            )
            for work in wanted.values()
            if work.key not in present
        ]  # fmt: skip
        FragmentJob.objects.bulk_create(new)
        # Written down as done, yet not in the store: it was damaged or removed since.
        build.jobs.filter(key__in=[key for key, job in present.items() if job.state == "done"]).update(
            state="queued", attempts=0
        )
        waiting = build.jobs.filter(state="queued").count()
    send_workers(build.pk, waiting)


def send_workers(build_id, count):
    for _ in range(count):
        queue.render_fragment(build_id)


def render_next(build_id):
    """Claim one waiting fragment of a build and make it; the last one to finish sends the build on. False when none waits."""
    with transaction.atomic():
        build = PackBuild.objects.select_related("edition", "meeting").filter(pk=build_id).first()
        if build is None or not build.is_unfinished:
            return False
        job = build.jobs.select_for_update(skip_locked=True).filter(state="queued").first()
        if job is None:
            return False
        job.state, job.attempts, job.heartbeat = "running", job.attempts + 1, timezone.now()
        job.save(update_fields=["state", "attempts", "heartbeat"])
    with ends_in_a_sentence(build, naming=job.name):
        if job.attempts > MOST_ATTEMPTS:
            raise RenderError(
                f"A worker stopped {MOST_ATTEMPTS} times while it made {job.name}. It may need too much memory."
            )
        keep_going(build, "rendering", doing=job.name)
        store = DatabaseStore()
        work = Job(job.key, job.name, job.html, job.file, job.title, job.measure)
        members = content_of(build)
        files = EditionFiles(public(members) if build.audience == "public" else members) if _needs_files(job) else None
        with beating(build, job):
            job.seconds = 0.0 if store.info(job.key) else render(work, files, store)
        _finish(build, job)
    return True


def lend_a_hand(build_id, seconds=None):
    """Render beside the render workers for a while, so that whoever planned a pack does not stand by."""
    until = time.monotonic() + (HELP_SECONDS if seconds is None else seconds)
    while time.monotonic() < until and render_next(build_id):
        pass


def _needs_files(job):
    return bool(job.file) or "asset:" in job.html


def _finish(build, job):
    """Mark a fragment done. The build row is locked, so exactly one worker sees that it was the last."""
    with transaction.atomic():
        row = PackBuild.objects.select_for_update().get(pk=build.pk)
        FragmentJob.objects.filter(pk=job.pk).update(state="done", seconds=round(job.seconds, 3), html="")
        left = row.jobs.exclude(state="done").count()
        PackBuild.objects.filter(pk=row.pk).update(done=max(row.total - left, 0), heartbeat=timezone.now())
        if not left:
            queue.build_pack(row.pk)


def last_ledger(meeting, audience, edition=None):
    """The ledger of the last good pack of this meeting: a first guess at page numbers, which is often right."""
    rows = PackBuild.objects.filter(meeting=meeting, audience=audience, state="complete", ledger__isnull=False)
    if edition and edition.series:
        rows = rows.filter(edition=edition)
    last = rows.order_by("-finished_at").values_list("ledger", flat=True).first()
    return Ledger.from_dict(last) if last else None
