"""From Word's XML to lines and tables, in the order a reader meets them.

The walk is our own, on the XML itself, rather than through an HTML converter: only the XML still says which list a
paragraph belongs to, where a merged cell begins and where a deleted sentence was, and each of those changes a number
the board sees. Whatever is not carried over is counted, so that the author can be told.
"""

import re
from collections import Counter

from .lines import Cell, Grid, Line
from .numbers import Numbering, q, value
from .runs import MAX_DEPTH, RunReader
from .styles import Styles, number_properties, toggle

MAX_LINES = 20_000


class TooLong(Exception):
    """The document has more paragraphs than a paper can have."""


class Walker(RunReader):
    """Reads the body of one document. `dropped` counts, by kind, what was not carried over."""

    def __init__(self, package, ours=None):
        self.package = package
        self.styles = Styles(self._part("styles"))
        self.numbering = Numbering(self._part("numbering"))
        self.notes = self._notes("footnotes", "footnote") | self._notes("endnotes", "endnote")
        self.part = package.main
        self.ours = ours or {}
        self.dropped = Counter()
        self.said = []  # addresses of links that the schema cannot carry: (line, text, address)
        self.count = 0
        self._fields = []
        self._waiting = []  # bookmarks between paragraphs belong to the next one
        self._joining = None  # a line whose own end was deleted: the next paragraph carries it on

    def _part(self, kind):
        names = self.package.related(kind)
        return self.package.xml(names[0]) if names else None

    def _notes(self, kind, element):
        root = self._part(kind)
        if root is None:
            return {}
        part = self.package.related(kind)[0]
        found = {}
        for note in root.findall(q(element)):
            if note.get(q("type")) in (None, "normal"):
                found[kind, note.get(q("id"))] = (part, note)
        return found

    def blocks(self, container, depth=0):
        """Lines and tables of a body, cell or text box, in order."""
        outer, self._joining = self._joining, None
        yield from self._walk(container, depth)
        yield from self._joined()
        self._joining = outer

    def _walk(self, container, depth):
        if depth > MAX_DEPTH:
            self.dropped["nested"] += 1
            return
        for child in container:
            if not isinstance(child.tag, str):
                continue
            name = child.tag.rsplit("}", 1)[-1]
            if name == "p":
                yield from self.paragraph(child, depth)
            elif name == "tbl":
                yield from self._joined()
                yield self.table(child, depth + 1)
            elif name == "sdt":
                content = child.find(q("sdtContent"))
                if content is not None:
                    if self._is_contents(child):
                        self.dropped["contents"] += 1
                    else:
                        yield from self._walk(content, depth + 1)
            elif name in ("ins", "moveTo", "customXml", "smartTag"):
                self._tracked(name)
                yield from self._walk(child, depth + 1)
            elif name in ("del", "moveFrom"):
                self._tracked(name)
            elif name == "bookmarkStart":
                self._bookmark(child)
            elif name == "AlternateContent":
                chosen = self._choice(child)
                if chosen is not None:
                    yield from self._walk(chosen, depth + 1)
            elif name == "altChunk":
                self.dropped["chunk"] += 1

    def paragraph(self, element, depth=0):
        """One paragraph, followed by the text of any text boxes anchored in it."""
        self.count += 1
        if self.count > MAX_LINES:
            raise TooLong
        ppr = element.find(q("pPr"))
        style = value(ppr, "pStyle") or self.styles.default
        listed = self._in_contents() or re.match(r"toc\s?\d", self.styles.name(style), re.I)
        line, goes_on = self._begun(ppr, style)
        boxes = []
        self._inline(element, line, style, (), boxes, depth)
        if (listed or self._in_contents()) and re.search(r"\d$", line.words) and not goes_on:
            self.dropped["contents"] += 1
            return
        line.bold = line.letters > 0 and line.bold_letters == line.letters
        if self._loses_its_end(ppr):
            if not goes_on and line.words:
                line.auto = self._printed(ppr, style)
            self._joining = line
        else:
            if not goes_on:
                line.auto = self._printed(ppr, style)
            yield line
        for box in boxes:
            self.dropped["text box"] += 1
            for item in self.blocks(box, depth + 1):
                if isinstance(item, Line):
                    item.source = "text box"
                yield item

    def _begun(self, ppr, style):
        """(line, goes on): the line a paragraph fills, its own or the one before whose end was deleted."""
        line, self._joining = self._joining, None
        goes_on = line is not None and not line.is_empty
        if goes_on:
            line.blocks += self._waiting
        else:
            line = Line(style=self.styles.name(style), heading=self.styles.heading_level(style, ppr))
            line.align = {"right": "right", "end": "right", "center": "centre"}.get(value(ppr, "jc") or "")
            line.indent = self._indent(ppr)
            line.bullet_style = _listy(line.style)
            line.blocks = self._waiting
        self._waiting = []
        return line, goes_on

    def _in_contents(self):
        """Whether the walk is inside the field that makes a table of contents."""
        return any(field["stage"] == "result" and field["code"].split()[:1] == ["TOC"] for field in self._fields)

    def _loses_its_end(self, ppr):
        """Whether the end of a paragraph is a tracked deletion, so that the next paragraph joins it."""
        mark = ppr.find(q("rPr")) if ppr is not None else None
        if mark is None:
            return False
        gone = any(mark.find(q(name)) is not None for name in ("del", "moveFrom"))
        if gone or any(mark.find(q(name)) is not None for name in ("ins", "moveTo")):
            self._tracked("ins")
        return gone

    def _joined(self):
        """The line that was waiting for a paragraph to carry it on, where none came."""
        line, self._joining = self._joining, None
        if line is not None and not line.is_empty:
            yield line

    def _printed(self, ppr, style):
        found = number_properties(ppr)
        if found is None or found[0] is None:
            inherited = self.styles.numbering(style)
            if inherited is None:
                return None
            list_id, depth, by = inherited
            if depth is None:
                depth = self.numbering.depth_of_style(list_id, by)
        else:
            list_id, depth = found
            if depth is None:
                inherited = self.styles.numbering(style)
                depth = inherited[1] if inherited and inherited[0] == list_id else None
                if depth is None:
                    depth = self.numbering.depth_of_style(list_id, style)
        if list_id == "0":
            return None
        return self.numbering.printed(list_id, depth or 0)

    def _indent(self, ppr):
        ind = ppr.find(q("ind")) if ppr is not None else None
        if ind is None:
            return 0
        left = ind.get(q("left")) or ind.get(q("start")) or "0"
        return int(left) if re.fullmatch(r"-?\d+", left) else 0

    def table(self, element, depth=1):
        """A table with its merged cells still marked as Word marks them."""
        grid = Grid()
        grid.blocks, self._waiting = self._waiting, []
        columns = element.find(q("tblGrid"))
        if columns is not None:
            grid.widths = [_number(c.get(q("w"))) for c in columns.findall(q("gridCol"))]
        heading = True
        for row in self._rows(element):
            properties = row.find(q("trPr"))
            if properties is not None and properties.find(q("del")) is not None:
                self._tracked("del")
                continue
            cells, column = [], 0
            before = value(properties, "gridBefore")
            column += int(before) if before and before.isdigit() else 0
            for tc in self._cells(row):
                if tc.find(f"{q('tcPr')}/{q('cellDel')}") is not None:
                    self._tracked("del")
                    continue
                cell = self._cell(tc, depth)
                cell.column = column
                column += cell.colspan
                cells.append(cell)
            is_header = toggle(properties, "tblHeader") is True
            heading = heading and is_header
            grid.header_rows += 1 if heading else 0
            grid.rows.append(cells)
            grid.row_ids.append(next((b for c in cells for i in c.content for b in getattr(i, "blocks", ())), None))
        return grid

    def _rows(self, element):
        for child in element:
            name = child.tag.rsplit("}", 1)[-1] if isinstance(child.tag, str) else ""
            if name == "tr":
                yield child
            elif name in ("sdt", "sdtContent", "ins", "customXml"):
                yield from self._rows(child)

    def _cells(self, row):
        for child in row:
            name = child.tag.rsplit("}", 1)[-1] if isinstance(child.tag, str) else ""
            if name == "tc":
                yield child
            elif name in ("sdt", "sdtContent", "customXml"):
                yield from self._cells(child)

    def _cell(self, tc, depth):
        properties = tc.find(q("tcPr"))
        span = value(properties, "gridSpan")
        merge = properties.find(q("vMerge")) if properties is not None else None
        merged = None if merge is None else merge.get(q("val"), "continue")
        content = list(self.blocks(tc, depth))
        if merged == "continue" and any(item.words for item in content):
            self.dropped["hidden"] += 1  # Word does not show it either
        return Cell(content, colspan=max(1, min(60, int(span))) if span and span.isdigit() else 1, merged=merged)


def _number(text):
    return int(text) if text and text.isdigit() else 0


def _listy(style):
    match = re.match(r"list (bullet|number)", style, re.I)
    return match.group(1).lower() if match else None
