"""Office files turned into PDF: with LibreOffice where the machine has it, and without."""

import http.server
import io
import os
import tempfile
import threading
import zipfile

import pikepdf
import pypdfium2
import pytest

from boards.packs import annexes, office, uploads
from tests.boards.packs.working import alive
from tests.waiting import until

with_libreoffice = pytest.mark.skipif(
    ".odt" not in office.formats(), reason="LibreOffice is not installed: apt-get install libreoffice-writer-nogui"
)
OPEN_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:body>{}</office:body>
 </office:document-content>"""
BODIES = {
    "odt": "<office:text><text:h text:outline-level='1'>Survey of members</text:h><text:p>Words.</text:p>{}</office:text>",
    "ods": "<office:spreadsheet><table:table table:name='A'><table:table-row><table:table-cell office:value-type='string'>"
    "<text:p>Survey of members</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>",
    "odp": "<office:presentation><draw:page draw:name='A'><draw:frame svg:width='12cm' svg:height='3cm' svg:x='2cm' svg:y='2cm'>"
    "<draw:text-box><text:p>Survey of members</text:p></draw:text-box></draw:frame></draw:page></office:presentation>",
}
MIME = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}


def open_document(kind, more=""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{MIME[kind]}")
        archive.writestr("content.xml", OPEN_DOCUMENT.format(BODIES[kind].format(more)))
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr(
            "META-INF/manifest.xml",
            f'<m:manifest xmlns:m="{manifest}"><m:file-entry m:full-path="/" '
            f'm:media-type="application/vnd.oasis.opendocument.{MIME[kind]}"/>'
            '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
        )
    return buffer.getvalue()


def words(pdf):
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def turned(data, name):
    """The PDF as a worker binds it."""
    return uploads.receive(office.to_pdf(data, name))


def test_without_libreoffice_nothing_is_turned_and_says_why(monkeypatch):
    monkeypatch.setattr(office, "available", lambda: None)
    assert office.formats() == ()
    with pytest.raises(office.NotConverted, match="no LibreOffice"):
        office.to_pdf(open_document("odt"), "report.odt")


@pytest.mark.parametrize(
    "name", ["a.docx", "a.doc", "a.odt", "a.rtf", "a.xlsx", "a.xls", "a.ods", "a.pptx", "a.ppt", "a.odp"]
)
@pytest.mark.parametrize("data", [b"hello", b"PK\x03\x04 not really", b""])
def test_a_file_that_is_not_what_its_name_says_is_refused(monkeypatch, name, data):
    with pytest.raises(office.NotConverted, match="whatever its name says"):
        office.check(data, office.ending_of(name))
    monkeypatch.setattr(office, "available", lambda: "/bin/false")
    with pytest.raises(office.NotConverted, match="whatever its name says"):
        office.to_pdf(data, name)


def test_a_file_that_cannot_be_turned_gets_a_sentence(monkeypatch):
    monkeypatch.setattr(office, "available", lambda: "/bin/false")
    with pytest.raises(office.NotConverted, match="could not be turned into PDF"):
        turned(open_document("odt"), "report.odt")


def test_a_file_that_takes_too_long_is_given_up_with_all_that_it_started(monkeypatch, tmp_path):
    slow = tmp_path / "slow"
    slow.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nsleep 600 & wait\n")
    slow.chmod(0o755)
    monkeypatch.setattr(office, "available", lambda: str(slow))
    monkeypatch.setattr(office, "SECONDS", 1)
    with pytest.raises(office.TookTooLong, match="took more than"):
        turned(open_document("odt"), "report.odt")
    left = int((tmp_path / "pid").read_text())
    until(lambda: not alive(left), "All that it started has ended")


def test_what_a_killed_worker_left_behind_is_cleared_up_after_a_while(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(office, "available", lambda: "/bin/false")
    old, new = tmp_path / "portal-annex-old", tmp_path / "portal-annex-new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "annex.docx").write_text("restricted")
    os.utime(old, (0, 0))
    with pytest.raises(office.NotConverted):
        turned(open_document("odt"), "report.odt")
    assert [path.name for path in tmp_path.iterdir()] == ["portal-annex-new"]


def test_only_what_the_installed_parts_can_turn_is_taken(monkeypatch, tmp_path):
    """LibreOffice for text alone is a common installation: it opens no sheet."""
    (tmp_path / "soffice").touch()
    (tmp_path / "libswlo.so").touch()
    monkeypatch.setattr(office, "available", lambda: str(tmp_path / "soffice"))
    assert office.formats() == (".docx", ".doc", ".odt", ".rtf")
    with pytest.raises(office.NotConverted, match="cannot be turned into PDF here"):
        turned(open_document("ods"), "report.ods")


@with_libreoffice
@pytest.mark.parametrize("kind", ["odt", "ods", "odp"])
def test_text_sheets_and_slides_become_pdf_whose_tags_are_told_truly(kind):
    """LibreOffice calls the PDF of a sheet tagged too, and leaves the words of its cells outside the tags."""
    if f".{kind}" not in office.formats():
        pytest.skip("This part of LibreOffice is not installed: apt-get install libreoffice-calc libreoffice-impress")
    got = turned(open_document(kind), f"Survey.{kind.upper()}")
    assert "Survey of members" in words(got.data)
    assert got.tagged == annexes.render(got.data, "Annex A: Survey")[1].tagged
    assert (got.tagged or kind == "ods") and got.pages == 1 and got.facts.fonts_missing == []


@with_libreoffice
def test_two_files_of_one_name_do_not_meet():
    made = [turned(open_document("odt", f"<text:p>{each}</text:p>"), "a.odt").data for each in ("one", "two")]
    assert "one" in words(made[0]) and "two" in words(made[1])


@with_libreoffice
def test_a_file_can_fetch_nothing_from_the_network_or_from_this_machine(tmp_path):
    asked = []

    class Server(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *words):
            pass

    secret = tmp_path / "secret.txt"
    secret.write_text("canary of this machine")
    with http.server.HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        links = (
            f"<text:p><draw:frame svg:width='3cm' svg:height='3cm'><draw:image xlink:href='{address}/picture.png'/></draw:frame></text:p>"
            f"<text:section text:name='A'><text:section-source xlink:href='file://{secret}' text:filter-name='Text'/>"
            "<text:p/></text:section>"
            f"<text:section text:name='B'><text:section-source xlink:href='{address}/part.odt'/><text:p/></text:section>"
        )
        got = turned(open_document("odt", links), "linked.odt")
        server.shutdown()
    assert asked == []
    assert "canary" not in words(got.data)
    with pikepdf.open(io.BytesIO(got.data)) as pdf:
        assert not pdf.attachments
