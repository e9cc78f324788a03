"""Nothing that was typed is ever lost: not without a network, not when the server, the tab or the session goes in the middle of a save."""

import os
import socket
import subprocess
import sys

import pytest
from django.db import connection, transaction

from boards.actions import papers
from boards.models import Paper
from tests.browser.conftest import PASSWORD, ROOT
from tests.browser.editor import Editor, all_words, ids
from tests.databases import url_of
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WAITING = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


@pytest.fixture
def paper(world):
    return papers.commission(
        item=world.open_item, title="Estates strategy", by=world.governance, authors=[world.author]
    )


@pytest.fixture
def place(paper):
    """The paragraph of the first section."""
    return ids(paper.document, "para")[0]


class Server:
    """The portal in a process of its own, which can be killed and started again at the same address."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address, self.process = f"http://localhost:{self.port}", None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--bind", f"127.0.0.1:{self.port}", "--threads", "4",
             "--log-level", "critical"],
            cwd=ROOT, env={**os.environ, "DATABASE_URL": url_of(connection), "ALLOWED_HOSTS": "localhost"}, start_new_session=True,
        )  # fmt: skip
        until(self.listens, "The portal answering")

    def listens(self) -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self) -> None:
        """At once, with everything it was doing."""
        if self.process:
            os.killpg(self.process.pid, 9)
            self.process.wait()
            self.process = None


@pytest.fixture
def server(site):
    made = Server()
    made.start()
    yield made
    site.close()
    made.kill()


def test_words_are_saved_by_themselves_and_kept_without_a_network(site, world, paper, place):
    editor = Editor(site, paper).open(world.author)
    editor.cursor(place).type("First words.")
    editor.says("Saved as version 2")
    assert "First words." in all_words(editor.held()) and paper.version == 2

    # Offline: kept in this browser and said so; sent as soon as there is a network.
    editor.page.context.set_offline(True)
    editor.type(" Second words.").press("Control+s")
    editor.says("Offline: kept in this browser, will be sent")
    editor.type(" Third words.")
    paper.refresh_from_db()
    assert paper.version == 2
    editor.page.context.set_offline(False)
    assert "First words. Second words. Third words." in all_words(editor.held())

    # The answer is lost after the server has saved: sent again, it is neither doubled nor a conflict with oneself.
    def lose_the_answer(route):
        route.fetch()
        route.abort()

    address = f"**/papers/{paper.pk}/document/"
    editor.page.route(address, lose_the_answer)
    editor.type(" Fourth words.").press("Control+s")
    editor.says("Offline")
    editor.page.unroute(address)
    editor.type(" Fifth words.")
    editor.page.evaluate("dispatchEvent(new Event('online'))")
    words = all_words(editor.held())
    assert words.count("Third words. Fourth words. Fifth words.") == 1
    assert editor.dialog.count() == 0


def test_killed_server_and_killed_tab_lose_no_word(site, world, paper, place, server):
    editor = Editor(site, paper).open(world.author, address=server.address)
    editor.cursor(place).type("Before the server died.")

    # The server dies while it saves: the row is held, so that it cannot finish.
    with transaction.atomic():
        Paper.objects.select_for_update().get(pk=paper.pk)
        editor.press("Control+s")
        until(lambda: _count(WAITING) > 0, "The save held up by a lock")
        editor.type(" While it saved.")
        server.kill()
        editor.says("Offline: kept in this browser, will be sent")
    editor.type(" And after.")
    paper.refresh_from_db()
    assert paper.version == 1

    # Then the tab dies too, without a word of farewell. Opened again, the words are there and go to the server.
    context = editor.page.context
    editor.page.close(run_before_unload=False)
    server.start()
    again = Editor(site, paper, context.new_page()).open(address=server.address)
    again.says("What you typed here before was recovered")
    assert "Before the server died. While it saved. And after." in all_words(again.held())
    assert again.page.evaluate("Object.keys(localStorage)") == [], "what the server has leaves the browser"


def _count(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_stat_clear_snapshot()")  # within a transaction the first look is kept otherwise
        cursor.execute(query)
        return cursor.fetchone()[0]


def sign_in(page, address: str, email: str) -> None:
    page.goto(f"{address}/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign in").wait_for(state="detached")


def test_lost_session_loses_no_word_and_shows_none_to_another(site, world, paper, place):
    for each in (world.author, world.governance):
        each.set_password(PASSWORD)
        each.save()
    editor = Editor(site, paper).open(world.author)
    other = editor.page.context.new_page()
    other.goto(f"{site.address}/accounts/logout/")
    other.locator("main").get_by_role("button", name="Sign out").click()
    editor.cursor(place).type("Typed after the session ended.").press("Control+s")
    editor.state("signed-out")
    editor.says("You were signed out. Everything you typed is kept in this browser.")

    # Somebody else signs in at this machine: nothing is sent in their name, and they are shown nothing of it.
    sign_in(other, site.address, world.governance.email)
    editor.page.evaluate("dispatchEvent(new Event('focus'))")
    editor.says("Somebody else is signed in now.")
    theirs = Editor(site, paper, other).open()
    assert "Typed after" not in theirs.words.inner_text()
    paper.refresh_from_db()
    assert paper.version == 1
    other.goto(f"{site.address}/accounts/logout/")
    other.locator("main").get_by_role("button", name="Sign out").click()

    # The author signs in again in another tab; what was typed is sent from this one.
    sign_in(other, site.address, world.author.email)
    editor.page.bring_to_front()
    editor.type(" And more.")
    assert "Typed after the session ended. And more." in all_words(editor.held())
    assert paper.versions.get(number=paper.version).saved_by == world.author
