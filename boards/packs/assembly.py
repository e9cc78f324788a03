"""Assembly: fragments become one pack. Same fragments and same facts give the same bytes.

Fragments come ready to be bound (`binding`), one after the other: each is read, its tokens are filled in, its objects are written to
the file, and it is let go. So the memory this takes is that of the largest fragment, however many there are.
"""

import io
import itertools
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from pikepdf import String

from . import outline, stamps
from .binding import BETWEEN, Bound, Parts, of_every_page
from .linear import Shape, Writer
from .stamps import Stamp
from .typesetting import Info

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

_TOKEN = re.compile(rb"\x01([A-Z])([^;]*);")
_REFERENCE = re.compile(rb"\x01R(\d+);")


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
            other=every - with_first - shared + 5 + named,
            packed=1 + sum(1 + parts.tagged + bool(parts.keys) + bool(parts.names) for parts in self.parts),
        )  # fmt: skip

    def _number(self):
        """Numbers for the objects of the pack itself; then where each fragment's begin."""
        numbers = self.writer.numbers
        self.every_page = range(numbers.first, numbers.first + len(self.stamp_texts))
        self.own = {name: numbers.first + place for name, place in self.stamped.items()}
        names = ("Pages", "Info", "Metadata", "StructTreeRoot", "ParentTree", "IDTree")
        self.own |= {name: numbers.other + place for place, name in enumerate(names)}
        named = any(parts.names for parts in self.parts)
        self.own["Document"] = numbers.packed
        self.next = {
            "first": itertools.count(self.every_page.stop), "shared": itertools.count(numbers.shared),
            "other": itertools.count(numbers.other + 5 + named),
        }  # fmt: skip

    def write(self, out):
        own, writer = self.own, self.writer
        at, tops = writer.numbers.packed + 1, []
        for parts in self.parts:
            tops.append(at)
            at += 1 + parts.tagged + bool(parts.keys) + bool(parts.names)
        writer.pack(_text(Type=b"/StructElem", S=b"/Document", P=_ref(own["StructTreeRoot"]), K=_array(map(_ref, tops))))
        page, key = 0, 0
        limbs, names, roles, classes = [], [], {}, {}
        for place, (piece, parts) in enumerate(zip(self.pieces, self.parts, strict=True)):
            fragment = _Fragment(self, place, piece, parts, page, key, tops[place])
            fragment.write()
            limbs += fragment.limbs
            names += fragment.names
            roles = {**parts.roles, **roles}
            classes = {**fragment.classes, **classes}
            page += len(parts.pages)
            key += parts.keys
        writer.put(own["ParentTree"], _text(Kids=_array(map(_ref, limbs))))
        if names:
            writer.put(own["IDTree"], _text(Kids=_array(map(_ref, names))))
        self._tree(key, bool(names), roles, classes)
        self._outline()
        self._describe()
        catalogue = _text(
            Type=b"/Catalog", Pages=_ref(own["Pages"]), Metadata=_ref(own["Metadata"]), StructTreeRoot=_ref(own["StructTreeRoot"]),
            MarkInfo=b"<< /Marked true >>", ViewerPreferences=b"<< /DisplayDocTitle true >>", PageMode=b"/UseOutlines",
            Lang=String(self.facts.language).unparse(), Outlines=_ref(writer.numbers.outline), PageLabels=outline.labels(self.ledger.series),
        )  # fmt: skip
        writer.finish(out, catalogue, own["Info"])

    def put_stamps(self):
        """What stamps need: page 1 does too, so it stands in the first part, behind what only page 1 needs."""
        streams = iter(self.stamp_streams)
        for number, text in zip(self.every_page, self.stamp_texts, strict=True):
            filled = _REFERENCE.sub(lambda match: _ref(self.every_page[int(match[1])]), text)
            self.writer.put(number, filled, next(streams) if text.endswith(b" ") else None)

    def _tree(self, keys, named, roles, classes):
        own = self.own
        facts = {"Type": b"/StructTreeRoot", "K": _array([_ref(own["Document"])]), "ParentTree": _ref(own["ParentTree"])}
        facts["ParentTreeNextKey"] = b"%d" % keys
        if roles:
            facts["RoleMap"] = _text(**{name[1:]: kind.encode() for name, kind in sorted(roles.items())})
        if classes:
            facts["ClassMap"] = _text(**{name[1:]: value for name, value in sorted(classes.items())})
        if named:
            facts["IDTree"] = _ref(own["IDTree"])
        self.writer.put(own["StructTreeRoot"], _text(**facts))

    def _outline(self):
        first = self.writer.numbers.outline
        for place, text in enumerate(outline.texts(self.bookmarks, first, self.writer.numbers.pages)):
            self.writer.put(first + place, text)

    def _describe(self):
        facts, own, writer = self.facts, self.own, self.writer
        kids = _array(map(_ref, writer.numbers.pages))
        writer.put(own["Pages"], _text(Type=b"/Pages", Count=b"%d" % len(writer.numbers.pages), Kids=kids))
        xmp = XMP.format(**{key: escape(value) for key, value in vars(facts).items()}).encode()
        writer.put(own["Metadata"], _text(Type=b"/Metadata", Subtype=b"/XML", Length=b"%d" % len(xmp)), xmp)
        stamp = "D:" + "".join(char for char in facts.date[:19] if char.isdigit()) + "Z"
        words = {"Title": facts.title, "Author": facts.author, "Subject": facts.subject, "CreationDate": stamp, "ModDate": stamp}
        writer.put(own["Info"], _text(**{key: String(value).unparse() for key, value in words.items()}))


class _Fragment:
    """One fragment while it is written: what its tokens stand for."""

    def __init__(self, assembly, place, piece, parts, page, key, top):
        self.assembly, self.place, self.piece, self.parts = assembly, place, piece, parts
        self.first_page, self.key, self.top = page, key, top
        self.limbs, self.names, self.classes = [], [], {}

    def write(self):
        bound = Bound.unpacked(self.piece.load())
        if bound.parts != self.parts:
            raise ValueError("the fragment is not the one that was counted")
        writer = self.assembly.writer
        self.bound = bound
        self.numbers = self._numbers()
        self.references = [b"%d 0 R" % number for number in self.numbers]
        facts = bound.facts
        tops = _array(_ref(self.numbers[top]) for top in facts["tops"])
        title = String(self.piece.title).unparse()
        writer.pack(_text(Type=b"/StructElem", S=b"/Part", P=_ref(self.assembly.own["Document"]), K=tops, T=title))
        self._objects()
        if facts["keys"]:
            entries = b" ".join(b"%d %s" % (self.key + key, self._filled(text.encode("latin-1"))) for key, text in facts["keys"])
            limits = (self.key + facts["keys"][0][0], self.key + facts["keys"][-1][0])
            self.limbs.append(writer.pack(b"<< /Limits [ %d %d ] /Nums [ %s ] >>" % (*limits, entries)))
        if facts["names"]:
            names = [(String(self._name(bytes.fromhex(name))).unparse(), self.numbers[number]) for name, number in facts["names"]]
            entries = b" ".join(b"%s %d 0 R" % pair for pair in names)
            self.names.append(writer.pack(b"<< /Limits [ %s %s ] /Names [ %s ] >>" % (names[0][0], names[-1][0], entries)))
        self.classes = {name: self._filled(text.encode("latin-1")) for name, text in facts["classes"].items()}

    def _objects(self):
        """Write the objects, each page's with its stamps, in the order of their numbers."""
        texts = iter(self._filled(BETWEEN.join(self.bound.texts)).split(BETWEEN))
        streams, numbers = iter(self.bound.streams), iter(self.numbers)

        def put(count):
            for number, text in itertools.islice(zip(numbers, texts, strict=False), count):
                self.assembly.writer.put(number, text, next(streams) if text.endswith(b" ") else None)

        continued = {}
        for page, x, y, words in self.piece.info.continued:
            continued.setdefault(page, []).append((x, y, words))
        for page, count in enumerate(self.parts.pages):
            put(count)
            self._stamp(page, continued.get(page, ()))
            if not self.place and not page:
                self.assembly.put_stamps()
        put(len(self.parts.shared) + len(self.parts.loose))
        for text in texts:
            self.assembly.writer.pack(text)

    def _numbers(self):
        """The pack's number of each object: pages in their places, what page 1 touches in the first part, and so on."""
        assembly, parts = self.assembly, self.parts
        numbers = assembly.writer.numbers
        found = []
        for place, count in enumerate(parts.pages):
            start = numbers.pages[self.first_page + place]
            found += range(start, start + count)
        shares = assembly.writer.shares
        for place in range(len(parts.pages)):
            shares[self.first_page + place] = list(assembly.every_page)
        for users in parts.shared:
            number = next(assembly.next["first" if self.place == 0 and 0 in users else "shared"])
            found.append(number)
            for user in users:
                shares[self.first_page + user].append(number)
        for user in parts.loose:
            found.append(next(assembly.next["first" if self.place == 0 and user == 0 else "other"]))
        found += range(self.top + 1, self.top + 1 + parts.tagged)
        return found

    def _filled(self, text):
        references = self.references
        text = _REFERENCE.sub(lambda match: references[int(match[1])], text)
        return _TOKEN.sub(lambda match: getattr(self, f"_{match[1].decode()}")(match[2].decode()), text)

    def _G(self, name):
        return _ref(self.top if name == "Part" else self.assembly.own[name])

    def _K(self, key):
        return b"%d" % (self.key + int(key))

    def _S(self, page):
        return _ref(self._stamp_number(int(page)))

    def _V(self, page):
        return _ref(self._stamp_number(int(page)) + 1) if self.piece.stamp.watermark else b""

    def _I(self, name):
        return String(self._name(bytes.fromhex(name))).unparse()

    def _L(self, name):
        """The target of a link. A place that is not in this pack leads to the first page."""
        ledger, pages = self.assembly.ledger, self.assembly.writer.numbers.pages
        number, height = ledger.places.get(ledger.anchor_of(bytes.fromhex(name).decode()), (1, None))
        return b"[ %d 0 R /XYZ null %s null ]" % (pages[number - 1], b"null" if height is None else b"%g" % (height + 8))

    def _name(self, name):
        """Names of tags are told apart by their fragment, and sort in its order."""
        return f"f{self.place:04d}-" + name.decode("latin-1")

    def _stamp_number(self, page):
        return self.assembly.writer.numbers.pages[self.first_page + page] + self.parts.pages[page]

    def _stamp(self, page, continued):
        ledger, stamp, facts = self.assembly.ledger, self.piece.stamp, self.bound.facts
        label = f"Page {ledger.series}{self.first_page + page + 1} of {ledger.series}{ledger.pages}"
        number, box, turned = self._stamp_number(page), facts["boxes"][page], facts["turned"][page]
        self._put_stream(number, stamps.content(stamp, label, box, turned, continued))
        if stamp.watermark:
            self._put_stream(number + 1, stamps.watermark(stamp.watermark, box, turned))

    def _put_stream(self, number, data):
        data = zlib.compress(data, 6)
        self.assembly.writer.put(number, b"<< /Filter /FlateDecode /Length %d >>" % len(data), data)


def _ref(number):
    return b"%d 0 R" % number


def _array(things):
    return b"[ " + b" ".join(things) + b" ]"


def _text(**facts):
    """A dictionary of ready texts."""
    return b"<< " + b" ".join(b"/%s %s" % (key.encode(), value) for key, value in facts.items()) + b" >>"
