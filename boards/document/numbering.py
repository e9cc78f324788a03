"""The numbers of a paper, derived from position and never typed.

Sections are 1, 2, 3; an appendix section is Appendix A and its paragraphs A.1. Paragraphs and recommendations are
3.4, then 3.4.1, then 3.4.1.1. A level can only be one deeper than the numbered paragraph before it in its section, so
numbers never skip. Paragraphs of an unnumbered section carry none. Tables run through the paper, and so do figures and
charts together. The items of lettered lists are (a), (i) or 1 within their list.

The editor computes the same numbers in ``static/src/editor/numbering.js``; both are held to
``tests/boards/document/numbering_vectors.json``.
"""

from collections.abc import Mapping
from typing import NamedTuple

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbered(NamedTuple):
    """``number`` as printed beside the block ("3.4"), ``label`` as said elsewhere ("paragraph 3.4")."""

    number: str
    label: str


class Numbering:
    """The number and the label of every numbered block, by permanent id."""

    def __init__(self, entries: Mapping[str, Numbered]):
        self._entries = dict(entries)

    @classmethod
    def from_dict(cls, frozen: Mapping[str, Mapping[str, str]]) -> "Numbering":
        """The numbers frozen in an edition."""
        return cls({key: Numbered(value["number"], value["label"]) for key, value in frozen.items()})

    def number(self, block_id: str) -> str | None:
        entry = self._entries.get(block_id)
        return entry.number if entry else None

    def label(self, block_id: str) -> str | None:
        entry = self._entries.get(block_id)
        return entry.label if entry else None

    def as_dict(self) -> dict[str, dict[str, str]]:
        return {key: {"number": entry.number, "label": entry.label} for key, entry in self._entries.items()}

    def __contains__(self, block_id: str) -> bool:
        return block_id in self._entries

    def __iter__(self):
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def letters(count: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    answer = ""
    while count > 0:
        count, place = divmod(count - 1, 26)
        answer = chr(ord("a") + place) + answer
    return answer


def roman(count: int) -> str:
    answer = ""
    for value, numeral in _ROMAN:
        times, count = divmod(count, value)
        answer += numeral * times
    return answer


def ordinal(kind: str, count: int) -> str:
    """The mark of a list item: (a), (i) or 1."""
    if kind == "decimal":
        return str(count)
    return f"({roman(count) if kind == 'roman' else letters(count)})"


class _Counter:
    def __init__(self):
        self.entries: dict[str, Numbered] = {}
        self.sections = self.appendices = self.tables = self.figures = 0

    def put(self, node: dict, number: str, label: str) -> None:
        block_id = (node.get("attrs") or {}).get("id")
        if block_id:
            self.entries[block_id] = Numbered(number, label)

    def section(self, node: dict) -> None:
        attrs = node.get("attrs") or {}
        prefix = None
        if attrs.get("numbered", True):
            if attrs.get("role") == "appendix":
                self.appendices += 1
                prefix = letters(self.appendices).upper()
                self.put(node, f"Appendix {prefix}", f"Appendix {prefix}")
            else:
                self.sections += 1
                prefix = str(self.sections)
                self.put(node, prefix, f"section {prefix}")
        counts: list[int] = []
        above = None  # label of the paragraph that a list belongs to
        for block in node.get("content", [])[1:]:
            above = self.block(block, prefix, counts, above)

    def block(self, node: dict, prefix: str | None, counts: list[int], above: str | None) -> str | None:
        name, attrs = node["type"], node.get("attrs") or {}
        if name in ("para", "recommendation"):
            if not attrs.get("numbered", True) or prefix is None:
                return above
            level = attrs.get("level", 1) if name == "para" else 1
            level = min(level, len(counts) + 1)
            del counts[level:]
            if len(counts) < level:
                counts.append(0)
            counts[level - 1] += 1
            number = ".".join([prefix, *map(str, counts)])
            word = "paragraph" if name == "para" else "recommendation"
            self.put(node, number, f"{word} {number}")
            return f"{word} {number}"
        if name in ("tableFigure", "figure", "chart"):
            if attrs.get("numbered", True):
                if name == "tableFigure":
                    self.tables += 1
                    number = f"Table {self.tables}"
                else:
                    self.figures += 1
                    number = f"Figure {self.figures}"
                self.put(node, number, number)
        elif name in ("bulletList", "orderedList"):
            self.list(node, above)
        return above

    def list(self, node: dict, above: str | None) -> None:
        kind = (node.get("attrs") or {}).get("kind", "alpha") if node["type"] == "orderedList" else None
        for count, item in enumerate(node.get("content", []), start=1):
            label = above
            if kind:
                mark = ordinal(kind, count)
                if kind == "decimal":
                    label = f"{above}, item {mark}" if above else f"item {mark}"
                else:
                    label = f"{above}{mark}" if above else f"item {mark}"
                self.put(item, mark, label)
            for nested in item.get("content", [])[1:]:
                self.list(nested, label)


def number(document: dict) -> Numbering:
    """The numbers of a document as it stands."""
    counter = _Counter()
    for section in document.get("content", []):
        counter.section(section)
    return Numbering(counter.entries)
