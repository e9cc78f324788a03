"""Canonical JSON: one text for one value, so that a hash can be worked out again anywhere."""

import hashlib
import json


def canonical_json(value) -> str:
    """Sorted keys, no spaces, real characters; NaN and infinity are refused."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
