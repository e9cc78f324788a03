"""What a reader sees of a change: words put in are underlined and labelled, words taken out are struck and labelled.

Marks alone would lean on sight, so each new, changed or removed part also carries the word.
"""

import re
from difflib import SequenceMatcher

from boards.document import build

_WORDS = re.compile(r"\s+|[^\s]+")
TOO_DIFFERENT = 0.45
"""Under this likeness a word-by-word mixture is harder to read than the old text whole and the new text whole."""


def words(old: str | None, new: str | None) -> list:
    """Inline content that shows how the old text became the new one."""
    old, new = old or "", new or ""
    if old == new:
        return [new] if new else []
    if not old:
        return build.ins(new)
    if not new:
        return build.dele(old)
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < TOO_DIFFERENT:
        return [*build.dele(old), " ", *build.ins(new)]
    shown: list = []
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal":
            shown.append("".join(after[b1:b2]))
            continue
        if a1 < a2:
            shown.extend(build.dele("".join(before[a1:a2])))
        if b1 < b2:
            if a1 < a2 and not before[a2 - 1].isspace():
                shown.append(" ")
            shown.extend(build.ins("".join(after[b1:b2])))
    return shown


def field(now: str, before: str | None, *, known: bool) -> list:
    """A plain field: as it is, or with its redline when the board knew it otherwise. `known` is false without a baseline."""
    if not known or before == now:
        return [now or "Not given"]
    return [*words(before, now), " ", build.tag("Changed", "changed")]


def rows(now: list[dict], before: list[dict] | None) -> list[tuple[str, dict, dict | None]]:
    """(state, row, row before) for each row to print: same, new, changed, removed. Removed rows stand where they stood."""
    if before is None:
        return [("same", row, row) for row in now]
    if now == before:
        return [("same", row, row) for row in now]
    old = {row["id"]: row for row in before}
    kept = {row["id"] for row in now}
    out: list[tuple[str, dict, dict | None]] = [
        ("new", row, None)
        if row["id"] not in old
        else ("same" if old[row["id"]] == row else "changed", row, old[row["id"]])
        for row in now
    ]
    for place, row in enumerate(before):
        if row["id"] in kept:
            continue
        earlier = {other["id"] for other in before[:place]}
        at = max((n + 1 for n, (_, shown, _) in enumerate(out) if shown["id"] in earlier), default=0)
        out.insert(at, ("removed", row, row))
    return out
