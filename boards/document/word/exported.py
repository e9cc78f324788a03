"""Reading a Word file that this portal wrote: ids and what Word has no place for come back, words come from Word.

Every paragraph that stood for a block carries the block's id as a bookmark. A paragraph without one was added in Word
and is read by its style. What was removed in Word is gone.
"""

from hashlib import sha256

from .. import ids
from ..findings.facts import ImportFacts
from .bibliography import _contact
from .header import PrintedHeader, read_header
from .images import PictureError, clean, source_of
from .lines import Grid, plain, tidy
from .shapes import mark_of
from .tables import _cell, _rowspan, table_block

NAMESPACE, ROOT = "urn:board-papers:document:1", "paper"
TEXT_BLOCKS = ("para", "subheading", "recommendation", "sourceDocument", "guidance")


def rebuild(package, items, ours, save_asset, say):
    """(document, header, facts) of a file that was exported here and perhaps worked on in Word."""
    builder = _Builder(package, ours, save_asset, say)
    for item in items:
        builder.take(item)
    header, _ = read_header(builder.front, [])
    return {"type": "doc", "content": builder.sections}, _with(header, ours.get("header")), ImportFacts()


def _with(header: PrintedHeader, kept):
    """The header as the front of the file prints it; marking and number stand in the running header of the page."""
    for name in ("marking", "agenda_number"):
        if isinstance(kept, dict) and not getattr(header, name):
            setattr(header, name, str(kept.get(name) or ""))
    return header


class _Builder:
    def __init__(self, package, ours, save_asset, say):
        self.package, self.save_asset, self.say = package, save_asset, say
        self.known = {key: value for key, value in ours["blocks"].items() if isinstance(value, dict)}
        self.sections, self.front = [], []
        self.items, self.lists = {}, {}
        self.table = None  # a table block that waits for its Word table
        self.added = 0

    def take(self, item):
        if isinstance(item, Grid):
            self._grid(item)
            return
        known = [block_id for block_id in item.blocks if block_id in self.known]
        if not known:
            self._added(item)
            return
        block_id = known[-1]
        record = self.known[block_id]
        kind = record.get("type")
        attrs = {**(record.get("attrs") or {}), "id": block_id}
        if kind == "section":
            self._section(attrs, item)
        elif self.sections:
            self._block(kind, attrs, record, item)

    def _section(self, attrs, item):
        self.table = None
        self.sections.append(
            {"type": "section", "attrs": attrs, "content": [_node("heading", None, _texts(item.nodes))]}
        )

    def _push(self, block):
        self.sections[-1]["content"].append(block)

    def _block(self, kind, attrs, record, item):
        self.table = None
        if kind in TEXT_BLOCKS:
            self._push(_node(kind, attrs, item.nodes))
        elif kind == "listItem":
            self._item(attrs, record, item)
        elif kind == "quote":
            self._push(_node(kind, attrs, [_node("plain", None, item.nodes)]))
        elif kind == "tableFigure":
            self.table = _node(kind, attrs, [_node("caption", None, _texts(item.nodes))])
            self._push(self.table)
        elif kind == "figure":
            self._push(_node(kind, attrs, [_node("caption", None, []), _node("image", self._image(record, item))]))
        elif kind == "contactOfficer":
            self._push(self._officer(attrs, item))
        elif kind in ("chart", "recommendationEcho"):
            self._push(_node(kind, attrs))

    def _officer(self, attrs, item):
        """A contact officer as recorded, or as rewritten in Word."""
        words = plain(item.nodes)
        if words == ", ".join(filter(None, (attrs.get("role"), attrs.get("mailbox")))):
            return _node("contactOfficer", attrs)
        found = _contact(words.strip()) or {"attrs": {}}
        return _node("contactOfficer", {**attrs, **found["attrs"]})

    def _item(self, attrs, record, item):
        list_id = record.get("list")
        node = _node("listItem", attrs, [_node("plain", None, item.nodes)])
        self.items[attrs["id"]] = node
        holder = self.lists.get(list_id)
        if holder is None:
            known = self.known.get(list_id) or {"type": "bulletList", "attrs": {}}
            holder = _node(known["type"], {**(known.get("attrs") or {}), "id": list_id}, [])
            self.lists[list_id] = holder
            parent = self.items.get(known.get("inside"))
            (parent["content"] if parent else self.sections[-1]["content"]).append(holder)
        holder.setdefault("content", []).append(node)

    def _image(self, record, item):
        """The picture as recorded; one put in its place in Word is brought in anew."""
        kept = dict(record.get("image") or {"src": "", "alt": ""})
        if not item.pictures:
            return kept
        picture = item.pictures[0]
        data = self.package.read(picture.part, 40 * 1024 * 1024)
        kept["alt"] = picture.alt if picture.alt != kept.get("alt", "").strip() else kept["alt"]
        if sha256(data).hexdigest() == record.get("picture"):
            return kept
        try:
            data, content_type = clean(data)
        except PictureError as problem:
            self.say(f"A picture was not brought in: {problem}. The one before was kept.")
            return kept
        source = source_of(data)
        if self.save_asset:
            source = self.save_asset(data, content_type, f"picture.{content_type.split('/')[1]}") or source
        return {**kept, "src": source}

    def _grid(self, grid):
        if not self.sections:
            self.front.append(grid)
            return
        if self.table is None:
            self._push(table_block(grid))
            self._count()
            return
        rows = [self._row(grid, at, row) for at, row in enumerate(grid.rows)]
        self.table["content"].append(_node("table", None, rows))
        self.table = None

    def _row(self, grid, at, row):
        row_id = grid.row_ids[at] if at < len(grid.row_ids) else None
        record = self.known.get(row_id) or {}
        cells = [cell for cell in row if cell.merged != "continue" or not at]
        kept = record.get("cells") or []
        if len(kept) == len(cells):
            content = [
                _node(saved["type"], saved.get("attrs"), [_node("plain", None, line.nodes) for line in _lines(cell)])
                for saved, cell in zip(kept, cells, strict=True)
            ]
        else:
            head = bool(kept) and all(saved["type"] == "tableHeader" for saved in kept)
            content = [_cell(cell, head, _rowspan(grid, at, cell)) for cell in cells]
        return _node("tableRow", {**(record.get("attrs") or {}), "id": row_id or ids.new()}, content)

    def _added(self, line):
        """A line without a block of its own: part of the block before it, or words added in Word."""
        style = line.style.lower()
        if not self.sections and (style != "heading 1" or not line.words):
            self.front.append(line)
            return
        last = self.sections[-1]["content"][-1] if self.sections else None
        if style == "recommendation repeated":
            return
        if style == "figure caption" and last and last["type"] == "figure":
            last["content"][0] = _node("caption", None, _texts(line.nodes))
        elif style == "table note" and last and last["type"] == "tableFigure" and len(last["content"]) == 2:
            last["content"].append(_node("tableNote", None, line.nodes))
        elif style == "quote" and last and last["type"] == "quote":
            last["content"].append(_node("plain", None, line.nodes))
        elif line.words:
            self._count()
            self._new(line, style, last)

    def _count(self):
        self.added += 1
        if self.added == 1:
            self.say("Words were added in Word: they came in as new blocks.")

    def _new(self, line, style, last):
        nodes = tidy(line.nodes)
        if line.heading == 1 or style == "appendix heading":
            role = "appendix" if style == "appendix heading" else "body"
            self._section({"id": ids.new(), "role": role}, line)
        elif line.heading:
            self._push(_node("subheading", {"id": ids.new()}, nodes))
        elif style.startswith("paragraph ") or style == "recommendation":
            level = int(style[-1]) if style[-1] in "123" else 1
            self._push(_node("para", {"id": ids.new(), "level": level, "numbered": True}, nodes))
        else:
            mark = mark_of(line)
            if mark and mark.kind in ("bullet", "alpha", "roman", "decimal", "whole") and mark.auto:
                kind = {"bullet": "bulletList"}.get(mark.kind, "orderedList")
                item = _node("listItem", {"id": ids.new()}, [_node("plain", None, nodes)])
                if last and last["type"] == kind:
                    last["content"].append(item)
                else:
                    self._push(_node(kind, {"id": ids.new()}, [item]))
            else:
                self._push(_node("para", {"id": ids.new(), "numbered": False}, nodes))


def _lines(cell):
    return [line for item in cell.content for line in (item.lines() if isinstance(item, Grid) else (item,))]


def _node(kind, attrs=None, content=None):
    node = {"type": kind}
    if attrs is not None:
        node["attrs"] = dict(attrs)
    if content:
        node["content"] = content
    return node


def _texts(nodes):
    """Titles and captions hold text with redline marks only."""
    out = []
    for node in nodes:
        if node["type"] == "text":
            marks = [m for m in node.get("marks", ()) if m["type"] in ("inserted", "deleted")]
            out.append({"type": "text", "text": node["text"], **({"marks": marks} if marks else {})})
        elif node["type"] == "hardBreak":
            out.append({"type": "text", "text": " "})
    return out
