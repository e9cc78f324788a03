"""Assembly: fragments become one pack. Same fragments and same facts give the same bytes.

Fragments come ready to be bound (`binding`), one after the other: each is read, its tokens are filled in, its objects are written to
the file, and it is let go. So the memory this takes is that of the largest fragment, however many there are.
"""

import io
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from pikepdf import Name, String

from . import outline
from .binding import Parts, of_every_page
from .info import Info
from .joining import REFERENCE, Joining
from .linear import Shape, Writer
from .stamps import Stamp
from .syntax import array, dictionary, ref

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

OWN = (
    "Pages",
    "Info",
    "Metadata",
    "StructTreeRoot",
    "ParentTree",
)  # what the pack has once; names of tags only if there are any


@dataclass(frozen=True)
class Piece:
    """One fragment to be joined: `load()` gives its bytes ready to be bound, when its turn has come."""

    load: Callable
    info: Info
    title: str
    stamp: Stamp


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
    """The pack as bytes."""
    buffer = io.BytesIO()
    write(pieces, ledger, facts, buffer)
    return buffer.getvalue()


def write(pieces, ledger, facts, out):
    """Write the pack to a file: joined, tagged, stamped, linked, bookmarked, linearised."""
    binder = _Assembly(pieces, ledger, facts)
    try:
        binder.write(out)
    finally:
        binder.writer.close()


class _Assembly:
    """One pack on its way.

    Tag trees are joined: each fragment's tree hangs under one Document element as a Part; its keys of the parent tree, renumbered,
    are one leaf of the pack's, and its names of tags one leaf of the pack's names (ISO 32000-1, 14.7.4.4 and 7.9.6).
    """

    def __init__(self, pieces, ledger, facts):
        self.pieces, self.ledger, self.facts = pieces, ledger, facts
        self.parts = [Parts(**piece.info.parts) for piece in pieces]
        self.bookmarks = outline.lines(ledger)
        self.stamped, self.stamp_texts, self.stamp_streams = of_every_page()
        self.writer = Writer(self._shape())
        self._number()

    def _shape(self):
        """Stamps belong to their page alone; what page 1 touches comes first in the file; Part, keys and names go with the tags."""
        own = [
            count + 1 + bool(piece.stamp.watermark)
            for piece, parts in zip(self.pieces, self.parts, strict=True)
            for count in parts.pages
        ]
        opening = self.parts[0]
        with_first = sum(1 for users in opening.shared if 0 in users) + opening.loose.count(0)
        every = sum(len(parts.shared) + len(parts.loose) for parts in self.parts)
        shared = sum(len(parts.shared) for parts in self.parts) - sum(1 for users in opening.shared if 0 in users)
        named = any(parts.names for parts in self.parts)
        return Shape(
            pages=own, first=with_first + len(self.stamp_texts), outline=len(self.bookmarks) + 1, shared=shared,
            other=every - with_first - shared + len(OWN) + named,
            packed=1 + sum(1 + parts.tagged + bool(parts.keys) + bool(parts.names) for parts in self.parts),
        )  # fmt: skip

    def _number(self):
        """Numbers for the objects of the pack itself; then where each fragment's begin."""
        numbers = self.writer.numbers
        self.every_page = range(numbers.first, numbers.first + len(self.stamp_texts))
        self.own = {name: numbers.first + place for name, place in self.stamped.items()}
        self.own |= {name: numbers.other + place for place, name in enumerate((*OWN, "IDTree"))}
        named = any(parts.names for parts in self.parts)
        self.own["Document"] = numbers.packed
        self.next = {
            "first": itertools.count(self.every_page.stop), "shared": itertools.count(numbers.shared),
            "other": itertools.count(numbers.other + len(OWN) + named),
        }  # fmt: skip

    def write(self, out):
        own, writer = self.own, self.writer
        at, tops = writer.numbers.packed + 1, []
        for parts in self.parts:
            tops.append(at)
            at += 1 + parts.tagged + bool(parts.keys) + bool(parts.names)
        writer.pack(
            dictionary(Type=b"/StructElem", S=b"/Document", P=ref(own["StructTreeRoot"]), K=array(map(ref, tops)))
        )
        page, key = 0, 0
        limbs, names, roles, classes = [], [], {}, {}
        for place, (piece, parts) in enumerate(zip(self.pieces, self.parts, strict=True)):
            fragment = Joining(self, place, piece, parts, page, key, tops[place])
            fragment.write()
            limbs += fragment.limbs
            names += fragment.names
            roles = {**parts.roles, **roles}
            classes = {**fragment.classes, **classes}
            page += len(parts.pages)
            key += parts.keys
        writer.put(own["ParentTree"], dictionary(Kids=array(map(ref, limbs))))
        if names:
            writer.put(own["IDTree"], dictionary(Kids=array(map(ref, names))))
        self._tree(key, bool(names), roles, classes)
        self._outline()
        self._describe()
        catalogue = dictionary(
            Type=b"/Catalog", Pages=ref(own["Pages"]), Metadata=ref(own["Metadata"]), StructTreeRoot=ref(own["StructTreeRoot"]),
            MarkInfo=b"<< /Marked true >>", ViewerPreferences=b"<< /DisplayDocTitle true >>", PageMode=b"/UseOutlines",
            Lang=String(self.facts.language).unparse(), Outlines=ref(writer.numbers.outline), PageLabels=outline.labels(self.ledger.series),
        )  # fmt: skip
        writer.finish(out, catalogue, own["Info"])

    def put_stamps(self):
        """What stamps need: page 1 does too, so it stands in the first part, behind what only page 1 needs."""
        streams = iter(self.stamp_streams)
        for number, text in zip(self.every_page, self.stamp_texts, strict=True):
            filled = REFERENCE.sub(lambda match: ref(self.every_page[int(match[1])]), text)
            self.writer.put(number, filled, next(streams) if text.endswith(b" ") else None)

    def _tree(self, keys, named, roles, classes):
        own = self.own
        facts = {
            "Type": b"/StructTreeRoot", "K": array([ref(own["Document"])]), "ParentTree": ref(own["ParentTree"]),
            "ParentTreeNextKey": b"%d" % keys,
        }  # fmt: skip
        if roles:
            facts["RoleMap"] = _named({name: Name(kind).unparse() for name, kind in roles.items()})
        if classes:
            facts["ClassMap"] = _named(classes)
        if named:
            facts["IDTree"] = ref(own["IDTree"])
        self.writer.put(own["StructTreeRoot"], dictionary(**facts))

    def _outline(self):
        first = self.writer.numbers.outline
        for place, text in enumerate(outline.texts(self.bookmarks, first, self.writer.numbers.pages)):
            self.writer.put(first + place, text)

    def _describe(self):
        facts, own, writer = self.facts, self.own, self.writer
        kids = array(map(ref, writer.numbers.pages))
        writer.put(own["Pages"], dictionary(Type=b"/Pages", Count=b"%d" % len(writer.numbers.pages), Kids=kids))
        xmp = XMP.format(**{key: escape(value) for key, value in vars(facts).items()}).encode()
        writer.put(own["Metadata"], dictionary(Type=b"/Metadata", Subtype=b"/XML", Length=b"%d" % len(xmp)), xmp)
        stamp = "D:" + "".join(char for char in facts.date[:19] if char.isdigit()) + "Z"
        words = {
            "Title": facts.title,
            "Author": facts.author,
            "Subject": facts.subject,
            "CreationDate": stamp,
            "ModDate": stamp,
        }
        writer.put(own["Info"], dictionary(**{key: String(value).unparse() for key, value in words.items()}))


def _named(entries):
    """A dictionary whose keys come from files, sorted by them."""
    return b"<< " + b" ".join(Name(name).unparse() + b" " + value for name, value in sorted(entries.items())) + b" >>"
