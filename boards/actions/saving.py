"""Verbs of a paper's text: save, merge with what others saved, restore. Each makes a version of its own."""

from dataclasses import dataclass

from django.db import transaction

from boards import policy, states
from boards.actions import workflow
from boards.document import block_history, merge, numbering, schema
from boards.models import Paper, PaperVersion
from portal.audit import record
from portal.policy import Refusal

#: Fields of a paper that are saved together with its document.
HEADER = ("to", "from_role", "paper_date", "title", "open_title", "marking")


class SaveConflict(Exception):
    """Two people changed the same block. Nothing was saved; both texts are here to be shown side by side."""

    def __init__(self, *, current: Paper, conflicts: list, merged: dict):
        super().__init__("Somebody else changed the same part of this paper since you opened it.")
        self.current, self.conflicts, self.merged = current, conflicts, merged


@dataclass(frozen=True)
class Saved:
    """What a save did: the version it made, and whether another person's changes were merged in."""

    paper: Paper
    merged: bool
    unchanged: bool = False


@transaction.atomic
def save(*, paper: Paper, document: dict, header: dict, base_version: int, by, reason: str = "") -> Saved:
    """Save a paper that was opened at `base_version`.

    Where somebody saved in between, changes to different blocks are merged; a change to the same block raises SaveConflict and saves
    nothing. The header follows the same rule field by field.
    """
    current = Paper.objects.select_for_update(of=("self",)).select_related("item").get(pk=paper.pk)
    policy.check_edit_paper(by, current)
    document = schema.normalise(document)
    schema.check(document)
    header = {name: value for name, value in header.items() if name in HEADER}
    merged = False
    if base_version != current.version:
        document, header, merged = _merge(current, document, header, base_version)
    changed = document != current.document or any(getattr(current, name) != value for name, value in header.items())
    if not changed:
        return Saved(current, merged=merged, unchanged=True)
    current.document = document
    for name, value in header.items():
        setattr(current, name, value)
    current.version += 1
    if current.state == Paper.State.COMMISSIONED:
        workflow.step(current, states.BY_VERB["start"], by=by)
    current._change_reason = reason or None
    current.full_clean(exclude=["document"])
    current.save()
    keep_version(current, by=by, reason=reason)
    return Saved(current, merged=merged)


def _merge(current: Paper, document: dict, header: dict, base_version: int) -> tuple[dict, dict, bool]:
    base = current.versions.filter(number=base_version).first()
    if base is None:
        raise Refusal(
            "This paper was opened at a version that is not known. Copy what you typed, open the paper again and put it in."
        )
    result = merge.merge(base.document, document, current.document)
    mine = {name: value for name, value in header.items() if _plain(value) != base.header.get(name)}
    clashes = [
        (name, _plain(value), _plain(getattr(current, name)))
        for name, value in mine.items()
        if _plain(getattr(current, name)) not in (base.header.get(name), _plain(value))
    ]
    if result.conflicts or clashes:
        raise SaveConflict(current=current, conflicts=[*clashes, *result.conflicts], merged=result.document)
    return result.document, mine, True


def _plain(value) -> str | None:
    return value.isoformat() if hasattr(value, "isoformat") else value


def keep_version(paper: Paper, *, by, reason: str) -> PaperVersion:
    return PaperVersion.objects.create(
        paper=paper,
        number=paper.version,
        document=paper.document,
        header={name: _plain(getattr(paper, name)) for name in HEADER},
        reason=reason,
        saved_by=by if by and by.pk else None,
    )


@transaction.atomic
def restore(*, paper: Paper, number: int, by) -> Paper:
    """Make an old version the newest one again; nothing in between is lost."""
    current = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    policy.check_edit_paper(by, current)
    old = current.versions.get(number=number)
    current.document = old.document
    for name, value in old.header.items():
        setattr(current, name, value)
    return _restored(current, by=by, said=f"Restored version {number}")


@transaction.atomic
def restore_block(*, paper: Paper, number: int, block_id: str, by) -> Paper:
    """Put one part of the paper back as it was in an old version, as a new version; everything else stays as it is."""
    current = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    policy.check_edit_paper(by, current)
    old = current.versions.get(number=number)
    try:
        restored = schema.normalise(block_history.restore(current.document, old.document, block_id))
        schema.check(restored)
    except schema.DocumentError as problem:
        raise Refusal(str(problem)) from None
    if restored == current.document:
        raise Refusal(f"This part already reads as it did in version {number}. Nothing was changed.")
    current.document = restored
    label = numbering.number(restored).label(block_id) or "one part"
    return _restored(current, by=by, said=f"Restored {label} from version {number}")


def _restored(current: Paper, *, by, said: str) -> Paper:
    current.clean_fields(exclude=["document"])
    current.version += 1
    current._change_reason = said
    current.save()
    keep_version(current, by=by, reason=said)
    record("paper.restored", by=by, target=current, summary=said)
    return current
