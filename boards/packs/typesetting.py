"""HTML to one tagged PDF fragment, with WeasyPrint.

The same HTML gives the same bytes on every machine: only the fonts and the stylesheet shipped in `assets/` are used, the
network cannot be reached, and nothing of the clock goes in.
"""

import contextlib
import functools
import hashlib
import logging
import os
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from .info import ASSETS, LINK_SCHEME, Info, RenderError


@contextlib.contextmanager
def own_fonts():
    """While fontconfig starts, show it only our fonts: the machine's own can then never stand in for them."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(ASSETS / "fonts.conf")
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


with own_fonts():  # WeasyPrint looks for fonts when it is imported
    import fontTools
    import pikepdf
    import PIL
    import pydyf
    import weasyprint
    import weasyprint.pdf
    from weasyprint.logger import LOGGER
    from weasyprint.text.ffi import pango
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    from boards.document import html as document_html

    from . import checks, structure, template_version

weasyprint.pdf.add_tags = structure.add_tags

_SHAPING = "typesetting.py structure.py annexes.py annex_fonts.py annex_tags.py placing.py binding.py checks.py".split()


class Fetcher(URLFetcher):
    """Reaches pictures of the edition (`asset:<sha256>`) and the shipped assets, nothing else."""

    def __init__(self, load_file=None):
        super().__init__(allowed_protocols=("asset",))
        self.load_file = load_file

    def fetch(self, url, headers=None):
        if url.startswith("asset:") and self.load_file is not None:
            digest = url.removeprefix("asset:")
            try:
                return URLFetcherResponse(url, self.load_file(digest))
            except Exception as error:
                raise FatalURLFetchingError("A picture in it is missing from the file store.") from error
        raise FatalURLFetchingError("It asks for a file from outside the pack.")


class _Problems(logging.Handler):
    """Collects what WeasyPrint complains of, so that a picture that cannot be read fails the paper by name."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.messages = []

    def emit(self, record):
        self.messages.append(record.getMessage())


@functools.cache
def stylesheet_text():
    return (ASSETS / "pack.css").read_text(encoding="utf-8") + document_html.width_rules()


def versions():
    """The version of our templates, and of every program that has a hand in a fragment's bytes."""
    return [
        template_version.CURRENT, weasyprint.__version__, pydyf.__version__, fontTools.version, PIL.__version__,
        str(pango.pango_version()), pikepdf.__version__, pikepdf.__libqpdf_version__,
    ]  # fmt: skip


@functools.cache
def engine_digest():
    """Hash of all that shapes a fragment besides its HTML: stylesheet, fonts, our own code, versions of what draws it."""
    digest = hashlib.sha256(" ".join(versions()).encode())
    digest.update(stylesheet_text().encode())  # with the rules of column widths, which code makes
    ours = [Path(__file__).parent / name for name in _SHAPING]
    for path in sorted(ASSETS.rglob("*")) + ours:
        if path.is_file():
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


@functools.cache
def _shared():
    """Fonts and the parsed stylesheet, made once in a process."""
    with own_fonts():
        fonts = FontConfiguration()
    return fonts, weasyprint.CSS(string=stylesheet_text(), font_config=fonts, url_fetcher=Fetcher())


def layout(html, load_file=None):
    """Lay the HTML out in pages. Raises RenderError with a sentence when a picture is missing or unreadable."""
    fonts, stylesheet = _shared()
    problems = _Problems()
    LOGGER.addHandler(problems)
    level = LOGGER.level
    LOGGER.setLevel(logging.ERROR)
    try:
        source = weasyprint.HTML(string=html, url_fetcher=Fetcher(load_file), media_type="print")
        document = source.render(font_config=fonts, stylesheets=[stylesheet], pdf_variant="pdf/ua-1", cache={})
    except FatalURLFetchingError as error:
        raise RenderError(str(error)) from error
    finally:
        LOGGER.removeHandler(problems)
        LOGGER.setLevel(level)
    for message in problems.messages:
        if "Failed to load image" in message:
            raise RenderError("A picture in it cannot be read. Put the picture in again as PNG or JPEG.")
    for page in document.pages:
        page.links = list(_links_once(page.links))
    return document


def _links_once(links):
    """One link for a linked element (on each of its lines), and none for the elements and boxes inside it."""
    areas = {}
    for kind, target, area, box in links:
        if box.element is None or box.element_tag != "a":
            continue
        outer = areas.setdefault(box.element, [])
        if any(_within(area, known) for known in outer):
            continue
        outer.append(area)
        yield kind, target, area, box


def _within(area, other):
    return area[0] >= other[0] and area[1] >= other[1] and area[2] <= other[2] and area[3] <= other[3]


def describe(document):
    """The `Info` of a laid-out document."""
    anchors, bookmarks, continued = {}, [], []
    rows_seen = {}
    repeated = {row for head in document._html.etree_element.iter("thead") for row in head}
    for number, page in enumerate(document.pages):
        height = page.height
        for name, place in page.anchors.items():
            anchors.setdefault(name, [number, round(place[0] * 0.75, 2), round((height - place[1]) * 0.75, 2)])
        for level, label, place, _state in page.bookmarks:
            bookmarks.append([level, " ".join(label.split()), number, round((height - place[1]) * 0.75, 2)])
        for box in page._page_box.descendants():
            if box.element is None or box.element_tag != "tr" or not box.is_in_normal_flow():
                continue
            if box.element in repeated or rows_seen.setdefault(box.element, number) == number:
                continue
            first = box.element[0] if len(box.element) else None
            words = " ".join("".join(first.itertext()).split()) if first is not None else ""
            if words and (not continued or continued[-1][0] != number):
                top = height - page._page_box.content_box_y()
                x = page._page_box.content_box_x()
                continued.append([number, round(x * 0.75, 2), round(top * 0.75, 2), _reference(words)])
    return Info(len(document.pages), anchors, bookmarks, continued)


def _reference(words):
    """How a row is named where it goes on: its reference (`SR3.1`) when it starts with one, else its first words."""
    first = words.split()[0].rstrip(",:")
    if any(char.isdigit() for char in first) and len(first) <= 12:
        return first
    return words if len(words) <= 24 else words[:24].rsplit(" ", 1)[0] + "…"


def _finish(document, pdf):
    """Turn links inside the fragment into links by name, which assembly points at pages; drop what assembly makes anew."""
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Dictionary) and thing.get("Subtype") == "/Link":
            target = thing.pop("Dest", None)
            if target is not None:
                uri = pydyf.String(LINK_SCHEME + quote(target.string, safe=":"))
                thing["A"] = pydyf.Dictionary({"Type": "/Action", "S": "/URI", "URI": uri})
    for key in ("Outlines", "Names"):
        pdf.catalog.pop(key, None)


def measure(html, load_file=None):
    """Only count the pages and find the anchors: the cheaper first pass of a fragment whose references are not known."""
    return describe(layout(html, load_file))


def typeset(html, load_file=None):
    """HTML to (PDF bytes, Info)."""
    document = layout(html, load_file)
    info = describe(document)
    pdf = document.write_pdf(finisher=_finish, pdf_variant="pdf/ua-1", pdf_identifier=b"fragment")
    return pdf, replace(info, faults=checks.of_fragment(pdf))
