"""One fragment on its way into the pack: its tokens are filled in, its pages stamped, its objects written."""

import itertools
import re
import zlib

from pikepdf import String

from . import stamps
from .binding import BETWEEN, Bound
from .syntax import array, dictionary, ref

TOKEN = re.compile(rb"\x01([A-Z])([^;]*);")
REFERENCE = re.compile(rb"\x01R(\d+);")


class Joining:
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
        tops = array(ref(self.numbers[top]) for top in facts["tops"])
        title = String(self.piece.title).unparse()
        writer.pack(dictionary(Type=b"/StructElem", S=b"/Part", P=ref(self.assembly.own["Document"]), K=tops, T=title))
        self._objects()
        if facts["keys"]:
            entries = b" ".join(
                b"%d %s" % (self.key + key, self._filled(text.encode("latin-1"))) for key, text in facts["keys"]
            )
            limits = (self.key + facts["keys"][0][0], self.key + facts["keys"][-1][0])
            self.limbs.append(writer.pack(b"<< /Limits [ %d %d ] /Nums [ %s ] >>" % (*limits, entries)))
        if facts["names"]:
            names = [
                (String(self._name(bytes.fromhex(name))).unparse(), self.numbers[number])
                for name, number in facts["names"]
            ]
            entries = b" ".join(b"%s %d 0 R" % pair for pair in names)
            self.names.append(
                writer.pack(b"<< /Limits [ %s %s ] /Names [ %s ] >>" % (names[0][0], names[-1][0], entries))
            )
        self.classes = {name: self._filled(text.encode("latin-1")) for name, text in facts["classes"].items()}

    def _objects(self):
        """Write the objects, each page's with its stamps, in the order of their numbers."""
        texts = iter(self._filled(self.bound.text).split(BETWEEN))
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
        text = REFERENCE.sub(lambda match: references[int(match[1])], text)
        return TOKEN.sub(lambda match: getattr(self, f"_{match[1].decode()}")(match[2].decode()), text)

    def _G(self, name):
        return ref(self.top if name == "Part" else self.assembly.own[name])

    def _K(self, key):
        return b"%d" % (self.key + int(key))

    def _S(self, page):
        return ref(self._stamp_number(int(page)))

    def _V(self, page):
        return ref(self._stamp_number(int(page)) + 1) if self.piece.stamp.watermark else b""

    def _I(self, name):
        return String(self._name(bytes.fromhex(name))).unparse()

    def _L(self, name):
        """The target of a link. A place that is not in this pack leads to the first page."""
        ledger, pages = self.assembly.ledger, self.assembly.writer.numbers.pages
        number, height = ledger.places.get(ledger.anchor_of(bytes.fromhex(name).decode()), (1, None))
        return b"[ %d 0 R /XYZ null %s null ]" % (
            pages[number - 1],
            b"null" if height is None else b"%g" % (height + 8),
        )

    def _name(self, name):
        """Names of tags are told apart by their fragment, and sort in its order."""
        return f"f{self.place:04d}-" + name.decode("latin-1")

    def _stamp_number(self, page):
        return self.assembly.writer.numbers.pages[self.first_page + page] + self.parts.pages[page]

    def _stamp(self, page, continued):
        ledger, stamp, facts = self.assembly.ledger, self.piece.stamp, self.bound.facts
        label = f"Page {ledger.series}{self.first_page + page + 1} of {ledger.series}{ledger.pages}"
        number, box, turned = self._stamp_number(page), facts["boxes"][page], facts["turned"][page]
        below = stamps.content(stamp, label, box, turned, continued)
        if stamp.watermark:  # what the page leaves behind of its graphics state must not turn the mark over
            self._put_stream(number, below + b"\nq\n")
            self._put_stream(number + 1, b"\nQ\n" + stamps.watermark(stamp.watermark, box, turned))
        else:
            self._put_stream(number, below)

    def _put_stream(self, number, data):
        data = zlib.compress(data, 6)
        self.assembly.writer.put(number, b"<< /Filter /FlateDecode /Length %d >>" % len(data), data)
