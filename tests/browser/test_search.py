"""The search page without and with JavaScript, by keyboard, on a desk and on a phone."""

import pytest

from boards.actions import sealing
from tests.boards import world as worlds

pytestmark = pytest.mark.browser


@pytest.fixture
def sealed(transactional_db, person):
    world = worlds.make(person)
    sealing.seal(meeting=world.meeting, by=world.governance)
    world.member.set_password("a-long-demonstration-password")
    world.member.save()
    return world


def test_a_member_searches_from_the_header_and_opens_the_paragraph(site, sealed):
    page = site.sign_in(sealed.member)
    page.get_by_role("searchbox").fill("work began")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Paragraph 3.1").click()
    assert page.locator("p:target").inner_text().startswith("3.1")


@pytest.mark.parametrize("width", [1280, 390])
def test_every_state_of_the_search_page_has_no_barrier(site, sealed, width):
    page = site.sign_in(sealed.member, width=width)
    for path in ("/", "/search/", "/search/?q=work", "/search/?q=settle", "/search/?q=zebra", "/search/?q=work+zebra"):
        site.visit(page, path)
    assert page.refused == []
