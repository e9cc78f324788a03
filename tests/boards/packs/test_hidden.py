"""What a PDF holds and does not show is taken out on upload, and the one who hands it in is told."""

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from boards.packs import uploads
from tests.boards.packs import sample

PAGE = """/OC /Off BDC BT /F1 12 Tf 40 700 Td (canary one) Tj (canary two) ' [(canary) 20 (three)] TJ ET 0 0 9 9 re f /Inner Do EMC
/OC /On BDC BT /F1 12 Tf 40 650 Td (a layer that is on) Tj ET EMC
/OC /Either BDC BT /F1 12 Tf 40 620 Td (shown by a membership) Tj ET EMC
/OC /Both BDC BT /F1 12 Tf 40 610 Td (canary of a membership) Tj ET EMC
/Span BMC BT /F1 12 Tf 40 600 Td (plain words) Tj ET EMC /Off2 Do /Form Do"""


def layered():
    """A page with layers that are on and off: in its content, as forms, within a form, and as an annotation."""
    pdf = pikepdf.open(io.BytesIO(sample.annex_pdf(1)))
    on, off = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("on", "canary layer"))
    either = Dictionary(Type=Name.OCMD, OCGs=Array([on, off]))
    both = Dictionary(Type=Name.OCMD, OCGs=Array([on, off]), P=Name.AllOn)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([on, off]), D=Dictionary(OFF=Array([off])))
    page = pdf.pages[0]
    font = page.Resources.Font

    def form(text, **more):
        words = f"BT /F1 12 Tf 40 500 Td ({text}) Tj ET".encode()
        facts = {
            "Type": Name.XObject,
            "Subtype": Name.Form,
            "BBox": [0, 0, 595, 842],
            "Resources": Dictionary(Font=font),
        }
        return pdf.make_stream(words, **(facts | more))

    inside = form("x", Resources=Dictionary(Font=font, Properties=Dictionary(Off=off)))
    inside.write(b"/OC /Off BDC BT /F1 9 Tf (canary inside) Tj ET EMC BT /F1 9 Tf 40 480 Td (shown inside) Tj ET")
    page.Resources.XObject = Dictionary(
        {"/Off2": form("canary form", OC=off), "/Form": inside, "/Inner": form("canary drawn")}
    )
    page.Resources.Properties = Dictionary({"/Off": off, "/On": on, "/Either": either, "/Both": both})
    page.obj.Contents = pdf.make_stream(PAGE.encode())
    note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=[1, 1, 9, 9], Contents=String("canary note"), OC=off)
    page.obj.Annots = Array([pdf.make_indirect(note)])
    return save(pdf)


def save(pdf, **options):
    buffer = io.BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()


def words(data):
    document = pypdfium2.PdfDocument(data)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text


def raw(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return save(pdf, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def test_layers_that_are_off_are_taken_out_and_the_others_stay():
    clean, removed = uploads.clean_pdf(layered())
    assert removed == ["hidden layers"]
    told = words(clean)
    assert "canary" not in told
    for shown in ("a layer that is on", "shown by a membership", "plain words", "shown inside"):
        assert shown in told


def test_nothing_of_a_hidden_layer_is_left_in_the_file():
    clean, _ = uploads.clean_pdf(layered())
    assert b"canary" not in raw(clean)


@pytest.mark.parametrize("base", ["/ON", "/OFF"])
def test_what_is_off_from_the_start_is_off(base):
    pdf = pikepdf.open(io.BytesIO(layered()))
    pdf.Root.OCProperties.D = Dictionary(BaseState=Name(base), OFF=Array(), ON=Array())
    assert ("canary one" in words(uploads.clean_pdf(save(pdf))[0])) is (base == "/ON")


def commented():
    pdf = pikepdf.open(io.BytesIO(sample.annex_pdf(1)))
    popup = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Popup, Rect=[1, 1, 9, 9]))
    notes = [
        Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[1, 1, 9, 9], Contents=String("canary"), T=String("canary name")),
        Dictionary(
            Type=Name.Annot, Subtype=Name.Highlight, Rect=[1, 1, 9, 9], Contents=String("canary"), RC=String("canary"),
            T=String("canary name"), Popup=popup,
        ),
        Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=[1, 1, 9, 9], Contents=String("Our site"),
            A=Dictionary(S=Name.URI, URI=String("https://example.org/")),
        ),
    ]  # fmt: skip
    pdf.pages[0].obj.Annots = Array([popup, *map(pdf.make_indirect, notes)])
    pdf.docinfo["/Title"], pdf.docinfo["/Author"], pdf.docinfo["/Company"] = "Survey", "canary author", "canary firm"
    with pdf.open_metadata() as metadata:
        metadata["dc:title"], metadata["dc:creator"] = "Survey", ["canary author"]
    return save(pdf)


def test_comments_and_names_of_authors_are_taken_out():
    clean, removed = uploads.clean_pdf(commented())
    assert removed == ["comments", "names of its authors"]
    assert b"canary" not in raw(clean)


def test_links_and_the_title_stay():
    clean, _ = uploads.clean_pdf(commented())
    with pikepdf.open(io.BytesIO(clean)) as pdf:
        assert [str(note.Contents) for note in pdf.pages[0].obj.Annots if note.Subtype == Name.Link] == ["Our site"]
        assert str(pdf.docinfo["/Title"]) == "Survey"
