"""The pack as members and the public hold it."""

import io
import re

import page as page_validation
import pikepdf
import pypdfium2
import pytest

from boards.packs import checks, extract, leaks, pack, public
from tests.boards.packs import sample


@pytest.fixture(scope="module")
def made():
    """A meeting with every kind of thing: wide tables, annexes of each sort, restricted things."""
    from boards.document import build

    content, load_file = sample.meeting(6, 5, annexes=2, annex_pages=2)
    maker = load_file.__self__
    items = content["items"]
    items[3]["papers"][0]["annexes"] = [
        maker.annex("A", "Scanned letter", sample.annex_pdf(2, text=False)),
        maker.annex("B", "Landscape plan", sample.annex_pdf(1, landscape=True)),
        maker.annex("C", "Rotated plan", sample.annex_pdf(1, rotate=270)),
    ]
    grounds = {
        "grounds": ["12A-3"],
        "ground_titles": ["Financial or business affairs"],
        "reason": "The price must stay unknown",
    }
    items[4].update(title="Sale of the walrus enclosure", open_title="Property matter", restriction=grounds)
    items[4]["papers"][0].update(title="Sale of the walrus enclosure")
    items[2]["papers"][0]["annexes"][0].update(
        restriction=grounds, title="Valuation by the zebra surveyors", open_title="Valuation"
    )
    section = items[1]["papers"][0]["document"]["content"][2]
    section["content"].append(build.para("The highest bid was from the giraffe consortium in May.", restricted="12A-3"))
    section["content"].append(
        build.para("An open start, ", build.restrict("12A-3", "a hidden middle of flamingo words"), ", an open end.")
    )
    return content, load_file


@pytest.fixture(scope="module")
def members(made):
    content, load_file = made
    return pack.build_pack_bytes(content, audience="members", load_file=load_file, digest="0" * 64)


@pytest.fixture(scope="module")
def open_pack(made):
    content, load_file = made
    return pack.build_pack_bytes(public.public(content), audience="public", load_file=load_file, digest="0" * 64)


@pytest.fixture(params=["members", "open_pack"])
def either(request):
    return request.getfixturevalue(request.param)


def page_texts(data):
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


def plain(text):
    return " ".join(text.split())


def test_pack_passes_every_rule_of_pdf_ua(either, tmp_path):
    file = tmp_path / "pack.pdf"
    file.write_bytes(either.bytes)
    result = page_validation.validate_pdf(str(file), profile=page_validation.ValidationProfile.PDF_UA_1)
    assert [failure.rule_id for failure in result.failures] == []
    assert (result.rules.passed, result.rules.total) == (104, 104)


def test_pack_passes_our_own_checks(either):
    assert checks.check(either.bytes) == []


def test_pack_is_a_sound_linearised_file(either):
    with pikepdf.open(io.BytesIO(either.bytes)) as pdf:
        assert pdf.is_linearized
        assert pdf.check_pdf_syntax() == []
        assert pdf.check_linearization()


def test_same_inputs_give_the_same_bytes(made, members):
    content, load_file = made
    again = pack.build_pack_bytes(content, audience="members", load_file=load_file, digest="0" * 64)
    assert again.bytes == members.bytes


def test_ledger_counts_the_pages(either):
    with pikepdf.open(io.BytesIO(either.bytes)) as pdf:
        assert len(pdf.pages) == either.ledger.pages


def test_every_page_says_its_number_and_marking(either):
    texts = page_texts(either.bytes)
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
        assert text.count("OFFICIAL") >= 2


def test_each_paper_starts_where_the_ledger_says(either):
    texts = page_texts(either.bytes)
    for row in either.ledger.rows:
        if row.kind == "paper":
            assert row.title in plain(texts[row.page - 1])
            assert f"Agenda Item: {row.number}" in texts[row.page - 1]


def test_each_section_is_on_the_page_of_the_ledger(either):
    texts = [plain(text) for text in page_texts(either.bytes)]
    for row in either.ledger.rows:
        if row.kind == "section":
            assert plain(row.title) in texts[row.page - 1]


def test_contents_lines_lead_to_the_pages_they_name(members):
    with pikepdf.open(io.BytesIO(members.bytes)) as pdf:
        numbers = {page.obj.objgen: place for place, page in enumerate(pdf.pages, start=1)}
        row = next(row for row in members.ledger.rows if row.kind == "contents")
        links = pdf.pages[row.page - 1].obj.Annots
        for link in links:
            said = int(re.search(r"page (\d+)$", str(link.Contents))[1])
            assert numbers[link.Dest[0].objgen] == said
        assert len(links) > 10


def test_cross_references_carry_the_page(members):
    texts = page_texts(members.bytes)
    page = members.ledger.page("item:i5")
    first = members.ledger.page("paper:p4-0")
    assert any(f"(page {page})" in plain(text) for text in texts[first - 1 : first + 2])


def test_bookmarks_name_items_sections_and_annexes(members):
    with pikepdf.open(io.BytesIO(members.bytes)) as pdf, pdf.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
        assert titles[:2] == ["Agenda", "Contents"] and titles[2] == "4.0 Strategic risk register"
        inner = [child.title for child in outline.root[2].children]
        assert inner[0] == "1 Purpose" and inner[-1].startswith("Annex A:")


def test_supplement_has_page_numbers_of_its_own(made):
    content, load_file = made
    late = {
        **content,
        "items": content["items"][5:6],
        "edition": {**content["edition"], "number": 2, "kind": "supplement", "reason": "Late"},
    }
    made_late = pack.build_pack_bytes(late, audience="members", load_file=load_file, series="S")
    texts = page_texts(made_late.bytes)
    assert f"Page S1 of S{len(texts)}" in texts[0] and "Late" in texts[0] and "Supplement" in texts[0]
    with pikepdf.open(io.BytesIO(made_late.bytes)) as pdf:
        assert str(pdf.Root.PageLabels.Nums[1].P) == "S"


def test_annex_pages_are_stamped_upright(members):
    with pikepdf.open(io.BytesIO(members.bytes)) as pdf:
        rows = {row.title: row.page for row in members.ledger.rows if row.kind == "annex"}
        for title, wide in (("Landscape plan", True), ("Rotated plan", True), ("Scanned letter", False)):
            left, bottom, right, top = (float(edge) for edge in pdf.pages[rows[title] - 1].mediabox)
            assert (right - left > top - bottom) is wide
            assert int(pdf.pages[rows[title] - 1].obj.get("/Rotate", 0)) == 0


def test_public_pack_holds_nothing_restricted(made, open_pack):
    content, _ = made
    proof = leaks.prove(content, public.public(content), open_pack.bytes)
    assert proof["hits"] == [] and proof["secrets"] > 20


@pytest.mark.parametrize("canary", ["walrus", "zebra", "giraffe", "flamingo", "must stay unknown"])
def test_public_pack_has_no_canary_anywhere(open_pack, canary):
    with pikepdf.open(io.BytesIO(open_pack.bytes)) as pdf:
        pdf.save(raw := io.BytesIO(), qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert canary.encode() not in raw.getvalue().lower()
    assert canary not in " ".join(page_texts(open_pack.bytes)).lower()


def test_public_pack_shows_the_open_title_and_the_ground(open_pack):
    front = plain(page_texts(open_pack.bytes)[0])
    assert "Property matter" in front and "Financial or business affairs" in front


def test_leak_proof_finds_a_members_pack_given_to_the_public(made, members):
    content, _ = made
    hits = leaks.prove(content, public.public(content), members.bytes)["hits"]
    places = {hit["place"] for hit in hits}
    assert "the bookmarks of the public pack" in places
    assert any(place.startswith("page ") for place in places)
    assert {hit["where"] for hit in hits} >= {"item 7.0", "paper 4.0", "Annex A to paper 5.0"}


def test_watermark_is_on_every_page(made):
    content, load_file = made
    one = {**content, "items": content["items"][:2]}
    marked = pack.build_pack_bytes(one, audience="members", load_file=load_file, watermark="Copy of the Chair, 14:02")
    assert all("Copy of the Chair" in plain(text) for text in page_texts(marked.bytes))
    assert checks.check(marked.bytes) == []


def test_a_finished_pack_can_be_marked_as_somebodys_copy(members):
    from boards.packs.watermark import watermarked

    copy = watermarked(members.bytes, "Copy of the Chair, 14:02")
    assert all("Copy of the Chair" in plain(text) for text in page_texts(copy))
    assert checks.check(copy) == []
    assert watermarked(members.bytes, "Copy of the Chair, 14:02") == copy


def test_one_paper_can_be_taken_out_with_its_tags(members):
    alone = extract.paper_pages(members.bytes, members.ledger.as_dict(), "p5-0", title="Medium term financial strategy")
    first, last = extract.paper_range(members.ledger.as_dict(), "p5-0")
    with pikepdf.open(io.BytesIO(alone)) as pdf:
        assert len(pdf.pages) == last - first + 1
        left = [
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Page"
        ]
        assert len(left) == len(pdf.pages), "pages of other papers are still in the file"
    assert [problem for problem in checks.check(alone) if "bookmarks" not in problem] == []
    assert b"Strategic risk register" not in alone


def test_rows_that_cross_a_page_say_which_they_are(members):
    texts = page_texts(members.bytes)
    assert any(re.search(r"SR\d+\.1, continued", text) for text in texts)


@pytest.mark.filterwarnings("ignore")
def test_a_second_opinion_finds_no_error(either, tmp_path):
    outloud = pytest.importorskip("outloud", reason="outloud is not installed (requirements-dev.txt)")
    file = tmp_path / "pack.pdf"
    file.write_bytes(either.bytes)
    assert outloud.check(str(file)).errors == 0
