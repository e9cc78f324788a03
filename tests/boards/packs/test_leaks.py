"""The leak proof sees a mistake in the making of the public copy, whatever the mistake is, and takes open words for no leak."""

import copy
import io
import itertools

import pikepdf
import pytest
from pikepdf import AttachedFileSpec, Dictionary, Name

from boards.document import build, numbering
from boards.packs import builder, leaks, pack, public, sharing, store
from boards.packs.tree import values
from tests.boards import world
from tests.boards.packs import sample
from tests.boards.packs.test_builder import finish, start

CLOSED = {"grounds": ["12A-3"], "ground_titles": ["Financial or business affairs"], "reason": "", "review_on": None}
BLOCK = (
    "The walrus enclosure by the river is to be sold before winter to the only bidder who offered more than the valuer "
    "thought possible."
)
SPAN = "four hundred and twelve thousand zebra pounds"
ANNEX = (
    "The giraffe house was built on land that floods and nobody insured it against the river since the last keeper left"
)


def paper(number, title, *blocks, **facts):
    document = build.doc(build.section("Purpose", build.para("This paper tells the Board how it stands."), *blocks))
    return {
        "id": f"p{number}", "number": number, "title": title, "open_title": "", "to": "The Board", "from_role": "Chief Executive",
        "paper_date": "2017-02-06", "marking": "OFFICIAL", "template": "board-paper", "document": document,
        "numbers": numbering.number(document).as_dict(), "restriction": None, "register": None, "annexes": [], **facts,
    }  # fmt: skip


def item(number, title, *papers, **facts):
    return {
        "id": f"i{number}", "number": f"{number}.0", "agenda_number": str(number), "type": "paper", "title": title, "open_title": "",
        "lead_role": "Chair", "action_requested": "note", "note": "", "late_reason": "", "restriction": None, "papers": list(papers),
        **facts,
    }  # fmt: skip


def content_of(*items):
    frame, _ = sample.meeting(0, 1)
    return {**frame, "items": list(items)}


class Files(dict):
    """Files by their hash, as a store of an edition's files gives them."""

    def annex(self, letter, title, data, **facts):
        maker = sample.Maker()
        made = maker.annex(letter, title, data, **facts)
        self.update(maker.files)
        return made

    __call__ = dict.__getitem__


@pytest.fixture(scope="module")
def files():
    return Files()


@pytest.fixture(scope="module")
def cache():
    return store.MemoryStore()


@pytest.fixture(scope="module")
def content(files):
    """One of each thing that can be restricted, with no reason that would give it away."""
    rows = [["Otter", "12"], ["Beaver pond", "7"], ["Stoat", "19"], ["Marten", "4"]]
    described = paper(
        "3.0", "Estate",
        build.para(BLOCK, restricted="12A-3"),
        build.para("The offer is ", build.restrict("12A-3", SPAN), " and no more."),
        build.table("Stock", ["Kind", "Number"], rows, restricted="12A-3"),
        build.bullets("lynx one", "puma two", "ocelot three", "serval four", restricted="12A-3"),
        build.contact("Solicitor", "flamingo.case@lawyers.example", restricted="12A-3"),
        build.source("Deed", href="https://deeds.example/pelican/plot/7", restricted="12A-3"),
        build.chart(
            "bars", {"labels": ["gannet", "puffin"], "values": [11, 22, 33, 44, 55, 66, 77]}, "Gannets and puffins by plot sold",
            "Eleven gannets and twenty two puffins", restricted="12A-3",
        ),
    )  # fmt: skip
    described["annexes"] = [
        files.annex(
            "A",
            "Survey of the giraffe house",
            world.pdf(1, ANNEX),
            open_title="Survey",
            original_name="giraffe-roof.pdf",
            restriction=CLOSED,
        ),
        files.annex("B", "Map of the area", world.pdf(1, "Open annex"), original_name="map.pdf"),
    ]
    whole = paper("5.0", "Price of the ostrich farm", build.para("Nothing is said openly of the ostrich farm here."))
    return content_of(
        item(3, "Estate", described),
        item(
            4, "Settlement with the hippo keeper", paper("4.0", "Settlement with the hippo keeper", build.para(BLOCK[::-1])),
            open_title="A contract matter", note="The hippo keeper settles before the hearing", restriction=CLOSED,
        ),
        item(5, "Farms", {**whole, "open_title": "A purchase", "restriction": CLOSED}),
        item(6, "Fees", open_title="Charges", restriction=CLOSED),
    )  # fmt: skip


def everything(content):
    """Every node and thing of a content that can carry a restriction."""
    for each in content["items"]:
        yield "item", each
        for one in each["papers"]:
            yield "paper", one
            yield from (("annex", annex) for annex in one["annexes"])
            yield from (("node", node) for node in nodes(one["document"]))


def nodes(node):
    yield node
    for child in node.get("content", ()):
        yield from nodes(child)


def blind(*kinds):
    """A public() that does not see restrictions of these kinds."""

    def sabotaged(members):
        members = copy.deepcopy(members)
        for kind, thing in everything(members):
            if kind in kinds:
                thing["restriction"] = None
            elif kind == "node" and "block" in kinds and (thing.get("attrs") or {}).get("restricted"):
                thing["attrs"]["restricted"] = None
            elif kind == "node" and "span" in kinds:
                thing.pop("marks", None)
        return public.public(members)

    return sabotaged


def own_titles(members):
    """A public() that forgets the open titles."""
    shown = public.public(members)
    for after, before in zip(shown["items"], members["items"], strict=True):
        after["title"] = before["title"]
        for one, own in zip(after["papers"], before["papers"], strict=False):
            one["title"] = own["title"]
            for annex, kept in zip(one["annexes"], own["annexes"], strict=True):
                annex["title"] = kept["title"]
    return shown


SABOTAGED = {
    "identity": lambda members: members,
    "spans": blind("span"),
    "blocks": blind("block"),
    "annexes": blind("annex"),
    "papers": blind("paper"),
    "items": blind("item"),
    "titles": own_titles,
}
MUST_BE_SEEN = {
    "identity": {"paper 3.0", "Annex A to paper 3.0", "item 4.0", "paper 4.0", "paper 5.0", "item 6.0"},
    "spans": {"paper 3.0"},
    "blocks": {"paper 3.0"},
    "annexes": {"Annex A to paper 3.0"},
    "papers": {"paper 5.0"},
    "items": {"item 4.0", "paper 4.0", "item 6.0"},
    "titles": {"Annex A to paper 3.0", "item 4.0", "paper 5.0", "item 6.0"},
}


def pack_of(shown, files, cache):
    return pack.build_pack_bytes(shown, audience="public", load_file=files, cache=cache).bytes


def test_a_sound_public_copy_has_no_hit(content, files, cache):
    shown = public.public(content)
    proof = leaks.prove(content, shown, pack_of(shown, files, cache), load_file=files)
    assert proof["hits"] == [] and proof["secrets"] > 30


@pytest.mark.parametrize("mistake", SABOTAGED)
def test_a_mistake_of_the_public_copy_is_found_in_the_pack(content, files, cache, mistake):
    shown = SABOTAGED[mistake](content)
    hits = leaks.find(content, leaks.pdf_places(pack_of(shown, files, cache)), load_file=files)
    assert {hit.where for hit in hits} >= MUST_BE_SEEN[mistake]


@pytest.mark.parametrize("mistake", SABOTAGED)
def test_a_mistake_of_the_public_copy_is_found_in_the_open_data(content, mistake):
    places = [("the open data", " | ".join(values(SABOTAGED[mistake](content))))]
    seen = {hit.where for hit in leaks.find(content, places)}
    assert seen >= MUST_BE_SEEN[mistake] - {"item 6.0"}  # a title so short is known by the number it stands behind


@pytest.mark.parametrize("mistake", SABOTAGED)
@pytest.mark.django_db
def test_a_mistake_of_the_public_copy_ends_the_build(edition, worker, monkeypatch, content, files, mistake):
    for place in (builder, sharing):  # what is planned, and what is handed out
        monkeypatch.setattr(place, "public", SABOTAGED[mistake])
    build = finish(worker, start(edition(copy.deepcopy(content), files), "public"))
    assert build.state == "failed" and "Restricted text was found in" in build.error


# Each kind of secret alone, where it would be printed.


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (BLOCK, "restricted text"),
        (f"for {SPAN} a year", "restricted text"),
        ("Otter 12\r\nBeaver pond 7\r\nStoat 19\r\nMarten 4", "a part of a restricted table or list"),
        ("• lynx one\n• puma two\n• ocelot three\n• serval four", "a part of a restricted table or list"),
        ("Write to flamingo.case@lawyers.example", "a restricted address"),
        ("see https://deeds.example/pelican/plot/7.", "a restricted address"),
        ("Figure 1: Gannets and puffins by plot sold", "restricted text"),
        ("22 33 44 55 66 77", None),
        ("gannet puffin 11 22 33 44 55 66 77", "restricted text"),
        (ANNEX, "text of a restricted annex"),
        ("The giraffe house was built on land that floods", None),
        ("download giraffe-roof.pdf", "a file name"),
        ("Survey of the giraffe house", "a restricted title"),
        ("6.0 Fees", "a restricted title"),
        ("6. Fees", "a restricted title"),
        ("Fees are charged", None),
        ("This paper tells the Board how it stands.", None),
    ],
)
def test_each_kind_of_secret_is_found_by_itself(content, files, text, kind):
    hits = leaks.find(content, [("a page", text)], load_file=files)
    assert {hit.kind for hit in hits} == ({kind} if kind else set())


def test_a_table_of_short_cells_is_found_in_a_pdf(content, files, cache):
    """Cells of a row follow each other in the text of a page, and rows follow rows."""
    hits = leaks.find(content, leaks.pdf_places(pack_of(blind("block")(content), files, cache)))
    assert any(hit.kind == "a part of a restricted table or list" and hit.place.startswith("page ") for hit in hits)


def test_an_annex_with_parts_blacked_out_may_stand_beside_the_restricted_whole(files, cache):
    given_out = world.pdf(2, ANNEX)
    one = paper("3.0", "Estate")
    one["annexes"] = [
        files.annex("A", "Survey in full", world.pdf(3, ANNEX), open_title="Survey", restriction=CLOSED),
        files.annex("B", "Survey", given_out),
    ]
    content = content_of(item(3, "Estate", one))
    shown = public.public(content)
    assert leaks.prove(content, shown, pack_of(shown, files, cache), load_file=files)["hits"] == []


# References to what is restricted.


def referring_to(target, words):
    said = paper("3.0", "Estate", build.para("This follows ", build.xref(target, words), " of last year."))
    closed = paper(
        "4.0", "Settlement with the hippo keeper", build.para("The hippo keeper settles before the hearing.")
    )
    closed["annexes"] = [{**sample.Maker().annex("A", "Letter of the hippo keeper", world.pdf(1)), "id": "claim"}]
    return content_of(
        item(3, "Estate", said),
        item(4, "Settlement with the hippo keeper", closed, open_title="A contract matter", restriction=CLOSED),
    )


@pytest.mark.parametrize("target", ["item:i4", "annex:claim"])
def test_a_reference_calls_what_is_restricted_by_its_open_title(target):
    content = referring_to(target, "the settlement with the hippo keeper")
    assert "hippo" not in str(public.public(content))
    assert "A contract matter" in str(public.public(content)["items"][0])
    assert public.public(public.public(content)) == public.public(content)


def test_other_words_of_a_reference_stay():
    content = referring_to("item:i4", "what was said before")
    assert "what was said before" in str(public.public(content)["items"][0])


def test_words_of_a_reference_to_what_is_restricted_do_not_make_it_open():
    content = referring_to("item:i4", "Settlement with the hippo keeper")
    hits = leaks.find(content, [("page 4", "This follows Settlement with the hippo keeper of last year.")])
    assert {hit.kind for hit in hits} == {"a restricted title"}


# Where nobody looks in a PDF.


def hidden_in(change):
    pdf = pikepdf.open(io.BytesIO(world.pdf(1)))
    change(pdf)
    pdf.save(buffer := io.BytesIO())
    return buffer.getvalue()


def with_attachment(pdf):
    pdf.attachments["notes.txt"] = AttachedFileSpec(pdf, BLOCK.encode(), filename="notes.txt")


def with_attached_pdf(pdf):
    pdf.attachments["a.pdf"] = AttachedFileSpec(pdf, world.pdf(1, BLOCK), filename="a.pdf")


def with_metadata_of_a_picture(pdf):
    xmp = pdf.make_stream(f"<x:xmpmeta><dc:title>{BLOCK}</dc:title></x:xmpmeta>".encode(), Type=Name.Metadata)
    facts = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 1, "Height": 1, "Metadata": xmp}
    facts |= {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 8}
    pdf.pages[0].Resources.XObject = Dictionary(Im=pdf.make_stream(b"\0", **facts))


def with_words_in_a_picture(pdf):
    comment = BLOCK.encode()
    data = b"\xff\xd8\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + b"\xff\xda\0\0\xff\xd9"
    facts = {"Type": Name.XObject, "Subtype": Name.Image, "Filter": Name.DCTDecode}
    pdf.pages[0].Resources.XObject = Dictionary(Im=pdf.make_stream(data, **facts))


@pytest.mark.parametrize(
    "hide", [with_attachment, with_attached_pdf, with_metadata_of_a_picture, with_words_in_a_picture]
)
def test_what_a_pdf_holds_out_of_sight_is_searched(content, hide):
    hits = leaks.find(content, leaks.pdf_places(hidden_in(hide)))
    assert {hit.where for hit in hits} == {"paper 3.0"}


def test_words_are_found_wherever_they_stand_among_others():
    """The quick search finds what a plain one finds."""
    wanted = ["the walrus enclosure", "walrus pond", "1 2 3 4", "sale of the riverside house"]
    search = leaks.Search(wanted)
    for first, last in itertools.product(["", "see ", "the "], ["", " now", "s"]):
        for text in wanted:
            expected = last != "s" or (len(text.replace(" ", "")) >= leaks.START and not text[0].isdigit())
            assert (text in search(f"{first}{text}{last}")) is expected
