"""Everything can be done without a mouse: the tools are one stop for Tab, and nothing keeps the cursor caught."""

import pytest

from boards.actions import papers
from tests.browser import axe
from tests.browser.editor import Editor, blocks, ids, outline

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def paper(world):
    return papers.commission(
        item=world.open_item, title="Estates strategy", by=world.governance, authors=[world.author]
    )


def focused(page) -> str:
    """What has the focus: its id or its words without the picture on it."""
    return page.evaluate(
        """() => {
          const it = document.activeElement.cloneNode(true);
          it.querySelectorAll("[aria-hidden], kbd").forEach((each) => each.remove());
          return it.id || it.textContent.trim() || it.tagName;
        }"""
    )


def test_a_paper_is_written_with_the_keyboard_alone(site, world, paper):
    editor = Editor(site, paper).open(world.author)
    page = editor.page
    before = editor.now

    # From the first link of the page, Tab alone comes to the tools (one stop), the settings and the words.
    page.locator("#paper-head-now").evaluate("(line) => line.closest('summary').focus()")
    stops = []
    while len(stops) < 20 and (not stops or stops[-1] != "paper-words"):
        editor.press("Tab")
        stops.append(focused(page))
    assert stops[0] == "Done: check and submit" and stops.count("Undo") == 1 and "Redo" not in stops
    assert stops[-1] == "paper-words"

    # The words begin where the guidance is: a letter there starts the paragraph. Tab leaves again.
    editor.cursor(ids(before, "para")[0]).type("This paper tells the Board how the estate has changed.")
    editor.press("Tab")
    assert focused(page) != "paper-words"
    editor.press("Shift+Tab")
    assert focused(page) == "paper-words"

    # The tools: Alt+F10, arrows, Home and End, menus; Escape goes back to the words.
    editor.press("Alt+F10")
    assert focused(page) == "Undo"
    editor.press("End")
    assert focused(page) == "Keys"
    editor.press("ArrowRight", "ArrowRight", "ArrowRight")
    assert focused(page) == "Kind of paragraph: Numbered paragraph"
    editor.press("ArrowDown", "End")
    assert focused(page) == "Quote"
    editor.press("Escape")
    assert focused(page) == "Kind of paragraph: Numbered paragraph"
    editor.press("ArrowRight")
    assert focused(page) == "Bold"
    editor.press("Escape")
    assert focused(page) == "paper-words"
    editor.press("Alt+F10")
    assert focused(page) == "Bold", "the tools remember where they were left"
    editor.press("Escape", "Alt+F9")
    assert focused(page) == "Remove", "the first setting that can be used: the only block of a section cannot move"
    editor.press("Escape")

    # The keys are listed on ? outside the words and on Ctrl+/ anywhere; Escape closes and gives the cursor back.
    editor.press("Control+/")
    editor.dialog.get_by_text("Out of a table or a list").wait_for()
    axe.check(page)
    editor.press("Escape")
    assert focused(page) == "paper-words"
    editor.press("Alt+F10", "?")
    editor.dialog.wait_for()
    editor.press("Escape")

    # A list and a table: Tab works within, Escape and then Tab leads out.
    editor.press("End", "Enter").type("- North").press("Enter", "Tab").type("garage")
    editor.press("Escape", "Tab")
    assert focused(page) != "paper-words"
    editor.press("Shift+Tab").type("s").press("Shift+Tab").type(" and yard").press("Enter", "Enter")
    editor.press("Control+Alt+t", "Enter").type("Sites").press("Tab").type("Site").press("Tab").type("Cost")
    editor.press("Escape", "Tab")
    assert focused(page) != "paper-words"
    editor.press("Shift+Tab", "Shift+Tab").type("The ")
    section = editor.saved()["content"][0]
    assert outline(section, editor.now) == [
        "1 section: Purpose",
        "1.1 para: This paper tells the Board how the estate has changed.",
        "- listItem: North",
        "- listItem: garages and yard",
    ]
    table = blocks(section, "tableFigure", node=True)[0]["content"][1]
    assert [cell["content"][0]["content"][0]["text"] for cell in table["content"][0]["content"][:2]] == ["The ", "Cost"]

    # A block moves with Alt and the arrows; undo takes a step back; saving has a key.
    editor.press("Control+z", "Control+z")
    editor.cursor(ids(before, "recommendation")[0]).type("the strategy.").press("Enter").type("the plan.")
    editor.press("Alt+ArrowUp")
    words = [text for text in outline(editor.saved()) if "recommendation:" in text]
    assert words == ["2.1 recommendation: note the plan.", "2.2 recommendation: note the strategy."]
    assert page.refused == []
