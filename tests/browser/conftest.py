"""A real browser on a real server with a real worker, all on the test's own database and files."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

from tests.boards import world as worlds
from tests.browser import axe
from tests.databases import url_of
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]
BUSY = """
    select count(*) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' and state <> 'idle'
"""
PASSWORD = "a-long-demonstration-password"


@pytest.fixture(scope="session", autouse=True)
def emptied_quickly(django_db_setup):
    """Between journeys only tables that hold something are emptied: to truncate all of them takes seconds on a slow disk.

    What the database itself refuses to delete (audit, editions) is truncated still, with what hangs on it.
    """
    standing = {"django_content_type", "auth_permission"}  # the same before and after

    def quick(operations, style, tables, **_):
        connection = operations.connection
        quote = connection.ops.quote_name
        with connection.cursor() as cursor:
            cursor.execute(
                "select relname from pg_class join pg_trigger on tgrelid = pg_class.oid where not tgisinternal"
            )
            guarded = {name for (name,) in cursor.fetchall()}
            cursor.execute(" union all ".join(f"(select '{name}' from {quote(name)} limit 1)" for name in tables))
            filled = [name for (name,) in cursor.fetchall() if name not in standing]
        sealed = [quote(name) for name in filled if name in guarded]
        emptied = [f"TRUNCATE {', '.join(sealed)} CASCADE"] if sealed else []
        return emptied + [f"DELETE FROM {quote(name)}" for name in filled if name not in guarded]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", quick)
        yield


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

    def open(self, *, width: int = 1280, height: int = 900, scale: float = 1, script: bool = True):
        """A page of a person of their own. A window of 640 at a scale of 2 is one of 1280 at 200 % zoom."""
        context = self.chromium.new_context(
            viewport={"width": width, "height": height}, device_scale_factor=scale, java_script_enabled=script
        )
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


def connections_open() -> bool:
    """Whether the live server still holds a connection of a browser: each has a thread of its own until it is closed."""
    return any("process_request_thread" in thread.name for thread in threading.enumerate())


def statements_under_way() -> bool:
    """Whether another connection to this database has a statement or a transaction under way."""
    with connection.cursor() as cursor:
        cursor.execute(BUSY)
        return bool(cursor.fetchone()[0])


def until_quiet(seconds: float = 20) -> None:
    """Wait until every connection of the closed pages has ended, and with it every request, and the database is at rest.

    A page sends its last requests while it is left: they may reach the server after the page is gone.
    """
    until(
        lambda: not connections_open() and not statements_under_way(),
        "The portal at rest after its pages were closed",
        seconds,
    )


@pytest.fixture
def world(transactional_db, person):
    """The small office of tests/boards, for journeys."""
    return worlds.make(person)


@pytest.fixture
def site(chromium, live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]
    made = Site(chromium, live_server.url)
    yield made
    made.close()
