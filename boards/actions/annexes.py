"""Verbs of annexes: add, order, remove. Nothing is kept of a file that is refused."""

import hashlib

from django.db import transaction

from boards import policy
from boards.actions import conversions
from boards.models import Annex, AnnexConversion, Paper
from boards.models.annex import annex_path
from boards.packs import uploads
from boards.packs.storage import save_whole
from portal.audit import record


def add(*, paper: Paper, title: str, file, by, marking: str = "OFFICIAL") -> Annex | AnnexConversion:
    """Check an upload by its content. A PDF is bound behind the paper at once; an office file is kept, and a worker makes a PDF of it.

    Raises UploadRefused.
    """
    policy.check_edit_paper(by, paper)
    if office := uploads.office_file(file, file.name):
        return conversions.hand_in(paper=paper, title=title, name=file.name, office=office, by=by, marking=marking)
    received = uploads.receive(file)
    with conversions.kept_or_refused(), transaction.atomic():
        current = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
        return bind(
            paper=current, title=title, marking=marking, original_name=file.name[:200], received=received, by=by
        )


@transaction.atomic
def bind(*, paper: Paper, title: str, marking: str, original_name: str, received: uploads.Received, by) -> Annex:
    """Bind a PDF that was inspected and cleaned as the paper's last annex. The caller holds the paper's row."""
    policy.check_edit_paper(by, paper)
    annex = Annex(
        paper=paper,
        position=paper.annexes.count(),
        title=title,
        marking=marking,
        original_name=original_name,
        sha256=hashlib.sha256(received.data).hexdigest(),
        pages=received.pages,
        tagged=received.tagged,
        removed=list(received.removed),
        advice=list(received.facts.advice),
        uploaded_by=by if by and by.pk else None,
    )
    annex.file.name = save_whole(annex_path(annex, "annex.pdf"), received.data)
    annex._history_user = by
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
