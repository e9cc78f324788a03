"""The fragment store of the portal: files through Django's storage API, facts in the database.

Workers on other machines share it when the default storage is shared (a volume, or S3-compatible storage).
"""

import contextlib
import hashlib
import logging

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from boards.models import Fragment

from .store import Store, pack_up, unpack
from .typesetting import Info

log = logging.getLogger(__name__)


def save_whole(name, file):
    """Write a file to the store and give the name it got. Of one that could not be written to its end nothing is left behind."""
    free = not default_storage.exists(name)
    try:
        return default_storage.save(name, file)
    except OSError:
        if free:
            with contextlib.suppress(OSError):
                default_storage.delete(name)
        raise


class DatabaseStore(Store):
    """Facts come from `Fragment` rows; a file is read only when a pack is put together, and checked then."""

    def info(self, key):
        row = Fragment.objects.filter(key=key).first()
        return Info(**row.anchors) if row is not None else None

    def load(self, key):
        row = Fragment.objects.filter(key=key).first()
        if row is None:
            return None
        try:
            with default_storage.open(row.file, "rb") as file:
                found = unpack(file.read())
        except (OSError, ValueError):
            found = None
        if found is None or found[1].as_dict() != row.anchors:
            found = None
            log.warning("fragment.damaged", extra={"fragment": key})
            Fragment.objects.filter(key=key, file=row.file).delete()
        return found

    def save(self, key, bound, info, seconds=0.0):
        """Write the file first, then the row that makes it known. Writing twice does no harm."""
        blob = pack_up(bound, info)
        before = Fragment.objects.filter(key=key).values_list("file", flat=True).first()
        name = save_whole(f"fragments/{key[:2]}/{key}", ContentFile(blob))
        Fragment.objects.update_or_create(
            key=key,
            defaults={
                "file": name, "sha256": hashlib.sha256(blob).hexdigest(), "size": len(blob), "pages": info.pages,
                "anchors": info.as_dict(), "seconds": round(seconds, 3), "used_at": timezone.now(),
            },
        )  # fmt: skip
        if before and before != name:
            default_storage.delete(before)


class EditionFiles:
    """`load_file` for the annexes and pictures of an edition: by SHA-256, and checked against it."""

    def __init__(self, content):
        self.names = {digest: facts["name"] for digest, facts in content.get("assets", {}).items()}
        for item in content["items"]:
            for paper in item["papers"]:
                for annex in paper["annexes"]:
                    if annex.get("sha256"):
                        self.names[annex["sha256"]] = annex["file"]

    def __call__(self, digest):
        """The bytes of a file. Raises LookupError when it is missing, or is not what was sealed."""
        name = self.names.get(digest)
        if not name or not default_storage.exists(name):
            raise LookupError("The file is not in the file store.")
        with default_storage.open(name, "rb") as file:
            data = file.read()
        if hashlib.sha256(data).hexdigest() != digest:
            raise LookupError("The file is not the one that was sealed.")
        return data
