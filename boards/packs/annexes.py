"""Annexes: PDFs made elsewhere become fragments like the papers are.

An annex that brings tags keeps them when they can be relied on (`annex_tags`). Of any other, every page is drawn as one form
inside a page of our own, a little smaller, so that running header and footer never cover anything, and upright however the
page was turned. The page is then one marked sequence: with text a paragraph, read in the order in which it was drawn;
without text (a scan) a figure whose alternative names the annex and the page. Links to web addresses are kept.
"""

import dataclasses
import io
import logging

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from . import annex_fonts, checks
from .annex_tags import NotReliable, keep_tags
from .info import Info, RenderError
from .placing import move, transformation, visible_box

log = logging.getLogger(__name__)

MOST_PAGES = 2000
DEEPEST = 6  # forms within forms
DAMAGED = "Part of it is damaged. Save it again as PDF and upload that."
_MARKS = {"BMC", "BDC", "EMC", "MP", "DP"}
_TEXT = "Tj TJ ' \""


def render(data, heading):
    """PDF bytes of an annex to (fragment bytes, Info); `heading` names it (`Annex A: Survey`).

    What people who use a screen reader will miss in it is in the Info's `faults`. Raises RenderError with a sentence.
    """
    source = _open(data)
    try:
        kept = _with_own_tags(source, heading)
        if kept is not None:
            return kept
        source = _open(data)
        annex_fonts.embed_missing(source)
        pdf, info = _wrap(source, heading)
        return pdf, dataclasses.replace(info, faults=checks.of_fragment(pdf))
    except (pikepdf.PdfError, ArithmeticError, AttributeError, KeyError, TypeError, ValueError, RuntimeError) as error:
        raise RenderError(DAMAGED) from error


def _with_own_tags(source, heading):
    """(bytes, Info) of an annex that says it is tagged and whose tags can be relied on, or None. Changes `source`."""
    if not source.Root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        return None
    try:
        annex_fonts.embed_missing(source)
        return keep_tags(source, heading)
    except (NotReliable, ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as reason:
        log.info("annex.tags_not_kept", extra={"reason": str(reason)[:200]})
        return None


def keeps_tags(data):
    """Whether a PDF has tags that it will keep when it is bound: what it says of itself is not enough."""
    with _open(data) as source:
        return _with_own_tags(source, "Annex") is not None


def _open(data):
    try:
        source = pikepdf.open(io.BytesIO(data))
        count = len(source.pages)
    except pikepdf.PasswordError as error:
        raise RenderError("It is locked with a password. Upload a copy that is not.") from error
    except Exception as error:
        raise RenderError("It is not a PDF that can be read. Save it again as PDF and upload that.") from error
    if not count:
        raise RenderError("It has no pages.")
    if count > MOST_PAGES:
        raise RenderError(f"It has {count} pages; the most is {MOST_PAGES}.")
    return source


def unreadable(data):
    """Why a PDF cannot be bound as an annex, as a sentence; an empty one when it opens and its pages can be placed."""
    try:
        with _open(data) as source:
            for page in source.pages:
                transformation(page)
    except RenderError as error:
        return str(error)
    except (pikepdf.PdfError, ArithmeticError, AttributeError, KeyError, TypeError, ValueError, RuntimeError):
        return DAMAGED
    return ""


class _Wrapping:
    """The wrapped annex as it grows."""

    def __init__(self, source, heading):
        self.source, self.heading, self.count = source, heading, len(source.pages)
        self.out = pikepdf.new()
        self.document = self.out.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, K=Array()))
        self.rows, self.links = [], []

    def add(self, number, page):
        matrix, width, height = transformation(page)
        form = self.form_of(page, matrix)
        readable = _has_text(form)
        element = Dictionary(Type=Name.StructElem, S=Name.P if readable else Name.Figure, P=self.document, K=Array([0]))
        if not readable:
            element.Alt = String(f"{self.heading}, page {number} of {self.count}: a picture of a page, without text.")
            edges = Array(move(matrix, visible_box(page)))
            element.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=edges)
        element = self.out.make_indirect(element)
        self.document.K.append(element)
        self.out.add_blank_page(page_size=(round(width, 3), round(height, 3)))
        new = self.out.pages[-1].obj
        tag = "P" if readable else "Figure"
        new.Contents = self.out.make_stream(f"/{tag} <</MCID 0>> BDC /Fx0 Do EMC".encode())
        new.Resources = Dictionary(XObject=Dictionary({"/Fx0": form}))
        new.StructParents, new.Tabs = number - 1, Name.S
        element.Pg = new
        self.rows.append(Array([element]))
        self.links += _links(self.out, page, new, element, matrix)

    def form_of(self, page, matrix):
        """The page as a form, without marks of its own: only ours are in the tag tree."""
        made = page.as_form_xobject(handle_transformations=False)
        _unmark(made, self.source)
        form = self.out.copy_foreign(made)
        for key in ("/StructParents", "/StructParent", "/Metadata", "/PieceInfo", "/LastModified"):
            if key in form:
                del form[key]
        form.BBox, form.Matrix = Array(visible_box(page)), Array([round(part, 6) for part in matrix])
        return form

    def finish(self):
        numbers = [part for number, row in enumerate(self.rows) for part in (number, row)]
        for key, (element, annotation) in enumerate(self.links, start=len(self.rows)):
            annotation.StructParent = key
            numbers += [key, element]
        root = self.out.make_indirect(Dictionary(
            Type=Name.StructTreeRoot, K=Array([self.document]), ParentTreeNextKey=len(numbers) // 2,
            ParentTree=self.out.make_indirect(Dictionary(Nums=Array(numbers))),
        ))  # fmt: skip
        self.document.P = root
        self.out.Root.StructTreeRoot, self.out.Root.MarkInfo = root, Dictionary(Marked=True)
        buffer = io.BytesIO()
        self.out.save(buffer, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return buffer.getvalue(), Info(self.count, tagged=False)


def _wrap(source, heading):
    if "/AcroForm" in source.Root:  # what is filled in stays to be seen
        source.generate_appearance_streams()
        source.flatten_annotations("print")
    wrapping = _Wrapping(source, heading)
    for number, page in enumerate(source.pages, start=1):
        wrapping.add(number, page)
    return wrapping.finish()


def _unmark(form, pdf, depth=0, seen=None):
    """Take marks out of a form and the forms it draws: a mark inside our mark would be read twice or not at all."""
    seen = set() if seen is None else seen
    if depth > DEEPEST or (form.is_indirect and form.objgen in seen):
        return
    seen.add(form.objgen)
    data = form.read_bytes()
    if b"BMC" in data or b"BDC" in data:
        kept = [each for each in pikepdf.parse_content_stream(form) if str(each.operator) not in _MARKS]
        form.write(pikepdf.unparse_content_stream(kept))
    for inner in form.get("/Resources", Dictionary()).get("/XObject", Dictionary()).values():
        if inner.get("/Subtype") == Name.Form:
            _unmark(inner, pdf, depth + 1, seen)


def _has_text(form, depth=0):
    """Whether a form shows any text: a text operator in its content or in a form that it draws."""
    if depth > DEEPEST:
        return False
    try:
        if pikepdf.parse_content_stream(form, _TEXT):
            return True
    except pikepdf.PdfError:
        return False
    inner = form.get("/Resources", Dictionary()).get("/XObject", Dictionary())
    return any(_has_text(each, depth + 1) for each in inner.values() if each.get("/Subtype") == Name.Form)


def page_has_text(page):
    """Whether a page of a PDF shows any text."""
    return _has_text(page.as_form_xobject(handle_transformations=False))


def missing_fonts(pdf):
    """Names of fonts that a PDF uses and does not bring."""
    fonts = (thing for thing in pdf.objects if isinstance(thing, Dictionary))
    return sorted({annex_fonts.name_of(font) for font in fonts if annex_fonts.lacking(font)})


def _links(out, page, new, parent, matrix):
    """Links of the page to web and mail addresses, moved with the page."""
    found = []
    for annotation in page.get("/Annots", ()):
        try:
            action = annotation.get("/A")
            uri = str(action.get("/URI")) if action is not None and action.get("/S") == Name.URI else ""
            if annotation.get("/Subtype") != Name.Link or not uri.lower().startswith(
                ("https://", "http://", "mailto:")
            ):
                continue
            edges = move(matrix, [float(edge) for edge in annotation.Rect])
        except (AttributeError, TypeError, ValueError):
            continue
        link = out.make_indirect(Dictionary(
            Type=Name.Annot, Subtype=Name.Link, F=4, Contents=String(f"Link to {uri}"), BS=Dictionary(W=0),
            Rect=Array(edges), A=Dictionary(S=Name.URI, URI=String(uri)),
        ))  # fmt: skip
        element = out.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Link, P=parent, Pg=new))
        element.K = Array([Dictionary(Type=Name.OBJR, Obj=link, Pg=new)])
        parent.K.append(element)
        if "/Annots" not in new:
            new.Annots = Array()
        new.Annots.append(link)
        found.append((element, link))
    return found
