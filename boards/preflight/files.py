"""Rules A1 and A2: the files of the annexes, as they would be bound."""

import hashlib
from collections.abc import Iterator

from django.core.cache import cache

from boards.models import AgendaItem, Annex, Paper
from boards.packs import annexes
from boards.packs.uploads import MOST_BYTES
from boards.preflight.finding import ADVICE, BLOCKS, AgendaFinding

KEPT = 3600  # seconds for which a page believes what was found of a file of that name and size


def findings(item: AgendaItem, paper: Paper, *, fresh: bool) -> Iterator[AgendaFinding]:
    """`fresh` reads every file, as sealing does; a page is content with what was found lately."""
    where, url = f"{item.number} {paper.title}", paper.get_absolute_url()
    for annex in paper.annexes.all():
        if problem := _problem(annex, fresh=fresh):
            yield AgendaFinding(
                "A1",
                BLOCKS,
                f"The file of annex {annex.letter} of “{paper.title}” cannot be bound. {problem}",
                "Upload the annex again.",
                where=where,
                target=str(annex.pk),
                url=url,
            )
        elif not annex.tagged:
            yield AgendaFinding(
                "A2",
                ADVICE,
                f"Annex {annex.letter} of “{paper.title}” has no tags that can be relied on: a screen reader cannot follow it.",
                "Ask for an accessible copy, or put what matters into the paper itself.",
                where=where,
                target=str(annex.pk),
                url=url,
            )


def _problem(annex: Annex, *, fresh: bool) -> str:
    """What keeps a file from being bound, or nothing. Of a file that cannot be reached nothing is remembered."""
    name, storage = annex.file.name, annex.file.storage
    try:
        size = storage.size(name)
        key = hashlib.sha256(f"{name} {size} {annex.sha256}".encode()).hexdigest()
        found = None if fresh else cache.get(f"annex-file-{key}")
        if found is None:
            found = _look(annex, size)
            cache.set(f"annex-file-{key}", found, KEPT)
    except Exception:  # each kind of storage has errors of its own
        return "It is not in the file store."
    return found


def _look(annex: Annex, size: int) -> str:
    if size > MOST_BYTES:  # never taken in at that size, so not the file that was
        return "It is not the one that was handed in."
    with annex.file.storage.open(annex.file.name, "rb") as file:
        data = file.read()
    if hashlib.sha256(data).hexdigest() != annex.sha256:
        return "It is not the one that was handed in."
    return annexes.unreadable(data)
