"""The history of a paper: what each version changed, and what became of one part of it."""

import re
from dataclasses import dataclass

from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString, mark_safe

from boards.document import block_history, numbering, redline, text
from boards.models import Paper, PaperVersion
from boards.presenters.live_paper import LiveContext

HEAD = {
    "to": "To", "from_role": "From", "paper_date": "Date", "title": "Title", "open_title": "Open title", "marking": "Marking",
}  # fmt: skip
MOST_PARTS = 8  # named beside a version; more are counted
_IDS = re.compile(r' id="[^"]*"')


@dataclass(frozen=True)
class PartChange:
    """One part that a version changed."""

    block_id: str
    label: str
    kind: str


@dataclass(frozen=True)
class VersionRow:
    """A version with what it changed; `more` counts the parts that are not named."""

    version: PaperVersion
    head: list[str]
    parts: list[PartChange]
    more: int


def rows(paper: Paper, shown: list[PaperVersion]) -> list[VersionRow]:
    """The versions of one page, newest first, each beside what it changed in the one before it."""
    if not shown:
        return []
    wanted = {version.number for version in shown} | {version.number - 1 for version in shown}
    kept = {each.number: each for each in paper.versions.filter(number__in=wanted)}
    found = []
    for version in shown:
        before, after = kept.get(version.number - 1), kept[version.number]
        changed = _changes(before.document, after.document) if before else []
        head = [name for name, _, _ in head_changes(before.header, after.header)] if before else []
        found.append(VersionRow(version, head, changed[:MOST_PARTS], max(0, len(changed) - MOST_PARTS)))
    return found


def head_changes(before: dict, after: dict) -> list[tuple[str, str, str]]:
    """(field, old, new) of the block at the head of the paper."""
    return [
        (name, _shown(before.get(key)), _shown(after.get(key)))
        for key, name in HEAD.items()
        if (before.get(key) or "") != (after.get(key) or "")
    ]


def _shown(value: str | None) -> str:
    day = parse_date(value or "") if value and value[:4].isdigit() else None
    return f"{day:%-d %B %Y}" if day else value or "nothing"


def _changes(before: dict, after: dict) -> list[PartChange]:
    old, new = numbering.number(before), numbering.number(after)
    return [
        PartChange(key, label_of(old if kind == "removed" else new, before if kind == "removed" else after, key), kind)
        for key, kind in block_history.differences(before, after).items()
    ]


def label_of(numbers: numbering.Numbering, document: dict, block_id: str) -> str:
    """What a reader calls a part: "paragraph 3.4", or its first words where it has no number."""
    label = numbers.label(block_id)
    if label:
        return label
    node = block_history.parts(document).get(block_id)
    words = " ".join(text.of(node).split()) if node else ""
    return f"“{words[:40].rstrip()}{'…' if len(words) > 40 else ''}”" if words else "a part without words"


@dataclass(frozen=True)
class Moment:
    """One version in which a part changed: what was done, and how it reads beside the version before."""

    version: PaperVersion
    kind: str
    body: SafeString
    is_current: bool


class PartHistory:
    """Every version in which one part of a paper changed, newest first."""

    def __init__(self, paper: Paper, block_id: str):
        self.paper, self.block_id = paper, block_id
        self.label = ""  # what it was last called, which the versions tell
        self.moments = self._moments()

    def _moments(self) -> list[Moment]:
        found, before, context = [], None, LiveContext(self.paper)
        current = block_history.parts(self.paper.document).get(self.block_id)
        for version in self.paper.versions.select_related("saved_by").order_by("number").iterator(chunk_size=50):
            node = block_history.parts(version.document).get(self.block_id)
            if node is not None:
                self.label = label_of(numbering.number(version.document), version.document, self.block_id)
            if node != before:
                kind = "removed" if node is None else "added" if before is None else "changed"
                found.append(Moment(version, kind, _woven(before, node, context), node is not None and node == current))
            before = node
        return found[::-1]


def _woven(before: dict | None, after: dict | None, context) -> SafeString:
    """Both wordings as one; nothing is marked where there is only one of them."""
    old, new = _alone(before or after), _alone(after or before)
    # Safe: the renderer escapes all text. Ids go: the same part stands on the page several times.
    return mark_safe(_IDS.sub("", redline.render(old, new, context=context).html))  # noqa: S308


def _alone(node: dict) -> dict:
    """A document that holds one part only."""
    heading = node if node["type"] == "heading" else {"type": "heading"}
    attrs = {"id": "b0000000000", "numbered": False, "role": None, "orientation": "portrait"}
    blocks = [] if node["type"] == "heading" else [node]
    return {"type": "doc", "content": [{"type": "section", "attrs": attrs, "content": [heading, *blocks]}]}
