"""A document as HTML: semantic, findable, safe, the same for the reader and the printed pack."""

import re

import lxml.html
import nh3
import pytest
from hypothesis import HealthCheck, given, settings

from boards.document import build as b
from boards.document import html, numbering, schema

from .strategies import documents

quiet = settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))


def page(*blocks, **options):
    return tree(b.doc(b.section("Title", *blocks)), **options)


def tree(document, **options):
    return lxml.html.fromstring(f"<main>{html.render(document, **options)}</main>")


def structure(markup):
    """Elements, attributes and words, whatever way a parser writes them."""
    root = lxml.html.fromstring(f"<main>{markup}</main>")
    return [(e.tag, sorted(e.attrib.items()), e.text or "", e.tail or "") for e in root.iter()]


def words(element):
    return " ".join(element.text_content().split())


@quiet
@given(documents())
def test_nothing_in_the_html_would_be_removed_by_nh3(document):
    markup = html.render(document, show_guidance=True)
    assert structure(nh3.clean(markup, **html.ALLOWED)) == structure(markup)
    assert "style=" not in re.sub(r">[^<]*<", "><", markup)


@quiet
@given(documents())
def test_every_block_shown_is_findable_by_its_id_once(document):
    root = tree(document, show_guidance=True)
    seen = root.xpath("//@id")
    assert len(seen) == len(set(seen))
    for section in document["content"]:
        for block in section["content"][1:]:
            if block["type"] != "subheading" or block.get("content"):
                assert block["attrs"]["id"] in seen


@quiet
@given(documents())
def test_every_link_inside_the_page_leads_somewhere(document):
    root = tree(document)
    ids = set(root.xpath("//@id"))
    hidden = {n["attrs"]["id"] for n in schema.walk(document) if n["type"] in ("guidance", "subheading")}
    for href in root.xpath("//a/@href[starts-with(., '#')]"):
        assert href[1:] in ids | hidden


@quiet
@given(documents())
def test_numbers_are_real_text(document):
    root = tree(document)
    found = numbering.number(document)
    for element in root.xpath("//p[contains(@class, 'numbered')]"):
        assert element[0].get("class") == "num" and element[0].text == found.number(element.get("id"))


def test_a_named_place_is_findable_and_references_lead_there():
    root = page(b.para("here", anchor="risks:SR3.1"), b.para("see ", b.xref("risks:SR3.1")))
    assert root.xpath("//p/span[@id='a-risks-SR3.1']") and html.anchor_id("risks:SR3.1") == "a-risks-SR3.1"
    assert root.xpath("//a[@href='#a-risks-SR3.1']")[0].text == "SR3.1"


def test_a_reference_says_the_number_and_the_page():
    class Pack(html.Context):
        def resolve_target(self, target):
            return html.Place("Risk SR9", "/risks/9", "41") if target == "risks:SR9" else None

    there = b.para("there")
    root = page(
        there, b.para(b.xref(f"block:{there['attrs']['id']}")), b.para(b.xref("risks:SR9", page=True)),
        b.para(b.xref("risks:none")), b.para(b.xref("risks:SR9", "the risk")), context=Pack(),
    )  # fmt: skip
    shown = [words(p) for p in root.xpath("//p")][1:]
    assert shown == ["1.2 paragraph 1.1", "1.3 Risk SR9 (page 41)", "1.4 [reference not found]", "1.5 the risk"]


def test_a_table_has_a_caption_a_head_a_body_and_scopes():
    root = page(
        b.table("Reserves", [["", {"text": "Year", "colspan": 2}], ["Fund", "2017", "2018"]], [["General", "1", "2"]],
                align="lrr", header_column=True, widths=[40, 30, 30], note="In £ million")
    )  # fmt: skip
    assert words(root.xpath("//caption")[0]) == "Table 1 Reserves"
    assert root.xpath("//thead/tr[1]/td") and root.xpath("//thead/tr[1]/th/@scope") == ["colgroup"]
    assert root.xpath("//thead/tr[2]/th/@scope") == ["col"] * 3
    assert root.xpath("//tbody/tr/th/@scope") == ["row"]
    assert root.xpath("//tbody/tr/td/@class") == ["align-right"] * 2
    assert root.xpath("//col/@class") == ["w-40", "w-30", "w-30"]
    assert words(root.xpath("//p[@class='table-note']")[0]) == "In £ million"


def test_a_wide_table_gets_fixed_widths_and_a_scroll_bar_that_the_keyboard_reaches():
    root = page(b.table("Wide", list("abcdefgh"), [["x" * n for n in range(8)]]))
    widths = [int(name[2:]) for name in root.xpath("//col/@class")]
    assert len(widths) == 8 and sum(widths) == 100
    assert root.xpath("//div[@class='table-scroll']/@tabindex") == ["0"]


def test_the_bibliography_is_a_table_of_two_rows():
    plan = b.source("Police and Crime Plan", href="https://example.org/plan")
    root = page(plan, b.contact("Chief Executive", "a@b.org"), b.source("Budget book"))
    (table,) = root.xpath("//table")
    assert table.xpath(".//th/text()") == ["Source documents", "Contact officers"]
    assert words(table.xpath(".//td")[0]) == "Police and Crime PlanBudget book"
    assert table.xpath(".//a/@href") == ["https://example.org/plan", "mailto:a@b.org"]


def test_recommendations_are_said_again_from_the_one_record():
    one = b.recommend("note", "the report", b.footnote("a note"), ".")
    root = page(one, b.recommend("approve", "it.", to="commissioner"), b.echo())
    assert [words(li) for li in root.xpath("//div[contains(@class, 'echo')]//li")] == [
        "1.1 The Board is recommended to note the report.",
        "1.2 The Commissioner is recommended to approve it.",
    ]


def test_guidance_is_never_printed_unless_asked_for():
    assert "Say why" not in html.render(b.doc(b.section("S", b.guidance("Say why"))))
    assert "Say why" in html.render(b.doc(b.section("S", b.guidance("Say why"))), show_guidance=True)


def test_added_and_removed_words_are_said_as_well_as_shown():
    root = page(b.para("was ", b.dele("five"), b.ins("six", b.strong(" now"))))
    assert words(root.xpath("//p")[0]) == "1.1 was [removed: five] [added: six now]"
    assert len(root.xpath("//ins")) == 1


def test_footnotes_lead_there_and_back():
    root = page(b.para("text", b.footnote("the note")))
    (ref,), (back,) = root.xpath("//sup/a"), root.xpath("//a[@class='footnote-back']")
    assert root.xpath(f"//li[@id='{ref.get('href')[1:]}']") and back.get("href") == f"#{ref.get('id')}"


def test_restricted_parts_say_so_in_words():
    root = page(b.para("secret", restricted="3"), b.para("and ", b.restrict("5", "advice")))
    assert "Not for publication: ground 3" in words(root)
    assert "[not for publication, ground 5: advice]" in words(root)


def test_lettered_lists_carry_their_letters_as_text():
    root = page(b.para("x"), b.letters("one", ["two", b.numerals("deep")]))
    assert [words(e) for e in root.xpath("//ol//span[@class='num']")] == ["(a)", "(b)", "(i)"]


def test_frozen_numbers_of_an_edition_are_shown_as_they_were():
    para = b.para("x")
    document = b.doc(b.section("S", para))
    frozen = {para["attrs"]["id"]: {"number": "9.9", "label": "paragraph 9.9"}}
    assert 'class="num">9.9<' in html.render(document, numbers=frozen)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_headings_start_where_the_page_asks(level):
    root = page(b.sub("below"), heading_level=level)
    assert root.xpath(f"//h{level}") and root.xpath(f"//h{level + 1}")


def test_words_can_never_become_markup():
    evil = "<img src=x onerror=alert(1)>\"'&"
    inline = b.para(evil, b.tag(evil), b.xref("risks:x", evil), b.bound("risks", "x", evil))
    figures = b.figure(evil, "asset:" + "0" * 64, evil), b.chart("risks.x", {}, evil, evil)
    markup = html.render(b.doc(b.section(evil, inline, figures, b.contact(evil, ""))))
    root = lxml.html.fromstring(markup)
    assert not root.xpath("//*[@onerror]") and markup.count("<img") == 1
