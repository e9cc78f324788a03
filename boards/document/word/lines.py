"""The two things a Word file is made of, as the reader sees them: lines (paragraphs) and tables of lines."""

import re
from dataclasses import dataclass, field

from .numbers import Printed


@dataclass
class Picture:
    """A picture where it stood; `at` is how many inline nodes of its line came before it."""

    part: str
    alt: str
    at: int
    width: int | None = None  # hundredths of the text's width


@dataclass
class Line:
    """One paragraph of the Word file: its text as inline nodes and what its appearance says about it."""

    nodes: list = field(default_factory=list)
    style: str = ""
    heading: int | None = None
    auto: Printed | None = None
    bold: bool = False  # every letter is bold, by hand or by style
    letters: int = 0
    bold_letters: int = 0
    align: str | None = None
    indent: int = 0  # twentieths of a point
    pictures: list = field(default_factory=list)
    blocks: list = field(default_factory=list)  # our own block ids found as bookmarks
    source: str = "body"  # body, text box
    bullet_style: str | None = None  # "bullet" or "number" where only the style's name says so

    @property
    def text(self):
        return plain(self.nodes)

    @property
    def words(self):
        """The text with whitespace made single, as comparisons want it."""
        return re.sub(r"\s+", " ", self.text).strip()

    @property
    def is_empty(self):
        return not self.words and not self.pictures


@dataclass
class Cell:
    """A table cell; `merged` cells continue the one above and carry no text of their own."""

    content: list
    colspan: int = 1
    merged: str | None = None  # "restart", "continue" or None
    header: bool = False
    column: int = 0

    @property
    def words(self):
        return " ".join(item.words for item in self.content if item.words).strip()


@dataclass
class Grid:
    """A Word table: rows of cells, which rows repeat as headers, and our own ids where it was exported by us."""

    rows: list = field(default_factory=list)
    header_rows: int = 0
    widths: list = field(default_factory=list)
    blocks: list = field(default_factory=list)
    row_ids: list = field(default_factory=list)

    @property
    def words(self):
        return " ".join(cell.words for row in self.rows for cell in row if cell.words)

    @property
    def is_empty(self):
        return not self.words and not any(line.pictures for line in self.lines())

    def lines(self):
        """Every line of the table in reading order, nested tables too."""
        for row in self.rows:
            for cell in row:
                for item in cell.content:
                    yield from item.lines() if isinstance(item, Grid) else (item,)


def plain(nodes):
    """The text of inline nodes; a line break is a space, a footnote is not part of its sentence."""
    out = []
    for node in nodes:
        if node["type"] == "text":
            out.append(node["text"])
        elif node["type"] == "hardBreak":
            out.append(" ")
        elif node["type"] in ("xref", "bound", "tag"):
            out.append(node["attrs"].get("text") or "")
    return "".join(out)


def cut(nodes, count):
    """The nodes without their first `count` characters of text (a typed number is taken off this way)."""
    out, left = [], count
    for node in nodes:
        if left and node["type"] == "text":
            if len(node["text"]) <= left:
                left -= len(node["text"])
                continue
            node = {**node, "text": node["text"][left:]}
            left = 0
        elif left and node["type"] == "hardBreak":
            left -= 1
            continue
        out.append(node)
    return out


def tidy(nodes, drop_marks=()):
    """Join neighbours with the same marks, make whitespace single and take it off both ends."""
    out = []
    for node in nodes:
        if node["type"] == "text":
            text = re.sub(r"[ \t\r\n\u2028\u2029]+", " ", node["text"])
            marks = [m for m in node.get("marks", ()) if m["type"] not in drop_marks]
            before = out[-1] if out else None
            if (
                before is None
                or before["type"] == "hardBreak"
                or (before["type"] == "text" and before["text"].endswith(" "))
            ):
                text = text.lstrip(" ")
            if not text:
                continue
            if before and before["type"] == "text" and before.get("marks", []) == marks:
                before["text"] += text
                continue
            node = {"type": "text", "text": text, **({"marks": marks} if marks else {})}
        out.append(node)
    while out and (out[-1]["type"] == "hardBreak" or (out[-1]["type"] == "text" and not out[-1]["text"].strip(" "))):
        out.pop()
    while out and out[0]["type"] == "hardBreak":
        out.pop(0)
    if out and out[-1]["type"] == "text":
        out[-1] = {**out[-1], "text": out[-1]["text"].rstrip(" ")}
    return out


def split_breaks(nodes):
    """The nodes cut into pieces at line breaks (several header lines typed in one paragraph)."""
    pieces = [[]]
    for node in nodes:
        if node["type"] == "hardBreak":
            pieces.append([])
        else:
            pieces[-1].append(node)
    return pieces
