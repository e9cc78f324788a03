"""The fragment store: rendered fragments under the hash of everything that can change their bytes.

A stored fragment carries its own checksum. One that does not match is treated as absent, so that it is rendered again and
never served.
"""

import hashlib
import json
import os
import struct

from .info import Info

MAGIC = b"PACKFRAG1\n"


def pack_up(bound, info):
    """A fragment as stored: magic, SHA-256 of the rest, length of the facts, facts as JSON, the fragment ready to be bound."""
    facts = json.dumps(info.as_dict(), sort_keys=True, separators=(",", ":")).encode()
    body = struct.pack(">I", len(facts)) + facts + bound
    return MAGIC + hashlib.sha256(body).digest() + body


def unpack(blob):
    """(fragment ready to be bound, Info), or None when the blob is damaged. Nothing is copied: annexes may be large."""
    start = len(MAGIC)
    whole = memoryview(blob)
    digest, body = whole[start : start + 32], whole[start + 32 :]
    if whole[:start] != MAGIC or hashlib.sha256(body).digest() != digest:
        return None
    (length,) = struct.unpack_from(">I", body)
    return body[4 + length :], Info(**json.loads(bytes(body[4 : 4 + length])))


class Store:
    """Keeps fragments. A kind of store gives `read(key)` (bytes or None) and `write(key, blob)`."""

    def load(self, key):
        """(fragment ready to be bound, Info), or None when it is absent or damaged."""
        blob = self.read(key)
        return unpack(blob) if blob else None

    def info(self, key):
        """Info of a fragment, or None when it is absent or damaged."""
        found = self.load(key)
        return found[1] if found else None

    def infos(self, keys):
        """Info of each of these fragments that is stored, by key."""
        return {key: info for key in keys if (info := self.info(key)) is not None}

    def save(self, key, bound, info, seconds=0.0):
        self.write(key, pack_up(bound, info))


class MemoryStore(Store, dict):
    """A store for tests and single runs."""

    def read(self, key):
        return self.get(key)

    def write(self, key, blob):
        self[key] = blob


class FolderStore(Store):
    """A store in a plain folder, without Django."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def read(self, key):
        path = self.folder / key
        return path.read_bytes() if path.exists() else None

    def write(self, key, blob):
        path = self.folder / key
        partial = path.with_suffix(f".{os.getpid()}.partial")
        partial.write_bytes(blob)
        partial.replace(path)
