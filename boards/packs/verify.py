"""Verification of an edition: every hash is worked out again from what is stored."""

import hashlib
import json
from dataclasses import dataclass

from django.core.files.storage import default_storage

from boards.canonical import canonical_json, digest
from boards.document import numbering

from .public import public
from .storage import EditionFiles


@dataclass(frozen=True)
class Check:
    """One thing that was looked at, as a sentence, and whether it holds."""

    sentence: str
    holds: bool


def verify(edition):
    """Everything that can be worked out again of an edition: its content, numbers, files and packs."""
    content = json.loads(edition.canonical)
    checks = [
        Check("The content has the hash under which it was sealed.", digest(edition.canonical) == edition.sha256),
        Check("The content is canonical JSON.", canonical_json(content) == edition.canonical),
        Check("The public copy of the public copy is the public copy.", public(public(content)) == public(content)),
    ]
    for item in content["items"]:
        for paper in item["papers"]:
            if paper.get("document"):
                same = numbering.number(paper["document"]).as_dict() == paper["numbers"]
                checks.append(Check(f"The numbers of paper {paper['number']} are those counted from its blocks.", same))
    files = EditionFiles(content)
    for sha256 in sorted(files.names):
        checks.append(Check(f"The file {sha256[:12]} is the one that was sealed.", _is_there(files, sha256)))
    for build in edition.builds.filter(state="complete"):
        checks.append(
            Check(f"The {build.audience} pack {build.sha256[:12]} is the one that was built.", _pack_holds(build))
        )
    for publication in edition.publications.all():
        known = edition.builds.filter(sha256=publication.pack_sha256, state="complete").exists()
        checks.append(Check(f"The published pack {publication.pack_sha256[:12]} is stored.", known))
    return checks


def _is_there(files, sha256):
    try:
        files(sha256)
    except LookupError:
        return False
    return True


def _pack_holds(build):
    if not default_storage.exists(build.file):
        return False
    with default_storage.open(build.file, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest() == build.sha256
