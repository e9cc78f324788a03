"""Dragging agenda items: the order is sent, the numbers follow, and a refusal puts everything back and says why."""

import json
from pathlib import Path

import pytest

DIST = Path(__file__).resolve().parents[2] / "static" / "dist"
SITE = "http://portal.test"
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>Agenda</title><link rel="stylesheet" href="/app.css"></head>
<body hx-headers='{{"X-CSRFToken": "token"}}'><h1>Agenda</h1>
<ol class="app-agenda" data-module="app-order" data-order-url="/order/">
{
    "".join(
        f'''<li class="app-agenda__item" data-item="i{n}"><span class="app-agenda__number">{n}</span>
<div class="app-agenda__body"><p class="app-agenda__title">Item</p></div></li>'''
        for n in (1, 2, 3)
    )
}
</ol><p role="status" id="order-status"></p><script type="module" src="/app.js"></script></body></html>"""

pytestmark = pytest.mark.browser


@pytest.fixture
def browser(chromium):
    return chromium


def open_agenda(browser, *, status: int, answer: dict):
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    sent = []

    def reply(route):
        path = route.request.url.removeprefix(SITE)
        if path == "/order/":
            sent.append((route.request.headers["x-csrftoken"], json.loads(route.request.post_data)))
            route.fulfill(status=status, body=json.dumps(answer), content_type="application/json")
        elif path in ("/app.css", "/app.js"):
            kind = "text/css" if path.endswith("css") else "text/javascript"
            route.fulfill(body=(DIST / path[1:]).read_bytes(), content_type=kind)
        elif path == "/":
            route.fulfill(body=PAGE, content_type="text/html")
        else:
            route.fulfill(status=404)

    page.route("**/*", reply)
    page.goto(SITE + "/")
    page.wait_for_selector(".app-order__handle")
    return page, sent


def drag_first_below_last(page) -> None:
    handle = page.locator(".app-order__handle").first.bounding_box()
    last = page.locator("[data-item=i3]").bounding_box()
    page.mouse.move(handle["x"] + 9, handle["y"] + 9)
    page.mouse.down()
    page.mouse.move(handle["x"] + 9, last["y"] + last["height"] - 4, steps=8)
    page.mouse.up()


def shown(page) -> list[str]:
    return page.evaluate("[...document.querySelectorAll('[data-item]')].map((item) => item.dataset.item)")


def test_a_dragged_item_is_saved_and_numbered_anew(browser):
    numbers = {"i2": ["1", "1.0"], "i3": ["2", "2.0"], "i1": ["3", "3.0"]}
    page, sent = open_agenda(browser, status=200, answer={"numbers": numbers})
    drag_first_below_last(page)
    page.get_by_text("The order is saved.").wait_for()
    assert sent == [("token", {"order": ["i2", "i3", "i1"]})]
    assert [number.strip() for number in page.locator(".app-agenda__number").all_inner_texts()] == ["1", "2", "3"]
    assert shown(page) == ["i2", "i3", "i1"]


def test_a_refused_order_is_put_back_with_the_reason(browser):
    page, _ = open_agenda(browser, status=409, answer={"error": "The agenda is sealed."})
    drag_first_below_last(page)
    page.get_by_text("The order was not saved. The agenda is sealed.").wait_for()
    assert shown(page) == ["i1", "i2", "i3"]
