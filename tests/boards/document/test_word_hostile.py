"""Files that are not Word papers, or mean harm, get a sentence and nothing else."""

import io
import zipfile

import docx
import pytest

from boards.document.word import WordImportError, read_docx
from boards.document.word import package as limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def a_paper():
    document = docx.Document()
    document.add_paragraph("1. Purpose")
    document.add_paragraph("1.1 To update the board.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(change, compression=zipfile.ZIP_DEFLATED):
    """A paper with its parts changed by `change(name, data) -> data or None`, and more parts from `change(None, None)`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_paper())) as old, zipfile.ZipFile(out, "w", compression) as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
        for name, data in (change(None, None) or {}).items():
            new.writestr(name, data)
    return out.getvalue()


def replaced(part, old, new):
    return repacked(lambda name, data: data.replace(old, new) if name == part else (None if name is None else data))


ENTITY = b'<!DOCTYPE w:document [<!ENTITY secret SYSTEM "file:///etc/hostname">]><w:document'
LAUGHS = b'<!DOCTYPE w:document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document'

CASES = {
    "empty": (b"", "empty"),
    "text": (b"just words, no Word", "not a Word document"),
    "pdf": (b"%PDF-1.7 ...", "PDF"),
    "web page": (b"<html><body>hello</body></html>", "web page"),
    "rich text": (b"{\\rtf1 hello}", "rich text"),
    "old word": (OLE + b"\0" * 600, "old Word format"),
    "encrypted": (OLE + b"\0" * 200 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 200, "password"),
    "broken zip": (b"PK\x03\x04" + b"\0" * 100, "damaged"),
    "cut off": (a_paper()[:4000], "damaged"),
    "a zip": (repacked(lambda name, data: None if name else {"a.txt": b"x"}), "zip archive"),
    "external entity": (replaced("word/document.xml", b"<w:document", ENTITY), "entities"),
    "entity bomb": (replaced("word/document.xml", b"<w:document", LAUGHS), "entities"),
    "entity in styles": (
        replaced("word/styles.xml", b"<w:styles", b'<!DOCTYPE x [<!ENTITY e "x">]><w:styles'),
        "entities",
    ),
    "broken xml": (replaced("word/document.xml", b"</w:body>", b"</w:bod"), "damaged"),
    "macros": (repacked(lambda name, data: data if name else {"word/vbaProject.bin": b"x"}), "macros"),
    "zip bomb": (repacked(lambda name, data: data if name else {"word/media/a.png": b"\0" * 60_000_000}), "unpacks"),
    "many parts": (
        repacked(lambda name, data: data if name else {f"word/x{n}.xml": b"x" for n in range(limits.MAX_ENTRIES)}),
        "more parts",
    ),
    "secret": (
        replaced("word/document.xml", b"1. Purpose", b"SECRET</w:t></w:r></w:p><w:p><w:r><w:t>1. Purpose"),
        "SECRET",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_or_foreign_file_gets_a_sentence(name):
    data, said = CASES[name]
    with pytest.raises(WordImportError) as refused:
        read_docx(data)
    assert said in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_file_larger_than_the_limit_is_refused_before_it_is_read():
    class Endless:
        def read(self, count):
            return b"PK" + b"\0" * (count - 2)

    with pytest.raises(WordImportError, match="larger than"):
        read_docx(Endless())


def test_a_header_that_lies_about_the_size_of_a_part_does_not_unpack_it():
    big = b"<!-- " + b"x" * (limits.MAX_XML_PART + 10) + b" -->"
    data = repacked(lambda name, old: (big + old if name == "word/styles.xml" else old) if name else None)
    with pytest.raises(WordImportError):
        read_docx(data)


@pytest.mark.parametrize("cut", range(200, 3000, 400))
def test_no_damage_ends_in_anything_but_a_sentence(cut):
    data = bytearray(a_paper())
    data[cut : cut + 40] = b"\xff" * 40
    try:
        read_docx(bytes(data))
    except WordImportError as refused:
        assert str(refused).endswith(".")


def test_linked_pictures_are_not_fetched():
    rel = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        b'Target="http://127.0.0.1:9/track.png" TargetMode="External"/></Relationships>'
    )
    drawing = (
        b'<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        b'<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="rId99" r:embed="rId99"/>'
        b"</wp:inline></w:drawing></w:r></w:p>"
    )

    def change(name, data):
        if name == "word/_rels/document.xml.rels":
            return data.replace(b"</Relationships>", rel)
        if name == "word/document.xml":
            return data.replace(b"</w:p>", drawing, 1)
        return data

    paper = read_docx(repacked(change))
    assert any("not fetched" in warning for warning in paper.warnings)
