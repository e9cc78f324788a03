"""Verification of an edition: everything that was sealed is worked out again, and compared with what is stored."""

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from django.core.files.storage import default_storage

from boards import reports
from boards.canonical import canonical_json, digest
from boards.document import numbering
from boards.models import Edition
from portal.audit import events_of

from . import template_version
from .public import public
from .storage import EditionFiles


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: the sentence that should hold, whether it does, and if not, what was found instead."""

    sentence: str
    holds: bool
    found: str = ""


def verify(edition) -> list[Check]:
    """Everything that can be worked out again of an edition: its content, numbers, files, packs and publication."""
    counted = digest(edition.canonical)
    checks = [
        Check(
            "The content has the hash under which it was sealed.", counted == edition.sha256,
            f"It was changed: its SHA-256 is now {counted}, and it was sealed as {edition.sha256}.",
        )
    ]  # fmt: skip
    try:
        content = json.loads(edition.canonical)
        checks += [*_record(edition, content), *_content(edition, content), *_registers(content), *_files(content)]
    except (ValueError, KeyError, TypeError) as error:
        found = f"A part of it is missing or damaged ({error})."
        return [*checks, Check("The content can be read.", False, found)]
    return [*checks, *_packs(edition)]


def _record(edition, content) -> Iterator[Check]:
    """The row and the audit record against the content: who changes all three leaves the record's own chain broken."""
    said = {event.detail.get("sha256") for event in events_of(edition) if event.event == "edition.sealed"}
    yield Check(
        "The audit record names this hash.", said <= {edition.sha256},
        f"The audit record says that {', '.join(sorted(map(str, said)))} was sealed.",
    )  # fmt: skip
    sealed, meeting = content["edition"], content["meeting"]
    same = (sealed["number"], sealed["kind"], sealed["reason"]) == (edition.number, edition.kind, edition.reason)
    yield Check(
        "Number, kind and reason are as they were sealed.", same,
        f"The content says edition {sealed['number']}, {sealed['kind']}, “{sealed['reason']}”.",
    )  # fmt: skip
    yield Check(
        "Its page numbers have letters that no other of the meeting's editions has, or those of the one it corrects.",
        _has_own_series(edition), f"It counts with “{edition.series}”.",
    )  # fmt: skip
    yield Check(
        "The registers that were reported are as they were sealed.",
        edition.registers == sorted(content["registers"]), f"The content holds {', '.join(sorted(content['registers'])) or 'none'}.",
    )  # fmt: skip
    yield Check(
        "The meeting is the one it was sealed for.", meeting["id"] == str(edition.meeting_id),
        f"The content was sealed for the meeting {meeting['id']} of {meeting['date']}.",
    )  # fmt: skip


def _has_own_series(edition) -> bool:
    if edition.supersedes_id:
        return edition.series == edition.supersedes.series
    if edition.kind == "agenda":
        return edition.series == ""
    if "series" not in edition.content["edition"]:
        return True  # sealed before each supplement had letters of its own
    others = edition.meeting.editions.filter(number__lt=edition.number)
    return bool(edition.series) and edition.series not in {other.series for other in others}


def _content(edition, content) -> Iterator[Check]:
    yield Check("The content is canonical JSON.", canonical_json(content) == edition.canonical)
    yield Check(
        "The version of its templates is one that this portal knows.", content["template"] in template_version.KNOWN,
        f"It was sealed under version {content['template']}; known are {', '.join(template_version.KNOWN)}.",
    )  # fmt: skip
    shown = public(content)
    yield Check("The public copy of the public copy is the public copy.", public(shown) == shown)
    for item in content["items"]:
        for paper in item["papers"]:
            if not paper.get("document"):
                continue
            counted = numbering.number(paper["document"]).as_dict()
            wrong = [block for block, number in counted.items() if paper["numbers"].get(block) != number]
            yield Check(
                f"The numbers of paper {paper['number']} are those counted from its blocks.", counted == paper["numbers"],
                f"{len(wrong) or 'Some'} of {len(counted)} numbers are others.",
            )  # fmt: skip


def _registers(content) -> Iterator[Check]:
    """The changes told to the board, worked out again from what was sealed then and what this board had seen before."""
    for key, sealed in content["registers"].items():
        problem = _wrong_with_changes(key, sealed)
        yield Check(
            f"The changes of the register “{key}” are those between its sealed snapshots.", not problem, problem
        )


def _wrong_with_changes(key, sealed) -> str:
    register = reports.get(key)
    if register is None:
        return "This portal has no such register, so they cannot be worked out."
    before = None
    if (number := sealed.get("baseline_edition")) is not None:
        edition = Edition.objects.filter(pk=number).first()
        if edition is None or not edition.is_intact or key not in edition.content["registers"]:
            return f"The edition {number} that they were counted from is missing or was changed."
        before = edition.content["registers"][key]["snapshot"]
    counted = [change.as_dict() for change in register.compare(sealed["snapshot"], before)]
    if canonical_json(counted) == canonical_json(sealed["changes"]):
        return ""
    return f"{len(sealed['changes'])} were sealed, and {len(counted)} are counted, or they say something else."


def _files(content) -> Iterator[Check]:
    files = EditionFiles(content)
    named = dict.fromkeys(content["assets"], "A picture")
    for paper in (paper for item in content["items"] for paper in item["papers"]):
        for annex in paper["annexes"]:
            named[annex["sha256"]] = f"Annex {annex['letter']} of paper {paper['number']}"
    for sha256, name in named.items():
        try:
            files(sha256)
            problem = ""
        except LookupError as error:
            problem = str(error)
        yield Check(f"{name} is the file that was sealed ({sha256[:12]}).", not problem, problem)


def _packs(edition) -> Iterator[Check]:
    for build in edition.builds.filter(state="complete", replaced_by=None):
        problem = _wrong_with(build, edition)
        yield Check(f"The {build.audience} pack {build.sha256[:12]} is the one that was built.", not problem, problem)
    for publication in edition.publications.all():
        served = edition.builds.filter(audience="public", served=True).first()
        yield Check(
            f"The public is served the pack that was published ({publication.pack_sha256[:12]}).",
            served is not None and served.sha256 == publication.pack_sha256,
            f"It is served the pack {served.sha256[:12]}." if served else "It is served none: build it again.",
        )  # fmt: skip
        yield Check(
            "The proof of the publication found nothing restricted.", not publication.proof.get("hits"),
            "The proof that was kept has hits.",
        )  # fmt: skip


def _wrong_with(build, edition) -> str:
    """What is wrong with a stored pack, or nothing."""
    if not default_storage.exists(build.file):
        return "Its file is missing. Build it again."
    with default_storage.open(build.file, "rb") as file:
        data = file.read()
    counted = hashlib.sha256(data).hexdigest()
    if counted != build.sha256:
        return f"Its file was changed: its SHA-256 is now {counted}."
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if f"urn:sha256:{edition.sha256}".encode() not in pdf.Root.Metadata.read_bytes():
            return "It was built from other content: it names another hash."
        if len(pdf.pages) != build.pages or build.ledger["pages"] != build.pages:
            return f"It has {len(pdf.pages)} pages and its ledger counts {build.ledger['pages']}."
    return ""
