"""Everything in a PDF that can hold words, also where no reader looks."""

import html
import io
import itertools
import re

import pikepdf
import pypdfium2
from pikepdf import Name

_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_NAMES = ("/Alt", "/ActualText", "/E", "/T", "/Contents", "/TU", "/Title", "/F", "/UF", "/Desc")
_PRINTED = re.compile(rb"[\x20-\x7e\xa0-\xff]{4,}")
MOST_HEADER = 300_000  # bytes of a picture before its points begin: camera, place, author and comments stand there


def pages_of(load_file, sha256, most=None):
    """The text of each page of a stored PDF, at most `most`; none of a file that is lost or no PDF."""
    try:
        document = pypdfium2.PdfDocument(load_file(sha256))
    except (LookupError, pypdfium2.PdfiumError):
        return []
    try:
        return [text for _, text in itertools.islice(_pages(document), most)]
    finally:
        document.close()


def pdf_places(pdf, name="the public pack", *, attachments=True):
    """(place, text) of everything in a PDF (bytes, or an open file) that can hold words."""
    source = io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf
    document = pypdfium2.PdfDocument(source)
    try:
        for number, text in _pages(document):
            yield f"page {number} of {name}", text
    finally:
        document.close()
    source.seek(0)
    with pikepdf.open(source) as opened:
        yield f"the document properties of {name}", " \n".join(str(value) for value in opened.docinfo.values())
        yield f"the bookmarks of {name}", " \n".join(_bookmarks(opened.Root.get("/Outlines")))
        for key, attached in opened.attachments.items():
            yield f"an attachment of {name}", f"{key} {attached.filename}"
        yield f"the tags, links and names inside {name}", " \n".join(_strings(opened))
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Stream):
                yield from _stream(thing, name, attachments)


def _pages(document):
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        yield number + 1, text.get_text_range()  # also of what lies outside the page, or is clipped
        text.close()
        page.close()


def _stream(stream, name, attachments):
    """What is read in a stream that is no page's content: metadata of the file or a picture, a file put in, a picture's own header."""
    kind = stream.get("/Type")
    if kind == Name.Metadata:
        yield f"the metadata of {name}", text_of(stream.read_bytes().decode("utf-8", "replace"))
    elif kind == Name.EmbeddedFile and attachments:
        data = stream.read_bytes()
        if data.startswith(b"%PDF"):
            yield from pdf_places(data, f"an attachment of {name}", attachments=False)
        else:
            yield f"an attachment of {name}", text_of(data.decode("utf-8", "replace"))
    elif stream.get("/Subtype") == Name.Image and stream.get("/Filter") == Name.DCTDecode:
        header = bytes(stream.read_raw_bytes()[:MOST_HEADER]).partition(b"\xff\xda")[0]
        yield f"a picture in {name}", " | ".join(part.decode("latin-1") for part in _PRINTED.findall(header))


def _bookmarks(node):
    entry = node.get("/First") if node is not None else None
    while entry is not None:
        yield str(entry.get("/Title", ""))
        yield from _bookmarks(entry)
        entry = entry.get("/Next")


def _strings(pdf):
    """Every string in dictionaries that are not pages' content: alternatives, link descriptions, names, titles of tags."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary):
            for key in _NAMES:
                value = thing.get(key)
                if isinstance(value, pikepdf.String):
                    yield str(value)
            action = thing.get("/A")
            if isinstance(action, pikepdf.Dictionary) and "/URI" in action:
                yield str(action.URI)


def text_of(markup):
    """The text of markup, then its attributes, then all of it with nothing but entities resolved."""
    markup = markup.replace("<![CDATA[", " ").replace("]]>", " ")
    inside = " | ".join(re.findall(r'="([^"]*)"', markup))
    return html.unescape(f"{_TAG.sub('', markup)} | {_TAG.sub(' ', markup)} | {inside} | {markup}")
