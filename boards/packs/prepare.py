"""Rendering ahead what a pack sealed now would be made of, for both audiences.

All of the meeting is settled as a build settles it, so papers that refer to pages are drawn with the numbers they will have; under
numbers that are only guessed, drawing them would be of no use. The front sheet alone is left: it prints the hash and the day of sealing.
"""

import time

from boards import preparing
from boards.sealing.content import build_content

from . import builder, pack, sharing
from .faults import FragmentError, StoreError
from .info import RenderError
from .public import public
from .storage import DatabaseStore, EditionFiles

PATIENCE = 20  # seconds, after which fragments that somebody waits for have their turn


def prepare(meeting, seconds=PATIENCE):
    """Render what is missing. False when there is more to do: time is up. A meeting that changes meanwhile is left to its next message.

    A paper that cannot be rendered waits for its build, which says so.
    """
    until = time.monotonic() + seconds
    members = build_content(meeting, number=0, kind="agenda")
    store = DatabaseStore()
    for audience, content in (("members", members), ("public", public(members))):
        files = EditionFiles(content)
        try:
            for work in _missing(meeting, audience, content, store):
                if preparing.is_noted(meeting.pk):
                    return True
                if time.monotonic() > until:
                    return False
                try:
                    sharing.render(work, files, store)
                except FragmentError:
                    continue
        except StoreError:
            return True  # the build waits for the store; nobody waits for this
        except RenderError:
            continue
    return True


def _missing(meeting, audience, content, store):
    """What is not stored yet, each once: more comes to light as the page numbers settle."""
    settling = pack.Settling(content, audience, store, guess=builder.last_ledger(meeting, audience))
    seen = set()
    while missing := [work for work in settling.advance() if work.key not in seen and not settling.is_front(work)]:
        for work in missing:
            seen.add(work.key)
            yield work
