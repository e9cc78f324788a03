"""Whatever changes in a meeting, its papers are rendered soon after, so that a pack is only put together when somebody waits.

Many verbs change what a pack shows: a paper is saved or withdrawn, an annex added or moved, an item renumbered or restricted, and one
change can touch the numbers and references of every other paper. So they are all noticed in one place, when a row of a meeting is
written. Each change puts the rendering off by a few seconds, and one message is under way for a meeting however many there are.
"""

import datetime as dt

from celery import current_app
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from boards.models import AgendaItem, Annex, Meeting, PackBuild, Paper, Preparation

QUIET = dt.timedelta(seconds=3)  # without a further change before a meeting is rendered
BUSY = dt.timedelta(seconds=10)  # after which it is looked again whether its builds have ended
LOST = dt.timedelta(minutes=2)  # a message that was sent before that is not waited for

#: How the meeting of a changed row is found once the change is safe.
LOOKUPS = {
    Meeting: lambda row: {"pk": row.pk},
    AgendaItem: lambda row: {"pk": row.meeting_id},
    Paper: lambda row: {"items": row.item_id},
    Annex: lambda row: {"items__papers": row.paper_id},
}


def watch() -> None:
    """Notice every change of a meeting from now on."""
    for model in LOOKUPS:
        post_save.connect(_changed, sender=model, dispatch_uid=f"preparing {model.__name__} saved")
        if model is not Meeting:
            post_delete.connect(_changed, sender=model, dispatch_uid=f"preparing {model.__name__} deleted")


def _changed(sender, instance, raw=False, **kwargs) -> None:
    which = LOOKUPS[sender](instance)
    if not raw and all(which.values()):
        # To render ahead is a convenience: that it cannot be asked for never undoes the change itself.
        transaction.on_commit(lambda: note(**which), robust=True)


def note(**which) -> None:
    """Write down that a meeting has changed, and send a message unless one is under way."""
    meeting_id = Meeting.objects.filter(**which).values_list("pk", flat=True).first()
    if meeting_id is None:
        return
    now = timezone.now()
    row, new = Preparation.objects.get_or_create(meeting_id=meeting_id, defaults={"changed_at": now, "sent_at": now})
    if not new:
        Preparation.objects.filter(pk=meeting_id).update(changed_at=now)
    if new or row.sent_at < now - LOST:
        send(meeting_id)


def send(meeting_id, after: dt.timedelta = QUIET) -> None:
    Preparation.objects.filter(pk=meeting_id).update(sent_at=timezone.now())
    task = current_app.tasks["boards.tasks.prepare_meeting"]
    task.apply_async(args=[str(meeting_id)], countdown=after.total_seconds())


def take(meeting_id) -> tuple[bool, dt.timedelta | None]:
    """Whether a meeting is to be rendered now, and else in how long it is to be asked again; never, when another message did it."""
    if PackBuild.objects.filter(meeting=meeting_id, state__in=PackBuild.UNFINISHED).exists():
        return False, BUSY  # its builds render the same papers now
    quiet_since = timezone.now() - QUIET
    taken, _ = Preparation.objects.filter(pk=meeting_id, changed_at__lte=quiet_since).delete()
    if taken:
        return True, None
    return False, QUIET if is_noted(meeting_id) else None


def is_noted(meeting_id) -> bool:
    """Whether a meeting has changed again."""
    return Preparation.objects.filter(pk=meeting_id).exists()
