"""Two versions of a paper shown as one: what was added, removed, moved and changed, in words as well as in colour.

``document`` gives a document of its own, with inserted and deleted marks and labels, which is sealed and printed like
any other; its numbers are those of the new version. ``render`` gives HTML for a page, with the list of changes.
"""

from dataclasses import dataclass
from html import escape

from . import build as b
from . import grid, html, ids, words
from .changes import Names, removed_in
from .compare import Change, Comparison, compare
from .records import ROOT, Record, Records, node, split
from .schema import normalise
from .specification import NODES, TEXT_BLOCKS

__all__ = ["Redline", "document", "render", "summary"]

_LISTS = ("bulletList", "orderedList")
# What of an attribute is said in the redline, with the words for its two values.
_SPOKEN = {
    "verb": "was to {old}", "to": "was made to the {old}", "href": "link changed", "outcome": "outcome changed",
    "restricted": "restriction changed", "data": "drawn from new figures", "caption": "caption was: {old}",
}  # fmt: skip


@dataclass(frozen=True)
class Redline:
    """``html`` of the woven paper; ``changes`` in reading order, each naming the block it can be found at."""

    html: str
    changes: list[Change]


def render(before: dict, after: dict, *, context=None, heading_level: int = 2) -> Redline:
    """Both versions as one page of HTML. Every change stands in an element of class ``change``, named in words."""
    weaver = _Weaver(before, after, labels=False)
    woven = weaver.document()
    markup = html.render(
        woven, numbers=weaver.now.numbers, context=context, heading_level=heading_level, notes=weaver.notes
    )
    return Redline(markup, weaver.comparison.changes)


def document(before: dict, after: dict) -> dict:
    """Both versions as one document: added words marked inserted, removed ones deleted, moves and the rest in tags."""
    return _Weaver(before, after, labels=True).document()


def summary(changes: list[Change]) -> str:
    """The changes as a list of links to their blocks."""
    items = "".join(
        f'<li><a href="#{change.block_id}">{escape(change.sentence, quote=False)}</a></li>' for change in changes
    )
    return f'<ol class="changes">{items}</ol>' if items else "<p>No changes.</p>"


class _Weaver:
    """Walks the new version and puts the old one's removed parts back where they were."""

    def __init__(self, before: dict, after: dict, *, labels: bool):
        self.old, self.new = split(before), split(after)
        self.comparison: Comparison = compare(before, after)
        self.was, self.now = Names(before, self.old), Names(after, self.new)
        self.back = {there: here for here, there in self.comparison.pairs.items()}
        self.labels = labels
        self.notes: dict[str, tuple[str, str]] = {}

    def document(self) -> dict:
        sections = self._children(ROOT)
        return normalise({"type": "doc", "content": sections})

    def _children(self, key: str) -> list[dict]:
        """The new version's parts within a part, each preceded by its label, with removed ones in their old places."""
        gone = removed_in(key, self.new[key], self.old, self.back, self.comparison)
        lettered = self.new[key].type == "orderedList"
        answer = [part for lost in gone.get(None, ()) for part in self._removed(lost)]
        if lettered:
            answer = [_Lead(part) for part in answer]
        for child in self.new[key].children:
            answer += self._part(child)
            for lost in gone.get(child, ()):
                if lettered:
                    self._beneath(answer[-1], self._removed(lost))
                else:
                    answer += self._removed(lost)
        return answer

    @staticmethod
    def _beneath(item: dict, lost: list[dict]) -> None:
        """A removed item takes no letter: it stands in a list beneath the item it used to follow."""
        last = item["content"][-1]
        if last["type"] == "bulletList" and last["attrs"]["id"] == _nest_id(item):
            last["content"] += lost
        else:
            item["content"] = [*item["content"], _bullets(lost, _nest_id(item))]

    # What is still there

    def _part(self, key: str) -> list[dict]:
        record = self.new[key]
        if key in self.comparison.added:
            *around, made = self._fresh(key)
            return [*around, *self._whole(made, "added", "Added", nested=self._nested(self.new, key))]
        label = self._label(key)
        *around, made = self._woven(key, record, self.comparison.edits.get(key))
        if label:
            self.notes[key] = ("moved" if key in self.comparison.moved else "changed", label)
        elif key in self.comparison.edits:
            self.notes[key] = ("changed", "")
        if label and self.labels and not self._nested(self.new, key):
            return [*around, *self._labelled(made, label)]
        return [*around, made]

    @staticmethod
    def _nested(records: Records, key: str) -> bool:
        """Whether the part is a list within a list item, where no label can stand."""
        return records[key].type in _LISTS and records[records.parents[key]].type == "listItem"

    def _label(self, key: str) -> str:
        """What has to be said in words because no inserted or deleted text says it."""
        said = []
        if key in self.comparison.moved:
            place = self.was.numbers.label(self.comparison.moved[key])
            said.append(f"Moved from {place}" if place and place != self.now.numbers.label(key) else "Moved")
        edit = self.comparison.edits.get(key)
        if edit:
            if edit.type:
                said.append(f"Was a {NODES[edit.type[0]].words}")
            for name, sides in edit.attrs.items():
                form = _SPOKEN.get(name)
                old = dict(sides).get("old")
                if form and self.new[key].type != "contactOfficer":
                    said.append(form.format(old=old if old not in (None, "") else "not given"))
            if "image" in edit.parts:
                said.append("picture changed")
            runs = edit.parts.get("text")
            if isinstance(runs, list) and words.ops(runs) == {"formatted"}:
                said.append("formatting changed")
        joined = "; ".join(said)
        return joined[:1].upper() + joined[1:]

    def _woven(self, key: str, record: Record, edit) -> list[dict]:
        """One part with its old and new words woven, and its children; what does not fit in stands before it."""
        parts = dict(record.parts)
        for name, change in (edit.parts if edit else {}).items():
            if name == "image":
                continue
            if isinstance(change, tuple):  # the part is only in one version
                old, new = change
                parts[name] = b.dele(old) if new is None else b.ins(new)
            elif name == "cells":
                parts[name] = self._cells(change)
            elif name == "lines":
                parts[name] = [_weave(segments) for _, _, segments in change]
            else:
                parts[name] = _weave(change)
        if record.type == "contactOfficer" and edit:
            return [self._contact(key, edit)]
        return self._held(Record(record.type, record.attrs, parts), key, self._children(key))

    def _held(self, record: Record, key: str, children: list[dict]) -> list[dict]:
        """A part with its children; what cannot stand among them is put before it."""
        around = []
        if record.type == "orderedList":
            leads = [dict(child) for child in children if isinstance(child, _Lead)]
            children = [child for child in children if not isinstance(child, _Lead)]
            if leads:
                around = [_bullets(leads, ids.from_key("redline-lead", key))]
        if record.type == "tableFigure":
            gone = [row for row in children if self.notes.get(row["attrs"]["id"], ("",))[0] == "removed"]
            kept = [row for row in children if row not in gone]
            if gone and kept and not _fits(kept, gone):
                children = kept
                words_for = f"Rows removed from {self.now.of(key)}"
                around = [b.table(words_for, None, [], numbered=False, id=ids.from_key("redline-rows", key))]
                around = [_with_children(around[0], gone)]
        made = node(Records({key: Record(record.type, record.attrs, record.parts)}), key)
        return [*around, _with_children(made, children)]

    @staticmethod
    def _cells(cells: list) -> list[dict]:
        answer = []
        for cell in cells:
            base = cell.new or cell.old
            if cell.op == "changed":
                lines = [_weave(segments) for _, _, segments in cell.lines]
                base = {**base, "content": [_plain(line) for line in lines]}
            elif cell.op == "removed":
                continue  # a removed column would bend the table: the list of changes says it
            elif cell.op == "added":
                base = _mark_all(base, b.ins)
            answer.append(base)
        return answer

    def _contact(self, key: str, edit) -> dict:
        record, was = self.new[key], self.old[self.back[key]]
        old, new = _contact_words(was.attrs), _contact_words(record.attrs)
        return b.para(_weave(words.difference(old, new)), numbered=False, id=key, restricted=record.attrs["restricted"])

    # What came and what went

    def _fresh(self, key: str) -> list[dict]:
        """An added part; parts within it that only moved there are woven as they are."""
        record = self.new[key]
        children: list[dict] = []
        for child in record.children:
            if child in self.comparison.added:
                children += self._fresh(child)
            else:
                children += self._part(child)
        made = _mark_all(node(Records({key: Record(record.type, record.attrs, record.parts)}), key), b.ins)
        return [_with_children(made, children)]

    def _removed(self, key: str) -> list[dict]:
        place = self.was.numbers.label(key)
        made = self._lost(key)
        row_or_item = made["type"] in ("listItem", "tableRow")
        label = "Removed" if row_or_item or not place else f"Removed (was {place})"
        return self._whole(made, "removed", label, nested=self._nested(self.old, key))

    def _lost(self, key: str) -> dict:
        """A removed part in deleted words, without number, name or key; parts that moved elsewhere are shown there."""
        record = self.old[key]
        fresh = ids.from_key("redline", key) if key in self.new else key
        children = [self._lost(child) for child in record.children if child in self.comparison.removed]
        attrs = dict(record.attrs)
        for name, value in (("anchor", None), ("gen", None), ("numbered", False), ("widths", None)):
            if name in attrs:
                attrs[name] = value
        gone = self._gone_words(record, bool(children))
        if gone:
            return b.para(b.dele(gone), numbered=False, id=fresh, restricted=attrs["restricted"])
        made = _mark_all(node(Records({fresh: Record(record.type, attrs, record.parts)}), fresh), b.dele)
        return _with_children(made, children)

    @staticmethod
    def _gone_words(record: Record, children: bool) -> object:
        """The words for a removed block that cannot itself carry deleted words, or would count as if it were there."""
        if record.type == "recommendation":
            return [record.attrs["verb"], " ", record.parts["text"]]
        if record.type == "contactOfficer":
            return _contact_words(record.attrs)
        if record.type == "recommendationEcho":
            return "The recommendations again"
        if record.type in (*_LISTS, "tableFigure") and not children:
            return f"{NODES[record.type].words[:1].upper()}{NODES[record.type].words[1:]}, now elsewhere"
        return None

    def _whole(self, made: dict, kind: str, label: str, *, nested: bool) -> list[dict]:
        """An added or removed part with what is said of it."""
        self.notes[made["attrs"]["id"]] = (kind, label)
        wordless = made["type"] in ("chart", "figure", "contactOfficer", "recommendationEcho")
        quiet = made["type"] in ("listItem", "tableRow") or nested
        if self.labels and not quiet and (wordless or kind == "removed"):
            return self._labelled(made, label)
        return [made]

    def _labelled(self, made: dict, label: str) -> list[dict]:
        chip = b.tag(label, "removed" if label.startswith("Removed") else "new" if label == "Added" else "changed")
        if made["type"] in TEXT_BLOCKS:
            return [{**made, "content": [chip, b.text(" "), *made.get("content", [])]}]
        if made["type"] == "section":
            heading, *rest = made["content"]
            return [{**made, "content": [heading, _chip_line(chip, made), *rest]}]
        if made["type"] == "listItem":
            plain, *rest = made["content"]
            return [{**made, "content": [_plain([chip, b.text(" "), *plain.get("content", [])]), *rest]}]
        if made["type"] == "tableRow":
            first, *rest = made.get("content") or [b.cell()]
            plain, *lines = first["content"]
            first = {**first, "content": [_plain([chip, b.text(" "), *plain.get("content", [])]), *lines]}
            return [{**made, "content": [first, *rest]}]
        return [_chip_line(chip, made), made]


class _Lead(dict):
    """A removed item that stood before the first item of a lettered list: it goes in front of the list."""


def _nest_id(item: dict) -> str:
    return ids.from_key("redline-list", item["attrs"]["id"])


def _bullets(items: list[dict], key: str) -> dict:
    return {**b.bullets(id=key), "content": items}


def _fits(kept: list[dict], gone: list[dict]) -> bool:
    """Whether removed rows can stand among the rows that stay: no cell reaches down, and the columns are as many."""
    down = any(cell["attrs"]["rowspan"] > 1 for row in (*kept, *gone) for cell in row.get("content", ()))
    return not down and grid.width(kept) == grid.width(gone)


def _chip_line(chip: dict, made: dict) -> dict:
    key = ids.from_key("redline-label", made["attrs"]["id"])
    return b.para(chip, numbered=False, id=key, restricted=made["attrs"].get("restricted"))


def _contact_words(attrs: dict) -> list[dict]:
    return b.inline("Contact officer: ", ", ".join(filter(None, (attrs["role"], attrs["mailbox"]))))


def _plain(content: list[dict]) -> dict:
    return {"type": "plain", "content": content} if content else {"type": "plain"}


def _weave(segments: list) -> list[dict]:
    """Old and new words one after the other, marked."""
    answer: list[dict] = []
    for segment in segments:
        if segment.op in ("same", "formatted"):
            answer += segment.new or segment.old
        else:
            answer += b.dele(segment.old) + b.ins(segment.new)
    return words.joined(answer)


def _mark_all(made: dict, mark) -> dict:
    """Every word within marked as added or removed."""
    content = made.get("content")
    if not content:
        return made
    if any(NODES[child["type"]].inline for child in content):
        return {**made, "content": mark(content)}
    return {**made, "content": [_mark_all(child, mark) for child in content]}


def _with_children(made: dict, children: list[dict]) -> dict:
    """Put the parts within a part into the place its kind has for them."""
    if not children:
        return made
    if made["type"] == "tableFigure":
        caption, table, *note = made["content"]
        return {**made, "content": [caption, {**table, "content": children}, *note]}
    return {**made, "content": [*made.get("content", []), *children]}
