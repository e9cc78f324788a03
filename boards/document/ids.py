"""Permanent ids of blocks: ``b`` and ten lower-case letters or digits, never used twice."""

import hashlib
import re
import secrets

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
PATTERN = re.compile(r"b[a-z0-9]{10}")
LENGTH = 10


def new() -> str:
    """A fresh id, one of 36^10: among a million blocks two are alike with odds of one in seven thousand."""
    return "b" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def from_key(*parts: object) -> str:
    """The same id for the same key, so that a register drafting twice from the same facts drafts the same blocks."""
    number = int.from_bytes(hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()[:16], "big")
    letters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "b" + "".join(letters)


def is_id(value: object) -> bool:
    return isinstance(value, str) and PATTERN.fullmatch(value) is not None
