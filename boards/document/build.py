"""A small language for writing documents in Python: registers, templates and tests use it.

    doc(
        section("Purpose", para("To note the ", strong("risk register"), ".")),
        section("Recommendation", recommend("note", "the contents of this report."), role="recommendation"),
    )

Inline content is a string, a node from this module, or any nested list of them; None is nothing and numbers are written
out. Ids are made where ``id=`` is not given. Every block also takes ``anchor=``, ``gen=`` (see :func:`gen`) and
``restricted=`` (the code of a ground).
"""

import hashlib
import json
from collections.abc import Iterable

from . import ids
from .schema import defaults
from .specification import MARK_ORDER, NODES, excluded

__all__ = [
    "bound", "br", "bullets", "cell", "chart", "contact", "define", "dele", "doc", "echo", "em", "figure", "footnote",
    "gen", "guidance", "ins", "item", "letters", "link", "numerals", "para", "quote", "recommend", "restrict", "row",
    "section", "source", "steps", "strong", "sub", "subscript", "superscript", "table", "tag", "text", "xref",
]  # fmt: skip

_LISTS = ("bulletList", "orderedList")
_ALIGN = {"l": "left", "r": "right", "c": "centre", "-": None, " ": None}


# Inline


def text(value: object, *marks: dict) -> dict:
    node = {"type": "text", "text": str(value)}
    if marks:
        node["marks"] = sorted(marks, key=lambda mark: MARK_ORDER[mark["type"]])
    return node


def inline(*parts: object) -> list[dict]:
    """A flat list of inline nodes from strings, numbers, nodes, None and nested lists; equal neighbours joined."""
    answer: list[dict] = []
    for part in _flat(parts):
        node = part if isinstance(part, dict) else text(part)
        if node.get("type") == "text":
            if not node["text"]:
                continue
            last = answer[-1] if answer else None
            if last and last["type"] == "text" and last.get("marks", []) == node.get("marks", []):
                answer[-1] = {**last, "text": last["text"] + node["text"]}
                continue
        answer.append(node)
    return answer


def _flat(parts: Iterable) -> Iterable:
    for part in parts:
        if part is None:
            continue
        if isinstance(part, (list, tuple)):
            yield from _flat(part)
        else:
            yield part


def _marked(name: str, parts: tuple, **attrs: object) -> list[dict]:
    mark = {"type": name, "attrs": attrs} if attrs else {"type": name}
    answer = []
    for node in inline(*parts):
        kept = [old for old in node.get("marks", []) if old["type"] != name and old["type"] not in excluded(name)]
        marks = sorted([*kept, mark], key=lambda one: MARK_ORDER[one["type"]])
        answer.append({**node, "marks": marks})
    return answer


def strong(*parts: object) -> list[dict]:
    return _marked("strong", parts)


def em(*parts: object) -> list[dict]:
    return _marked("em", parts)


def subscript(*parts: object) -> list[dict]:
    return _marked("sub", parts)


def superscript(*parts: object) -> list[dict]:
    return _marked("sup", parts)


def ins(*parts: object) -> list[dict]:
    """Words added since the version before."""
    return _marked("inserted", parts)


def dele(*parts: object) -> list[dict]:
    """Words removed since the version before."""
    return _marked("deleted", parts)


def define(*parts: object) -> list[dict]:
    """A defined term at its first use: the (“Board”)."""
    return _marked("definition", parts)


def link(href: str, *parts: object) -> list[dict]:
    return _marked("link", parts or (href,), href=href)


def restrict(ground: str, *parts: object) -> list[dict]:
    """Words that the public copy leaves out."""
    return _marked("restricted", parts, ground=str(ground))


def br() -> dict:
    return {"type": "hardBreak"}


def xref(target: str, text: str | None = None, *, page: bool = False) -> dict:
    """A cross-reference to ``block:<id>``, ``item:<id>``, ``annex:<id>`` or ``risks:SR3.1``; ``page`` adds its page."""
    return {"type": "xref", "attrs": {"target": target, "text": text, "page": page}}


def bound(register: str, path: str, text: object) -> dict:
    """A live figure of a register, with its text as it stands now."""
    return {"type": "bound", "attrs": {"register": register, "path": path, "text": str(text)}}


def tag(text: object, tone: str = "neutral") -> dict:
    return {"type": "tag", "attrs": {"text": str(text), "tone": tone}}


def footnote(*parts: object) -> dict:
    return _node("footnote", inline(*parts))


# Blocks


def gen(key: str, facts: object = None, *, taken: bool = False) -> dict:
    """What a generated block remembers: a key stable between refreshes, and a hash of the facts beneath it."""
    digest = None
    if facts is not None:
        plain = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
        digest = hashlib.sha256(plain.encode()).hexdigest()
    return {"key": key, "facts": digest, "taken": taken}


def _node(name: str, content: list | None = None, **attrs: object) -> dict:
    node: dict = {"type": name}
    if NODES[name].defaults:
        values = defaults(name)
        unknown = set(attrs) - set(values)
        if unknown:
            raise TypeError(f"{name} has no {', '.join(sorted(unknown))}")
        values.update(attrs)
        if isinstance(values.get("gen"), tuple):
            values["gen"] = gen(*values["gen"])
        elif isinstance(values.get("gen"), str):
            values["gen"] = gen(values["gen"])
        if "id" in values and values["id"] is None:
            values["id"] = ids.new()
        node["attrs"] = values
    if content:
        node["content"] = content
    return node


def doc(*sections: object) -> dict:
    return {"type": "doc", "content": list(_flat(sections))}


def section(title: str, *blocks: object, role: str | None = None, orientation: str = "portrait", **common) -> dict:
    """A numbered section; ``role="appendix"`` letters it. Blocks may be nested lists; a bare string is a paragraph."""
    heading = _node("heading", inline(title))
    content = [heading, *(para(block) if isinstance(block, str) else block for block in _flat(blocks))]
    return _node("section", content, role=role, orientation=orientation, **common)


def para(*parts: object, level: int = 1, numbered: bool = True, **common) -> dict:
    return _node("para", inline(*parts), level=level, numbered=numbered, **common)


def sub(*parts: object, **common) -> dict:
    """A sub-heading."""
    return _node("subheading", inline(*parts), **common)


def item(*parts: object, **common) -> dict:
    """A list item: inline parts, then any lists nested beneath it."""
    flat = list(_flat(parts))
    nested = [part for part in flat if isinstance(part, dict) and part.get("type") in _LISTS]
    words = [part for part in flat if not (isinstance(part, dict) and part.get("type") in _LISTS)]
    return _node("listItem", [_node("plain", inline(*words)), *nested], **common)


def _items(items: tuple) -> list[dict]:
    return [one if isinstance(one, dict) and one.get("type") == "listItem" else item(one) for one in items]


def bullets(*items: object, **common) -> dict:
    """``bullets("one", ["two, with ", strong("weight")], ["three", bullets("nested")])``"""
    return _node("bulletList", _items(items), **common)


def letters(*items: object, kind: str = "alpha", **common) -> dict:
    """(a), (b), (c)."""
    return _node("orderedList", _items(items), kind=kind, **common)


def numerals(*items: object, **common) -> dict:
    """(i), (ii), (iii)."""
    return letters(*items, kind="roman", **common)


def steps(*items: object, **common) -> dict:
    """1, 2, 3."""
    return letters(*items, kind="decimal", **common)


def cell(*parts: object, header: bool = False, lines: list | None = None, **attrs: object) -> dict:
    """A table cell. ``lines`` gives several lines; otherwise a line break in a string starts a new line."""
    if lines is None:
        lines = parts[0].split("\n") if len(parts) == 1 and isinstance(parts[0], str) else [parts]
    return _node("tableHeader" if header else "tableCell", [_node("plain", inline(one)) for one in lines], **attrs)


def row(*cells: object, **common) -> dict:
    """A row with an id or an anchor of its own: ``row("SR3.1", "Budget", anchor="risks:SR3.1")``."""
    return {"cells": list(cells), **common}


def _cell(value: object, header: bool, align: str | None) -> dict:
    if isinstance(value, dict) and value.get("type") in ("tableCell", "tableHeader"):
        return value
    if isinstance(value, dict) and "type" not in value:
        options = dict(value)
        words = options.pop("text", "")
        made = cell(words, header=options.pop("header", header), lines=options.pop("lines", None), **options)
    else:
        made = cell(value, header=header)
    if made["attrs"]["align"] is None:
        made["attrs"]["align"] = align
    return made


def _row(value: object, align: list, header: bool, header_column: bool) -> dict:
    options = dict(value) if isinstance(value, dict) else {"cells": value}
    cells = options.pop("cells")
    made, column = [], 0
    for index, one in enumerate(cells):
        side = align[column] if column < len(align) else None
        made.append(_cell(one, header or (header_column and index == 0), side))
        column += made[-1]["attrs"]["colspan"]
    return _node("tableRow", made, **options)


def table(
    caption: str,
    header: list | None,
    rows: Iterable,
    *,
    widths: list[int] | None = None,
    note: object = None,
    align: str | list | None = None,
    header_column: bool = False,
    **common,
) -> dict:
    """A captioned table.

    ``header`` is a row of headings, a list of such rows, or None. A row is a list of cells or :func:`row`; a cell is a
    string, inline content, :func:`cell`, or a dict of ``text``, ``lines``, ``header``, ``colspan``, ``rowspan``,
    ``align``, ``tone``. ``align`` is a letter a column ("llr") or a list of left, right, centre, None.
    ``header_column`` makes the first cell of every row the heading of that row.
    """
    sides = [_ALIGN[one] for one in align] if isinstance(align, str) else list(align or [])
    lines = []
    if header:
        several = all(isinstance(one, (list, tuple)) or (isinstance(one, dict) and "cells" in one) for one in header)
        lines = [_row(line, sides, True, False) for line in (header if several else [header])]
    lines += [_row(line, sides, False, header_column) for line in rows]
    content = [_node("caption", inline(caption)), _node("table", lines)]
    if note:
        content.append(_node("tableNote", inline(note)))
    return _node("tableFigure", content, widths=list(widths) if widths else None, **common)


def figure(caption: str, src: str, alt: str, *, width: int | None = None, **common) -> dict:
    """A picture: ``src`` is ``asset:<sha256>``, ``width`` a percentage of the text's width."""
    picture = _node("image", src=src, alt=alt, width=width)
    return _node("figure", [_node("caption", inline(caption)), picture], **common)


def chart(kind: str, data: object, caption: str, alt: str, **common) -> dict:
    return _node("chart", kind=kind, data=data, caption=caption, alt=alt, **common)


def quote(*lines: object, **common) -> dict:
    return _node("quote", [_node("plain", inline(line)) for line in lines], **common)


def recommend(verb: str, *parts: object, to: str = "board", outcome: str | None = None, **common) -> dict:
    """``recommend("note", "the contents of this report.")``: the verb is not repeated in the words."""
    return _node("recommendation", inline(*parts), verb=verb, to=to, outcome=outcome, **common)


def echo(**common) -> dict:
    """The recommendations once more, from the one record."""
    return _node("recommendationEcho", **common)


def source(*parts: object, href: str | None = None, **common) -> dict:
    return _node("sourceDocument", inline(*parts), href=href, **common)


def contact(role: str, mailbox: str = "", **common) -> dict:
    return _node("contactOfficer", role=role, mailbox=mailbox, **common)


def guidance(*parts: object, **common) -> dict:
    """Words to the author, which are never published."""
    return _node("guidance", inline(*parts), **common)
