"""Uploads are believed for nothing."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from boards.packs import uploads
from tests.boards.packs import sample


def save(pdf, **options):
    buffer = io.BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()


def opened():
    return pikepdf.open(io.BytesIO(sample.annex_pdf(2)))


def test_facts_are_read_from_the_content():
    facts = uploads.inspect_pdf(io.BytesIO(sample.annex_pdf(3, landscape=True)))
    assert (facts.pages, facts.tagged, facts.has_text, facts.landscape_pages) == (3, False, True, 3)
    assert facts.fonts_missing == ["Helvetica"]


def test_staff_are_told_what_to_do_about_an_untagged_annex():
    assert "no tags" in uploads.inspect_pdf(sample.annex_pdf(1)).advice[0]
    assert "picture of pages" in uploads.inspect_pdf(sample.annex_pdf(1, text=False)).advice[0]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 a Word file with another name", "not a PDF"),
        (b"%PDF-1.7\nnothing more", "damaged"),
        (save(opened(), encryption=pikepdf.Encryption(user="u", owner="o")), "password"),
        (save(opened(), encryption=pikepdf.Encryption(user="", owner="o")), "encrypted"),
        (save(pikepdf.new()), "no pages"),
    ],
)
def test_what_cannot_be_taken_gets_a_sentence(data, words):
    with pytest.raises(uploads.UploadRefused, match=words):
        uploads.clean_pdf(data)
    with pytest.raises(uploads.UploadRefused, match=words):
        uploads.inspect_pdf(data)


def test_too_large_a_file_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 100)
    with pytest.raises(uploads.UploadRefused, match="larger than"):
        uploads.clean_pdf(io.BytesIO(sample.annex_pdf(1)))


def test_everything_that_acts_is_taken_out():
    pdf = opened()
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('canary')"))
    pdf.Root.AA = Dictionary(WC=Dictionary(S=Name.JavaScript, JS=String("canary")))
    pdf.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("x"), Dictionary(S=Name.JavaScript, JS=String("canary"))]))
    )
    pdf.attachments["canary.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ canary", filename="canary.exe")
    page = pdf.pages[0].obj
    page.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("canary")))
    rect = Array([0, 0, 10, 10])
    page.Annots = Array([
        pdf.make_indirect(Dictionary(Subtype=Name.Link, Rect=rect, A=Dictionary(S=Name.Launch, F=String("canary.exe")))),
        pdf.make_indirect(Dictionary(Subtype=Name.Link, Rect=rect, A=Dictionary(S=Name.URI, URI=String("file:///canary")))),
        pdf.make_indirect(Dictionary(Subtype=Name.Link, Rect=rect, A=Dictionary(S=Name.SubmitForm, F=String("https://canary")))),
        pdf.make_indirect(Dictionary(Subtype=Name.Link, Rect=rect, A=Dictionary(S=Name.URI, URI=String("https://example.org/")))),
        pdf.make_indirect(Dictionary(Subtype=Name.FileAttachment, Rect=rect)),
    ])  # fmt: skip
    clean, removed = uploads.clean_pdf(save(pdf))
    assert {"scripts", "embedded files", "launch actions", "links to files", "actions", "an action on opening"} == set(
        removed
    )
    plain = save(pikepdf.open(io.BytesIO(clean)), qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"canary" not in plain
    assert b"https://example.org/" in plain


def test_a_clean_file_loses_nothing():
    clean, removed = uploads.clean_pdf(sample.annex_pdf(3))
    assert removed == []
    assert uploads.inspect_pdf(clean).pages == 3


def test_receiving_gives_what_is_kept():
    got = uploads.receive(io.BytesIO(sample.annex_pdf(3)))
    assert (got.pages, got.tagged, got.removed) == (3, False, [])
