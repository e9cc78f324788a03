"""Paragraph and character styles: what a paragraph inherits when it says nothing itself."""

import re
from dataclasses import dataclass

from .numbers import q, value


@dataclass(frozen=True)
class Style:
    """One style of the file, unresolved."""

    id: str
    name: str
    base: str | None
    ppr: object
    rpr: object


class Styles:
    """The styles of a document, looked up through what they are based on."""

    def __init__(self, root=None):
        self.by_id = {}
        self.default = None
        if root is None:
            return
        for item in root.findall(q("style")):
            key = item.get(q("styleId"))
            name = (value(item, "name") or key or "").strip()
            self.by_id[key] = Style(key, name, value(item, "basedOn"), item.find(q("pPr")), item.find(q("rPr")))
            if item.get(q("type")) == "paragraph" and item.get(q("default")) in ("1", "true"):
                self.default = key

    def chain(self, style_id):
        """The style and those it is based on, nearest first; a loop in the file ends the chain."""
        seen = set()
        while style_id in self.by_id and style_id not in seen:
            seen.add(style_id)
            style = self.by_id[style_id]
            yield style
            style_id = style.base

    def name(self, style_id):
        style = self.by_id.get(style_id)
        return style.name if style else (style_id or "")

    def heading_level(self, style_id, ppr=None):
        """1 to 9 for a heading style or a paragraph with an outline level, otherwise None."""
        own = _outline(ppr)
        if own is not None:
            return own
        for style in self.chain(style_id):
            match = re.fullmatch(r"heading\s*(\d)", style.name, re.I)
            if match:
                return int(match.group(1))
            level = _outline(style.ppr)
            if level is not None:
                return level
        return None

    def is_named(self, style_id, *names):
        """Whether the style, or one it is based on, has one of these names (compared without case)."""
        return any(style.name.lower() in names for style in self.chain(style_id))

    def numbering(self, style_id):
        """(list id, depth or None, style that says so) inherited from a style, or None."""
        for style in self.chain(style_id):
            found = number_properties(style.ppr)
            if found is not None:
                return (*found, style.id)
        return None

    def flag(self, style_id, name):
        """A yes/no run property (`b`, `i`, `caps`, `vanish`) inherited from a style: True, False or None."""
        for style in self.chain(style_id):
            found = toggle(style.rpr, name)
            if found is not None:
                return found
        return None


def number_properties(ppr):
    """(list id, depth or None) written in paragraph properties, or None."""
    numpr = ppr.find(q("numPr")) if ppr is not None else None
    if numpr is None:
        return None
    list_id, depth = value(numpr, "numId"), value(numpr, "ilvl")
    if list_id is None:
        return None
    return list_id, int(depth) if depth and depth.isdigit() else None


def toggle(rpr, name):
    """A yes/no run property where it is written: True, False, or None where nothing is said."""
    child = rpr.find(q(name)) if rpr is not None else None
    if child is None:
        return None
    return child.get(q("val"), "1") not in ("0", "false", "off", "none")


def _outline(ppr):
    level = value(ppr, "outlineLvl") if ppr is not None else None
    return int(level) + 1 if level and level.isdigit() and int(level) < 9 else None
