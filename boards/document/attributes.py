"""The rules of attribute values: link schemes, ids, enumerations, lengths. A wrong value is refused, never mended."""

import json
import re
from functools import cache

_GEN_KEYS = {"key", "facts", "taken"}
# Characters that no PDF, database text or XML can hold, and halves of a surrogate pair.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@cache
def _pattern(text: str) -> re.Pattern:
    return re.compile(text)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _gen(value: object) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == _GEN_KEYS
        and isinstance(value["key"], str)
        and 0 < len(value["key"]) <= 300
        and (value["facts"] is None or (isinstance(value["facts"], str) and len(value["facts"]) <= 128))
        and isinstance(value["taken"], bool)
    )


def _widths(value: object) -> bool:
    return (
        isinstance(value, list)
        and 1 <= len(value) <= 60
        and all(_whole(width) and 1 <= width <= 100 for width in value)
        and 98 <= sum(value) <= 102  # thirds are written 33, 33, 33
    )


def _data(value: object, limit: int) -> bool:
    try:
        text = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        return False
    return len(text) <= limit and "\\u0000" not in text


def allowed(rule: dict, value: object) -> bool:
    """Whether a value that is not null keeps its rule."""
    if "enum" in rule:
        return isinstance(value, str) and value in rule["enum"]
    if "pattern" in rule:
        return (
            isinstance(value, str)
            and len(value) <= 2000
            and _pattern(rule["pattern"]).fullmatch(value) is not None
            and not FORBIDDEN.search(value)
        )
    if "boolean" in rule:
        return isinstance(value, bool)
    if "integer" in rule:
        low, high = rule["integer"]
        return _whole(value) and low <= value <= high
    if "text" in rule:
        return isinstance(value, str) and len(value) <= rule["text"] and not FORBIDDEN.search(value)
    if "widths" in rule:
        return _widths(value)
    if "gen" in rule:
        return _gen(value)
    if "json" in rule:
        return _data(value, rule["json"])
    raise AssertionError(f"schema.json has a rule that nobody checks: {rule}")
