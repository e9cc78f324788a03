"""A linearised PDF written from one end to the other (ISO 32000-1, annex F): opens at its first page while the rest still comes.

The writer is told how many objects each page has before the first is written, so that it can number them in the order the format
asks for. What is written goes through to files; only offsets stay in memory, so that a pack of 2,000 pages needs little more of it
than one of 20.

    first half   linearisation dictionary, first cross-reference stream, catalogue, hints, all that page 1 needs, bookmarks
    second half  what each further page alone needs, what several pages share, everything else, the other cross-reference stream
"""

import hashlib
import shutil
import tempfile
import zlib
from array import array
from dataclasses import dataclass, field

HEADER = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
IN_A_STREAM = 200  # objects of the tag tree that are compressed together
DICTIONARY_ROOM = 220  # bytes; its numbers are known last
WIDTHS = (1, 4, 2)  # of a cross-reference entry: kind, offset or stream, generation or place
LARGEST_SPOOL_IN_MEMORY = 1 << 20


@dataclass
class Shape:
    """How many objects there are of each kind. `pages[i]` counts those that only page i needs, itself included.

    `first`: what page 1 shares with others or with the tag tree. `outline`: bookmarks. `shared`: what several of the other pages
    need. `other`: all else that stands by itself. `packed`: what is compressed in object streams.
    """

    pages: list
    first: int = 0
    outline: int = 0
    shared: int = 0
    other: int = 0
    packed: int = 0


@dataclass
class Numbers:
    """The object numbers that follow from a shape: where each kind starts."""

    shape: Shape
    pages: array = field(init=False)

    def __post_init__(self):
        shape = self.shape
        self.pages = array("I", [0])
        number = 1
        for count in shape.pages[1:]:
            self.pages.append(number)
            number += count
        self.shared = number
        self.other = self.shared + shape.shared
        self.streams = self.other + shape.other
        self.main_table = self.streams + -(-shape.packed // IN_A_STREAM)
        self.packed = self.main_table + 1
        self.dictionary = self.half = self.packed + shape.packed
        self.first_table, self.catalogue, self.hints = self.half + 1, self.half + 2, self.half + 3
        self.pages[0] = self.half + 4
        self.first = self.pages[0] + shape.pages[0]
        self.outline = self.first + shape.first
        self.end = self.outline + shape.outline


class _Spool:
    """One part of the file, kept until all parts are known."""

    def __init__(self, mark):
        self.file, self.size, self.mark = tempfile.SpooledTemporaryFile(LARGEST_SPOOL_IN_MEMORY), 0, mark  # noqa: SIM115

    def write(self, *chunks):
        for chunk in chunks:
            self.file.write(chunk)
            self.mark.update(chunk)
            self.size += len(chunk)

    def pour(self, out):
        self.file.seek(0)
        shutil.copyfileobj(self.file, out, 1 << 20)
        self.file.close()


class Writer:
    """Takes the objects in any order within their part, then writes the file.

    `put(number, text, data)` takes an object that stands by itself, `pack(number, text)` one of the tag tree (in the order of
    their numbers). `shares[i]` are the objects that page i (from 0) shares with other pages.
    """

    def __init__(self, shape):
        self.numbers = Numbers(shape)
        self.mark = hashlib.sha256()
        self.parts = {name: _Spool(self.mark) for name in ("first", "pages", "shared", "other")}
        self.starts = array("Q", bytes(8 * self.numbers.end))
        self.sizes = array("I", bytes(4 * self.numbers.end))
        self.shares, self.last = {}, {}
        self.waiting, self.packed, self.streams = [], 0, 0

    def part_of(self, number):
        numbers = self.numbers
        if number >= numbers.half:
            return "first"
        return "pages" if number < numbers.shared else "shared" if number < numbers.other else "other"

    def put(self, number, text, data=None):
        """Write an object; the text of one with data is its dictionary."""
        name = self.part_of(number)
        part = self.parts[name]
        if name != "other" and number <= self.last.get(name, 0):
            raise ValueError("objects are written in the order of their numbers")
        self.last[name] = number
        before = part.size
        if data is None:
            part.write(b"%d 0 obj\n%s\nendobj\n" % (number, text))
        else:
            part.write(b"%d 0 obj\n%s\nstream\n" % (number, text), data, b"\nendstream\nendobj\n")
        self.starts[number], self.sizes[number] = before, part.size - before

    def pack(self, text):
        """Put an object of the tag tree in an object stream; gives its number."""
        number = self.numbers.packed + self.packed
        self.packed += 1
        self.waiting.append(text)
        if len(self.waiting) == IN_A_STREAM:
            self._flush()
        return number

    def _flush(self):
        if not self.waiting:
            return
        first = self.numbers.packed + self.packed - len(self.waiting)
        at, index = 0, []
        for place, text in enumerate(self.waiting):
            index.append(b"%d %d" % (first + place, at))
            at += len(text) + 1
        head = b" ".join(index) + b"\n"
        data = zlib.compress(head + b"\n".join(self.waiting) + b"\n", 6)
        facts = b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>"
        self.put(self.numbers.streams + self.streams, facts % (len(index), len(head), len(data)), data)
        self.streams += 1
        self.waiting = []

    def finish(self, out, catalogue, info):
        """Write the file: `catalogue` is the text of the document's catalogue, `info` the number of its properties."""
        self._flush()
        numbers, shape = self.numbers, self.numbers.shape
        if self.packed != shape.packed or not all(self.sizes[n] for n in range(1, numbers.main_table)):
            raise ValueError("fewer objects were written than there were numbers for")
        identity = self.mark.hexdigest()[:32].encode()
        trailer = b"/Root %d 0 R /Info %d 0 R /ID [<%s><%s>]" % (numbers.catalogue, info, identity, identity)
        root = b"%d 0 obj\n%s\nendobj\n" % (numbers.catalogue, catalogue)
        table_size = len(self._first_table(trailer, 0))
        first_table = len(HEADER) + DICTIONARY_ROOM
        root_at = first_table + table_size
        hints_at = root_at + len(root)
        bases, at = {}, hints_at
        for name, part in self.parts.items():  # as if there were no hints: the hints count so themselves
            bases[name] = at
            at += part.size
        hints = self._hints(bases)
        for name in bases:
            bases[name] += len(hints)
        main_table = at + len(hints)
        for number in range(1, numbers.end):
            if self.sizes[number]:
                self.starts[number] += bases[self.part_of(number)]
        self.starts[numbers.dictionary], self.starts[numbers.first_table] = len(HEADER), first_table
        self.starts[numbers.catalogue], self.starts[numbers.hints] = root_at, hints_at
        self.starts[numbers.main_table] = main_table
        end = self._main_table(trailer.partition(b"/ID")[2])
        tail = b"startxref\n%d\n%%%%EOF\n" % first_table
        dictionary = b"%d 0 obj\n<< /Linearized 1 /L %d /H [ %d %d ] /O %d /E %d /N %d /T %d >>\nendobj\n" % (
            numbers.dictionary, main_table + len(end) + len(tail), hints_at, len(hints), numbers.pages[0],
            bases["pages"], len(shape.pages), main_table - 1,
        )  # fmt: skip
        out.write(HEADER + dictionary.ljust(DICTIONARY_ROOM - 1) + b"\n")
        out.write(self._first_table(trailer, main_table))
        out.write(root + hints)
        for part in self.parts.values():
            part.pour(out)
        out.write(end + tail)

    def close(self):
        for part in self.parts.values():
            part.file.close()

    def _first_table(self, trailer, main_table):
        """The first half's cross-reference stream; it is not compressed, for its size must not depend on what it says."""
        numbers = self.numbers
        rows = b"".join(_row(1, self.starts[number], 0) for number in range(numbers.half, numbers.end))
        facts = b"<< /Type /XRef /W [1 4 2] /Index [%d %d] /Size %d /Prev %010d %s /Length %d >>" % (
            numbers.half, numbers.end - numbers.half, numbers.end, main_table, trailer, len(rows),
        )  # fmt: skip
        return b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (numbers.first_table, facts, rows)

    def _main_table(self, identity):
        """The second half's: free entry 0, what stands by itself, this stream, what is in object streams."""
        numbers = self.numbers
        rows = [_row(0, 0, 65535)]
        rows += [_row(1, self.starts[number], 0) for number in range(1, numbers.packed)]
        rows += [
            _row(2, numbers.streams + place // IN_A_STREAM, place % IN_A_STREAM)
            for place in range(numbers.shape.packed)
        ]
        data = zlib.compress(_differences(rows), 6)
        facts = (
            b"<< /Type /XRef /W [1 4 2] /Index [0 %d] /Size %d /ID%s /Filter /FlateDecode"
            b" /DecodeParms << /Columns 7 /Predictor 12 >> /Length %d >>"
        ) % (numbers.half, numbers.half, identity, len(data))
        return b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (numbers.main_table, facts, data)

    def _hints(self, bases):
        """The hint stream: how long each page is and what it shares (F.4.1), what is shared (F.4.2), the bookmarks (F.4.3)."""
        numbers, shape = self.numbers, self.numbers.shape
        first = range(numbers.pages[0], numbers.end)
        shared = range(numbers.shared, numbers.other)
        places = {number: place for place, number in enumerate((*first, *shared))}
        counts = [len(first), *shape.pages[1:]]
        lengths = [sum(self.sizes[number] for number in first)]
        for start, count in zip(self.numbers.pages[1:], shape.pages[1:], strict=True):
            lengths.append(sum(self.sizes[number] for number in range(start, start + count)))
        uses = [(), *([places[number] for number in self.shares.get(page, ())] for page in range(1, len(counts)))]
        table = _page_hints(counts, lengths, uses, len(places), bases["first"])
        at_shared = len(table)
        sizes = [self.sizes[number] for number in places]
        start = (numbers.shared, bases["shared"]) if shared else (0, 0)
        table += _shared_hints(sizes, len(first), *start)
        outline = range(numbers.outline, numbers.end)
        keys = b"/S %d" % at_shared
        if outline:
            keys += b" /O %d" % len(table)
            at = bases["first"] + self.starts[outline[0]]
            size = sum(self.sizes[number] for number in outline)
            table += b"".join(value.to_bytes(4, "big") for value in (outline[0], at, len(outline), size))
        data = zlib.compress(table, 6)
        facts = b"<< /Filter /FlateDecode %s /Length %d >>" % (keys, len(data))
        return b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (numbers.hints, facts, data)


def _row(kind, value, rest):
    return b"".join(part.to_bytes(width, "big") for part, width in zip((kind, value, rest), WIDTHS, strict=True))


def _differences(rows):
    """Rows as differences to the row above (predictor 12), which compress far better."""
    out, above = [], bytes(sum(WIDTHS))
    for row in rows:
        out.append(b"\x02" + bytes((now - before) & 255 for now, before in zip(row, above, strict=True)))
        above = row
    return b"".join(out)


def _bits(values, width):
    """Numbers of `width` bits one behind the other, filled up to a whole byte."""
    text = "".join(format(value, f"0{width}b") for value in values) if width else ""
    size = -(-len(text) // 8)
    return int(text.ljust(size * 8, "0") or "0", 2).to_bytes(size, "big")


def _page_hints(counts, lengths, uses, shared, first_at):
    """The page offset hint table. Content streams are not told apart from their pages, as in other writers' files."""
    fewest, shortest = min(counts), min(lengths)
    count_bits, length_bits = (max(counts) - fewest).bit_length(), (max(lengths) - shortest).bit_length()
    use_bits, place_bits = max(map(len, uses)).bit_length(), shared.bit_length()
    head = b"".join(value.to_bytes(width, "big") for value, width in (
        (fewest, 4), (first_at, 4), (count_bits, 2), (shortest, 4), (length_bits, 2), (0, 4), (0, 2), (shortest, 4),
        (length_bits, 2), (use_bits, 2), (place_bits, 2), (0, 2), (4, 2),
    ))  # fmt: skip
    longer = [length - shortest for length in lengths]
    return head + b"".join((
        _bits([count - fewest for count in counts], count_bits), _bits(longer, length_bits),
        _bits(map(len, uses), use_bits), _bits((place for own in uses for place in own), place_bits),
        _bits(longer, length_bits),
    ))  # fmt: skip


def _shared_hints(sizes, in_first, number, at):
    """The shared object hint table: every object of the first page's part, then those that other pages share."""
    least = min(sizes)
    width = (max(sizes) - least).bit_length()
    head = b"".join(value.to_bytes(size, "big") for value, size in (
        (number, 4), (at, 4), (in_first, 4), (len(sizes), 4), (0, 2), (least, 4), (width, 2),
    ))  # fmt: skip
    return head + _bits([size - least for size in sizes], width) + bytes(-(-len(sizes) // 8))
