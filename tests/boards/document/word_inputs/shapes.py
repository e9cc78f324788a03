"""The same paper as different officers would have set it in Word.

`typed`: numbers typed by hand, headings in bold. `automatic`: Word's own multi-level numbers, started again by hand
where the
printed numbers repeat or skip. `styled`: Heading styles, header block as a table, furniture in the real page header,
bibliography as a table. `columns`: each number in the left column of a layout table.
"""

import io
import re

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

SHAPES = ("typed", "automatic", "styled", "columns")


def build(paragraphs, shape="typed"):
    """The bytes of a .docx of these paragraphs."""
    return _Builder(shape).build(paragraphs)


class _Builder:
    def __init__(self, shape):
        self.shape = shape
        self.document = docx.Document()
        self.numbering = Numbers(self.document)
        self.labels = []
        self.rows = []

    def build(self, paragraphs):
        body = False
        for at, paragraph in enumerate(paragraphs):
            body = body or paragraph.kind == "heading"
            if paragraph.kind != "label" and self.labels:
                self._header_table()
            if paragraph.kind != "row" and self.rows:
                self._bibliography()
            self._add(paragraph, body, at)
        if self.rows:
            self._bibliography()
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _add(self, p, body, at):
        add = self.document.add_paragraph
        if p.kind == "furniture":
            if self.shape == "styled" and not body:
                header = self.document.sections[0].header.paragraphs[0]
                header.text = f"{header.text}\t{p.text}".strip()
            else:
                add(p.text)
        elif p.kind == "label":
            if self.shape == "styled":
                self.labels.append(p.text)
            else:
                add(p.text)
        elif p.kind == "title":
            add(p.text, style="Title") if self.shape == "styled" else self._bold(p.text)
        elif p.kind == "heading":
            self._heading(p)
        elif p.kind == "numbered":
            self._numbered(p)
        elif p.kind in ("bullet", "nested"):
            deep = p.kind == "nested"
            if self.shape == "typed":
                add(f"{'o' if deep else chr(0x2022)} {p.text}")
            else:
                add(p.text, style="List Bullet 2" if deep else "List Bullet")
        elif p.kind == "bibliography":
            self._bold(p.text)
        elif p.kind == "row":
            if self.shape in ("styled", "columns"):
                self.rows.append(p)
            else:
                add(f"{p.number}\t{p.text}")
        elif p.kind == "table":
            self._table(p.rows)
        else:
            add(p.text)

    def _bold(self, text):
        self.document.add_paragraph().add_run(text).bold = True

    def _heading(self, p):
        if self.shape == "automatic":
            line = self.document.add_paragraph()
            line.add_run(p.text).bold = True
            self.numbering.apply(line, p.number)
        elif self.shape == "styled":
            self.document.add_paragraph(f"{p.number} {p.text}", style="Heading 2")
        else:
            self._bold(f"{p.number} {p.text}")

    def _numbered(self, p):
        if self.shape == "automatic":
            self.numbering.apply(self.document.add_paragraph(p.text), p.number)
        elif self.shape == "columns":
            row = self.document.add_table(rows=1, cols=2).rows[0]
            row.cells[0].text, row.cells[1].text = p.number, p.text
        else:
            self.document.add_paragraph(f"{p.number}\t{p.text}")

    def _header_table(self):
        table = self.document.add_table(rows=0, cols=2)
        for label in self.labels:
            row = table.add_row()
            row.cells[0].text, row.cells[1].text = [part.strip() for part in re.split(r"(?<=:)", label, maxsplit=1)]
        self.labels = []

    def _bibliography(self):
        table = self.document.add_table(rows=0, cols=2)
        for p in self.rows:
            row = table.add_row()
            row.cells[0].text, row.cells[1].text = p.number, p.text
        self.rows = []

    def _table(self, rows):
        table = self.document.add_table(rows=0, cols=len(rows[0]))
        for number, values in enumerate(rows):
            for cell, value in zip(table.add_row().cells, values, strict=True):
                cell.paragraphs[0].add_run(value).bold = number == 0


class Numbers:
    """Word's own numbers, made to print exactly what a paper printed, restarts and all."""

    TEMPLATE = (
        '<w:abstractNum {ns} w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{first}"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
        '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>'
        "</w:abstractNum>"
    )

    def __init__(self, document):
        self.root = document.part.numbering_part.element
        self.next_id = 900
        self.abstract = {}
        self.counts = []
        self.current = {}

    def apply(self, line, number):
        """Number a paragraph so that Word prints `number`."""
        parts = [int(n) for n in re.findall(r"\d+", number)]
        first = "%1" + re.sub(r"^\d+", "", number) if len(parts) == 1 or number.endswith(".0") else "%1."
        if number.endswith(".0"):
            parts = parts[:1]
        depth = len(parts) - 1
        natural = [*self.counts[:depth], (self.counts[depth] + 1) if len(self.counts) > depth else 1]
        key = first if depth == 0 else self.current.get("first", "%1.")
        if natural != parts or key != self.current.get("first"):
            self._start(key, parts)
        self.counts = parts
        ppr = line._p.get_or_add_pPr()
        ppr.append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{self.current["num"]}"/></w:numPr>'
            )
        )

    def _start(self, first, parts):
        ns = nsdecls("w")
        self.next_id += 1
        abstract = parse_xml(self.TEMPLATE.format(ns=ns, id=self.next_id, first=first))
        self.root.find(qn("w:num")).addprevious(abstract)
        starts = "".join(
            f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{value}"/></w:lvlOverride>'
            for at, value in enumerate(parts)
        )
        self.root.append(
            parse_xml(f'<w:num {ns} w:numId="{self.next_id}"><w:abstractNumId w:val="{self.next_id}"/>{starts}</w:num>')
        )
        self.current = {"first": first, "num": self.next_id}
