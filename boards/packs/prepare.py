"""Rendering in the background what was just saved: the fragments of one paper, for both audiences."""

from boards.sealing.content import build_content

from . import builder, pack
from .public import public
from .storage import DatabaseStore, EditionFiles
from .typesetting import RenderError


def prepare(paper):
    """Render the fragments of this paper as they would be in a pack sealed now. A paper that cannot be rendered waits for its build."""
    if paper.item is None:
        return 0
    meeting = paper.item.meeting
    members = build_content(meeting, number=0, kind="agenda")
    store, made = DatabaseStore(), 0
    for audience, content in (("members", members), ("public", public(members))):
        guess = builder.last_ledger(meeting, audience)
        settling = pack.Settling(content, audience, store, guess=guess)
        files = EditionFiles(content)
        for work in settling.jobs_of(str(paper.pk)):
            if store.info(work.key) is None:
                try:
                    builder.render(work, files, store)
                    made += 1
                except RenderError:
                    continue
    return made
