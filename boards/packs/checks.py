"""Our own checks of a PDF, for every build and every test. They do not replace a person with a screen reader.

Content tagged or artifact, parent tree complete, headings that never skip, header cells with scope, lists, alternatives of
figures, link descriptions, fonts, title, language, bookmarks (PDF/UA-1, ISO 14289-1, 7.1 to 7.21).

To look at every page of a pack takes seconds, so each fragment is looked at when it is made (`of_fragment`), and what is found
stays with it; of a finished pack only the document itself is left to be looked at (`of_document`).
"""

import io
from collections import Counter

import pikepdf
from pikepdf import Array, Dictionary, Name

from . import annex_fonts
from .tags import number_tree

_PAINT = {
    "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "Tj", "TJ", "'", '"', "INLINE IMAGE",
}  # fmt: skip
_LOOKED_AT = " ".join(
    sorted((_PAINT - {"INLINE IMAGE"}) | {"BI", "ID", "EI", "BMC", "BDC", "EMC"})
)  # the rest is passed over
_HEADINGS = {f"/H{level}": level for level in range(1, 7)}
_INSIDE = {
    "/LI": {"/L"}, "/LBody": {"/LI"}, "/Lbl": {"/LI", "/Note", "/TOCI"}, "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"}, "/TD": {"/TR"}, "/THead": {"/Table"}, "/TBody": {"/Table"}, "/TFoot": {"/Table"}, "/TOCI": {"/TOC"},
}  # fmt: skip


def check(data):
    """Sentences on what is wrong with a PDF; an empty list when it passes."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return list(dict.fromkeys([*_document(pdf), *_tree(pdf), *_pages(pdf), *fonts(pdf)]))


def of_fragment(data):
    """What is wrong with the pages of one fragment, counted from its own first page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return list(dict.fromkeys([*_tree(pdf), *_pages(pdf), *fonts(pdf)]))


def of_document(file):
    """What is wrong with a finished pack besides its pages. `file` is its bytes, or an open file."""
    with pikepdf.open(io.BytesIO(file) if isinstance(file, bytes) else file) as pdf:
        return list(_document(pdf))


def _document(pdf):
    root = pdf.Root
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "The document has no title."
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "The title is not shown in the window."
    if str(root.get("/Lang", "")) != "en-GB":
        yield "The language of the document is not en-GB."
    if not root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield "The document does not say that it is tagged."
    if "/Outlines" not in root and len(pdf.pages) > 1:
        yield "The document has no bookmarks."
    if "/Metadata" not in root or b"<pdfuaid:part>1<" not in root.Metadata.read_bytes():
        yield "The metadata does not say PDF/UA-1."


def _kids(element):
    kids = element.get("/K", ())
    return kids if isinstance(kids, Array) else [kids]


def _tree(pdf):
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        yield "The document has no tag tree."
        return
    roles = root.get("/RoleMap", Dictionary())
    last = 0
    stack = [(kid, None) for kid in reversed(list(_kids(root)))]
    while stack:
        element, parent = stack.pop()
        kind = str(element.get("/S"))
        kind = str(roles.get(kind, kind))
        if kind in _HEADINGS:
            level = _HEADINGS[kind]
            if level > last + 1:
                yield f"A heading of level {level} follows one of level {last}."
            last = level
        if kind in _INSIDE and parent not in _INSIDE[kind]:
            yield f"A tag {kind} stands in {parent or 'nothing'}."
        if kind == "/Figure" and not (str(element.get("/Alt", "")).strip() or "/ActualText" in element):
            yield "A figure has no alternative."
        if kind == "/TH" and not _scope(element):
            yield "A header cell does not say what it heads."
        for kid in reversed(list(_kids(element))):
            if isinstance(kid, Dictionary) and "/S" in kid:
                stack.append((kid, kind))


def _scope(element):
    attributes = element.get("/A", ())
    owned = attributes if isinstance(attributes, Array) else [attributes]
    return any(isinstance(each, Dictionary) and "/Scope" in each for each in owned)


def _pages(pdf):
    root = pdf.Root.get("/StructTreeRoot", Dictionary())
    parents = dict(number_tree(root.get("/ParentTree", Dictionary())))
    for number, page in enumerate(pdf.pages, start=1):
        used, loose = marks(page)
        if loose:
            yield f"Page {number} draws something that is neither tagged nor an artifact."
        row = parents.get(int(page.obj.get("/StructParents", -1)))
        if used and row is None:
            yield f"Page {number} is not in the parent tree."
        elif used:
            bad = [mcid for mcid in used if mcid >= len(row) or not isinstance(row[mcid], Dictionary)]
            if bad:
                yield f"Page {number} has {len(bad)} marks that lead to no tag."
        for note in page.obj.get("/Annots", ()):
            if note.get("/Subtype") != Name.Link:
                continue
            if not str(note.get("/Contents", "")).strip():
                yield f"A link on page {number} has no description."
            if int(note.get("/StructParent", -1)) not in parents:
                yield f"A link on page {number} is not tagged."
            if not int(note.get("/F", 0)) & 4:
                yield f"A link on page {number} is not printed."


def fonts(pdf):
    """Fonts that are not brought along, and letters that could not be turned into text (7.21.4.1 and 7.21.7)."""
    found = [thing for thing in pdf.objects if isinstance(thing, Dictionary) and thing.get("/Type") == Name.Font]
    for name in sorted({annex_fonts.name_of(font) for font in found if annex_fonts.lacking(font)}):
        yield f"The font {name} is not in the file."
    for name in sorted({annex_fonts.name_of(font) for font in found if annex_fonts.unreadable(font)}):
        yield f"The letters of the font {name} cannot be turned into text."


def marks(page):
    """(MCIDs in use, count of painting operators outside any marked content) of a page."""
    used, loose, depth = Counter(), 0, []
    properties = page.obj.get("/Resources", Dictionary()).get("/Properties", Dictionary())
    for operands, operator in pikepdf.parse_content_stream(page, _LOOKED_AT):
        name = str(operator)
        if name in ("BMC", "BDC"):
            covered = str(operands[0]) == "/Artifact"
            if name == "BDC":
                facts = operands[1]
                if isinstance(facts, pikepdf.Name):
                    facts = properties.get(facts, Dictionary())
                if "/MCID" in facts:
                    used[int(facts["/MCID"])] += 1
                    covered = True
            depth.append(covered)
        elif name == "EMC":
            depth.pop()
        elif name in _PAINT and not any(depth):
            loose += 1
    return used, loose
