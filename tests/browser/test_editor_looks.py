"""The editor on a desk, on an iPad, on a phone and at 200 % zoom: no barrier in any state, nothing wider than the window."""

import pytest

from boards.actions import papers
from tests.browser import axe
from tests.browser.editor import Editor, ids

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 768, 640, 390)  # 640 is a window of 1280 at 200 % zoom


def test_no_state_of_the_editor_has_a_barrier_at_any_width(site, world):
    paper = papers.commission(item=world.open_item, title="Estates", by=world.governance, authors=[world.author])
    editor = Editor(site, paper).open(world.author)
    page = editor.page
    first = ids(editor.now, "para")[0]

    def check() -> None:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900 if width != 640 else 450})
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert over <= 0, f"{over} pixels too wide at {width}"
        axe.check(page)  # as narrow as it gets
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        axe.check(page)

    page.locator(".ed-card").first.wait_for()  # the findings of an empty paper
    check()
    page.locator(".ed-head summary").click()
    check()
    page.locator(".ed-head summary").click()
    editor.cursor(first).type("This paper tells the Board how the estate has changed.").press("Control+Alt+t")
    check()
    editor.press("Enter").type("Sites").press("Tab").type("Site").press("Tab").type("Cost").press("Tab").type("Share")
    check()
    for menu in ("Insert", "Kind of paragraph"):
        opener = page.locator(f".ed-group[aria-label='{menu}'] button[aria-haspopup]")
        opener.click()
        check()
        editor.press("Escape")
    editor.cursor(first)
    for keys in ("Control+/", "Control+k", "Control+Shift+x", "Control+Alt+r"):
        editor.press(keys)
        editor.dialog.wait_for()
        check()
        editor.press("Escape")
        editor.dialog.wait_for(state="detached")
    editor.insert("Picture")
    check()
    editor.press("Escape", "Control+Alt+m")
    check()
    editor.cursor(first).press("Control+Alt+f").type("Counted in April.")
    check()
    editor.press("Escape", "Control+s")
    editor.held()

    # The tools stay in reach where there is little room: each line of them scrolls on its own.
    page.set_viewport_size({"width": 640, "height": 450})
    tools = page.locator(".ed-top")
    page.mouse.wheel(0, 2000)
    editor.until("document.querySelector('.ed-top').getBoundingClientRect().top === 0")
    assert tools.bounding_box()["height"] < 450 / 2.4
    editor.press("Alt+F10", "End")
    assert page.get_by_role("button", name="Keys", exact=True).bounding_box()["x"] < 640
