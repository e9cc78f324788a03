"""The gallery in a browser: no barrier, nothing refused by the security policy, nothing lost without JavaScript."""

import mimetypes
from pathlib import Path

import pytest
from django.urls import reverse

from . import axe

DIST = Path(__file__).resolve().parents[2] / "static" / "dist"
SITE = "http://portal.test"
pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def pages(client, person):
    """What the server answers, taken before the browser starts: the browser then needs no server of its own."""
    answers = {}
    signed_out = client.get(reverse("account_login"))
    client.force_login(person("administrator"))
    for url, response in ((reverse("account_login"), signed_out), (reverse("gallery"), client.get(reverse("gallery")))):
        assert response.status_code == 200
        policy = response.headers["Content-Security-Policy"]
        answers[url] = {
            "body": response.content,
            "headers": {"Content-Type": "text/html", "Content-Security-Policy": policy},
        }
    return answers


@pytest.fixture
def browser(pages, chromium):
    return chromium


def visit(browser, pages, url, *, width, script=True):
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: message.type in ("error", "warning") and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def answer(route):
        path = route.request.url.removeprefix(SITE).split("?")[0]
        if path in pages:
            route.fulfill(**pages[path])
        elif path.startswith("/static/") and (file := DIST / path.removeprefix("/static/")).is_file():
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "font/woff2")
        else:
            route.fulfill(status=404)

    page.route("**/*", answer)
    page.goto(SITE + url)
    return page, complaints


# 320 is a wide window at 400%, the narrowest that WCAG 2.2 asks for (1.4.10); 640 is a wide window at 200%.
@pytest.mark.parametrize("width", [1280, 640, 390, 320])
def test_no_page_of_the_design_system_has_a_barrier(browser, pages, width):
    for url in pages:
        page, complaints = visit(browser, pages, url, width=width)
        axe.check(page)
        page.evaluate("document.querySelectorAll('details.govuk-details').forEach((part) => { part.open = true; })")
        axe.check(page)
        assert complaints == []


def test_everything_is_there_without_javascript(browser, pages):
    page, _ = visit(browser, pages, reverse("gallery"), width=390, script=False)
    for name in ("Agenda in order", "No papers yet.", "The owner of the risk.", "Why it is sensitive (optional)"):
        assert page.get_by_text(name).first.is_visible(), name
    assert (
        page.get_by_role("navigation", name="Main").is_visible()
        or not page.get_by_role("navigation", name="Main").count()
    )


def test_the_menu_of_the_person_closes_with_escape(browser, pages):
    page, _ = visit(browser, pages, reverse("gallery"), width=1280)
    menu = page.locator("details.app-account")
    menu.locator("summary").click()
    assert page.get_by_role("button", name="Sign out").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="Sign out").is_visible()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(browser, pages):
    page, _ = visit(browser, pages, reverse("account_login"), width=1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_a_wide_table_takes_a_place_in_the_tab_order_only_when_it_scrolls(browser, pages):
    for width, expected in ((1280, None), (320, "0")):
        page, _ = visit(browser, pages, reverse("gallery"), width=width)
        region = page.get_by_role("region", name="Usable reserves, £ thousand", exact=True).first
        page.wait_for_function("document.body.classList.contains('js-enabled') && !!window.htmx")
        assert region.get_attribute("tabindex") == expected
