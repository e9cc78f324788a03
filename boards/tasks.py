"""Tasks of the pack engine: doorways that take ids and are safe to run twice. The work is in `boards/packs/`.

Verbs hand work over by name through `boards/queue.py`; nothing imports this module but the app's start. The engine is imported by the
first task that needs it, so that web processes never load WeasyPrint.
"""

from celery import shared_task


@shared_task
def build_pack(build_id: str) -> None:
    """Take a build as far as it can go now."""
    from boards.packs import builder, sharing

    builder.advance(build_id)
    sharing.lend_a_hand(build_id)


@shared_task
def render_fragment(build_id: str) -> None:
    """Make one waiting fragment of a build, whichever is next."""
    from boards.packs import sharing

    sharing.render_next(build_id)


@shared_task
def requeue_stale_builds() -> None:
    """The sweep: builds whose heartbeat has stopped go back in the queue."""
    from boards.packs import upkeep

    upkeep.requeue_stale()


@shared_task
def turn_office_file(conversion_id: str) -> None:
    """Make an annex of an office file that was handed in."""
    from boards.packs import turning

    turning.turn(conversion_id)


@shared_task
def requeue_stale_conversions() -> None:
    """The sweep of office files: those whose worker or message was lost go back in the queue."""
    from boards.packs import turning

    turning.requeue_stale()


@shared_task(bind=True)
def prepare_meeting(self, meeting_id: str) -> None:
    """Render a meeting that was changed and has been left alone since, so that its pack is only put together when somebody waits."""
    from boards import preparing

    ready, after = preparing.take(meeting_id)
    if after is not None and not self.request.is_eager:  # a process that does everything at once waits for nothing
        preparing.send(meeting_id, after)
    if not ready:
        return
    from boards.models import Meeting

    meeting = Meeting.objects.filter(pk=meeting_id, items__papers__isnull=False).first()
    if meeting is None:
        return
    from boards.packs import prepare

    if not prepare.prepare(meeting):
        preparing.note(pk=meeting.pk)
