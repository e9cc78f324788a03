"""Fonts for annexes that do not bring their own.

Many office machines leave out the common fonts (Helvetica, Times, Courier), and a pack must look the same everywhere
(PDF/UA-1, ISO 14289-1, 7.21.4.1). Arimo, Tinos and Cousine have the same widths; they are put in under the encoding that
the annex uses. A font that no substitute fits is left as it is and named in the report to staff.
"""

import functools
import re
from pathlib import Path

from fontTools import agl
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Integer, Name

FOLDER = Path(__file__).parent / "assets" / "substitutes"
_SIMPLE = {"/Type1", "/TrueType", "/MMType1"}
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_SYMBOLIC = 4  # a font with letters of its own, ISO 32000-1, table 123


def name_of(font):
    """The name under which a font is used."""
    return str(font.get("/BaseFont", "/unnamed")).lstrip("/")


def lacking(font):
    """Whether a font is used without being brought along: a simple one, or the one that a composite font is made of."""
    if font.get("/Type") != Name.Font:
        return False
    if font.get("/Subtype") == Name.Type0:
        inner = font.get("/DescendantFonts", ())
        return not any("/FontDescriptor" in each and _is_there(each) for each in inner)
    return str(font.get("/Subtype")) in _SIMPLE and not _is_there(font)


def _is_there(font):
    descriptor = font.get("/FontDescriptor", Dictionary())
    return any(key in descriptor for key in _FILES)


def unreadable(font):
    """Whether nothing says which letters the codes of a font stand for: neither a table of its own nor an encoding that is known."""
    if "/ToUnicode" in font or font.get("/Type") != Name.Font:
        return False
    if font.get("/Subtype") == Name.Type0:
        return str(font.get("/Encoding", "/Identity-H")) in ("/Identity-H", "/Identity-V")
    if str(font.get("/Subtype")) not in _SIMPLE or "/Encoding" in font:
        return False
    return bool(int(font.get("/FontDescriptor", Dictionary()).get("/Flags", _SYMBOLIC)) & _SYMBOLIC)


def substitute_for(name):
    """File of the font that stands in for a font of this name, or None for symbols."""
    plain = re.sub(r"^[A-Z]{6}\+", "", name).lower()
    if any(word in plain for word in ("symbol", "dingbat", "wingding", "webding")):
        return None
    if any(word in plain for word in ("courier", "mono", "consol", "typewriter")):
        family = "Cousine"
    elif any(
        word in plain for word in ("times", "serif", "roman", "georgia", "garamond", "cambria", "palatino", "book")
    ):
        family = "Tinos" if "sans" not in plain else "Arimo"
    else:
        family = "Arimo"
    bold = any(word in plain for word in ("bold", "black", "heavy", "demi"))
    slanted = any(word in plain for word in ("italic", "oblique"))
    return f"{family}-{'Bold' if bold else ''}{'Italic' if slanted else ''}{'' if bold or slanted else 'Regular'}.ttf"


@functools.cache
def _read(file):
    """(file's bytes, glyph name by code point, width by glyph, metrics in thousandths of an em)."""
    font = TTFont(FOLDER / file)
    unit = 1000 / font["head"].unitsPerEm
    widths = {glyph: round(facts[0] * unit) for glyph, facts in font["hmtx"].metrics.items()}
    head, lines = font["head"], font["hhea"]
    box = [round(value * unit) for value in (head.xMin, head.yMin, head.xMax, head.yMax)]
    return (
        (FOLDER / file).read_bytes(),
        font.getBestCmap(),
        widths,
        (box, round(lines.ascent * unit), round(lines.descent * unit)),
    )


def _glyph_names(font):
    """Glyph name of each of the 256 codes under the font's encoding."""
    encoding = font.get("/Encoding")
    base = encoding if isinstance(encoding, Name) else (encoding or Dictionary()).get("/BaseEncoding")
    if base == Name.WinAnsiEncoding:
        names = [_name_of(bytes([code]), "cp1252") for code in range(256)]
    elif base == Name.MacRomanEncoding:
        names = [_name_of(bytes([code]), "mac_roman") for code in range(256)]
    else:
        names = [name if name != ".notdef" else "" for name in StandardEncoding]
    if isinstance(encoding, Dictionary):
        code = 0
        for entry in encoding.get("/Differences", ()):
            if isinstance(entry, Name):
                if code < 256:
                    names[code] = str(entry).lstrip("/")
                code += 1
            else:
                code = int(entry)
    return names


def _name_of(byte, codec):
    try:
        point = ord(byte.decode(codec))
    except UnicodeDecodeError:
        return "bullet" if codec == "cp1252" and byte[0] > 0x20 else ""
    return agl.UV2AGL.get({0xA0: 0x20, 0xAD: 0x2D}.get(point, point), "") if point >= 0x20 else ""


def embed_missing(pdf):
    """Put substitutes in for the fonts that a PDF lacks; names of those for which there is none."""
    left = []
    streams = {}
    for font in pdf.objects:
        if not isinstance(font, Dictionary) or not lacking(font):
            continue
        name = name_of(font)
        file = (
            substitute_for(name) if font.get("/Subtype") != Name.Type0 else None
        )  # its codes are glyphs of that very font
        if file is None:
            left.append(name)
            continue
        _replace(pdf, font, file, streams)
    return sorted(set(left))


def _replace(pdf, font, file, streams):
    data, cmap, widths, (box, ascent, descent) = _read(file)
    names = _glyph_names(font)
    points = [_point(name) for name in names]
    if file not in streams:
        streams[file] = pdf.make_indirect(pdf.make_stream(data, Length1=len(data)))
    base = Name("/PACKSU+" + file.removesuffix(".ttf"))
    differences = [0, *(Name("/" + (name or ".notdef")) for name in names)]
    old = {int(font.get("/FirstChar", 0)) + place: int(width) for place, width in enumerate(font.get("/Widths", ()))}
    own = [widths.get(cmap.get(point, ""), widths.get(".notdef", 0)) for point in points]
    # Widths that the annex states rule its layout; where they are those of the substitute but for rounding, say the latter.
    stated = [
        old.get(code, own[code]) if abs(old.get(code, own[code]) - own[code]) > 2 else own[code] for code in range(256)
    ]
    slanted = "Italic" in file
    font.FontDescriptor = pdf.make_indirect(Dictionary(
        Type=Name.FontDescriptor, FontName=base, Flags=32 | (64 if slanted else 0), FontBBox=Array(box), StemV=80,
        ItalicAngle=-12 if slanted else 0, Ascent=ascent, Descent=descent, CapHeight=700, FontFile2=streams[file],
    ))  # fmt: skip
    font.Subtype, font.BaseFont = Name.TrueType, base
    font.FirstChar, font.LastChar, font.Widths = 0, 255, Array([Integer(width) for width in stated])
    font.Encoding = Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding, Differences=Array(differences))
    font.ToUnicode = pdf.make_stream(_to_unicode(points))


def _point(name):
    text = agl.toUnicode(name) if name else ""
    return ord(text) if len(text) == 1 else 0


def _to_unicode(points):
    pairs = [(code, point) for code, point in enumerate(points) if point]
    blocks = []
    for start in range(0, len(pairs), 100):
        part = pairs[start : start + 100]
        lines = "\n".join(f"<{code:02X}> <{point:04X}>" for code, point in part)
        blocks.append(f"{len(part)} beginbfchar\n{lines}\nendbfchar")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Annex def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n" + "\n".join(blocks) + "\nendcmap\nend\nend"
    ).encode()  # fmt: skip
