"""What surrounds work on a build: one worker at a time, a heartbeat, and an end in a sentence when it cannot be finished."""

import contextlib
import datetime as dt
import logging
import threading
import uuid

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from boards import queue
from boards.models import FragmentJob, PackBuild

from .faults import STORE_FAILED, StoreError
from .info import RenderError

log = logging.getLogger(__name__)

MOST_REQUEUES = 6
STALE = dt.timedelta(seconds=settings.PACK_STALE_SECONDS)
BEAT = min(5.0, STALE.total_seconds() / 4)  # seconds between heartbeats: several before a worker is given up
LONGEST_WAIT = dt.timedelta(minutes=10)  # between two messages for a build that nobody takes up


class Stopped(Exception):
    """The build was cancelled or has ended meanwhile."""


@contextlib.contextmanager
def ends_in_a_sentence(build):
    """Turn what cannot be mended by trying again into the build's error; leave the rest to the sweep."""
    from celery.exceptions import SoftTimeLimitExceeded

    try:
        yield
    except Stopped:
        pass
    except RenderError as error:
        fail(build, str(error))
    except SoftTimeLimitExceeded:
        fail(build, "It took too long to put the pack together. Ask for it again when the workers have less to do.")
    except StoreError as error:
        store_failed(build, error)
    except OSError as error:
        log.exception("build.store_failed", extra={"build": str(build.pk)})
        fail(build, STORE_FAILED if error.errno else f"{STORE_FAILED} ({type(error).__name__})")


def store_failed(build, error):
    """A full disk ends the build. A store that cannot be reached is tried again with each sweep, as if a worker had stopped."""
    if error.lasting:
        fail(build, str(error))
    else:
        PackBuild.objects.filter(pk=build.pk, state__in=PackBuild.UNFINISHED).update(
            trouble=str(error), taken=True, heartbeat=timezone.now()
        )


def fail(build, sentence):
    """End a build with a sentence. The last good pack stays served."""
    with transaction.atomic():
        row = PackBuild.objects.select_for_update().get(pk=build.pk)
        if row.is_unfinished:
            row.state, row.error, row.finished_at, row.doing = "failed", sentence, timezone.now(), ""
            row.save()
            row.jobs.all().delete()


def keep_going(build, state, **facts):
    """Show progress. Raises Stopped when the build was cancelled or ended by another worker."""
    now = timezone.now()
    if build.started_at is None:
        facts["started_at"] = build.started_at = now
    if build.state != state:
        facts["stage_at"], build.state = now, state
    if "doing" in facts:
        facts["doing"] = facts["doing"][: PackBuild._meta.get_field("doing").max_length]
    changed = PackBuild.objects.filter(pk=build.pk, state__in=PackBuild.UNFINISHED).update(
        state=state, heartbeat=now, **facts
    )
    if not changed:
        raise Stopped


@contextlib.contextmanager
def in_hand(build):
    """Mark a build as taken while this worker plans, assembles or proves it. One that is killed leaves the mark to the sweep."""
    PackBuild.objects.filter(pk=build.pk).update(taken=True, heartbeat=timezone.now())
    with beating(build):
        yield
    PackBuild.objects.filter(pk=build.pk).update(taken=False)


@contextlib.contextmanager
def beating(*rows):
    """Keep the heartbeat of rows fresh while this worker is busy with them: a build and one of its fragments, or an office file."""
    done = threading.Event()

    def beat():
        try:
            while not done.wait(BEAT):
                for row in rows:
                    type(row).objects.filter(pk=row.pk).update(heartbeat=timezone.now())
        except Exception:  # a database that restarts: the sweep looks after the rows
            log.warning("heartbeat_lost", extra={"rows": [f"{row._meta.model_name} {row.pk}" for row in rows]})
        finally:
            connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@contextlib.contextmanager
def alone(build_id):
    """Hold PostgreSQL's advisory lock of this build; it is let go when the work ends or the connection is lost."""
    number = uuid.UUID(str(build_id)).int % (2**62)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [number])
    try:
        yield
    finally:
        with contextlib.suppress(Exception), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


def requeue_stale():
    """The sweep: whatever lost its message, worker or broker goes on. Returns how many builds were sent on.

    A fragment whose worker was killed waits again by its own heartbeat, however busy others are with the same build.
    """
    limit = timezone.now() - STALE
    with transaction.atomic():
        lost = list(
            FragmentJob.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(state="running", heartbeat__lt=limit, build__state__in=PackBuild.UNFINISHED)
            .values_list("pk", "build_id")
        )
        FragmentJob.objects.filter(pk__in=[pk for pk, _ in lost]).update(state="queued", heartbeat=timezone.now())
        for _, build_id in lost:
            queue.render_fragment(build_id)
    stale = PackBuild.objects.filter(state__in=PackBuild.UNFINISHED, heartbeat__lt=limit)
    return sum(send_on(pk) for pk in list(stale.values_list("pk", flat=True)))


def send_on(build_id):
    """Queue a build again when nobody has worked on it for a while. Says whether that was done.

    A build that only waits may do so for as long as it takes: the messages for it become rarer, and nothing is counted against it. What
    counts is a worker that had taken it and stopped; a part that is made starts the count afresh.
    """
    now = timezone.now()
    with transaction.atomic():
        build = (
            PackBuild.objects.select_for_update(skip_locked=True)
            .filter(pk=build_id, state__in=PackBuild.UNFINISHED, heartbeat__lt=now - STALE)
            .first()
        )
        if build is None:
            return False
        if build.started_at is None and not build.taken:
            if now - build.heartbeat < min(build.heartbeat - build.requested_at, LONGEST_WAIT):
                return False
        elif build.taken:
            build.attempts += 1
            if build.attempts > MOST_REQUEUES:
                fail(build, build.trouble or _stopped(build))
                return False
        build.taken, build.heartbeat = False, now
        build.save(update_fields=["attempts", "taken", "heartbeat"])
        queue.build_pack(build_id)
    return True


def _stopped(build):
    what = build.doing if build.state == "rendering" and build.doing else "this pack"
    return f"The workers stopped {MOST_REQUEUES} times while they made {what}. See the operations guide."
