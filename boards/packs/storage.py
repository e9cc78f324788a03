"""The fragment store of the portal: files through Django's storage API, facts in the database.

Workers on other machines share it when the default storage is shared (a volume, or S3-compatible storage).
"""

import contextlib
import errno
import hashlib
import logging

from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from boards.models import Fragment

from .faults import StoreError
from .info import Info
from .store import Store, pack_up, unpack

log = logging.getLogger(__name__)


#: Errors of the system that trying again in a minute will not mend: no room, no right, too large.
LASTING = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR}


@contextlib.contextmanager
def asking_the_store():
    """Around every call of the file store: whatever its backend raises comes out as StoreError. A missing file stays FileNotFoundError.

    Each backend has errors of its own (OSError of a folder, botocore's of S3), so none is named here.
    """
    try:
        yield
    except (FileNotFoundError, StoreError, SoftTimeLimitExceeded):
        raise
    except Exception as error:
        number = error.errno if isinstance(error, OSError) else None
        log.warning("store.failed", extra={"reason": type(error).__name__, "errno": number})
        raise StoreError(lasting=number in LASTING) from error


def save_whole(name, content):
    """Write bytes or an open file to the store; gives its name. Of one that could not be written to its end nothing is left."""
    with asking_the_store():
        free = not default_storage.exists(name)
        try:
            return default_storage.save(name, ContentFile(content) if isinstance(content, bytes) else content)
        except Exception:
            if free:
                remove(name)
            raise


def remove(name):
    """Take a file away that nothing leads to any more. One that stays behind does no harm."""
    with contextlib.suppress(StoreError, FileNotFoundError), asking_the_store():
        default_storage.delete(name)


def read(name):
    """The bytes of a file. Raises FileNotFoundError when there is none."""
    with asking_the_store(), default_storage.open(name, "rb") as file:
        return file.read()


class DatabaseStore(Store):
    """Facts come from `Fragment` rows; a file is read only when a pack is put together, and checked then."""

    def __init__(self):
        self.known = {}  # key → its file's name and its facts, as last seen: one question for a whole pack

    def info(self, key):
        return self.infos([key]).get(key)

    def infos(self, keys):
        rows = Fragment.objects.filter(key__in=keys).only("key", "file", "anchors")
        found = {}
        for row in rows:
            found[row.key], self.known[row.key] = Info(**row.anchors), (row.file, row.anchors)
        return found

    def load(self, key):
        if key not in self.known and not self.infos([key]):
            return None
        name, facts = self.known[key]
        try:
            found = unpack(read(name))
        except (FileNotFoundError, ValueError):
            found = None
        if found is None or found[1].as_dict() != facts:
            found = None
            log.warning("fragment.damaged", extra={"fragment": key})
            del self.known[key]
            Fragment.objects.filter(key=key, file=name).delete()
        return found

    def save(self, key, bound, info, seconds=0.0):
        """Write the file first, then the row that makes it known. Writing twice does no harm."""
        blob = pack_up(bound, info)
        before = Fragment.objects.filter(key=key).values_list("file", flat=True).first()
        name = save_whole(f"fragments/{key[:2]}/{key}", blob)
        Fragment.objects.update_or_create(
            key=key,
            defaults={
                "file": name, "sha256": hashlib.sha256(blob).hexdigest(), "size": len(blob), "pages": info.pages,
                "anchors": info.as_dict(), "seconds": round(seconds, 3), "used_at": timezone.now(),
            },
        )  # fmt: skip
        self.known.pop(key, None)
        if before and before != name:
            remove(before)


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
        """The bytes of a file. Raises LookupError when it is missing, or is not what was sealed; StoreError."""
        name = self.names.get(digest)
        try:
            data = read(name) if name else None
        except FileNotFoundError:
            data = None
        if data is None:
            raise LookupError("The file is not in the file store.")
        if hashlib.sha256(data).hexdigest() != digest:
            raise LookupError("The file is not the one that was sealed.")
        return data
