"""The schema, read once from ``schema.json`` and made quick to ask.

The browser gives the same file to ProseMirror. Content expressions ("caption table tableNote?") become regular
expressions over one character a node type. Every attribute carries its own ``rule`` for its value, which ProseMirror
does not read and :mod:`attributes` does.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).with_name("schema.json")
RAW: dict = json.loads(PATH.read_text("utf-8"))

# What officers call the parts, for sentences.
NAMES = {
    "doc": "paper", "section": "section", "heading": "section title", "para": "paragraph", "subheading": "sub-heading",
    "bulletList": "bullet list", "orderedList": "lettered list", "listItem": "list item", "plain": "line",
    "tableFigure": "table", "table": "table", "tableRow": "table row", "tableCell": "table cell",
    "tableHeader": "table heading", "tableNote": "table note", "caption": "caption", "figure": "figure",
    "image": "picture", "chart": "chart", "quote": "quotation", "recommendation": "recommendation",
    "recommendationEcho": "repeated recommendation", "sourceDocument": "source document",
    "contactOfficer": "contact officer", "guidance": "guidance", "text": "text", "hardBreak": "line break",
    "xref": "cross-reference", "bound": "live figure", "tag": "tag", "footnote": "footnote", "link": "link",
    "restricted": "restricted words",
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """One node or mark type: its attributes' rules and defaults, and the test its children must pass."""

    name: str
    rules: dict
    defaults: dict
    children: re.Pattern
    marks: frozenset
    inline: bool
    block: bool
    has_id: bool

    @property
    def words(self) -> str:
        return NAMES.get(self.name, self.name)


def _groups(name: str) -> list[str]:
    return RAW["nodes"][name].get("group", "").split()


CODES = {name: chr(0x4E00 + index) for index, name in enumerate(RAW["nodes"])}
MARK_ORDER = {name: index for index, name in enumerate(RAW["marks"])}
_INLINE = frozenset(name for name in RAW["nodes"] if "inline" in _groups(name))


def _expression(content: str) -> re.Pattern:
    def code(match: re.Match) -> str:
        word = match[0]
        members = [CODES[name] for name in RAW["nodes"] if name == word or word in _groups(name)]
        return f"[{''.join(members)}]"

    return re.compile(re.sub(r"\s+", "", re.sub(r"[A-Za-z]+", code, content)))


def _kind(name: str, spec: dict) -> Kind:
    attributes = spec.get("attrs", {})
    marks = spec.get("marks")
    holds_inline = bool(re.search(r"\b(inline|text)\b", spec.get("content", "")))
    allowed = frozenset(RAW["marks"]) if marks is None and holds_inline else frozenset((marks or "").split())
    return Kind(
        name=name,
        rules={key: value["rule"] for key, value in attributes.items()},
        defaults={key: value.get("default") for key, value in attributes.items()},
        children=_expression(spec.get("content", "")),
        marks=allowed,
        inline=name in _INLINE,
        block="block" in spec.get("group", "").split(),
        has_id="id" in attributes,
    )


NODES: dict[str, Kind] = {name: _kind(name, spec) for name, spec in RAW["nodes"].items()}
MARKS: dict[str, Kind] = {name: _kind(name, spec) for name, spec in RAW["marks"].items()}
BLOCKS = frozenset(name for name, kind in NODES.items() if kind.block)
# Blocks whose content is a run of text: one can be turned into another without losing words.
TEXT_BLOCKS = frozenset({"para", "subheading", "recommendation", "sourceDocument", "guidance"})
TONES = tuple(RAW["nodes"]["tag"]["attrs"]["tone"]["rule"]["enum"])


@cache
def excluded(mark: str) -> frozenset:
    """The other marks that cannot stand on the same words."""
    names = RAW["marks"][mark].get("excludes")
    return frozenset(names.split()) - {mark} if names else frozenset()
