"""An officer writes a paper in the browser: nobody types a number, and the server holds what the page shows."""

import io

import pytest
from PIL import Image

from boards.actions import papers
from boards.document import numbering, text
from boards.models import Paper
from tests.browser import axe
from tests.browser.editor import Editor, blocks, ids, outline

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def paper(world):
    """A commissioned paper: the sections of the house template with their guidance, and no word of its own."""
    return papers.commission(
        item=world.open_item, title="Estates strategy", by=world.governance, authors=[world.author]
    )


def section(document: dict, role: str) -> dict:
    return next(each for each in document["content"] if each["attrs"]["role"] == role)


def first(document: dict, role: str, kind: str) -> str:
    return ids(section(document, role), kind)[0]


def test_a_paper_is_written_without_typing_a_number(site, world, paper):
    editor = Editor(site, paper).open(world.author)
    new = editor.now
    assert editor.numbers == ["1", "1.1", "2", "2.1", "3", "3.1", "4", "4.1", "5", "6"]

    # The first word of a section takes the place of its guidance; elsewhere guidance stays.
    guidance = editor.words.locator(".guidance")
    assert guidance.count() == 5
    editor.cursor(first(new, "purpose", "para")).type("This paper tells the Board how the estate has changed.")
    assert guidance.count() == 4

    # One record of what is asked, shown at the start and at the end; Enter asks for another.
    editor.cursor(first(new, "recommendation", "recommendation")).type("the progress of the strategy.").press("Enter")
    editor.type("the sale of the old station.")
    editor.setting_field("to").select_option("approve")
    echo = editor.words.locator(".echo li")
    echo.nth(1).filter(has_text="approve the sale of the old station.").wait_for()
    assert (
        " ".join(echo.first.inner_text().split())
        == "2.1 The Board is recommended to note the progress of the strategy."
    )

    # Three levels; Enter stays on the level, Enter in an empty paragraph goes up one.
    editor.cursor(first(new, "background", "para")).type("Sites are shared with the councils.").press("Enter")
    editor.press("Control+Alt+2").type("Two were shared in April.").press("Enter", "Control+]")
    editor.type("One of them has a counter.").press("Enter").type("The other has none.").press(
        "Enter", "Enter", "Enter"
    )
    editor.type("Three sites are left:").press("Enter", "Control+Shift+9")
    editor.type("one in the north, with").press("Enter", "Tab").type("a garage;").press("Enter").type("a yard;")
    editor.use("List with roman numbers").press("Enter", "Shift+Tab").type("one in the south; and")
    editor.press("Enter").type("one in the east.").press("Enter", "Enter")
    editor.type("The work went on:").press("Enter").type("- in spring").press("Enter").type("in autumn").press(
        "Enter", "Enter"
    )
    editor.type("It ends in March.").kind("Sub-heading").press("Enter").type("After March")
    document = editor.saved()
    assert outline(section(document, "background"), document) == [
        "3 section: Background", "3.1 para: Sites are shared with the councils.", "3.1.1 para: Two were shared in April.",
        "3.1.1.1 para: One of them has a counter.", "3.1.1.2 para: The other has none.", "3.2 para: Three sites are left:",
        "(a) listItem: one in the north, with", "(i) listItem: a garage;", "(ii) listItem: a yard;",
        "(b) listItem: one in the south; and", "(c) listItem: one in the east.", "3.3 para: The work went on:",
        "- listItem: in spring", "- listItem: in autumn", "- subheading: It ends in March.", "3.4 para: After March",
    ]  # fmt: skip

    # Inline: a defined term, a footnote, a quote, and references that follow what they refer to.
    last = blocks(document, "para", "After March")[0]
    editor.cursor(last, 0, 5).use("Defined term")
    editor.cursor(last).press("Control+Alt+f").type("Counted on 1 April.").press("Escape")
    editor.type(", see ").press("Control+Shift+x").type("3.1.1.2").press("Enter")
    editor.type(" and ").press("Control+Shift+x").type("map of the area")
    editor.dialog.get_by_text("Annex").wait_for()
    editor.press("Escape")
    reference = editor.block(last).locator(".xref").first
    assert reference.inner_text() == "paragraph 3.1.1.2"
    moved = blocks(document, "para", "The other has none.")[0]
    editor.cursor(moved).press("Alt+ArrowUp")
    reference.filter(has_text="paragraph 3.1.1.1").wait_for()
    editor.press("Control+Enter").type("What people said").press("Enter")
    editor.type("Come to us.").kind("Quote").press("Enter").type("We are near.").press("Enter", "Enter").type(
        "So they said."
    )

    # The bibliography names documents and posts.
    editor.cursor(section(new, "bibliography")["attrs"]["id"])
    editor.insert("Source document").type("Annual report 2016").setting_field("Address").fill(
        "https://opcc.example/report"
    )
    editor.press("Tab").cursor(section(new, "bibliography")["attrs"]["id"]).insert("Contact officer")
    editor.setting_field("Post").fill("Chief Executive")
    editor.setting_field("Mailbox of the post").fill("policy@opcc.example")
    editor.press("Tab")

    document = editor.saved()
    paragraph = next(
        each for each in section(document, "background")["content"] if (each.get("attrs") or {}).get("id") == last
    )
    assert [part["type"] for part in paragraph["content"]] == ["text", "text", "footnote", "text", "xref", "text"]
    assert paragraph["content"][0]["marks"] == [{"type": "definition"}]
    assert paragraph["content"][4]["attrs"]["target"] == f"block:{moved}"
    assert text.of(blocks(document, "quote", node=True)[0]) == "Come to us.\nWe are near."
    assert [each["attrs"]["href"] for each in blocks(document, "sourceDocument", node=True)] == [
        "https://opcc.example/report"
    ]
    assert blocks(document, "contactOfficer", node=True)[0]["attrs"]["mailbox"] == "policy@opcc.example"
    counted = numbering.number(document)
    assert editor.numbers == [counted.number(block) for block in counted]
    assert paper.state == Paper.State.DRAFT and paper.authors.get() == world.author

    # Opened again it is the same paper, without a barrier; guidance that is left keeps it from being submitted.
    drawn = editor.words.inner_text()
    editor.open()
    assert editor.words.inner_text() == drawn and editor.numbers == [counted.number(block) for block in counted]
    axe.check(editor.page)
    assert editor.page.refused == []


def picture() -> dict:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "#0b6569").save(data, "PNG")
    return {"name": "site.png", "mimeType": "image/png", "buffer": data.getvalue()}


def test_tables_and_pictures_are_made_whole(site, world, paper):
    editor = Editor(site, paper).open(world.author)
    page = editor.page
    editor.cursor(first(editor.now, "background", "para")).type("The sites are below.").press("Control+Alt+t")
    editor.dialog.get_by_label("Columns").fill("3")
    editor.press("Enter").type("Sites and their cost").press("Tab")
    cells = ["Site", "2016", "2017", "North", "1,200", "1,300", "South", "900", "950"]
    for place, words in enumerate(cells):
        editor.type(words)
        if place < len(cells) - 1:
            editor.press("Tab")
    table = editor.words.locator(".table-figure table")
    assert table.locator("th").all_inner_texts() == ["Site", "2016", "2017"]

    # Rows and columns, header cells, alignment, merged and split cells, widths.
    editor.setting("Row below").click()
    assert table.locator("tr").count() == 4
    editor.setting("Header column").click()
    assert table.locator("th").all_inner_texts() == ["Site", "2016", "2017", "North", "South", "\n"]
    editor.click(table.locator("tr").nth(3).locator("th"))
    editor.type("All")
    editor.click(table.locator("tr").nth(1).locator("td").nth(0))
    editor.press("Shift+ArrowDown", "Shift+ArrowRight")
    editor.setting("Align right (numbers)").click()
    editor.click(table.locator("tr").nth(3).locator("td").nth(0))
    editor.press("Shift+ArrowRight")
    editor.setting("Merge cells").click()
    assert table.locator("td[colspan='2']").count() == 1
    editor.setting("Split cell").click()
    assert table.locator("td[colspan='2']").count() == 0
    editor.setting("Merge cells").click()
    widths = editor.setting_field("Column widths, %")
    widths.fill("50 25")
    widths.press("Tab")
    assert "3 whole percentages" in widths.evaluate("(field) => field.validationMessage")
    widths.fill("50 25 25")
    widths.press("Tab")
    editor.insert("Note under the table").type("In thousands of pounds.")

    # A picture needs its alternative before it is put in.
    editor.insert("Picture")
    dialog = editor.dialog
    dialog.get_by_label("Picture").set_input_files(picture())
    dialog.get_by_label("Caption").fill("The north site")
    dialog.get_by_role("button", name="Put the picture in").click()
    dialog.get_by_text("Write the alternative text").wait_for()
    dialog.get_by_label("Alternative text").fill("A green building of two floors.")
    dialog.get_by_role("button", name="Put the picture in").click()
    image = editor.words.locator(".ed-image img")
    image.wait_for()
    editor.until("document.querySelector('.ed-image img').naturalWidth === 40")
    assert editor.numbers[-6:] and {"Table 1", "Figure 1"} <= set(editor.numbers)

    document = editor.saved()
    figure = blocks(document, "figure", node=True)[0]
    assert figure["content"][1]["attrs"]["alt"] == "A green building of two floors."
    assert figure["content"][1]["attrs"]["src"] == f"asset:{paper.assets.get().sha256}"
    made = blocks(document, "tableFigure", node=True)[0]
    assert made["attrs"]["widths"] == [50, 25, 25] and text.of(made["content"][2]) == "In thousands of pounds."
    rows = made["content"][1]["content"]
    assert [[cell["type"] for cell in row["content"]] for row in rows] == [
        ["tableHeader"] * 3, ["tableHeader", "tableCell", "tableCell"], ["tableHeader", "tableCell", "tableCell"],
        ["tableHeader", "tableCell"],
    ]  # fmt: skip
    assert [cell["attrs"]["align"] for row in rows[1:3] for cell in row["content"][1:]] == ["right"] * 4
    assert rows[3]["content"][1]["attrs"]["colspan"] == 2
    axe.check(page)
