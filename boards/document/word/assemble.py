"""From marked lines to sections and blocks.

What decides is the number where there is one, however it was made: `2.` with a short line is a section, `2.1` a
paragraph,
`2.1.1` one deeper. Only where a paper has no numbers do styles, bold and capitals decide. Nothing is dropped: a line
that fits nowhere is an unnumbered paragraph in its place.
"""

import re

from .. import ids
from ..findings.facts import ImportFacts, PrintedLink
from . import bibliography, closing, recommend, shapes
from .figures import Figures, paragraph
from .lines import Grid, cut, tidy
from .lists import ListBuilder
from .plan import Plan


class Assembler(Figures):
    """Builds the tree of one paper. `facts` collects what was printed; `say` takes warnings for the author."""

    def __init__(self, package, save_asset, say):
        self.package, self.save_asset, self.say = package, save_asset, say
        self.facts = ImportFacts()
        self.sections = []
        self.list = ListBuilder(self.facts.printed)
        self.quote = None
        self.caption = None  # a caption waiting for the table or figure it stands above
        self.line_ids = {}  # id(line) -> block id, to tie links to blocks
        self.images = 0

    def build(self, items):
        """The sections of the paper's items, which begin at its first section heading."""
        items = [item for item in items if isinstance(item, Grid) or not item.is_empty or _numbered_blank(item)]
        plan = Plan(items)
        at = 0
        while at < len(items):
            item = items[at]
            used = bibliography.read(items, at, self)
            if used:
                at += used
                continue
            following = items[at + 1] if at + 1 < len(items) else None
            if isinstance(item, Grid):
                self.flush()
                self.push(self._table(item))
            else:
                self._line(item, plan.kinds[at], following)
            at += 1
        self.flush()
        self._loose_caption()
        closing.echo(self)
        return self.sections

    # places

    def section(self, title, role, printed=None, numbered=True, line=None):
        """Open a section."""
        self.flush()
        self._loose_caption()
        node = {
            "type": "section",
            "attrs": {"id": ids.new(), "role": role, "numbered": numbered},
            "content": [{"type": "heading", **({"content": [{"type": "text", "text": title}]} if title else {})}],
        }
        if printed:
            self.facts.headings[node["attrs"]["id"]] = printed
        if line is not None:
            self.line_ids[id(line)] = node["attrs"]["id"]
        self.sections.append(node)
        return node

    def push(self, block):
        """Put a block into the open section; text before any heading gets a section of its own."""
        if not self.sections:
            self.section("Introduction", "body", numbered=False)
            self.say("Text before the first heading was put under a heading of its own, “Introduction”.")
        self.sections[-1]["content"].append(block)
        return block["attrs"]["id"]

    def flush(self):
        """Close an open list or quotation."""
        if self.list.open:
            self.push(self.list.take())
        if self.quote is not None:
            quote, self.quote = self.quote, None
            self.push(quote)

    # lines

    def _line(self, line, kind, following):
        self._loose_caption(unless=kind.name in ("caption", "note") or bool(line.pictures))
        if kind.name in ("caption", "note") and self._belongs(line, kind, following):
            return
        nodes = tidy(
            cut(line.nodes, kind.typed), drop_marks=("strong",) if kind.name in ("section", "subheading") else ()
        )
        nodes, pictures = _without_pictures(line, nodes)
        if kind.name == "section":
            self._section(line, kind, nodes)
        elif kind.name == "item":
            self._item(line, kind, nodes)
        elif kind.name == "quote":
            self._quote(line, nodes, kind)
        elif nodes or kind.name == "numbered":
            self.flush()
            self._paragraph(line, kind, nodes)
        for picture in pictures:
            self.flush()
            self._figure(picture)

    def _section(self, line, kind, nodes):
        title = "".join(n.get("text", " ") for n in nodes if n["type"] in ("text", "hardBreak"))
        title = re.sub(r"\s+", " ", title).strip()
        appendix = shapes.APPENDIX.match(title)
        if appendix:
            rest = title[appendix.end() :].strip()
            self.section(rest or title, "appendix", appendix.group(1), line=line)
        else:
            title = re.sub(r"^[\s:–—-]+|[\s:]+$", "", title)
            numbered = kind.numbered and shapes.role_of(title) != "bibliography"
            self.section(title, shapes.role_of(title), kind.printed or None, numbered, line)
        for node in nodes:
            if node["type"] == "footnote":
                self.push(paragraph([*(node.get("content") or [])], numbered=False))
                self.say("A footnote of a heading is now an unnumbered paragraph below it.")

    def _item(self, line, kind, nodes):
        if self.quote is not None:
            self.flush()
        role = self.sections[-1]["attrs"]["role"] if self.sections else None
        if (role == "recommendation" and kind.mark.depth == 0) or (role == "recommendation" and not kind.mark.auto):
            block = recommend.block(nodes)
            if block is not None and not self.list.open:
                block_id = self.push(block)
                self._printed(block_id, kind.mark.printed, line)
                self.facts.wording[block_id] = line.words if kind.typed == 0 else _rest(line, kind)
                return
        block_id = self.list.add(kind.mark, nodes, line.indent)
        if block_id is None:
            self.flush()
            block_id = self.list.add(kind.mark, nodes, line.indent)
        self.line_ids[id(line)] = block_id

    def _quote(self, line, nodes, kind):
        if self.list.open:
            self.flush()
        if self.quote is None or kind.starts:
            self.flush()
            self.quote = {"type": "quote", "attrs": {"id": ids.new()}, "content": []}
        self.quote["content"].append({"type": "plain", "content": nodes})
        self.line_ids[id(line)] = self.quote["attrs"]["id"]

    def _paragraph(self, line, kind, nodes):
        if kind.name == "subheading":
            self.line_ids[id(line)] = self.push({"type": "subheading", "attrs": {"id": ids.new()}, "content": nodes})
            return
        role = self.sections[-1]["attrs"]["role"] if self.sections else None
        if role == "recommendation":
            block = recommend.block(nodes)
            if block is not None:
                block_id = self.push(block)
                self._printed(block_id, kind.printed, line)
                self.facts.wording[block_id] = _rest(line, kind)
                return
        numbered = kind.name == "numbered"
        block = paragraph(nodes, level=kind.level, numbered=numbered, printed=kind.printed or None)
        self._printed(self.push(block), kind.printed, line)

    def _printed(self, block_id, printed, line):
        if printed:
            self.facts.printed[block_id] = printed
        self.line_ids[id(line)] = block_id

    def tie_links(self, said):
        """Note the links whose address the tree cannot carry, with the block each stood in."""
        for line, text, address in said:
            self.facts.links.append(PrintedLink(self.line_ids.get(id(line)), text, address))


def _rest(line, kind):
    return re.sub(r"\s+", " ", line.text[kind.typed :]).strip()


def _without_pictures(line, nodes):
    return nodes, line.pictures


def _numbered_blank(line):
    """An empty paragraph that Word numbers: the reader of the paper sees the number, so it is not nothing."""
    return line.auto is not None and bool(line.auto.text)
