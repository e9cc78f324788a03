"""A real browser on a real server with a real worker, all on the test's own database and files."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from tests.browser import axe
from tests.databases import url_of

ROOT = Path(__file__).resolve().parents[2]
BUSY = """
    select count(*) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' and state <> 'idle'
"""
PASSWORD = "a-long-demonstration-password"


@pytest.fixture
def celery_worker(transactional_db, own_files):
    """A Celery worker in a process of its own, which shares this test's database, broker folder and files."""

    environment = {**os.environ, "DATABASE_URL": url_of(connection), "FILES_ROOT": str(own_files)}
    for folder in ("data_folder_in", "control_folder", "processed_folder"):
        Path(django_settings.CELERY_BROKER_TRANSPORT_OPTIONS[folder]).mkdir(parents=True, exist_ok=True)
    log = own_files.parent / "worker.log"
    with log.open("w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "portal", "worker", "-Q", "render,default", "-c", "1", "--loglevel", "WARNING"],
            cwd=ROOT, env=environment, stdout=file, stderr=file, start_new_session=True,
        )  # fmt: skip
    yield process
    process.terminate()
    process.wait(timeout=30)


class Site:
    """Pages of the portal as different people see them."""

    def __init__(self, chromium, address: str):
        self.chromium, self.address, self.contexts = chromium, address, []

    def open(self, *, width: int = 1280, script: bool = True):
        context = self.chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        context.set_default_timeout(30_000)
        self.contexts.append(context)
        page = context.new_page()
        page.refused = []
        page.on(
            "console", lambda message: page.refused.append(message.text) if "Content Security" in message.text else None
        )
        return page

    def sign_in(self, person, **options):
        page = self.open(**options)
        page.goto(f"{self.address}/accounts/login/")
        page.locator("input[name=login]").fill(person.email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Sign in").click()
        return page

    def visit(self, page, path: str) -> None:
        """Open a page and hold it to the accessibility check."""
        answer = page.goto(f"{self.address}{path}")
        assert answer.status == 200, f"{path}: {answer.status}"
        axe.check(page)

    def close(self) -> None:
        """Leave every page, then wait until the server has answered what they had asked: the tables are emptied next."""
        for context in self.contexts:
            for page in context.pages:
                page.goto("about:blank")
            context.close()
        until_quiet()


def until_quiet(seconds: float = 20) -> None:
    """Wait until no other connection to this database has a statement or a transaction under way."""
    pause, tries = threading.Event(), int(seconds / 0.02)
    for _ in range(tries):
        with connection.cursor() as cursor:
            cursor.execute(BUSY)
            if not cursor.fetchone()[0]:
                return
        pause.wait(0.02)
    raise AssertionError(f"The portal was still at work {seconds:.0f} seconds after its last page was closed.")


@pytest.fixture
def site(chromium, live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]
    made = Site(chromium, live_server.url)
    yield made
    made.close()
