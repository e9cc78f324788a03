# ruff: noqa: E501 - XML is easier to read in whole elements
"""Blocks as Word's paragraphs and tables, each under its permanent id as a hidden bookmark."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import quoteattr

from PIL import Image

from .. import numbering
from ..attributes import FORBIDDEN
from ..findings.reading import words_of
from . import parts
from .inline_writer import InlineWriter, text_xml
from .table_writer import table_xml

EMU_PER_PERCENT = 57_312  # one hundredth of the text's width on A4
CONTENT_TYPES = {b"\x89PNG": ("png", "image/png"), b"\xff\xd8\xff": ("jpeg", "image/jpeg")}


@dataclass(frozen=True)
class Media:
    """A picture inside the file."""

    relation: str
    name: str
    data: bytes
    content_type: str


class BlockWriter:
    """Writes the body. `blocks` holds what Word has no place for, by id; `restarts` the lists that begin afresh."""

    def __init__(self, document, inline: InlineWriter, load_asset=None):
        self.document, self.inline, self.load_asset = document, inline, load_asset
        self.numbers = numbering.number(document)
        self.blocks, self.restarts, self.media = {}, [], {}
        self.last_landscape = False
        self._marks = 0
        self._list = "number"  # which numbers the open section uses
        self._deepest = 0

    def write(self):
        out = []
        for at, section in enumerate(self.document.get("content", [])):
            landscape = section["attrs"].get("orientation") == "landscape"
            if at and landscape != self.last_landscape:
                out.append(self._break(self.last_landscape))
            self.last_landscape = landscape
            out.append(self._section(section))
        if out and out[-1].endswith("</w:tbl>"):
            out.append("<w:p/>")
        return "".join(out)

    def _break(self, landscape):
        return f"<w:p><w:pPr>{parts.page_of(landscape)}</w:pPr></w:p>"

    def _section(self, section):
        attrs = section["attrs"]
        self._keep(section)
        self._deepest = 0
        numbered = attrs.get("numbered", True)
        appendix = attrs.get("role") == "appendix"
        self._list = ("appendix" if appendix else "number") if numbered else "none"
        style = "Appendix" if appendix else "Heading1"
        ppr = "" if numbered else _no_number()
        heading = section["content"][0]
        out = [self._p(style, self.inline.write(heading.get("content")), [attrs["id"]], ppr)]
        out += [self._block(block) for block in section["content"][1:]]
        return "".join(out)

    def _keep(self, node, **more):
        attrs = {key: value for key, value in node["attrs"].items() if key != "id"}
        self.blocks[node["attrs"]["id"]] = {"type": node["type"], "attrs": attrs, **more}

    def _p(self, style, content, ids=(), ppr=""):
        start = end = ""
        for block_id in ids:
            self._marks += 1
            start += f'<w:bookmarkStart w:id="{self._marks}" w:name="_{block_id}"/>'
            end += f'<w:bookmarkEnd w:id="{self._marks}"/>'
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{ppr}</w:pPr>{start}{content}{end}</w:p>'

    def label(self, words):
        """Words that belong to the form, not to the text: left out when the file is read again."""
        words = FORBIDDEN.sub("", words).replace("\n", " ")
        return f'<w:r><w:rPr><w:rStyle w:val="BoardsLabel"/></w:rPr>{text_xml(words)}</w:r>' if words else ""

    def _block(self, block):
        return getattr(self, f"_{block['type']}")(block)

    def _para(self, block):
        self._keep(block)
        attrs = block["attrs"]
        content = self.inline.write(block.get("content"))
        if not attrs.get("numbered", True):
            return self._p("BodyText", content, [attrs["id"]])
        style, ppr = self._numbered(attrs.get("level") or 1)
        return self._p(style, content, [attrs["id"]], ppr)

    def _numbered(self, level):
        """Style and properties that make Word print the number the portal prints."""
        shown = min(level, self._deepest + 1, 3)
        self._deepest = shown
        if self._list == "appendix":
            ppr = f'<w:numPr><w:ilvl w:val="{shown}"/><w:numId w:val="{parts.APPENDICES}"/></w:numPr>'
        else:
            ppr = _no_number() if self._list == "none" else ""
        return f"Paragraph{shown}", ppr

    def _recommendation(self, block):
        self._keep(block)
        _, ppr = self._numbered(1)
        content = self.label(self._asked(block)) + self.inline.write(block.get("content"))
        return self._p("Recommendation", content, [block["attrs"]["id"]], ppr)

    def _asked(self, block):
        who = "The Commissioner" if block["attrs"].get("to") == "commissioner" else "The Board"
        return f"{who} is recommended to {block['attrs'].get('verb') or 'note'} "

    def _recommendationEcho(self, block):
        self._keep(block)
        found = [
            self.label(f"{self._asked(b)}{words_of(b.get('content'))}".replace("\ufffc", ""))
            for section in self.document["content"]
            for b in section["content"][1:]
            if b["type"] == "recommendation"
        ] or [""]
        first, *rest = found
        out = [self._p("RecommendationRepeated", first, [block["attrs"]["id"]])]
        return "".join(out + [self._p("RecommendationRepeated", content) for content in rest])

    def _subheading(self, block):
        self._keep(block)
        return self._p("Heading2", self.inline.write(block.get("content")), [block["attrs"]["id"]])

    def _quote(self, block):
        self._keep(block)
        out = []
        for at, line in enumerate(block["content"]):
            out.append(self._p("Quote", self.inline.write(line.get("content")), [] if at else [block["attrs"]["id"]]))
        return "".join(out)

    def _bulletList(self, block, depth=0, inside=None):
        self._keep(block, inside=inside)
        kind = "bullet" if block["type"] == "bulletList" else block["attrs"].get("kind") or "alpha"
        list_id = parts.BULLETS
        if kind != "bullet":
            list_id = 100 + len(self.restarts)
            self.restarts.append((list_id, kind, min(depth, 8)))
        out = []
        for at, item in enumerate(block["content"]):
            item_id = item["attrs"]["id"]
            self._keep(item, list=block["attrs"]["id"])
            ids = [item_id] if at else [block["attrs"]["id"], item_id]
            ppr = f'<w:numPr><w:ilvl w:val="{min(depth, 8)}"/><w:numId w:val="{list_id}"/></w:numPr>'
            out.append(self._p("ListParagraph", self.inline.write(item["content"][0].get("content")), ids, ppr))
            out += [self._bulletList(nested, depth + 1, item_id) for nested in item["content"][1:]]
        return "".join(out)

    _orderedList = _bulletList

    def _tableFigure(self, block):
        self._keep(block)
        block_id = block["attrs"]["id"]
        number = self.numbers.number(block_id)
        caption = self.label(f"{number}: " if number else "") + self.inline.write(block["content"][0].get("content"))
        out = self._p("Caption", caption, [block_id]) + table_xml(self, block)
        if len(block["content"]) > 2:
            out += self._p("TableNote", self.inline.write(block["content"][2].get("content")))
        return out

    def row(self, row):
        """Keep what a row and its cells say besides their words."""
        cells = [{"type": cell["type"], "attrs": cell.get("attrs", {})} for cell in row.get("content", [])]
        self._keep(row, cells=cells)

    def cell_line(self, line, head, align, ids):
        jc = {"right": "right", "centre": "center", "left": "left"}.get(align)
        ppr = f'<w:jc w:val="{jc}"/>' if jc else ""
        return self._p("TableHeading" if head else "TableText", self.inline.write(line.get("content")), ids, ppr)

    def _figure(self, block):
        image = block["content"][1]["attrs"]
        media = self._media(image.get("src") or "")
        block_id = block["attrs"]["id"]
        self._keep(block, image=image, picture=hashlib.sha256(media.data).hexdigest() if media else None)
        number = self.numbers.number(block_id)
        caption = self.label(f"{number}: " if number else "") + self.inline.write(block["content"][0].get("content"))
        picture = self._drawing(media, image) if media else self.label(f"[Picture: {image.get('alt') or 'no words'}]")
        return self._p("BodyText", picture, [block_id]) + self._p("FigureCaption", caption)

    def _media(self, source):
        name = source.removeprefix("asset:")
        data = self.load_asset(name) if self.load_asset and name else None
        kind = next((kind for magic, kind in CONTENT_TYPES.items() if data and data.startswith(magic)), None)
        if kind is None:
            return None
        if name not in self.media:
            at = len(self.media) + 1
            self.media[name] = Media(f"rIdPicture{at}", f"picture{at}.{kind[0]}", data, kind[1])
        return self.media[name]

    def _drawing(self, media, image):
        with Image.open(BytesIO(media.data)) as opened:
            width, height = opened.size
        cx = EMU_PER_PERCENT * (image.get("width") or 100)
        cy = max(1, cx * height // max(1, width))
        self._marks += 1
        words = quoteattr(FORBIDDEN.sub("", image.get("alt") or ""))
        return (
            f'<w:r><w:drawing><wp:inline><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{self._marks}" name="{media.name}" descr={words}/>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr id="{self._marks}" name="{media.name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{media.relation}"/>'
            f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
        )

    def _chart(self, block):
        self._keep(block)
        attrs = block["attrs"]
        number = self.numbers.number(attrs["id"])
        words = " ".join(filter(None, (f"{number}:" if number else "", attrs.get("caption"), attrs.get("alt"))))
        return self._p("ChartText", self.label(words), [attrs["id"]])

    def _sourceDocument(self, block):
        self._keep(block)
        content = self.label("Source document: ") + self.inline.write(block.get("content"))
        return self._p("SourceDocument", content, [block["attrs"]["id"]])

    def _contactOfficer(self, block):
        self._keep(block)
        attrs = block["attrs"]
        words = ", ".join(filter(None, (attrs.get("role"), attrs.get("mailbox"))))
        content = self.label("Contact officer: ") + self.inline.write(
            [{"type": "text", "text": words}] if words else []
        )
        return self._p("ContactOfficer", content, [attrs["id"]])

    def _guidance(self, block):
        self._keep(block)
        return self._p("Guidance", self.inline.write(block.get("content")), [block["attrs"]["id"]])


def _no_number():
    return '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
