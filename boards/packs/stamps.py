"""Running headers and footers, written straight into the pages as artifacts with a font of their own.

Header: the marking at the left, the agenda item at the right. Footer: board and date at the left, "Page x of y" at the
right, the marking below in the middle (a marking stands in capitals at the top and the bottom of every page). Rotated and
landscape pages are stamped upright.
"""

import functools
import io
from dataclasses import dataclass

from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String

from .info import ASSETS

MILLIMETRE = 72 / 25.4
CHARACTERS = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)])) + "–—‘’“”•…₂→↑↓▲▼"
GREY = "0.28 0.31 0.33"
INK = "0.043 0.047 0.047"


@dataclass(frozen=True)
class Stamp:
    """The words around one fragment. `watermark` is drawn across the page when it is not empty."""

    marking: str = "OFFICIAL"
    right: str = ""
    footer: str = ""
    watermark: str = ""


class Face:
    """A subset of a shipped font: glyph numbers and widths for writing, and its PDF font object."""

    def __init__(self, file, tag):
        options = subset.Options(
            layout_features=[], name_IDs=[6], notdef_outline=True, hinting=False, recalc_timestamp=False
        )
        font = TTFont(ASSETS / "fonts" / file, recalcTimestamp=False)
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=CHARACTERS)
        subsetter.subset(font)
        buffer = io.BytesIO()
        font.save(buffer)
        self.data, self.tag = buffer.getvalue(), tag
        self.name = f"{tag}+{file.removesuffix('.ttf')}"
        unit = 1000 / font["head"].unitsPerEm
        order = font.getGlyphOrder()
        numbers = {glyph: number for number, glyph in enumerate(order)}
        self.glyphs = {chr(code): numbers[glyph] for code, glyph in font.getBestCmap().items()}
        self.widths = [round(font["hmtx"][glyph][0] * unit) for glyph in order]
        head, lines, os2 = font["head"], font["hhea"], font["OS/2"]
        self.box = [round(value * unit) for value in (head.xMin, head.yMin, head.xMax, head.yMax)]
        self.ascent, self.descent = round(lines.ascent * unit), round(lines.descent * unit)
        self.cap_height = round(os2.sCapHeight * unit)

    def encode(self, text):
        """Text as a hexadecimal string of glyph numbers; what the font lacks becomes a question mark."""
        unknown = self.glyphs["?"]
        return "<" + "".join(f"{self.glyphs.get(char, unknown):04X}" for char in text) + ">"

    def width(self, text, size):
        unknown = self.glyphs["?"]
        return sum(self.widths[self.glyphs.get(char, unknown)] for char in text) * size / 1000

    def fit(self, text, size, room):
        """The text, cut with an ellipsis when it is wider than the room it has."""
        if self.width(text, size) <= room:
            return text
        while text and self.width(text + "…", size) > room:
            text = text[:-1].rstrip()
        return text + "…"

    def embed(self, pdf):
        name = Name("/" + self.name)
        descriptor = pdf.make_indirect(Dictionary(
            Type=Name.FontDescriptor, FontName=name, Flags=4, FontBBox=Array(self.box), ItalicAngle=0, StemV=80,
            Ascent=self.ascent, Descent=self.descent, CapHeight=self.cap_height,
            FontFile2=pdf.make_stream(self.data, Length1=len(self.data)),
        ))  # fmt: skip
        descendant = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, FontDescriptor=descriptor,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            DW=500, W=Array([0, Array(self.widths)]), CIDToGIDMap=Name.Identity,
        )  # fmt: skip
        return pdf.make_indirect(Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]), ToUnicode=pdf.make_stream(self.to_unicode()),
        ))  # fmt: skip

    def to_unicode(self):
        chars = {
            number: char for char, number in sorted(self.glyphs.items(), reverse=True)
        }  # a space, not a hard space
        pairs = sorted(chars.items())
        blocks = []
        for start in range(0, len(pairs), 100):
            part = pairs[start : start + 100]
            lines = "\n".join(f"<{number:04X}> <{char.encode('utf-16-be').hex().upper()}>" for number, char in part)
            blocks.append(f"{len(part)} beginbfchar\n{lines}\nendbfchar")
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            + "\n".join(blocks) + "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
        ).encode()  # fmt: skip


@functools.cache
def faces():
    return {"/PackR": Face("SourceSans3-Regular.ttf", "PACKRG"), "/PackB": Face("SourceSans3-Semibold.ttf", "PACKSB")}


def upright(box, rotate):
    """Matrix, width and height of a page as its reader sees it: (x, y) from the lower left of the page held upright."""
    left, bottom, right, top = (float(edge) for edge in box)
    width, height = right - left, top - bottom
    return {
        0: ((1, 0, 0, 1, left, bottom), width, height),
        90: ((0, 1, -1, 0, right, bottom), height, width),
        180: ((-1, 0, 0, -1, right, top), width, height),
        270: ((0, -1, 1, 0, left, top), height, width),
    }[rotate % 360]


def content(stamp, page_text, box, rotate, continued=()):
    """The content stream that stamps one page: everything in it is an artifact."""
    matrix, width, height = upright(box, rotate)
    regular, bold = faces()["/PackR"], faces()["/PackB"]
    small = min(1.0, width / (150 * MILLIMETRE))  # smaller type on pages narrower than A5 landscape
    size = 9.5 * small
    side = min(25 if width < height else 18, width / MILLIMETRE / 8) * MILLIMETRE
    top, foot = height - 14 * MILLIMETRE * small, 13.5 * MILLIMETRE * small
    lines = []

    def put(face, x, y, words, colour=INK, size=size):
        words_code = face.encode(words)
        name = "/PackR" if face is regular else "/PackB"
        lines.append(f"BT {colour} rg {name} {size:.2f} Tf {x:.2f} {y:.2f} Td {words_code} Tj ET")

    def artifact(kind):
        lines.append(
            f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC q {' '.join(f'{n:.6g}' for n in matrix)} cm"
        )

    artifact("Header")
    marking_width = bold.width(stamp.marking, size)
    put(bold, side, top, stamp.marking)
    right = regular.fit(stamp.right, size, width - 2 * side - marking_width - 12)
    put(regular, width - side - regular.width(right, size), top, right)
    lines.append("Q EMC")
    artifact("Footer")
    lines.append(f"0.69 0.71 0.71 RG 0.5 w {side:.2f} {foot + 13:.2f} m {width - side:.2f} {foot + 13:.2f} l S")
    put(bold, (width - marking_width) / 2, foot - 1.4 * size, stamp.marking)
    page_width = regular.width(page_text, size)
    put(regular, width - side - page_width, foot, page_text, GREY)
    put(regular, side, foot, regular.fit(stamp.footer, size, width - 2 * side - page_width - 12), GREY)
    lines.append("Q EMC")
    for x, y, words in continued:
        lines.append("/Artifact <</Type /Pagination /Subtype /Header>> BDC q")
        put(regular, x, y + 5, f"{words}, continued", GREY)
        lines.append("Q EMC")
    return "\n".join(lines).encode()


def watermark(words, box, rotate):
    """The content stream of a watermark: over the page's own content, as a scan would cover what is behind it."""
    matrix, width, height = upright(box, rotate)
    return "\n".join((
        f"/Artifact <</Type /Pagination /Subtype /Watermark>> BDC q {' '.join(f'{n:.6g}' for n in matrix)} cm",
        _watermark(faces()["/PackB"], words, width, height),
        "Q EMC",
    )).encode()  # fmt: skip


def resources(pdf, *, veil):
    """What the streams above name: {kind: {name: object}}, for the resources of each stamped page; `veil` for watermarks."""
    named = {"/Font": {name: face.embed(pdf) for name, face in faces().items()}}
    if veil:
        named["/ExtGState"] = {"/PackVeil": pdf.make_indirect(Dictionary(Type=Name.ExtGState, ca=0.14))}
    return named


def provide(of_page, named):
    """Add those to the resources of a page."""
    for kind, entries in named.items():
        if kind not in of_page:
            of_page[kind] = Dictionary()
        for name, thing in entries.items():
            of_page[kind][name] = thing


def _watermark(face, words, width, height):
    """Words from corner to corner in a grey so faint that the text below it stays readable."""
    length = (width**2 + height**2) ** 0.5
    cosine, sine = width / length, height / length
    size = min(44.0, 0.8 * length / max(face.width(words, 1), 1))
    start = -face.width(words, size) / 2
    return (
        f"/PackVeil gs BT {INK} rg /PackB {size:.2f} Tf {cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f} "
        f"{width / 2 + start * cosine:.2f} {height / 2 + start * sine:.2f} Tm {face.encode(words)} Tj ET"
    )
