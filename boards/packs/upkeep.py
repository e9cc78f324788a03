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

from .typesetting import RenderError

log = logging.getLogger(__name__)

MOST_REQUEUES = 6
BEAT = 5.0  # seconds between heartbeats
STALE = dt.timedelta(seconds=settings.PACK_STALE_SECONDS)
STORE_FAILED = "The file store cannot be written to: it may be full. Nothing that was published before has changed. Try again later."


class Stopped(Exception):
    """The build was cancelled or has ended meanwhile."""


@contextlib.contextmanager
def ends_in_a_sentence(build, naming=""):
    """Turn what cannot be mended by trying again into the build's error; leave the rest to the sweep."""
    from celery.exceptions import SoftTimeLimitExceeded

    try:
        yield
    except Stopped:
        pass
    except RenderError as error:
        fail(build, str(error))
    except SoftTimeLimitExceeded:
        fail(build, f"It took too long to make {naming or 'the pack'}. Split its longest table or section.")
    except OSError as error:
        log.exception("build.store_failed", extra={"build": str(build.pk)})
        fail(build, STORE_FAILED if error.errno else f"{STORE_FAILED} ({type(error).__name__})")


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
    changed = PackBuild.objects.filter(pk=build.pk, state__in=PackBuild.UNFINISHED).update(
        state=state, heartbeat=now, **facts
    )
    if not changed:
        raise Stopped


@contextlib.contextmanager
def beating(build, job=None):
    """Keep the heartbeat of a build (and of one fragment) fresh while this worker is busy with it."""
    done = threading.Event()

    def beat():
        try:
            while not done.wait(BEAT):
                now = timezone.now()
                PackBuild.objects.filter(pk=build.pk).update(heartbeat=now)
                if job is not None:
                    FragmentJob.objects.filter(pk=job.pk).update(heartbeat=now)
        except Exception:  # a database that restarts: the sweep looks after the build
            log.warning("build.heartbeat_lost", extra={"build": str(build.pk)})
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
    """Send on every build whose heartbeat has stopped: its message, worker or broker was lost. Returns how many."""
    count, limit = 0, timezone.now() - STALE
    for pk in list(
        PackBuild.objects.filter(state__in=PackBuild.UNFINISHED, heartbeat__lt=limit).values_list("pk", flat=True)
    ):
        with transaction.atomic():
            build = PackBuild.objects.select_for_update(skip_locked=True).filter(pk=pk, heartbeat__lt=limit).first()
            if build is None or not build.is_unfinished:
                continue
            build.attempts += 1
            build.heartbeat = timezone.now()
            if build.attempts > MOST_REQUEUES:
                build.state, build.finished_at = "failed", timezone.now()
                build.error = (
                    f"The workers stopped {MOST_REQUEUES} times while they made this pack. See the operations guide."
                )
                build.save()
                continue
            build.save(update_fields=["attempts", "heartbeat"])
            build.jobs.filter(state="running", heartbeat__lt=limit).update(state="queued")
            count += 1
            queue.build_pack(pk)
    return count
