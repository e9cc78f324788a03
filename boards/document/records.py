"""A document taken apart into one record for each part with a permanent id, and put together again.

A record is what a part says itself (type, attributes, words) and the ids of the parts directly within it. Comparing,
applying and merging work on records, so that a paragraph that moves is still the same paragraph.
"""

from dataclasses import dataclass, replace

from .errors import DocumentError
from .specification import TEXT_BLOCKS

ROOT = "doc"  # the record of the document itself; no permanent id looks like it


@dataclass(frozen=True)
class Record:
    """``parts`` are words by name: text, title, caption, note, lines, cells, image. ``children`` are ids in order."""

    type: str
    attrs: dict
    parts: dict
    children: tuple[str, ...] = ()


class Records(dict):
    """Records by id, the document's own under ``ROOT``; ``parents`` gives the id each part stands in."""

    def __init__(self, *args):
        super().__init__(*args)
        self.parents = {child: parent for parent, record in self.items() for child in record.children}

    def order(self) -> list[str]:
        """Every id in reading order, the document's own left out."""
        answer: list[str] = []

        def visit(key: str) -> None:
            for child in self[key].children:
                answer.append(child)
                visit(child)

        visit(ROOT)
        return answer


def _inline(node: dict) -> list:
    return node.get("content", [])


def _holder(name: str, content: list) -> dict:
    return {"type": name, "content": content} if content else {"type": name}


def _parts(node: dict) -> tuple[dict, list[dict]]:
    """The words of a part by name, and the parts within it that have ids of their own."""
    name, content = node["type"], node.get("content", [])
    if name in TEXT_BLOCKS:
        return {"text": content}, []
    if name == "section":
        return {"title": _inline(content[0])}, content[1:]
    if name == "listItem":
        return {"text": _inline(content[0])}, content[1:]
    if name == "tableFigure":
        parts = {"caption": _inline(content[0])}
        if len(content) > 2:
            parts["note"] = _inline(content[2])
        return parts, content[1].get("content", [])
    if name == "tableRow":
        return {"cells": content}, []
    if name == "figure":
        return {"caption": _inline(content[0]), "image": content[1].get("attrs", {})}, []
    if name == "quote":
        return {"lines": [_inline(line) for line in content]}, []
    return {}, content


def split(document: dict) -> Records:
    """Take a normal document apart. Raises DocumentError when a part has no id or shares one."""
    found: dict[str, Record] = {}

    def visit(node: dict) -> str:
        attrs = dict(node.get("attrs") or {})
        key = attrs.pop("id", None)
        if key is None:
            raise DocumentError(f"A {node['type']} has no permanent id, so it cannot be compared.")
        if key in found:
            raise DocumentError("Two parts of the paper have the same id, so it cannot be compared.", key)
        found[key] = None  # held, so that a part within with the same id is noticed
        parts, children = _parts(node)
        found[key] = Record(node["type"], attrs, parts, tuple(map(visit, children)))
        return key

    top = tuple(map(visit, document.get("content", [])))
    return Records({ROOT: Record("doc", {}, {}, top), **found})


def node(records: Records, key: str) -> dict:
    """One part put together again with everything within it."""
    record = records[key]
    answer: dict = {"type": record.type, "attrs": {"id": key, **record.attrs}}
    children = [node(records, child) for child in record.children]
    name, parts = record.type, record.parts
    if name in TEXT_BLOCKS:
        content = parts["text"]
    elif name == "section":
        content = [_holder("heading", parts["title"]), *children]
    elif name == "listItem":
        content = [_holder("plain", parts["text"]), *children]
    elif name == "tableFigure":
        content = [_holder("caption", parts["caption"]), _holder("table", children)]
        if "note" in parts:
            content.append(_holder("tableNote", parts["note"]))
    elif name == "tableRow":
        content = parts["cells"]
    elif name == "figure":
        content = [_holder("caption", parts["caption"]), {"type": "image", "attrs": parts["image"]}]
    elif name == "quote":
        content = [_holder("plain", line) for line in parts["lines"]]
    else:
        content = children
    if content:
        answer["content"] = content
    return answer


def join(records: Records) -> dict:
    """The document of these records; attributes are in the order of ``normalise``, which equality does not see."""
    return _holder("doc", [node(records, child) for child in records[ROOT].children])


def with_children(record: Record, children: tuple[str, ...]) -> Record:
    return replace(record, children=tuple(children))
