"""Section locks: a courtesy that shows who is editing what. Saving is safe without them; they spare people a conflict."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from boards import policy
from boards.models import Paper, SectionLock


def in_force(paper: Paper) -> list[SectionLock]:
    return [lock for lock in paper.locks.select_related("by") if lock.in_force]


@transaction.atomic
def take(*, paper: Paper, section_id: str, by) -> SectionLock:
    """Take or keep a section's lock. Returns the lock in force, which may be another person's."""
    policy.check_edit_paper(by, paper)
    lock = SectionLock.objects.select_for_update().filter(paper=paper, section_id=section_id).first()
    if lock is None:
        try:
            with transaction.atomic():
                return SectionLock.objects.create(paper=paper, section_id=section_id, by=by)
        except IntegrityError:
            lock = SectionLock.objects.select_for_update().get(paper=paper, section_id=section_id)
    if lock.by_id != by.pk and lock.in_force:
        return lock
    if lock.by_id != by.pk:
        lock.by, lock.since = by, timezone.now()
    lock.heartbeat = timezone.now()
    lock.save()
    return lock


@transaction.atomic
def release(*, paper: Paper, by, section_id: str = "") -> None:
    """Give back one section, or all that this person holds in the paper."""
    locks = SectionLock.objects.filter(paper=paper, by=by)
    (locks.filter(section_id=section_id) if section_id else locks).delete()
