"""A real browser on a real server with a real worker, all on the test's own database and files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from playwright.sync_api import sync_playwright

from tests.browser import axe
from tests.databases import url_of

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a-long-demonstration-password"

# Playwright runs an event loop in this thread; the ORM is used from it between steps, never inside the loop.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu", "--disable-component-update"],
        )
        yield started
        started.close()


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
        for context in self.contexts:
            context.close()


@pytest.fixture
def site(chromium, live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]
    made = Site(chromium, live_server.url)
    yield made
    made.close()
