"""The grid in a real browser: live totals, keyboard, paste from Excel, undo, and errors at the cell."""

import mimetypes
from pathlib import Path

import pytest
from django.urls import reverse

DIST = Path(__file__).resolve().parents[2] / "static" / "dist"
SITE = "http://portal.test"
PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""
LINE = "m.budget-assistance-reserve-2020"

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def grid(client, plan, editor, chromium):
    """The page of the grid, as the portal writes it, open in Chromium with the built script."""
    client.force_login(editor)
    html = client.get(reverse("finance_grid", args=[plan.pk, "movements"])).content
    yield from opened(chromium, html)


@pytest.fixture
def budget(client, plan, editor, chromium):
    client.force_login(editor)
    yield from opened(chromium, client.get(reverse("finance_grid", args=[plan.pk, "budget"])).content)


def opened(chromium, html: bytes):
    def reply(route):
        path = route.request.url.removeprefix(SITE)
        if path == "/":
            return route.fulfill(body=html, content_type="text/html; charset=utf-8")
        file = DIST / path.removeprefix("/static/")
        if not file.is_file():
            return route.fulfill(status=404, body="")
        return route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "text/plain")

    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.route(f"{SITE}/**", reply)
    page.goto(f"{SITE}/")
    page.wait_for_selector("[data-fin-help]:not([hidden])")
    yield page
    page.close()


def shown(page, key: str, year: int) -> str:
    return page.locator(f'output[data-key="{key}"][data-col="{year}"]').inner_text()


def cell(page, name: str):
    return page.locator(f'[name="{name}"]')


def test_totals_follow_each_key_and_later_years_follow_too(grid):
    assert shown(grid, "total:held", 2020) == "1,348"
    cell(grid, f"{LINE}.2020").fill("2,337")
    assert shown(grid, "closing:budget-assistance-reserve", 2020) == "(1,372)"
    assert shown(grid, "closing:budget-assistance-reserve", 2022) == "(1,492)"
    assert shown(grid, "total:held", 2020) == "1,448"


def test_a_new_transfer_moves_both_reserves_and_not_the_total(grid):
    grid.select_option('[name="new.1.kind"]', "transfer")
    grid.select_option('[name="new.1.reserve"]', "general-reserve")
    grid.select_option('[name="new.1.to"]', "budget-assistance-reserve")
    cell(grid, "new.1.2020").fill("1,000")
    assert shown(grid, "closing:general-reserve", 2020) == "6,240"
    assert shown(grid, "closing:budget-assistance-reserve", 2020) == "(472)"
    assert shown(grid, "total:usable", 2020) == "8,588"


def test_the_keyboard_moves_between_cells_and_takes_back(grid):
    cell(grid, f"{LINE}.2020").fill("2,337")
    grid.keyboard.press("Enter")
    assert grid.evaluate("document.activeElement.name") == "m.budget-assistance-reserve-2022.2020"
    grid.keyboard.press("Control+z")
    assert cell(grid, f"{LINE}.2020").input_value() == "2,437"
    assert shown(grid, "closing:budget-assistance-reserve", 2020) == "(1,472)"
    grid.keyboard.press("Control+y")
    assert cell(grid, f"{LINE}.2020").input_value() == "2,337"


def test_a_block_pasted_from_excel_fills_cells_and_marks_what_cannot_be_read(grid):
    cell(grid, f"{LINE}.2020").click()
    grid.evaluate(PASTE, "2,000\t300\tx1\n\t\t500\n")
    assert [cell(grid, f"{LINE}.{year}").input_value() for year in (2020, 2021, 2022)] == ["2,000", "300", "x1"]
    assert cell(grid, "m.budget-assistance-reserve-2022.2022").input_value() == "500"
    assert grid.locator(".fin-error").all_inner_texts() == ["“x1” is not an amount."]
    assert cell(grid, f"{LINE}.2022").get_attribute("aria-invalid") == "true"
    grid.keyboard.press("Control+z")
    assert cell(grid, f"{LINE}.2020").input_value() == "2,437"
    assert grid.locator(".fin-error").count() == 0


def test_the_precept_and_the_gap_follow_band_d(budget):
    assert (shown(budget, "precept", 2020), shown(budget, "gap", 2020), shown(budget, "unmet", 2020)) == (
        "62,261",
        "2,437",
        "–",
    )
    cell(budget, "band_d.2020").fill("202.69")
    assert (shown(budget, "precept", 2020), shown(budget, "gap", 2020), shown(budget, "unmet", 2020)) == (
        "59,897",
        "4,801",
        "2,364",
    )


def test_part_thousands_are_refused_at_the_cell(budget):
    cell(budget, "grant_k.2020").fill("1,234.567")
    cell(budget, "grant_k.2020").press("Tab")
    assert "decimal point" in budget.locator(".fin-error").inner_text()
