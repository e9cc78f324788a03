"""The changes of a comparison in sentences: "Paragraph 3.4 reworded". Reading order; what is inside an added or removed
block is not said again."""

from . import grid, numbering, text
from .comparison import Change
from .records import ROOT, Record, Records, node
from .specification import NAMES
from .words import ops

# What an attribute is called when it changes; None is not worth a word to a reader.
_ATTRIBUTES = {
    "id": None, "gen": None, "anchor": None, "printed": None, "data": "figures", "alt": "text alternative",
    "verb": "what is asked for", "to": "whom it is made to", "href": "link", "restricted": "restriction",
    "level": "level", "numbered": "numbering", "role": "role", "mailbox": "mailbox", "outcome": "outcome",
    "widths": None, "orientation": "orientation", "kind": "kind", "caption": "caption",
}  # fmt: skip
_PARTS = {"title": "title", "caption": "caption", "note": "note", "image": "picture"}


class Names:
    """What the parts of one version are called."""

    def __init__(self, document: dict, records: Records):
        self.numbers = numbering.number(document)
        self.records = records

    def of(self, key: str) -> str:
        record = self.records[key]
        label = self.numbers.label(key)
        if record.type == "tableRow":
            return self._row(key)
        if record.type == "section" and label:
            words = text.inline(record.parts["title"])
            return f"{label}, {words}" if words else label
        if label:
            return label
        parent = self.records.parents.get(key)
        if record.type == "listItem" and parent:
            return f"list item “{_short(text.inline(record.parts['text']))}”"
        words = _short(text.of(node(self.records, key)))
        return f"{NAMES[record.type]} “{words}”" if words else f"empty {NAMES[record.type]}"

    def _row(self, key: str) -> str:
        parent = self.records.parents[key]
        rows = self.records[parent].children
        cells = self.records[key].parts["cells"]
        first = _short(text.of(cells[0])) if cells else ""
        place = f"{self.of(parent)}, row {rows.index(key) + 1}"
        return f"{place} ({first})" if first else place

    def columns(self, key: str) -> list[str]:
        """The headings of the cells of a row, where the table's first row has headings."""
        rows = self.records[self.records.parents[key]].children
        first = self.records[rows[0]].parts["cells"]
        if rows[0] == key or not all(cell["type"] == "tableHeader" for cell in first):
            return []
        heads: dict[int, str] = {}
        (line,) = grid.places([{"content": first}])
        for cell, column in zip(first, line, strict=True):
            for place in range(column, column + cell["attrs"]["colspan"]):
                heads[place] = text.of(cell)
        (places,) = grid.places([{"content": self.records[key].parts["cells"]}])
        return [heads.get(place, "") for place in places]


def _short(words: str, most: int = 50) -> str:
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def describe(before: dict, after: dict, old: Records, new: Records, comparison) -> list:
    """The changes in the reading order of the new version; what was removed stands where it used to be."""
    was, now = Names(before, old), Names(after, new)
    back = {there: here for here, there in comparison.pairs.items()}

    def change(kind, key, names, details, sentence, old_key=None):
        return Change(
            kind=kind,
            block_id=key,
            type=names.records[key].type,
            details=tuple(details),
            sentence=_sentence(sentence),
            number=now.numbers.number(key) if kind != "removed" else None,
            old_number=was.numbers.number(old_key or key),
        )

    answer: list = []

    def visit(key: str, whole: bool) -> None:
        """``whole``: the part stands in one that is itself added, so only what moved here is worth saying."""
        record, old_key = new[key], back.get(key)
        fresh = key in comparison.added
        if fresh and not whole:
            answer.append(change("added", key, now, (), f"{now.of(key)} added"))
        if key in comparison.moved:
            place = was.numbers.label(old_key)
            origin = f" (was {place})" if place and place != now.numbers.label(key) else ""
            answer.append(change("moved", key, now, (), f"{now.of(key)} moved{origin}", old_key))
        edit = comparison.edits.get(key)
        if edit:
            details = list(_details(edit))
            if details:
                said = _said(edit, details, now, key, old[old_key])
                answer.append(change("changed", key, now, details, said, old_key))
        _children(key, record, whole or fresh)

    def _children(key: str, record: Record, whole: bool) -> None:
        gone = removed_in(key, record, old, back, comparison)
        for lost in gone.get(None, []):
            answer.append(change("removed", lost, was, (), f"{was.of(lost)} removed"))
        for child in record.children:
            visit(child, whole)
            for lost in gone.get(child, []):
                answer.append(change("removed", lost, was, (), f"{was.of(lost)} removed"))

    _children(ROOT, new[ROOT], False)
    return answer


def removed_in(key: str, record: Record, old: Records, back: dict, comparison) -> dict:
    """The removed children of a part, under the child of the new version that they used to follow (None: the first)."""
    home = ROOT if key == ROOT else back.get(key)
    answer: dict = {}
    if home is None:
        return answer
    here, last = set(record.children), None
    for child in old[home].children:
        there = comparison.pairs.get(child)
        if there in here:
            last = there
        elif child in comparison.removed:
            answer.setdefault(last, []).append(child)
    return answer


def _details(edit) -> list[str]:
    found = []
    if edit.type:
        found.append("type")
    for name, part in edit.parts.items():
        if name in ("text", "lines"):
            kinds = set().union(*(ops(line[2]) for line in part)) if name == "lines" else ops(part)
            found.append("formatting" if kinds == {"formatted"} else "words")
        elif name == "cells":
            found.append("cells")
        else:
            found.append(_PARTS[name])
    found += [name for name in edit.attrs if _ATTRIBUTES.get(name, name) is not None]
    return list(dict.fromkeys(found))


def _said(edit, details: list[str], now: Names, key: str, was: Record) -> str:
    place = now.of(key)
    if details == ["cells"]:
        return f"{place}: {_cells_said(edit.parts['cells'], now.columns(key))}"
    said = []
    if "type" in details:
        said.append(f"was a {NAMES[was.type]}")
    if "words" in details:
        said.append("reworded")
    if "formatting" in details:
        said.append("formatting changed")
    if "cells" in details:
        said.append(_cells_said(edit.parts["cells"], now.columns(key)))
    other = [_ATTRIBUTES.get(name, name) for name in details if name not in ("type", "words", "formatting", "cells")]
    if other:
        said.append(f"{', '.join(dict.fromkeys(map(str, other)))} changed")
    return f"{place} {'; '.join(said)}"


def _cells_said(cells: list, columns: list[str]) -> str:
    names, column = [], 0
    counts = {"changed": 0, "added": 0, "removed": 0}
    for cell in cells:
        if cell.op in counts:
            counts[cell.op] += 1
            if cell.op == "changed" and column < len(columns) and columns[column]:
                names.append(f"“{_short(columns[column], 30)}”")
        column += cell.op != "removed"
    if counts["changed"] and len(names) == counts["changed"] and not counts["added"] and not counts["removed"]:
        return f"{', '.join(dict.fromkeys(names))} changed"
    said = [f"{count} {'cell' if count == 1 else 'cells'} {op}" for op, count in counts.items() if count]
    return ", ".join(said)
