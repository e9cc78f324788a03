"""The ledger is true: what it says of a page is what the text of that page says, whatever the agenda looks like."""

import functools
import io
import re

import page as page_validation
import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from boards.document import build, numbering, schema
from boards.packs import checks, leaks, outline, pack, public
from boards.packs.context import Directory
from tests.boards.packs import sample
from tests.boards.packs.test_pack import page_texts, plain

GROUNDS = {"grounds": ["12A-3"], "ground_titles": ["Financial or business affairs"], "reason": "canary reason of it"}
FILLER = "The board heard how the work had gone since it met before and what is still to be done. " * 9
DIVIDERS = ("none", "items", "annexes")


@functools.cache
def annex_file(pages, landscape):
    return sample.annex_pdf(pages, landscape=landscape)


@st.composite
def agendas(draw):
    """A random agenda: items with no, one or two papers, of one to three sections, with annexes, restrictions and references.

    Every block begins with a word of its own (`mark12`), every reference is called `ref12`, every restricted string holds "canary".
    """
    maker = sample.Maker()
    count = iter(range(1, 1000))
    items, targets = [], []
    for place in range(draw(st.integers(1, 3))):
        restricted = draw(st.integers(0, 3)) == 0
        papers = [
            _paper(draw, maker, count, targets, place, index, restricted) for index in range(draw(st.integers(0, 2)))
        ]
        same = papers and (restricted or not papers[0]["restriction"]) and draw(st.booleans())
        items.append({
            "id": f"i{place}", "number": f"{place + 3}.0", "agenda_number": str(place + 3), "type": "paper",
            "title": papers[0]["title"] if same else f"Canary{place} contract" if restricted else f"Item of business {place}",
            "open_title": "Contract matter", "lead_role": "Chair", "action_requested": "note", "note": "", "late_reason": "",
            "restriction": GROUNDS if restricted else None, "papers": papers,
        })  # fmt: skip
        targets.append(f"item:i{place}")
    for paper in (paper for item in items for paper in item["papers"]):
        for section in paper["document"]["content"]:
            target = draw(st.sampled_from(targets))
            name = f"ref{next(count)}"
            reference = build.xref(target, name, page=True)
            section["content"].append(build.para("See ", reference, " for more.", id=f"bsees{next(count):06}"))
        paper["numbers"] = numbering.number(paper["document"]).as_dict()
    return {
        "format": 1, "template": "1", "office": {"name": "Office"},
        "board": {"id": "1", "name": "Board", "slug": "b", "dividers": draw(st.sampled_from(DIVIDERS))},
        "meeting": {"id": "1", "date": "2017-02-06", "time": "14:00", "venue": "Room", "is_public": True},
        "edition": {"number": 1, "kind": "agenda", "reason": "", "sealed_at": "2017-01-30T10:00:00Z"},
        "items": items, "registers": {}, "assets": {},
    }, maker.load_file, draw(st.sampled_from(["", "S"]))  # fmt: skip


def _paper(draw, maker, count, targets, place, index, restricted):
    hidden = draw(st.integers(0, 4)) == 0
    secret = hidden or restricted
    sections = []
    for _ in range(draw(st.integers(1, 3))):
        blocks = []
        for _ in range(draw(st.integers(1, 4))):
            number = next(count)
            kept = draw(st.integers(0, 5)) == 0
            words = f"mark{number} canary of many words kept" if kept else f"mark{number} {FILLER}"
            block = build.para(words, id=f"bmark{number:06}", restricted="12A-3" if kept else None)
            blocks.append(block)
            targets.append(f"block:bmark{number:06}")
        sections.append(build.section(f"Section{next(count)}", *blocks, id=f"bsect{next(count):06}"))
    annexes = []
    for letter in "AB"[: draw(st.integers(0, 2))]:
        closed = draw(st.integers(0, 3)) == 0
        made = maker.annex(letter, f"Survey {next(count)}", annex_file(draw(st.integers(1, 2)), draw(st.booleans())))
        made["id"] = f"a{next(count)}"
        if closed or secret:
            made.update(title=f"Canary{next(count)} valuation", open_title="Survey kept back")
        made["restriction"] = GROUNDS if closed else None
        annexes.append(made)
        targets.append(f"annex:{made['id']}")
    document = build.doc(*sections)
    number = f"{place + 3}.{index}"
    return {
        "id": f"p{place}-{index}", "number": number, "to": "The Board", "from_role": "Chief Executive",
        "title": f"Canary{next(count)} sale of land" if secret else f"Report {number}",
        "open_title": "Property matter" if secret else "", "paper_date": "2017-02-06",
        "marking": draw(st.sampled_from(["OFFICIAL", "OFFICIAL-SENSITIVE"])) if secret else "OFFICIAL",
        "template": "board-paper", "document": document, "numbers": {}, "restriction": GROUNDS if hidden else None,
        "register": None, "annexes": annexes,
    }  # fmt: skip


@pytest.mark.parametrize("audience", ["members", "public"])
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.reuse, Phase.generate]
)  # a pack is made for each example: to look for a smaller one that fails takes minutes
@given(made=agendas())
def test_the_ledger_says_what_stands_on_each_page(audience, made):
    content, load_file, series = made
    shown = public.public(content) if audience == "public" else content
    built = pack.build_pack_bytes(shown, audience=audience, load_file=load_file, series=series)
    texts = [plain(text) for text in page_texts(built.bytes)]
    assert built.ledger.pages == len(texts)
    for number, text in enumerate(texts, start=1):
        assert f"Page {series}{number} of {series}{len(texts)}" in text
    _rows(shown, built.ledger, texts)
    _references(shown, built.ledger, texts)
    _links(built)
    assert checks.check(built.bytes) == []
    if audience == "public":
        assert "canary" not in " ".join(texts).lower()
        assert leaks.prove(content, shown, built.bytes)["hits"] == []


def _rows(shown, ledger, texts):
    """Every row against the text of its page; and no item, paper or annex of the agenda without one."""
    papers = {paper["id"]: paper for item in shown["items"] for paper in item["papers"]}
    with_dividers = shown["board"]["dividers"] != "none"
    for row in ledger.rows:
        text = texts[row.page - 1]
        if row.kind in ("paper", "divider", "section"):
            assert row.title in text, row
        if row.kind == "item":
            assert row.title in text or not with_dividers, row
            assert ("Agenda item " + row.number in text) is with_dividers, row
        if row.kind in ("item", "paper", "divider"):
            assert f"Agenda Item: {row.number}" in text, row
        if row.kind in ("annex", "annex-divider"):
            assert f"Agenda Item: {papers[row.parent]['number']}, Annex {row.number}" in text, row
            assert ("page 1 of the annex" if row.kind == "annex" else row.title) in text, row
    told = [row.id for row in ledger.rows if row.kind in ("item", "paper", "annex")]
    wanted = []
    for item in shown["items"]:
        held = [paper for paper in item["papers"] if paper.get("document")]
        wanted += [item["id"]] if held else []
        for paper in held:
            wanted += [paper["id"], *(annex["id"] for annex in paper["annexes"] if annex.get("sha256"))]
    assert told == wanted


def _references(shown, ledger, texts):
    """The page that a reference prints is the page on which its target stands; one that leads nowhere prints none."""
    whole, directory = " ".join(texts), Directory(shown)
    for paper in (each for item in shown["items"] for each in item["papers"] if each.get("document")):
        for node in schema.walk(paper["document"]):
            if node["type"] != "xref":
                continue
            target, name = node["attrs"]["target"], node["attrs"]["text"]
            found = directory.find(target, paper)
            printed = re.search(rf"{name}\b(?: \(page (S?\d+)\))?", whole)[1]
            if found is None or found.paper is None:
                assert printed is None, node
                continue
            page = ledger.page(target)
            assert printed == f"{ledger.series}{page}", node
            if found.kind == "block":
                assert f"mark{int(found.id.removeprefix('bmark'))} " in texts[page - 1], node


def _links(built):
    """The contents page, the front sheet and the bookmarks lead where they say."""
    with pikepdf.open(io.BytesIO(built.bytes)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        for page in pdf.pages:
            for link in page.obj.get("/Annots", ()):
                if said := re.search(r", page (S?)(\d+)$", str(link.get("/Contents", ""))):
                    assert (said[1], numbers[link.Dest[0].objgen]) == (built.ledger.series, int(said[2]))
        with pdf.open_outline() as entries:
            found = list(_walk(entries.root))
    assert [(title, numbers[target]) for title, target in found] == [
        (" ".join(title.split()), page) for _, title, page in outline.lines(built.ledger)
    ]


def _walk(entries):
    for entry in entries:
        yield entry.title, entry.destination[0].objgen
        yield from _walk(entry.children)


@pytest.mark.parametrize("audience", ["members", "public"])
def test_a_pack_with_dividers_passes_every_rule_of_pdf_ua(tmp_path, audience):
    content, load_file = divided("annexes")
    shown = public.public(content) if audience == "public" else content
    made = pack.build_pack_bytes(shown, audience=audience, load_file=load_file, digest="0" * 64)
    file = tmp_path / "pack.pdf"
    file.write_bytes(made.bytes)
    result = page_validation.validate_pdf(str(file), profile=page_validation.ValidationProfile.PDF_UA_1)
    assert [failure.rule_id for failure in result.failures] == []


def divided(setting):
    content, load_file = sample.meeting(2, 3, wide_every=9, annexes=1, annex_pages=2)
    content["board"]["dividers"] = setting
    content["items"][2].update(restriction=GROUNDS, open_title="Property matter")
    return content, load_file


def kinds(made):
    return [row.kind for row in made.ledger.rows if row.kind not in ("section", "front", "contents")]


def test_dividers_stand_before_items_and_annexes_as_the_board_chose():
    found = {}
    for setting in DIVIDERS:
        content, load_file = divided(setting)
        found[setting] = kinds(pack.build_pack_bytes(content, audience="members", load_file=load_file))
    assert found["none"] == ["item", "paper", "annex", "item", "paper"]
    assert found["items"] == ["item", "divider", "paper", "annex", "item", "divider", "paper"]
    assert found["annexes"] == ["item", "divider", "paper", "annex-divider", "annex", "item", "divider", "paper"]


def test_an_item_begins_on_its_divider_and_its_paper_on_the_page_after():
    content, load_file = divided("items")
    made = pack.build_pack_bytes(content, audience="members", load_file=load_file)
    pages = {row.kind: row.page for row in reversed(made.ledger.rows) if row.number == "4.0"}
    assert pages["item"] == pages["divider"] == pages["paper"] - 1
    assert [(level, page) for level, title, page in outline.lines(made.ledger) if title.startswith("4.0")] == [
        (0, pages["item"]), (1, pages["paper"]),
    ]  # fmt: skip
    divider = plain(page_texts(made.bytes)[pages["item"] - 1])
    assert all(words in divider for words in ("Agenda item 4.0", "Chief Executive", "To note", "Consultant report 1"))


def test_a_divider_says_why_its_item_is_restricted_and_the_public_gets_none():
    content, load_file = divided("items")
    members = pack.build_pack_bytes(content, audience="members", load_file=load_file)
    page = next(row.page for row in members.ledger.rows if row.kind == "divider" and row.number == "5.0")
    assert "Financial or business affairs" in plain(page_texts(members.bytes)[page - 1])
    shown = pack.build_pack_bytes(public.public(content), audience="public", load_file=load_file)
    assert kinds(shown) == ["item", "divider", "paper", "annex"]


def test_a_divider_of_an_annex_does_not_say_who_handed_it_in():
    content, load_file = divided("annexes")
    content["items"][1]["papers"][0]["annexes"][0]["original_name"] = "from-consultants-ltd.pdf"
    made = pack.build_pack_bytes(content, audience="members", load_file=load_file)
    row = next(row for row in made.ledger.rows if row.kind == "annex-divider")
    text = plain(page_texts(made.bytes)[row.page - 1])
    assert "Annex A to paper 4.0" in text and "2 pages" in text
    assert "consultants-ltd" not in text


def test_a_second_build_with_dividers_makes_nothing_anew():
    from boards.packs.store import MemoryStore

    content, load_file = divided("annexes")
    cache = MemoryStore()
    first = pack.build_pack_bytes(content, audience="members", load_file=load_file, cache=cache)
    again = pack.build_pack_bytes(content, audience="members", load_file=load_file, cache=cache, guess=first.ledger)
    assert (again.rendered, again.bytes) == (0, first.bytes)
