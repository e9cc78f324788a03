"""Tasks of the pack engine: doorways that take ids and are safe to run twice. The work is in `boards/packs/`.

Verbs hand work over by name through `boards/queue.py`; nothing imports this module but the app's start. The engine is imported by the
first task that needs it, so that web processes never load WeasyPrint.
"""

import datetime as dt

from celery import shared_task
from django.utils import timezone

QUIET = 3  # seconds without a further save before a paper is rendered in the background


@shared_task
def build_pack(build_id: str) -> None:
    """Take a build as far as it can go now."""
    from boards.packs import builder

    builder.advance(build_id)
    builder.lend_a_hand(build_id)


@shared_task
def render_fragment(build_id: str) -> None:
    """Make one waiting fragment of a build, whichever is next."""
    from boards.packs import builder

    builder.render_next(build_id)


@shared_task
def requeue_stale_builds() -> None:
    """The sweep: builds whose heartbeat has stopped go back in the queue."""
    from boards.packs import upkeep

    upkeep.requeue_stale()


@shared_task(bind=True)
def prepare_paper(self, paper_id: str, version: int) -> None:
    """Render a paper that was saved, so that a pack is only put together when somebody waits. A newer save overtakes it."""
    from boards.models import Paper
    from boards.packs import prepare

    paper = Paper.objects.filter(pk=paper_id, version=version).first()
    if paper is None:
        return
    if paper.updated_at > timezone.now() - dt.timedelta(seconds=QUIET):
        self.apply_async(args=[paper_id, version], countdown=QUIET)
        return
    prepare.prepare(paper)
