"""The rules a document must keep, and the one shape it is stored in.

``check`` refuses what the editor could not have made: unknown parts, parts in the wrong place, unsafe or impossible
values, an id used twice, a table whose merged cells do not fit. ``normalise`` gives the shape that ProseMirror itself
writes: every attribute present, no empty text, equal neighbours joined, marks in the schema's order, ids everywhere.
"""

import json
from collections.abc import Iterator

from . import attributes, grid, ids
from .errors import DocumentError
from .specification import CODES, MARK_ORDER, MARKS, NODES, TEXT_BLOCKS, Kind, excluded

__all__ = ["MOST_BLOCKS", "MOST_TEXT", "DocumentError", "check", "defaults", "normalise", "walk"]

MOST_BLOCKS = 8000  # the longest paper of the sources has about 700
MOST_TEXT = 3_000_000  # characters
MOST_IN_ONE = 50_000  # characters of one text node
DEEPEST = 24
_NODE_KEYS = frozenset({"type", "attrs", "content", "marks", "text"})


def defaults(name: str) -> dict:
    """A fresh copy of the attributes a node has when nothing is said."""
    return dict(NODES[name].defaults)


def walk(node: dict) -> Iterator[dict]:
    """The node and all beneath it, in reading order."""
    yield node
    for child in node.get("content", ()):
        yield from walk(child)


class _Check:
    """One reading of a document, with what has been seen so far."""

    def __init__(self):
        self.ids: set[str] = set()
        self.anchors: set[str] = set()
        self.blocks = 0
        self.characters = 0

    def node(self, node: object, block_id: str | None, depth: int) -> Kind:
        if not isinstance(node, dict):
            raise DocumentError("Part of the paper is not in a form that can be read.", block_id)
        name = node.get("type")
        kind = NODES.get(name) if isinstance(name, str) else None
        if kind is None:
            raise DocumentError(f"The paper holds something that cannot be kept: {str(name)[:40]!r}.", block_id)
        if not _NODE_KEYS.issuperset(node):
            raise DocumentError(f"A {kind.words} holds something that cannot be kept.", block_id)
        if depth > DEEPEST:
            raise DocumentError("Lists are nested too deeply.", block_id)
        if name == "text":
            self.text(node, block_id)
            return kind
        attrs = node.get("attrs")
        if attrs is not None and not isinstance(attrs, dict):
            raise DocumentError(f"A {kind.words} is not in a form that can be read.", block_id)
        if kind.has_id:
            block_id = self.identity(kind, attrs or {}, block_id)
        if attrs:
            self.values(kind, attrs, block_id)
        elif kind.rules:
            self.values(kind, {}, block_id)
        self.children(node, kind, block_id, depth)
        return kind

    def identity(self, kind: Kind, attrs: dict, outer: str | None) -> str:
        block_id = attrs.get("id")
        if not ids.is_id(block_id):
            raise DocumentError(f"A {kind.words} has no permanent id.", outer)
        if block_id in self.ids:
            raise DocumentError(f"Two parts of the paper have the same id, the second is a {kind.words}.", block_id)
        self.ids.add(block_id)
        anchor = attrs.get("anchor")
        if anchor is not None:
            if anchor in self.anchors:
                raise DocumentError(f"Two parts of the paper are both the place of {str(anchor)[:80]}.", block_id)
            self.anchors.add(anchor)
        if kind.block:
            self.blocks += 1
            if self.blocks > MOST_BLOCKS:
                raise DocumentError(f"The paper has more than {MOST_BLOCKS:,} blocks.", block_id)
        return block_id

    @staticmethod
    def values(kind: Kind, attrs: dict, block_id: str | None) -> None:
        for name, value in attrs.items():
            rule = kind.rules.get(name)
            if rule is None:
                raise DocumentError(f"A {kind.words} has a setting that cannot be kept: {str(name)[:40]!r}.", block_id)
            if value is None and kind.defaults[name] is None:
                continue
            if not attributes.allowed(rule, value):
                raise DocumentError(f"The {name} of a {kind.words} {rule['says']}.", block_id)
        for name, default in kind.defaults.items():  # a default that means "not yet said" may not be kept
            rule = kind.rules[name]
            if default == "" and name not in attrs and "pattern" in rule and not attributes.allowed(rule, ""):
                raise DocumentError(f"The {name} of a {kind.words} {rule['says']}.", block_id)

    def text(self, node: dict, block_id: str | None) -> None:
        text = node.get("text")
        if not isinstance(text, str) or not text or "content" in node or node.get("attrs"):
            raise DocumentError("A piece of text is empty or cannot be read.", block_id)
        if len(text) > MOST_IN_ONE:
            raise DocumentError(f"A paragraph is longer than {MOST_IN_ONE:,} characters.", block_id)
        if attributes.FORBIDDEN.search(text):
            raise DocumentError("The text holds a control character, which no printed paper can show.", block_id)
        self.characters += len(text)
        if self.characters > MOST_TEXT:
            raise DocumentError(f"The paper is longer than {MOST_TEXT:,} characters.", block_id)

    def children(self, node: dict, kind: Kind, block_id: str | None, depth: int) -> None:
        content = node.get("content", ())
        if not isinstance(content, (list, tuple)):
            raise DocumentError(f"A {kind.words} is not in a form that can be read.", block_id)
        codes = []
        for child in content:
            found = self.node(child, block_id, depth + 1)
            codes.append(CODES[found.name])
            if "marks" in child:
                self.marks(child, kind, found, block_id)
        if not kind.children.fullmatch("".join(codes)):
            raise DocumentError(f"A {kind.words} {self.complaint(kind, content)}.", block_id)
        if kind.name == "tableFigure":
            grid.check(content[1]["content"], (node.get("attrs") or {}).get("widths"), block_id)

    @staticmethod
    def complaint(kind: Kind, content: list) -> str:
        wrong = sorted({NODES[child["type"]].words for child in content})
        return f"cannot be made of: {', '.join(wrong)}" if wrong else "is not complete"

    def marks(self, node: dict, parent: Kind, kind: Kind, block_id: str | None) -> None:
        marks = node["marks"]
        if not isinstance(marks, list):
            raise DocumentError("Some formatting cannot be read.", block_id)
        if marks and not kind.inline:
            raise DocumentError(f"A {kind.words} cannot be formatted as words are.", block_id)
        seen: list[str] = []
        for mark in marks:
            name = mark.get("type") if isinstance(mark, dict) else None
            found = MARKS.get(name) if isinstance(name, str) else None
            if found is None or not {"type", "attrs"}.issuperset(mark):
                raise DocumentError(f"Some words have formatting that cannot be kept: {str(name)[:40]!r}.", block_id)
            if name not in parent.marks:
                raise DocumentError(f"A {parent.words} cannot hold words formatted as {found.words}.", block_id)
            if name in seen or excluded(name).intersection(seen):
                raise DocumentError("Some words have formatting that contradicts itself.", block_id)
            seen.append(name)
            attrs = mark.get("attrs") or {}
            if not isinstance(attrs, dict):
                raise DocumentError("Some formatting cannot be read.", block_id)
            if attrs or found.rules:
                self.values(found, attrs, block_id)


def check(document: dict) -> None:
    """Refuse a document that breaks the schema. Raises :class:`DocumentError`; answers nothing."""
    if not isinstance(document, dict) or document.get("type") != "doc":
        raise DocumentError("This is not a paper.")
    if document.get("attrs") or document.get("marks"):
        raise DocumentError("The paper as a whole has a setting that cannot be kept.")
    _Check().node(document, None, 0)


def normalise(document: dict) -> dict:
    """The document in its stored shape: a new tree, the old one untouched.

    Missing attributes get their defaults, missing ids are made, and the second block with an id that is taken gets a
    new one (a copy is a new block). Ragged tables become rectangles. What is wrong otherwise is left for ``check``.
    """
    return _normal(document, set(), 0)


def _normal(node: object, taken: set[str], depth: int) -> object:
    if depth > 2 * DEEPEST:
        raise DocumentError("Lists are nested too deeply.")
    kind = NODES.get(node.get("type")) if isinstance(node, dict) else None
    if kind is None:
        return node
    answer: dict = {"type": kind.name}
    if kind.name == "text":
        answer["text"] = node.get("text")
    attrs = node.get("attrs")
    if kind.defaults or attrs:
        answer["attrs"] = {**kind.defaults, **attrs} if isinstance(attrs, dict) else dict(kind.defaults)
    if kind.has_id:
        given = answer["attrs"]["id"]
        if given is None or (ids.is_id(given) and given in taken):
            answer["attrs"]["id"] = ids.new()
        if isinstance(answer["attrs"]["id"], str):
            taken.add(answer["attrs"]["id"])
    content = node.get("content")
    if content and isinstance(content, (list, tuple)):
        content = [_normal(child, taken, depth + 1) for child in content]
        if kind.marks or kind.name in TEXT_BLOCKS:
            content = _joined(content)
        if kind.name == "table" and all(isinstance(row, dict) for row in content):
            content = _rectangle(content)
        if kind.name == "tableFigure":
            _mend_widths(answer, content)
    if content:
        answer["content"] = content
    marks = node.get("marks")
    if marks and isinstance(marks, list):
        answer["marks"] = sorted(map(_mark, marks), key=lambda mark: MARK_ORDER.get(_type(mark), 99))
    return answer


def _type(thing: object) -> object:
    return thing.get("type") if isinstance(thing, dict) else None


def _mark(mark: object) -> object:
    kind = MARKS.get(_type(mark))
    if kind is None:
        return mark
    attrs = mark.get("attrs")
    if not kind.defaults and not attrs:
        return {"type": kind.name}
    return {"type": kind.name, "attrs": {**kind.defaults, **(attrs or {})}}


def _joined(nodes: list) -> list:
    """Neighbouring text with the same marks is one text; empty text and control characters are no text."""
    answer: list = []
    for node in nodes:
        if _type(node) != "text" or not isinstance(node.get("text"), str):
            answer.append(node)
            continue
        words = attributes.FORBIDDEN.sub("", node["text"])
        last = answer[-1] if answer else None
        if words and _type(last) == "text" and last.get("marks", []) == node.get("marks", []):
            answer[-1] = {**last, "text": last["text"] + words}
        elif words:
            answer.append({**node, "text": words})
    return answer


def _rectangle(rows: list) -> list:
    try:
        return grid.mended(rows)
    except (TypeError, KeyError, AttributeError, ValueError):
        return rows  # not a table at all: check will say so


def _mend_widths(answer: dict, content: list) -> None:
    widths = answer["attrs"].get("widths")
    if widths is None or len(content) < 2 or _type(content[1]) != "table":
        return
    if not isinstance(widths, list) or len(widths) != grid.width(content[1].get("content", [])):
        answer["attrs"]["widths"] = None


def size(document: dict) -> int:
    """Bytes of the document as it is sent and stored."""
    return len(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())
