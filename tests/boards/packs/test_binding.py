"""Fragments are bound object by object: nothing in them is changed, mixed up or held longer than its turn."""

import functools
import io
import tracemalloc

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from boards.packs import assembly, binding, ledger, linear, stamps, typesetting
from boards.packs.fragments import FragmentSpec

STAMP = stamps.Stamp("OFFICIAL", "Agenda Item: 5.0", "Board, 6 February 2017")


def pack_of(*sources, stamp=STAMP, series=""):
    """The pack of these PDFs as bytes, and its ledger."""
    found = [
        binding.bind(data, typesetting.Info(len(pikepdf.open(io.BytesIO(data)).pages), anchors=anchors))
        for data, anchors in ((each, {}) if isinstance(each, bytes) else each for each in sources)
    ]
    specs = [FragmentSpec("paper", str(place), "", f"Paper {place}", stamp) for place in range(len(found))]
    table = ledger.make(specs, [info for _, info in found], series=series)
    pieces = [
        assembly.Piece(functools.partial(bytes, bound), info, spec.title, spec.stamp)
        for spec, (bound, info) in zip(specs, found, strict=True)
    ]
    return assembly.assemble(pieces, table, assembly.Facts("Pack")), table


def pdf_of(pages, *, change=None):
    """A PDF whose pages draw the named forms: [["a", "b"], ["b"]] is two pages that share the form "b"."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    forms = {}
    for number, names in enumerate(pages):
        for name in names:
            if name not in forms:
                words = f"BT /F 12 Tf 72 {700 - 20 * len(forms)} Td (Form {name}) Tj ET".encode()
                forms[name] = pdf.make_stream(
                    words, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]),
                    Resources=Dictionary(Font=Dictionary(F=font)),
                )  # fmt: skip
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[-1].obj
        drawn = " ".join(f"/X{name} Do" for name in names)
        page.Contents = pdf.make_stream(f"BT /F 12 Tf 72 60 Td (Own page {number}) Tj ET {drawn}".encode())
        page.Resources = Dictionary(
            Font=Dictionary(F=font), XObject=Dictionary({f"/X{name}": forms[name] for name in names})
        )
    if change:
        change(pdf)
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def words_of(data):
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


def is_sound(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return pdf.is_linearized and pdf.check_linearization() and pdf.check_pdf_syntax() == []


some_pages = st.lists(st.lists(st.sampled_from("abcdef"), unique=True, max_size=4), min_size=1, max_size=7)


@given(fragments=st.lists(some_pages, min_size=1, max_size=5), series=st.sampled_from(["", "S"]))
@settings(max_examples=40, deadline=None)
def test_pages_that_share_anything_in_any_way_come_out_whole_in_a_sound_linearised_file(fragments, series):
    data, table = pack_of(*(pdf_of(pages) for pages in fragments), series=series)
    assert is_sound(data)
    texts, expected = words_of(data), [names for pages in fragments for names in pages]
    assert len(texts) == len(expected) == table.pages
    for number, (text, names) in enumerate(zip(texts, expected, strict=True), start=1):
        assert f"Page {series}{number} of {series}{table.pages}" in text
        assert {name for name in "abcdef" if f"Form {name}" in text} == set(names)


@pytest.mark.parametrize(
    "words",
    [
        "see 12 0 R and 3 0 R",
        "\x01R1; \x01K2;",
        "a \x02 between",
        "(un)balanced ) and \\ back",
        "/Pack.G.Pages",
        "<< /Type /Page >>",
        "naïve – “quoted”",
    ],
)
def test_words_that_look_like_references_or_tokens_stay_words(words):
    def change(pdf):
        page = pdf.pages[0].obj
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Contents=String(words))
        page.Annots = Array([pdf.make_indirect(note)])

    data, _ = pack_of(pdf_of([["a"]], change=change))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.pages[0].obj.Annots[0].Contents) == words


def test_a_file_cannot_pose_as_the_pack_itself():
    def change(pdf):
        pdf.pages[0].obj.Resources.Properties = Dictionary(A=Name("/Pack.G.Info"), B=Name("/Pack.K.3"))

    data, _ = pack_of(pdf_of([["a"]], change=change))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert Name("/Pack.G.Info") == pdf.pages[0].obj.Resources.Properties.A


def test_own_names_of_tags_are_carried_over():
    def change(pdf):
        element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/Kopf zeile"), ID=String("one")))
        root = pdf.make_indirect(Dictionary(
            Type=Name.StructTreeRoot, K=Array([element]), ParentTree=Dictionary(Nums=Array([])),
            RoleMap=Dictionary({"/Kopf zeile": Name.P}), ClassMap=Dictionary({"/wide one": Dictionary(O=Name.Layout)}),
            IDTree=Dictionary(Names=Array([String("one"), element])),
        ))  # fmt: skip
        element.P = root
        pdf.Root.StructTreeRoot = root

    made = pdf_of([["a"]], change=change)
    data, _ = pack_of(made, made)
    assert is_sound(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root.StructTreeRoot
        assert root.RoleMap["/Kopf zeile"] == Name.P
        assert "/wide one" in root.ClassMap
        names = [str(name) for leaf in root.IDTree.Kids for name in list(leaf.Names)[::2]]
        assert names == ["f0000-one", "f0001-one"]
        assert [str(part.K[0].ID) for part in root.K[0].K] == names


def test_what_pages_inherit_comes_along():
    def change(pdf):
        page = pdf.pages[0].obj
        for key, value in (("/MediaBox", Array([0, 0, 500, 800])), ("/Rotate", 90), ("/Resources", page.Resources)):
            if key in page:
                del page[key]
            pdf.Root.Pages[key] = value

    data, _ = pack_of(pdf_of([["a"]], change=change))
    assert is_sound(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0].obj
        assert [float(edge) for edge in page.MediaBox] == [0, 0, 500, 800]
        assert int(page.Rotate) == 90
    assert "Form a" in words_of(data)[0]


def test_references_to_pages_that_are_not_there_lead_nowhere():
    def change(pdf):
        gone = pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 1, 1])))
        pdf.pages[0].obj.Annots = Array([
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Dest=Array([gone, Name.Fit]))
        ])  # fmt: skip

    data, _ = pack_of(pdf_of([["a"]], change=change))
    assert is_sound(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1


def test_a_mark_over_the_page_is_drawn_on_each():
    stamp = stamps.Stamp("OFFICIAL", watermark="Copy of the Chair")
    data, _ = pack_of(pdf_of([["a"], ["a", "b"]]), stamp=stamp)
    assert is_sound(data)
    assert all("Copy of the Chair" in text for text in words_of(data))


def test_a_mark_over_the_page_runs_upwards_from_its_left_whatever_the_page_leaves_behind():
    def turned_over(pdf):
        page = pdf.pages[0].obj
        page.Contents.write(b"1 0 0 -1 0 842 cm " + page.Contents.read_bytes())

    data, _ = pack_of(pdf_of([["a"]], change=turned_over), stamp=stamps.Stamp("OFFICIAL", watermark="DRAFT"))
    document = pypdfium2.PdfDocument(data)
    page = document[0].get_textpage()
    start = page.get_text_range().index("DRAFT")
    first, last = page.get_charbox(start), page.get_charbox(start + 4)
    document.close()
    assert first[0] < 595 / 2 < last[2] and first[1] < 842 / 2 < last[3]


def test_a_fragment_that_is_not_the_one_that_was_counted_is_refused():
    one, other = pdf_of([["a"]]), pdf_of([["a", "b"]])
    bound, info = binding.bind(one, typesetting.Info(1))
    another, _ = binding.bind(other, typesetting.Info(1))
    assert bound != another
    table = ledger.make([FragmentSpec("paper", "1", "", "Paper", STAMP)], [info])
    piece = assembly.Piece(lambda: another, info, "Paper", STAMP)
    with pytest.raises(ValueError, match="not the one that was counted"):
        assembly.assemble([piece], table, assembly.Facts("Pack"))


def test_memory_stays_flat_as_papers_are_added():
    data = pdf_of(
        [[*"abcdef"]] * 12, change=lambda pdf: pdf.pages[0].Contents.write(b"% " + bytes(range(65, 90)) * 4000)
    )
    bound, info = binding.bind(data, typesetting.Info(12))
    spec = FragmentSpec("paper", "1", "", "Paper", STAMP)

    def peak(papers):
        table = ledger.make([spec] * papers, [info] * papers)
        pieces = [assembly.Piece(lambda: bytes(bound), info, "Paper", STAMP)] * papers
        with open("/dev/null", "wb") as nowhere:
            tracemalloc.start()
            assembly.write(pieces, table, assembly.Facts("Pack"), nowhere)
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return most

    peak(2)  # fonts are read once
    few, many = peak(10), peak(80)
    spools = 4 * linear.LARGEST_SPOOL_IN_MEMORY  # parts of the file that are still small stay in memory
    assert many < few + spools
