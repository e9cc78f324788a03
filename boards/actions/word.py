"""Bring a paper in from Word, and give it back as Word."""

from django.core.files.base import ContentFile
from django.db import transaction

from boards import policy
from boards.actions import images, saving
from boards.document.word import WordImportError, read_docx
from boards.models import Asset, Paper
from portal.audit import record
from portal.policy import Refusal

MOST_BYTES = 20 * 1024 * 1024


def read(file, *, paper: Paper | None = None):
    """Read a Word file; its pictures are kept with the paper where one is given. Raises WordImportError."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise WordImportError("The document is larger than 20 MB. Make its pictures smaller in Word and try again.")
    warnings: list[str] = []

    def save_asset(image: bytes, content_type: str, name: str) -> str:
        if paper is None:
            import hashlib

            return f"asset:{hashlib.sha256(image).hexdigest()}"
        try:
            return f"asset:{images.keep(paper=paper, data=image).sha256}"
        except Refusal as refusal:
            warnings.append(f"A picture was left out. {refusal.sentence}")
            return ""

    imported = read_docx(data, save_asset=save_asset)
    imported.warnings.extend(warnings)
    return imported, data


@transaction.atomic
def import_word(*, paper: Paper, file, by) -> Paper:
    """Make a Word document the paper's text, as a new version. The original is kept, and what was doubted is on record."""
    current = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    policy.check_edit_paper(by, current)
    imported, data = read(file, paper=current)
    current.imported = {
        "facts": imported.facts.as_dict(),
        "warnings": list(imported.warnings),
        "printed": imported.printed_numbers,
        "sha256": imported.original_sha256,
    }
    current.original_name = file.name[:200]
    current.original.save(f"{imported.original_sha256}.docx", ContentFile(data), save=False)
    current.save()
    header = _header(current, imported.header)
    saved = saving.save(
        paper=current,
        document=imported.document,
        header=header,
        base_version=current.version,
        by=by,
        reason=f"Imported from {file.name[:120]}",
    )
    record("paper.imported", by=by, target=current, summary="Imported from Word", sha256=imported.original_sha256)
    return saved.paper


def _header(paper: Paper, printed) -> dict:
    """What the Word file's header says, where the paper has nothing better. The title is always taken over when there is one."""
    header = {}
    if printed.title:
        header["title"] = printed.title[:200]
    if printed.from_role:
        header["from_role"] = printed.from_role[:120]
    if printed.to and not paper.to:
        header["to"] = printed.to[:120]
    if printed.paper_date:
        header["paper_date"] = printed.paper_date
    if printed.marking_now:
        header["marking"] = printed.marking_now
    return header


def export_word(paper: Paper) -> bytes:
    from boards.document.word import write_docx

    header = {
        "to": paper.to,
        "from_role": paper.from_role,
        "paper_date": paper.paper_date.isoformat() if paper.paper_date else None,
        "title": paper.title,
        "marking": paper.marking,
        "agenda_number": paper.item.number if paper.item else None,
    }
    return write_docx(paper.document, header, load_asset=_picture)


def _picture(sha256: str) -> bytes | None:
    """The bytes of a stored picture, so that an exported paper carries its pictures."""
    asset = Asset.objects.filter(pk=sha256).first()
    if asset is None:
        return None
    with asset.file.open("rb") as file:
        return file.read()
