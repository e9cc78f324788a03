"""Files that people hand in: believed for nothing, looked at by content, and cleaned of everything that acts or hides.

A PDF is accepted when pikepdf opens it; an office file when it is what its name says, for a worker to turn into PDF. Scripts, launch
actions, embedded files, open actions, forms' scripts, media, hidden layers and comments are taken out; what was taken out is told to
those who work on the paper.
"""

import io
from dataclasses import dataclass, field, replace

import pikepdf
from pikepdf import Array, Dictionary, Name

from . import hidden, office

MOST_BYTES = 50 * 1024 * 1024
MOST_PAGES = 2000
MOST_OBJECTS = 500_000

# What an action may do: go somewhere in the document, or lead to a web or mail address.
_HARMLESS = {"/GoTo", "/URI", "/Named"}
_SAFE_ADDRESSES = ("https://", "http://", "mailto:")
_MARKUP = {"/FileAttachment", "/Movie", "/Sound", "/Screen", "/RichMedia", "/3D", "/PrinterMark", "/TrapNet"}


class UploadRefused(Exception):
    """The file is not taken; the message is a sentence, and nothing was changed."""


@dataclass(frozen=True)
class Facts:
    """What is known of a PDF. `fonts_missing` names fonts that it uses without bringing them, `tags_unreliable` says that it calls
    itself tagged and its tags lead astray."""

    pages: int
    bytes: int
    version: str
    title: str = ""
    tagged: bool = False
    has_text: bool = True
    landscape_pages: int = 0
    fonts_missing: list = field(default_factory=list)
    tags_unreliable: bool = False

    @property
    def advice(self):
        """Sentences for staff: what is wrong for people who use a screen reader, and what to do."""
        found = []
        if not self.has_text:
            found.append(
                "This is a picture of pages, so a screen reader has nothing to read. Ask for the file it was made from."
            )
        elif self.tags_unreliable:
            found.append(
                "The tags of this PDF leave out or mix up what is on its pages, so they cannot be relied on. Ask for it to be saved "
                "again from the original with “Document structure tags for accessibility” ticked."
            )
        elif not self.tagged:
            found.append(
                "This PDF has no tags, so a screen reader finds no headings or tables in it. Ask for it to be saved again from "
                "the original with “Document structure tags for accessibility” ticked."
            )
        if self.fonts_missing:
            names = ", ".join(self.fonts_missing[:3])
            found.append(
                f"It does not bring its fonts ({names}), so it can look different elsewhere. Save it again with fonts embedded."
            )
        return found


def _check_size(data):
    if len(data) > MOST_BYTES:
        raise UploadRefused(
            f"The file is larger than {MOST_BYTES // (1024 * 1024)} MB. Split it, or save it with smaller pictures."
        )


def _open(data):
    _check_size(data)
    if not data:
        raise UploadRefused("The file is empty.")
    if b"%PDF-" not in data[:1024]:
        raise UploadRefused("This is not a PDF, whatever its name says. Save it as PDF and upload that.")
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError:
        raise UploadRefused("This PDF is locked with a password. Upload a copy that is not.") from None
    except Exception:
        raise UploadRefused("This PDF is damaged and cannot be opened. Save it again and upload that.") from None
    if pdf.is_encrypted:
        raise UploadRefused("This PDF is encrypted. Save a copy without protection and upload that.")
    try:
        pages = len(pdf.pages)
    except Exception:
        raise UploadRefused(
            "This PDF is damaged: its pages cannot be counted. Save it again and upload that."
        ) from None
    if not pages:
        raise UploadRefused("This PDF has no pages.")
    if pages > MOST_PAGES:
        raise UploadRefused(f"This PDF has {pages} pages; the most is {MOST_PAGES}. Split it.")
    if len(pdf.objects) > MOST_OBJECTS:
        raise UploadRefused("This PDF is too complicated to be bound in a pack. Print it to a new PDF and upload that.")
    return pdf


def _bytes(file):
    if isinstance(file, bytes):
        return file
    file.seek(0)
    data = file.read(MOST_BYTES + 1)
    file.seek(0)
    return data


def inspect_pdf(file):
    """Facts about a PDF (bytes or an open file). Raises UploadRefused with a sentence."""
    from .annexes import missing_fonts, page_has_text

    data = _bytes(file)
    with _open(data) as pdf:
        try:
            sizes = [[float(edge) for edge in page.mediabox] for page in pdf.pages]
            return Facts(
                pages=len(pdf.pages), bytes=len(data), version=pdf.pdf_version, title=str(pdf.docinfo.get("/Title", ""))[:200],
                tagged=is_tagged(pdf), has_text=any(page_has_text(page) for page in pdf.pages),
                landscape_pages=sum(box[2] - box[0] > box[3] - box[1] for box in sizes), fonts_missing=missing_fonts(pdf),
            )  # fmt: skip
        except (pikepdf.PdfError, TypeError, ValueError):
            raise UploadRefused(
                "This PDF is damaged: a page of it cannot be read. Save it again and upload that."
            ) from None


def is_tagged(pdf):
    """Whether it says of itself that it is tagged, and has a tag tree."""
    marked = pdf.Root.get("/MarkInfo", Dictionary()).get("/Marked", False)
    return bool(marked) and "/StructTreeRoot" in pdf.Root


def clean_pdf(file):
    """(bytes, removed): the PDF without anything that acts, and the names of what was taken out. Raises UploadRefused."""
    data = _bytes(file)
    with _open(data) as pdf:
        removed = set()
        try:
            _clean_catalogue(pdf, removed)
            for page in pdf.pages:
                _clean_page(page.obj, removed)
            _clean_objects(pdf, removed)
            removed |= hidden.remove(pdf)
            buffer = io.BytesIO()
            pdf.save(buffer, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        except (pikepdf.PdfError, TypeError, ValueError, RuntimeError):
            raise UploadRefused(
                "This PDF is damaged and cannot be cleaned. Print it to a new PDF and upload that."
            ) from None
    return buffer.getvalue(), sorted(removed)


def _clean_catalogue(pdf, removed):
    root = pdf.Root
    for key, words in (("/OpenAction", "an action on opening"), ("/AA", "scripts"), ("/Collection", "a portfolio")):
        if key in root:
            if key != "/OpenAction" or not _is_destination(root[key]):
                removed.add(words)
            del root[key]
    names = root.get("/Names", Dictionary())
    for key, words in (("/JavaScript", "scripts"), ("/EmbeddedFiles", "embedded files"), ("/Renditions", "media")):
        if key in names:
            removed.add(words)
            del names[key]
    if "/AF" in root:
        removed.add("embedded files")
        del root["/AF"]
    if "/AcroForm" in root:
        form = root.AcroForm
        for key in ("/XFA", "/CO", "/NeedAppearances"):
            if key in form:
                if key == "/XFA":
                    removed.add("a dynamic form")
                del form[key]


def _is_destination(action):
    return isinstance(action, Array) or (isinstance(action, Dictionary) and action.get("/S") == Name.GoTo)


def _clean_page(page, removed):
    if "/AA" in page:
        removed.add("scripts")
        del page["/AA"]
    kept = []
    notes = page.get("/Annots")
    if notes is None:
        return
    for note in notes:
        if not isinstance(note, Dictionary) or str(note.get("/Subtype", "")) in _MARKUP:
            removed.add(
                "embedded files"
                if isinstance(note, Dictionary) and note.get("/Subtype") == Name.FileAttachment
                else "media"
            )
            continue
        kept.append(note)
    page.Annots = Array(kept)


def _clean_objects(pdf, removed):
    """Actions anywhere (annotations, bookmarks, form fields) that do more than go somewhere."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            if thing.get("/Type") == Name.EmbeddedFile:
                removed.add("embedded files")
                thing.write(b"")
            continue
        if not isinstance(thing, Dictionary):
            continue
        if "/AA" in thing:
            removed.add("scripts")
            del thing["/AA"]
        for key in ("/A", "/PA", "/Next"):
            action = thing.get(key)
            if isinstance(action, Dictionary) and "/S" in action and not _harmless(action, removed):
                del thing[key]
        if "/S" in thing and str(thing.get("/S")) == "/JavaScript" and "/JS" in thing:
            removed.add("scripts")
            del thing["/JS"]


def _harmless(action, removed):
    kind = str(action.get("/S"))
    if kind == "/URI":
        if str(action.get("/URI", "")).strip().lower().startswith(_SAFE_ADDRESSES):
            return True
        removed.add("links to files")
        return False
    if kind in _HARMLESS:
        if "/Next" in action:
            del action["/Next"]
        return True
    removed.add(
        "scripts" if kind in ("/JavaScript", "/Rendition") else "launch actions" if kind == "/Launch" else "actions"
    )
    return False


def believed(facts, data):
    """The facts of a PDF with its tags put to the test: whether they would be kept when it is bound."""
    from .annexes import keeps_tags
    from .info import RenderError

    try:
        kept = facts.tagged and keeps_tags(data)
    except RenderError as error:
        raise UploadRefused(f"This PDF cannot be bound in a pack. {error}") from None
    return replace(facts, tagged=kept, tags_unreliable=facts.tagged and not kept)


@dataclass(frozen=True)
class Received:
    """An upload as it is kept: a cleaned PDF, what is known of it, and what was taken out."""

    data: bytes
    pages: int
    tagged: bool
    removed: list
    facts: Facts


def receive(file):
    """A PDF made ready to be bound: inspected and cleaned. Raises UploadRefused."""
    clean, removed = clean_pdf(_bytes(file))
    facts = believed(inspect_pdf(clean), clean)
    return Received(clean, facts.pages, facts.tagged, removed, facts)


def office_file(file, name):
    """(bytes, ending) of an office file that is what its name says; None for any other file. Raises UploadRefused."""
    data, ending = _bytes(file), office.ending_of(name)
    if not ending or b"%PDF-" in data[:1024]:
        return None
    _check_size(data)
    if not data:
        raise UploadRefused("The file is empty.")
    try:
        office.check(data, ending)
    except office.NotConverted as refused:
        raise UploadRefused(str(refused)) from None
    return data, ending
