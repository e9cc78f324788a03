"""Assembly: fragments become one pack. Same fragments and same facts give the same bytes."""

import io
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from . import outline, stamps
from .tags import TagTree
from .typesetting import LINK_SCHEME, Info

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate><xmp:MetadataDate>{date}</xmp:MetadataDate>
<xmpMM:DocumentID>{identifier}</xmpMM:DocumentID>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True)
class Piece:
    """One fragment ready to be joined."""

    pdf: bytes
    info: Info
    title: str
    stamp: stamps.Stamp


@dataclass(frozen=True)
class Facts:
    """Document properties. `date` is an ISO 8601 moment of the edition, never of the clock; `identifier` from the content."""

    title: str
    author: str = ""
    subject: str = ""
    date: str = "2000-01-01T00:00:00Z"
    identifier: str = ""
    language: str = field(default="en-GB")


def assemble(pieces, ledger, facts):
    """The pack as bytes: joined, tagged, stamped, linked, bookmarked, linearised."""
    out = pikepdf.new()
    tree = TagTree(out)
    named = stamps.resources(out, veil=any(piece.stamp.watermark for piece in pieces))
    sources = []
    number = 0
    for piece in pieces:
        source = pikepdf.open(io.BytesIO(piece.pdf))
        sources.append(source)
        out.pages.extend(source.pages)
        pages = [out.pages[place].obj for place in range(number, number + piece.info.pages)]
        tree.add(source, pages, piece.title)
        _stamp(out, pages, piece, named, ledger, number)
        number += piece.info.pages
    _link(out, ledger)
    tree.finish()
    outline.add(out, ledger)
    _describe(out, facts)
    buffer = io.BytesIO()
    out.save(
        buffer, linearize=True, deterministic_id=True, compress_streams=True, min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )  # fmt: skip
    return buffer.getvalue()


def _stamp(out, pages, piece, named, ledger, first):
    continued = {}
    for page, x, y, words in piece.info.continued:
        continued.setdefault(page, []).append((x, y, words))
    last = f"{ledger.series}{ledger.pages}"
    done = set()
    for place, page in enumerate(pages):
        resources = page.Resources
        mark = resources.objgen if resources.is_indirect else None
        if mark is None or mark not in done:
            done.add(mark)
            stamps.provide(resources, named)
        label = f"Page {ledger.series}{first + place + 1} of {last}"
        box = page.get("/CropBox", page.MediaBox)
        stream = stamps.content(piece.stamp, label, box, int(page.get("/Rotate", 0)), continued.get(place, ()))
        body = page.get("/Contents")
        drawn = [out.make_stream(stream), *(list(body) if isinstance(body, Array) else [] if body is None else [body])]
        if piece.stamp.watermark:
            drawn.append(out.make_stream(stamps.watermark(piece.stamp.watermark, box, int(page.get("/Rotate", 0)))))
        page.Contents = Array(drawn)
        page.Tabs = Name.S


def _link(out, ledger):
    """Point links between places of the pack at their pages. A place that is not in this pack leads to the first page."""
    pages = [page.obj for page in out.pages]
    for page in pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get("/A")
            if action is None or "/URI" not in action:
                continue
            uri = str(action.URI)
            if not uri.startswith(LINK_SCHEME):
                continue
            anchor = ledger.anchor_of(unquote(uri.removeprefix(LINK_SCHEME)))
            number, height = ledger.places.get(anchor, (1, None))
            target = [pages[number - 1], Name.XYZ, None, None if height is None else height + 8, None]
            del annotation["/A"]
            annotation.Dest = Array(target)


def _describe(out, facts):
    words = {key: escape(value) for key, value in vars(facts).items()}
    metadata = out.make_stream(XMP.format(**words).encode(), Type=Name.Metadata, Subtype=Name.XML)
    out.Root.Metadata = metadata
    stamp = "D:" + "".join(char for char in facts.date[:19] if char.isdigit()) + "Z"
    out.docinfo = out.make_indirect(Dictionary(
        Title=String(facts.title), Author=String(facts.author), Subject=String(facts.subject),
        CreationDate=String(stamp), ModDate=String(stamp),
    ))  # fmt: skip
