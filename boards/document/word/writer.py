# ruff: noqa: E501 - XML is easier to read in whole elements
"""Giving a paper back as Word: `write_docx(document, header)`.

Sections, paragraphs and lists carry Word's own heading and numbering styles, so that the file can be worked on without
this portal. What Word has no place for (permanent ids, live references, facts of generated blocks) goes into bookmarks,
content
controls and one part of our own; `read_docx` puts it back. Words that were changed in Word meanwhile are read from
Word.

Equal input gives equal bytes.
"""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from ..findings.dates import spoken
from . import parts
from .block_writer import BlockWriter
from .exported import NAMESPACE, ROOT
from .inline_writer import InlineWriter

EPOCH = (1980, 1, 1, 0, 0, 0)
HEADER_ROWS = (("to", "To"), ("from_role", "From"), ("date", "Date"))


def write_docx(document: dict, header: dict | None = None, *, load_asset: Callable | None = None) -> bytes:
    """The bytes of a .docx of a document.

    `header` holds `to`, `from_role`, `paper_date` (ISO or a date), `title`, `marking` and `agenda_number`, all
    optional.
    `load_asset(sha256)` gives the bytes of a picture, or None; without it the picture's alternative stands in its place.
    """
    header = _plain_header(header or {})
    inline = InlineWriter()
    body = BlockWriter(document, inline, load_asset)
    content = _front(header) + body.write() + parts.page_of(body.last_landscape)
    ours = {"format": 1, "header": header, "blocks": body.blocks, "inline": inline.atoms}
    files = {
        "word/document.xml": f"{parts.HEAD}<w:document {parts.NS} {_DRAWING}><w:body>{content}</w:body></w:document>",
        "word/styles.xml": parts.styles(),
        "word/numbering.xml": parts.numbering(body.restarts),
        "word/settings.xml": parts.SETTINGS,
        "word/footnotes.xml": inline.footnotes_part(),
        "word/header1.xml": _running("hdr", "Header", header.get("marking") or "", _item(header)),
        "word/footer1.xml": _footer(header),
        "customXml/item1.xml": f"{parts.HEAD}<{ROOT} xmlns={quoteattr(NAMESPACE)}>{escape(_json(ours))}</{ROOT}>",
    }
    return _package(files, inline, body.media, header)


_DRAWING = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


def _json(data):
    """Our own part as ASCII JSON: no character of it can break the XML or be changed by an editor."""
    return json.dumps(data, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _plain_header(header):
    found = {key: value for key, value in header.items() if value not in (None, "")}
    if "paper_date" in found and not isinstance(found["paper_date"], str):
        found["paper_date"] = found["paper_date"].isoformat()
    return {key: str(value) for key, value in found.items() if isinstance(value, str | int)}


def _front(header):
    """To, From and Date as lines and the title, as a board paper prints them."""
    rows = dict(header)
    try:
        rows["date"] = spoken(date.fromisoformat(header.get("paper_date", "")))
    except ValueError:
        rows["date"] = header.get("paper_date", "")
    out = [
        f'<w:p><w:pPr><w:pStyle w:val="HeaderLine"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{label}: </w:t></w:r>'
        f'<w:r><w:t xml:space="preserve">{_words(rows[key])}</w:t></w:r></w:p>'
        for key, label in HEADER_ROWS
        if rows.get(key)
    ]
    if header.get("title"):
        out.append(
            f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t xml:space="preserve">{_words(header["title"])}</w:t></w:r></w:p>'
        )
    return "".join(out)


def _words(text):
    return escape("".join(c for c in str(text) if c >= " " or c == "\t"))


def _item(header):
    return f"Agenda Item: {header['agenda_number']}" if header.get("agenda_number") else ""


def _running(element, style, left, right):
    return (
        f'{parts.HEAD}<w:{element} {parts.NS}><w:p><w:pPr><w:pStyle w:val="{style}"/><w:tabs><w:tab w:val="right" w:pos="9026"/></w:tabs></w:pPr>'
        f'<w:r><w:t xml:space="preserve">{_words(left)}</w:t></w:r><w:r><w:tab/></w:r>'
        f'<w:r><w:t xml:space="preserve">{_words(right)}</w:t></w:r></w:p></w:{element}>'
    )


def _footer(header):
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
    field += '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    text = '<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'
    return (
        f'{parts.HEAD}<w:ftr {parts.NS}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:tabs><w:tab w:val="right" w:pos="9026"/></w:tabs></w:pPr>'
        f"{text.format(words=_words(header.get('marking') or ''))}<w:r><w:tab/></w:r>{text.format(words='Page ')}{field.format(name='PAGE')}"
        f"{text.format(words=' of ')}{field.format(name='NUMPAGES')}</w:p></w:ftr>"
    )


def _package(files, inline, media, header):
    files |= {
        "[Content_Types].xml": _content_types(media),
        "_rels/.rels": _relations(
            [
                ("rId1", "officeDocument", "word/document.xml", False),
                ("rId2", "metadata/core-properties", "docProps/core.xml", False),
            ]
        ),
        "docProps/core.xml": _core(header),
        "word/_rels/document.xml.rels": _relations(
            [
                ("rIdStyles", "styles", "styles.xml", False),
                ("rIdNumbering", "numbering", "numbering.xml", False),
                ("rIdSettings", "settings", "settings.xml", False),
                ("rIdFootnotes", "footnotes", "footnotes.xml", False),
                ("rIdHeader", "header", "header1.xml", False),
                ("rIdFooter", "footer", "footer1.xml", False),
                ("rIdOurs", "customXml", "../customXml/item1.xml", False),
                *((key, "hyperlink", address, True) for address, key in inline.links.items()),
                *((item.relation, "image", f"media/{item.name}", False) for item in media.values()),
            ]
        ),
        "word/_rels/footnotes.xml.rels": _relations(
            [(key, "hyperlink", address, True) for address, key in inline.note_links.items()]
        ),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), files[name].encode("utf-8"), zipfile.ZIP_DEFLATED)
        for item in media.values():
            archive.writestr(zipfile.ZipInfo(f"word/media/{item.name}", EPOCH), item.data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _content_types(media):
    kinds = {"xml": "application/xml", "rels": "application/vnd.openxmlformats-package.relationships+xml"}
    kinds |= {item.name.rsplit(".", 1)[1]: item.content_type for item in media.values()}
    defaults = "".join(f'<Default Extension="{key}" ContentType="{value}"/>' for key, value in sorted(kinds.items()))
    names = {
        "word/document.xml": "document.main",
        "word/styles.xml": "styles",
        "word/numbering.xml": "numbering",
        "word/settings.xml": "settings",
        "word/footnotes.xml": "footnotes",
        "word/header1.xml": "header",
        "word/footer1.xml": "footer",
    }
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{parts.WML}.{kind}+xml"/>' for name, kind in names.items()
    )
    overrides += '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    return f'{parts.HEAD}<Types xmlns="{parts.PACKAGE}/content-types">{defaults}{overrides}</Types>'


def _relations(rows):
    out = "".join(
        f'<Relationship Id="{key}" Type="{parts.PACKAGE + "/relationships" if kind.startswith("metadata") else parts.OFFICE}/{kind}"'
        f" Target={quoteattr(target)}{' TargetMode=' + chr(34) + 'External' + chr(34) if external else ''}/>"
        for key, kind, target, external in rows
    )
    return f'{parts.HEAD}<Relationships xmlns="{parts.PACKAGE}/relationships">{out}</Relationships>'


def _core(header):
    return (
        f'{parts.HEAD}<cp:coreProperties xmlns:cp="{parts.PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_words(header.get('title', ''))}</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>"
    )
