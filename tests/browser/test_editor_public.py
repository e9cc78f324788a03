"""What the public may not read is set where it is written, with its ground, and carries that name."""

import pytest

from boards.actions import papers
from boards.document import build, schema
from boards.document.public import public
from tests.browser import axe
from tests.browser.editor import Editor, all_words, blocks, ids
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Selects from the middle of one block to the first word of another, and deletes that.
CUT = """([first, second]) => {
  const { view } = paperEditor, places = {};
  view.state.doc.descendants((node, pos) => { if (node.attrs.id) places[node.attrs.id] = pos; });
  const { tr } = view.state;
  view.dispatch(tr.delete(places[first] + 5, places[second] + 5));
}"""


@pytest.fixture
def paper(world):
    document = build.doc(
        build.section("Purpose", build.para("This paper asks for a decision."), role="purpose"),
        build.section("Offer", build.para("The offer is four hundred pounds, a good price."), build.para("Two others were lower.")),
        build.section("Sites", build.bullets("North", "South"), build.table("Cost", ["Site", "Cost"], [["North", "12"], ["South", "9"]])),
    )  # fmt: skip
    return papers.commission(
        item=world.open_item, title="Sale", by=world.governance, authors=[world.author], document=document
    )


def restrict(editor, what: str, ground: str) -> None:
    editor.press("Control+Alt+r")
    editor.dialog.get_by_label(what).check()
    editor.dialog.get_by_label("Ground", exact=True).select_option(label=ground)
    editor.dialog.get_by_role("button", name="Save", exact=True).click()
    editor.dialog.wait_for(state="detached")


def test_words_blocks_rows_and_sections_are_kept_from_the_public(site, world, paper):
    offer = blocks(paper.document, "para", "The offer is four hundred pounds, a good price.")[0]
    lower = blocks(paper.document, "para", "Two others were lower.")[0]
    editor = Editor(site, paper).open(world.author)
    start = len("The offer is ")
    editor.cursor(offer, start, start + len("four hundred pounds"))
    restrict(editor, "The selected words", "Financial or business affairs")
    editor.cursor(lower)
    restrict(editor, "The whole paragraph", "Commercial interests (FOI section 43)")
    editor.block(lower).and_(editor.page.locator(".is-restricted")).wait_for()
    editor.click(editor.words.locator("td").nth(2))
    restrict(editor, "This row of the table", "Commercial interests (FOI section 43)")
    editor.click(editor.words.locator("li").last)
    restrict(editor, "This item of the list", "Information about an individual")
    labels = editor.words.locator(".ed-restricted")
    assert set(labels.all_inner_texts()) == {
        "Kept from the public: Commercial interests (FOI section 43)",
        "Kept from the public: Information about an individual",
    }

    # Writing on in a restricted paragraph stays restricted.
    editor.cursor(lower).press("Enter").type("They were two hundred each.")
    axe.check(editor.page)
    document = editor.saved()
    gone = ("four hundred pounds", "Two others", "two hundred each", "South")
    assert not [words for words in gone if words in all_words(public(document))]
    assert [words for words in gone if words not in all_words(document)] == []
    assert schema.normalise(document) == document

    # A restriction is taken away where it was set; undo brings it back. A whole section is kept back with its title.
    editor.cursor(lower)
    editor.setting("Kept from the public").click()
    assert editor.dialog.get_by_label("The whole paragraph").is_checked()
    editor.dialog.get_by_label("Ground", exact=True).select_option(label="None: anybody may read it")
    editor.dialog.get_by_role("button", name="Save", exact=True).click()
    assert "Two others were lower." in all_words(public(editor.saved()))
    editor.press("Control+z")
    assert "Two others were lower." not in all_words(public(editor.saved()))
    restrict(editor, "The section “Offer”", "Financial or business affairs")
    assert "a good price" not in all_words(public(editor.saved()))
    editor.open()
    assert labels.count() >= 4
    assert editor.page.refused == []


def test_no_way_of_editing_opens_what_is_kept_from_the_public(site, world, paper):
    offer, lower = blocks(paper.document, "para")[1:3]
    editor = Editor(site, paper).open(world.author)
    editor.cursor(lower)
    restrict(editor, "The whole paragraph", "Financial or business affairs")

    def is_kept() -> bool:
        document = editor.now
        return "others were lower" in all_words(document) and "others were lower" not in all_words(public(document))

    # Joined to an open paragraph from behind and from the front, the words stay kept; undo takes a step back.
    editor.cursor(lower, 0).press("Backspace")
    assert is_kept() and "a good price." in all_words(public(editor.now))
    editor.press("Control+z").cursor(offer).press("Delete")
    assert is_kept()
    editor.press("Control+z")

    # Half of it taken out along with the end of the paragraph before.
    editor.page.evaluate(CUT, [offer, lower])
    assert is_kept()
    editor.press("Control+z")

    # Copied into an open paragraph.
    editor.cursor(lower, 4, 21).press("Control+c").cursor(offer).press("Control+v")
    until(lambda: all_words(editor.now).count("others were lower") == 2, "The words pasted")
    assert is_kept()
    editor.press("Control+z")

    # Made a list and taken out of it again, made another kind of block, its section joined to the one before.
    editor.cursor(lower).press("Control+Shift+8")
    assert is_kept()
    editor.press("Control+Shift+8")
    assert is_kept()
    editor.kind("Quote")
    assert is_kept()
    editor.press("Control+z").cursor(ids(paper.document, "section")[1])
    restrict(editor, "The section “Offer”", "Financial or business affairs")
    editor.cursor(ids(paper.document, "section")[1], 0).press("Backspace")
    assert is_kept() and "a good price" not in all_words(public(editor.now))
    assert "a good price" not in all_words(public(editor.saved()))


KEY_THEN_MENU = """() => {
  const { view } = paperEditor;
  const key = new KeyboardEvent("keydown", { key: "8", keyCode: 56, ctrlKey: true, shiftKey: true });
  view.someProp("handleKeyDown", (handle) => handle(view, key));
  document.querySelector(".ed-group[aria-label='Kind of paragraph'] button[aria-haspopup]").click();
}"""


def test_a_menu_opened_right_after_a_key_knows_what_the_key_did(site, world, paper):
    editor = Editor(site, paper).open(world.author).cursor(blocks(paper.document, "para")[1])
    editor.until(
        "document.querySelector(\".ed-group[aria-label='Kind of paragraph'] .ed-menu-words\").textContent == 'Numbered paragraph'"
    )
    editor.page.evaluate(KEY_THEN_MENU)
    assert "bulletList" in str(editor.now)
    assert editor.page.get_by_role("menuitem", name="Quote").get_attribute("aria-disabled") == "true"
