"""Verbs of annexes: add, order, remove. Nothing is kept of a file that is refused."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from boards import policy
from boards.models import Annex, Paper
from boards.packs import uploads
from portal.audit import record


@transaction.atomic
def add(*, paper: Paper, title: str, file, by, marking: str = "OFFICIAL") -> Annex:
    """Check an upload by its content, take out what may not be in it, and bind it behind the paper. Raises UploadRefused."""
    policy.check_edit_paper(by, paper)
    clean = uploads.receive(file, name=file.name)
    Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    annex = Annex(
        paper=paper,
        position=paper.annexes.count(),
        title=title,
        marking=marking,
        original_name=file.name[:200],
        sha256=hashlib.sha256(clean.data).hexdigest(),
        pages=clean.pages,
        tagged=clean.tagged,
        removed=list(clean.removed),
        advice=list(clean.facts.advice),
        uploaded_by=by if by and by.pk else None,
    )
    annex.file.save("annex.pdf", ContentFile(clean.data), save=False)
    annex.save()
    record(
        "annex.added",
        by=by,
        target=paper,
        summary=f"Added annex {annex.letter}",
        annex=str(annex.pk),
        pages=annex.pages,
    )
    return annex


@transaction.atomic
def move(*, annex: Annex, steps: int, by) -> None:
    policy.check_edit_paper(by, annex.paper)
    annexes = list(
        Annex.objects.select_for_update(of=("self",)).filter(paper=annex.paper).order_by("position", "uploaded_at")
    )
    here = next(index for index, each in enumerate(annexes) if each.pk == annex.pk)
    there = min(max(here + steps, 0), len(annexes) - 1)
    annexes.insert(there, annexes.pop(here))
    for position, each in enumerate(annexes):
        if each.position != position:
            each.position = position
            each.save()
    record("annex.moved", by=by, target=annex.paper, summary="Changed the order of annexes")


@transaction.atomic
def remove(*, annex: Annex, by) -> None:
    """Take an annex off its paper. Its file stays while an edition holds it."""
    policy.check_edit_paper(by, annex.paper)
    paper, letter = annex.paper, annex.letter
    annex.delete()
    for position, each in enumerate(paper.annexes.order_by("position", "uploaded_at")):
        if each.position != position:
            each.position = position
            each.save()
    record("annex.removed", by=by, target=paper, summary=f"Removed annex {letter}")
