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
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from boards import surfaces
from boards.models import Meeting, PackBuild

from . import accessibility, leaks, pack, serving
from .faults import STORE_DAMAGED, FragmentError, FragmentLost, TookTooLong
from .info import RenderError
from .ledger import Ledger
from .public import public
from .sharing import content_of, hand_out, render, render_next
from .storage import DatabaseStore, EditionFiles, remove, save_whole
from .upkeep import alone, ends_in_a_sentence, in_hand, keep_going

log = logging.getLogger(__name__)

INLINE = 2  # so few missing fragments are made on the spot: handing them out would take longer


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
                hand_out(build, missing)
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


def last_ledger(meeting, audience, edition=None):
    """The ledger of the last good pack of this meeting: a first guess at page numbers, which is often right."""
    rows = PackBuild.objects.filter(meeting=meeting, audience=audience, state="complete", ledger__isnull=False)
    if edition and edition.series:
        rows = rows.filter(edition=edition)
    last = rows.order_by("-finished_at").values_list("ledger", flat=True).first()
    return Ledger.from_dict(last) if last else None
