"""A document as the rules read it: sections with their blocks, each with its words and numbers, worked out once."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from .. import numbering
from .facts import ImportFacts, PaperFacts

SPACES = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2007\u2009\u202f"), " ")  # as many letters as before
PROSE = ("para", "recommendation", "quote", "listItem")


def words_of(nodes):
    """The words of inline nodes; every kind of blank is a space and a footnote is not part of its sentence."""
    out = []
    for node in nodes or ():
        kind = node["type"]
        if kind == "text":
            out.append(node["text"].translate(SPACES))
        elif kind == "hardBreak":
            out.append(" ")
        elif kind in ("xref", "bound", "tag"):
            out.append(node.get("attrs", {}).get("text") or "\ufffc")
    return "".join(out)


@dataclass
class Passage:
    """One piece of running text with its place: a paragraph, list item, quotation, cell, note, caption or heading."""

    kind: str
    block_id: str | None
    text: str
    number: str | None  # as printed on import, else as computed
    section: "Section"
    nodes: list = field(default_factory=list)
    block: dict = field(default_factory=dict)
    level: int = 1
    numbered: bool = False
    leads: bool = False  # a list, table, figure or quotation follows and finishes the sentence


@dataclass
class Section:
    """A section with its title, role and what it holds."""

    id: str
    title: str
    role: str | None
    numbered: bool
    number: str | None
    printed: str | None
    blocks: list
    passages: list = field(default_factory=list)


class Paper:
    """One document, read for the rules."""

    def __init__(self, document: dict, facts: PaperFacts):
        self.document = document
        self.facts = facts
        self.imported = facts.imported or ImportFacts()
        self.numbers = numbering.number(document)
        self.worked_out = {}  # what several rules ask for, by name
        self.sections = [self._section(node) for node in document.get("content", [])]

    def number(self, block_id):
        """The number a reader of the source saw, else the computed one."""
        return (
            self.imported.printed.get(block_id) or self.imported.headings.get(block_id) or self.numbers.number(block_id)
        )

    def _section(self, node):
        attrs, content = node.get("attrs", {}), node.get("content", [])
        block_id = attrs.get("id")
        title = words_of(content[0].get("content")) if content else ""
        section = Section(
            block_id,
            title,
            attrs.get("role"),
            attrs.get("numbered", True),
            self.numbers.number(block_id),
            self.imported.headings.get(block_id),
            content[1:],
        )
        section.passages.append(Passage("heading", block_id, title, self.number(block_id), section))
        for at, block in enumerate(section.blocks):
            following = section.blocks[at + 1]["type"] if at + 1 < len(section.blocks) else None
            self._block(block, section, following)
        return section

    def _block(self, block, section, following):
        kind, attrs = block["type"], block.get("attrs", {})
        block_id = attrs.get("id")
        number = self.number(block_id)
        add = section.passages.append
        if kind in ("para", "recommendation", "subheading", "sourceDocument", "guidance"):
            nodes = block.get("content", [])
            words = self.imported.wording.get(block_id) or words_of(nodes)
            leads = following in ("bulletList", "orderedList", "tableFigure", "figure", "chart", "quote")
            numbered = kind in ("para", "recommendation") and attrs.get("numbered", True)
            add(Passage(kind, block_id, words, number, section, nodes, block, attrs.get("level", 1), numbered, leads))
        elif kind in ("bulletList", "orderedList"):
            self._list(block, section, self._above(section))
        elif kind == "quote":
            for line in block.get("content", []):
                nodes = line.get("content", [])
                add(Passage("quote", block_id, words_of(nodes), self._above(section), section, nodes, block))
        elif kind in ("tableFigure", "figure"):
            caption = words_of(block["content"][0].get("content"))
            label = self.imported.captions.get(block_id) or self.numbers.number(block_id)
            add(Passage("caption", block_id, caption, label, section, [], block))
            if kind == "tableFigure":
                self._table(block, section, label)
        elif kind == "contactOfficer":
            words = " ".join(filter(None, (attrs.get("role"), attrs.get("mailbox")))).translate(SPACES)
            add(Passage(kind, block_id, words, None, section, [], block))
        elif kind == "chart":
            add(Passage("caption", block_id, attrs.get("caption") or "", number, section, [], block))
        elif kind == "recommendationEcho":
            for said, words in self.imported.closing_printed or ():
                add(Passage("echo", block_id, words, said or None, section, [], block, 1, True))

    def _above(self, section):
        return next(
            (p.number for p in reversed(section.passages) if p.kind in ("para", "recommendation", "heading")), None
        )

    def _list(self, block, section, above):
        for item in block.get("content", []):
            plain, nested = item["content"][0], item["content"][1:]
            nodes = plain.get("content", [])
            item_id = item.get("attrs", {}).get("id")
            own = self.imported.printed.get(item_id)
            number = own if own and above is None else above
            passage = Passage("listItem", item_id, words_of(nodes), number, section, nodes, item, leads=bool(nested))
            section.passages.append(passage)
            for inner in nested:
                self._list(inner, section, above)

    def _table(self, block, section, label):
        block_id = block["attrs"].get("id")
        for row in block["content"][1].get("content", []):
            for cell in row.get("content", []):
                for line in cell.get("content", []):
                    nodes = line.get("content", [])
                    if nodes:
                        section.passages.append(Passage("cell", block_id, words_of(nodes), label, section, nodes, cell))
        if len(block["content"]) > 2:
            nodes = block["content"][2].get("content", [])
            section.passages.append(Passage("tableNote", block_id, words_of(nodes), label, section, nodes, block))

    # views

    @cached_property
    def passages(self):
        return [passage for section in self.sections for passage in section.passages]

    @cached_property
    def prose(self):
        """Paragraphs, recommendations, list items and quotations that hold words."""
        return [p for p in self.passages if p.kind in PROSE and p.text.strip()]

    @cached_property
    def footnotes(self):
        """(passage, footnote's words) of every footnote."""
        return [
            (passage, words_of(node.get("content")))
            for passage in self.passages
            for node in passage.nodes
            if node["type"] == "footnote"
        ]

    def with_role(self, role):
        return [section for section in self.sections if section.role == role]

    def blocks_of(self, *kinds):
        """(section, block) of every top-level block of these kinds."""
        return [(s, b) for s in self.sections for b in s.blocks if b["type"] in kinds]

    @cached_property
    def tables(self):
        """Every table as a `Table`."""
        return [Table(self, section, block) for section, block in self.blocks_of("tableFigure")]


class Table:
    """A table as a grid of cell texts, merged cells repeated in every place they cover."""

    def __init__(self, paper, section, block):
        from .. import grid

        self.block_id = block["attrs"].get("id")
        self.label = paper.imported.captions.get(self.block_id) or paper.numbers.number(self.block_id)
        self.caption = words_of(block["content"][0].get("content"))
        self.note = words_of(block["content"][2].get("content")) if len(block["content"]) > 2 else ""
        rows = block["content"][1].get("content", [])
        self.header_rows = 0
        self.rows, held = [], {}
        for at, (row, places) in enumerate(zip(rows, grid.places(rows), strict=True)):
            cells = row.get("content", [])
            if at == self.header_rows and cells and all(cell["type"] == "tableHeader" for cell in cells):
                self.header_rows += 1
            line = dict(held.get(at, {}))
            for cell, column in zip(cells, places, strict=True):
                attrs = cell.get("attrs", {})
                words = " ".join(words_of(p.get("content")) for p in cell.get("content", []))
                words = re.sub(r"\s+", " ", words).strip()
                for across in range(column, column + (attrs.get("colspan") or 1)):
                    for below in range(at, at + (attrs.get("rowspan") or 1)):
                        if below == at:
                            line[across] = words
                        else:
                            held.setdefault(below, {})[across] = words
            self.rows.append([line.get(column, "") for column in range(max(line, default=-1) + 1)])

    @property
    def body(self):
        return self.rows[self.header_rows :]

    @property
    def header(self):
        return self.rows[: self.header_rows]


def quoted(text, most=60):
    """Words of the paper inside a sentence of ours, cut short."""
    text = re.sub(r"\s+", " ", text).strip()
    return f"“{text if len(text) <= most else text[: most - 1].rstrip() + '…'}”"
