"""Annexes that bring tags of their own keep them, once what commonly is wrong with such tags is mended.

Mended: header cells get a scope, figures without a description say so, heading levels do not skip, own names of tags are
turned into the standard ones, links are described, lines and fills outside the tags (backgrounds that browsers and
spreadsheets draw) become artifacts. If after that one page still draws something outside the tags, or a mark
leads nowhere, the tags cannot be relied on and the annex is bound as one without tags.
"""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from . import checks
from .info import Info
from .placing import place_page
from .tags import number_tree

STANDARD = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody "
    "Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP "
    "Figure Formula Form".split()
)
_CELL_PARENTS = {"/THead"}
MOST_TAGS = 200_000


class NotReliable(Exception):
    """The tags of this annex cannot be kept; the message says why, for the log."""


def keep_tags(source, heading):
    """(bytes, Info) of a tagged annex with its own tags. Raises NotReliable. Changes `source`."""
    root = source.Root.get("/StructTreeRoot")
    if root is None or "/ParentTree" not in root:
        raise NotReliable("no tag tree")
    for page in source.pages:
        place_page(source, page)
        _keep_links(page.obj, dict(number_tree(root.ParentTree)))
        if checks.marks(page)[1]:
            page.obj.Contents = source.make_stream(pikepdf.unparse_content_stream(list(_decorated(page))))
    _mend(root, heading)
    for key in list(source.Root.keys()):
        if key not in ("/Type", "/Pages", "/StructTreeRoot"):
            del source.Root[key]
    source.Root.MarkInfo = Dictionary(Marked=True)
    if "/IDTree" in root:
        del root["/IDTree"]
    source.remove_unreferenced_resources()
    buffer = io.BytesIO()
    source.save(buffer, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    with pikepdf.open(io.BytesIO(buffer.getvalue())) as mended:
        problems = [*checks._tree(mended), *checks._pages(mended)]
        if problems:
            raise NotReliable(problems[0])
        return buffer.getvalue(), Info(len(mended.pages), tagged=True, faults=list(checks.fonts(mended)))


def _keep_links(page, parents):
    """Only links to addresses that stand in the tag tree stay; forms and comments are already drawn or left out."""
    kept = []
    for note in page.get("/Annots", ()):
        action = note.get("/A", Dictionary())
        uri = str(action.get("/URI", "")) if action.get("/S") == Name.URI else ""
        tagged = int(note.get("/StructParent", -1)) in parents
        if note.get("/Subtype") == Name.Link and uri.lower().startswith(("https://", "http://", "mailto:")):
            if not tagged:
                raise NotReliable("a link is not tagged")
            if not str(note.get("/Contents", "")).strip():
                note.Contents = String(f"Link to {uri}")
            note.F = int(note.get("/F", 0)) | 4
            kept.append(note)
        elif note.get("/Subtype") != Name.Popup and tagged and note.get("/Subtype") != Name.Link:
            raise NotReliable("it has form fields or comments")
    if kept:
        page.Annots = Array(kept)
    elif "/Annots" in page:
        del page["/Annots"]


_PATH = {"m", "re"}
_PAINT = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
_BEGIN, _END = ([Name.Artifact], pikepdf.Operator("BMC")), ([], pikepdf.Operator("EMC"))


def _decorated(page):
    """The content of a page in which each path that is painted outside the tags is an artifact. Text and pictures stay as they are."""
    marks, path = 0, None
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        marks += (name in ("BMC", "BDC")) - (name == "EMC")
        if path is None and name in _PATH and not marks:
            path = []
        if path is None:
            yield operands, operator
            continue
        path.append((operands, operator))
        if name in _PAINT:
            yield from (_BEGIN, *path, _END)
            path = None
        elif name == "n":
            yield from path
            path = None
    yield from path or ()


def _mend(root, heading):
    roles = {str(name): str(kind) for name, kind in root.get("/RoleMap", Dictionary()).items()}
    if "/RoleMap" in root:
        del root["/RoleMap"]
    last, count, notes = 0, 0, 0
    stack = [(kid, "") for kid in reversed(_elements(root))]
    while stack:
        element, parent = stack.pop()
        count += 1
        if count > MOST_TAGS:
            raise NotReliable("too many tags")
        kind = _standard(str(element.S), roles)
        if kind == "H":
            kind = f"H{max(last, 1)}"
        if len(kind) == 2 and kind[0] == "H" and kind[1].isdigit():
            last = min(int(kind[1]), last + 1)
            kind = f"H{last}"
        element.S = Name("/" + kind)
        for key in ("/ID", "/NS"):
            if key in element:
                del element[key]
        if kind == "Note":
            notes += 1
            element.ID = String(f"{heading} note {notes}")
        if kind in ("Figure", "Formula") and not (str(element.get("/Alt", "")).strip() or "/ActualText" in element):
            element.Alt = String(f"A picture in {heading}, handed in without a description.")
        if kind in ("TH", "TD"):
            _cell(element, kind, parent)
        stack += [(kid, kind) for kid in reversed(_elements(element))]


def _standard(kind, roles):
    for _ in range(10):
        if kind.lstrip("/") in STANDARD:
            return kind.lstrip("/")
        if kind not in roles:
            break
        kind = roles[kind]
    return "Span"


def _cell(element, kind, parent):
    """Scope on header cells; `Headers` go, for the ids they name are not unique in a pack."""
    attributes = element.get("/A", Array())
    owned = [
        each for each in (attributes if isinstance(attributes, Array) else [attributes]) if isinstance(each, Dictionary)
    ]
    table = next((each for each in owned if each.get("/O") == Name.Table), None)
    if table is None:
        table = Dictionary(O=Name.Table)
        owned.append(table)
    if "/Headers" in table:
        del table["/Headers"]
    if kind == "TH" and "/Scope" not in table:
        table.Scope = Name.Column
    element.A = Array(owned)


def _elements(element):
    kids = element.get("/K", ())
    kids = kids if isinstance(kids, Array) else [kids]
    return [kid for kid in kids if isinstance(kid, Dictionary) and "/S" in kid]
