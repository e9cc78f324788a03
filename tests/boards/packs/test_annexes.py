"""Annexes of every kind are bound readable and upright, or fail alone with a sentence."""

import dataclasses
import functools
import io

import page as page_validation
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from boards.packs import accessibility, annexes, assembly, binding, checks, ledger, stamps, typesetting
from boards.packs.fragments import FragmentSpec
from tests.boards.packs import sample

STAMP = stamps.Stamp("OFFICIAL", "Agenda Item: 5.0, Annex A", "Board, 6 February 2017")


def bind(data, heading="Annex A: Survey"):
    """A pack of a paper and this annex; (bytes, Info of the annex)."""
    paper = typesetting.typeset("<html lang=en-GB><title>P</title><h1>Paper</h1><p>Words of the paper.</p></html>")
    annex = annexes.render(data, heading)
    found = [binding.bind(*paper), binding.bind(*annex)]
    specs = [
        FragmentSpec("paper", "p", "5.0", "Paper", STAMP),
        FragmentSpec("annex", "a", "A", "Survey", STAMP, parent="p"),
    ]
    table = ledger.make(specs, [info for _, info in found])
    pieces = [
        assembly.Piece(functools.partial(bytes, bound), info, spec.title, STAMP)
        for spec, (bound, info) in zip(specs, found, strict=True)
    ]
    return assembly.assemble(pieces, table, assembly.Facts("Pack")), annex[1]


def rules(data, tmp_path):
    file = tmp_path / "bound.pdf"
    file.write_bytes(data)
    result = page_validation.validate_pdf(str(file), profile=page_validation.ValidationProfile.PDF_UA_1)
    return [failure.rule_id for failure in result.failures]


def tagged(body, **facts):
    return typesetting.typeset(f"<html lang=en-GB><title>A</title>{body}</html>")[0]


def save(pdf, **options):
    buffer = io.BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(sample.annex_pdf(3), id="text"),
        pytest.param(sample.annex_pdf(2, text=False), id="scan"),
        pytest.param(sample.annex_pdf(2, landscape=True), id="landscape"),
        *(pytest.param(sample.annex_pdf(2, rotate=turn), id=f"turned {turn}") for turn in (90, 180, 270)),
    ],
)
def test_untagged_annex_passes_the_checks(data, tmp_path):
    bound, info = bind(data)
    assert not info.tagged
    assert checks.check(bound) == []
    assert rules(bound, tmp_path) == []


@pytest.mark.parametrize("size", [(200, 200), (420, 595), (595, 842), (842, 1191), (2384, 3370), (3000, 150)])
def test_any_page_size_is_kept_and_stamped(size, tmp_path):
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=size)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"0 0 100 100 re f")
    bound, _ = bind(save(pdf))
    with pikepdf.open(io.BytesIO(bound)) as made:
        assert [round(float(edge)) for edge in made.pages[1].mediabox] == [0, 0, *size]
    assert checks.check(bound) == []


@pytest.mark.parametrize("version", ["1.2", "1.4", "1.7", "2.0"])
def test_any_version_of_pdf_is_bound(version):
    pdf = pikepdf.open(io.BytesIO(sample.annex_pdf(1)))
    bound, _ = bind(save(pdf, force_version=version, object_stream_mode=pikepdf.ObjectStreamMode.disable))
    assert checks.check(bound) == []


def test_crop_box_and_offset_are_respected(tmp_path):
    pdf = pikepdf.open(io.BytesIO(sample.annex_pdf(1)))
    page = pdf.pages[0].obj
    page.MediaBox, page.CropBox = Array([-100, -100, 700, 900]), Array([0, 0, 400, 500])
    bound, _ = bind(save(pdf))
    with pikepdf.open(io.BytesIO(bound)) as made:
        assert [round(float(edge)) for edge in made.pages[1].mediabox] == [0, 0, 400, 500]


def test_annex_with_sound_tags_keeps_them(tmp_path):
    data = tagged("<h1>Survey</h1><p>Words</p><table><thead><tr><th>A</th></tr></thead><tr><td>1</td></tr></table>")
    bound, info = bind(data)
    assert info.tagged
    assert checks.check(bound) == [] and rules(bound, tmp_path) == []
    with pikepdf.open(io.BytesIO(bound)) as made:
        kinds = {
            str(thing.S)
            for thing in made.objects
            if isinstance(thing, Dictionary) and thing.get("/Type") == Name.StructElem
        }
    assert {"/H1", "/Table", "/TH", "/TD"} <= kinds


def test_common_faults_of_tags_are_mended(tmp_path):
    data = tagged("<h1>One</h1><p>Words</p><h2>Two</h2><p>More</p><table><tr><th>A</th><td>1</td></tr></table>")
    pdf = pikepdf.open(io.BytesIO(data))
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and thing.get("/S") == Name.H2:
            thing.S = Name.H5
        if isinstance(thing, Dictionary) and thing.get("/S") == Name.TH:
            del thing["/A"]
        if isinstance(thing, Dictionary) and thing.get("/S") == Name.P:
            thing.S = Name("/Normal#20Text")
    pdf.Root.StructTreeRoot.RoleMap = Dictionary({"/Normal#20Text": Name.P})
    bound, info = bind(save(pdf))
    assert info.tagged
    assert checks.check(bound) == [] and rules(bound, tmp_path) == []


@pytest.mark.parametrize(
    ("drawn", "kept"),
    [
        (b"q 0.9 g 50 50 200 20 re f 0 0 m 9 9 l S Q", True),  # what browsers draw behind tables
        (b"q 0 0 99 99 re W n Q", True),
        (b"BT /F0 9 Tf (words outside the tags) Tj ET", False),
    ],
)
def test_lines_outside_the_tags_become_artifacts_and_words_do_not(tmp_path, drawn, kept):
    pdf = pikepdf.open(io.BytesIO(tagged("<h1>Survey</h1><p>Words.</p>")))
    pdf.pages[0].contents_add(drawn)
    bound, info = bind(save(pdf))
    assert info.tagged is kept
    assert checks.check(bound) == []
    assert rules(bound, tmp_path) == []


def test_tags_that_lead_nowhere_are_not_relied_on(tmp_path):
    pdf = pikepdf.open(io.BytesIO(tagged("<h1>One</h1><p>Words</p>")))
    pdf.Root.StructTreeRoot.ParentTree.Nums = Array([0, Array([])])
    bound, info = bind(save(pdf))
    assert not info.tagged
    assert checks.check(bound) == [] and rules(bound, tmp_path) == []


def test_links_to_addresses_are_kept_and_described(tmp_path):
    pdf = pikepdf.open(io.BytesIO(sample.annex_pdf(1)))
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([40, 700, 200, 720]),
        A=Dictionary(S=Name.URI, URI=String("https://www.example.org/")),
    )  # fmt: skip
    script = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([40, 600, 200, 620]),
        A=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")),
    )  # fmt: skip
    pdf.pages[0].obj.Annots = Array([link, script])
    bound, _ = bind(save(pdf))
    with pikepdf.open(io.BytesIO(bound)) as made:
        kept = list(made.pages[1].obj.Annots)
        assert [str(each.Contents) for each in kept] == ["Link to https://www.example.org/"]
    assert checks.check(bound) == [] and rules(bound, tmp_path) == []


def test_what_is_filled_in_a_form_stays_to_be_seen():
    pdf = pikepdf.open(io.BytesIO(sample.annex_pdf(1)))
    field = pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("Filled in"), F=4,
        Rect=Array([40, 100, 240, 130]), DA=String("/Helv 12 Tf 0 g"),
    ))  # fmt: skip
    pdf.pages[0].obj.Annots = Array([field])
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]), DA=String("/Helv 12 Tf 0 g"), DR=Dictionary(Font=Dictionary(Helv=font))
    )
    bound, _ = bind(save(pdf))
    assert checks.check(bound) == []


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"not a pdf at all", "not a PDF"), (b"%PDF-1.4\n%broken", "not a PDF"), (b"", "not a PDF")],
)
def test_a_bad_annex_fails_with_a_sentence(data, words):
    with pytest.raises(typesetting.RenderError, match=words):
        annexes.render(data, "Annex A: Survey")


def test_a_locked_annex_fails_with_a_sentence():
    pdf = pikepdf.open(io.BytesIO(sample.annex_pdf(1)))
    with pytest.raises(typesetting.RenderError, match="password"):
        annexes.render(save(pdf, encryption=pikepdf.Encryption(user="secret", owner="secret")), "Annex A: Survey")


def test_same_annex_twice_gives_the_same_bytes():
    data = sample.annex_pdf(2)
    assert annexes.render(data, "Annex A: Survey")[0] == annexes.render(data, "Annex A: Survey")[0]


def test_common_fonts_that_are_missing_are_put_in():
    bound, _ = bind(sample.annex_pdf(1))
    with pikepdf.open(io.BytesIO(bound)) as made:
        assert annexes.missing_fonts(made) == []


def written_in(font):
    """A PDF whose one line is set in this font, `font(pdf)`."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(b"BT /F1 11 Tf 40 700 Td <41424344> Tj ET")
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font(pdf))))
    return save(pdf)


def simple_font(name):
    return lambda pdf: Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"), Encoding=Name.WinAnsiEncoding
    )


def composite_font(pdf):
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name.Arial, Flags=32, FontBBox=Array([0, 0, 1000, 1000]), ItalicAngle=0,
        Ascent=900, Descent=-200, CapHeight=700, StemV=80,
    )  # fmt: skip
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Arial, DW=500, FontDescriptor=pdf.make_indirect(descriptor),
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
    )  # fmt: skip
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Arial, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(inner)]),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("font", "name"),
    [
        (lambda pdf: Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Symbol), "Symbol"),
        (lambda pdf: Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats), "ZapfDingbats"),
        (composite_font, "Arial"),
    ],
)
def test_a_font_that_cannot_be_put_in_is_named_where_the_rules_of_pdf_ua_fail(font, name, tmp_path):
    bound, info = bind(written_in(font))
    assert rules(bound, tmp_path) == ["PDFUA1-FONT-EMBEDDING-001", "PDFUA1-FONT-UNICODE-MAPPING-001"]
    assert checks.check(bound) == info.faults
    assert f"The font {name} is not in the file." in info.faults


def test_a_font_that_is_put_in_is_no_fault(tmp_path):
    bound, info = bind(written_in(simple_font("Helvetica")))
    assert rules(bound, tmp_path) == [] == info.faults


def test_tags_are_believed_only_when_they_would_be_kept():
    sound = tagged("<h1>One</h1><p>Words</p>")
    pdf = pikepdf.open(io.BytesIO(sound))
    pdf.Root.StructTreeRoot.ParentTree.Nums = Array([0, Array([])])
    assert annexes.keeps_tags(sound)
    assert not annexes.keeps_tags(save(pdf))
    assert not annexes.keeps_tags(sample.annex_pdf(1))


def test_faults_of_annexes_come_with_what_to_do_and_are_not_ours():
    paper = typesetting.typeset("<html lang=en-GB><title>P</title><h1>Paper</h1><p>Words.</p></html>")[1]
    bound, annex = bind(written_in(composite_font))
    broken = dataclasses.replace(paper, faults=["A figure has no alternative."])
    specs = [
        FragmentSpec("paper", "p", "5.0", "Paper", STAMP),
        FragmentSpec("annex", "a", "A", "Survey", STAMP, parent="p"),
    ]
    found = accessibility.of_pack(specs, [broken, annex], bound)
    assert [(fault["part"], fault["ours"]) for fault in found][:2] == [
        ("paper 5.0, “Paper”", True), ("item 5.0, Annex A, “Survey”", False),
    ]  # fmt: skip
    assert "fonts embedded" in found[1]["mend"]
