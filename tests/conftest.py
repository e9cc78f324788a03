"""What every test may rely on: its own files, no network beyond this machine, and people of each kind."""

import datetime as dt
import os
import socket

import pytest
from django.db import connections
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import HealthCheck, settings
from playwright.sync_api import sync_playwright

from portal.models import Appointment, User
from portal.roles import Role
from tests import undefined

_connect = socket.socket.connect

# A busy machine is no finding. CI tries the same examples each time; every other run looks further.
settings.register_profile(
    "portal", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("portal")

# Playwright runs an event loop in this thread; the ORM is used from it between steps, never inside the loop.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def _local_only(self, address):
    """Refuse any connection that would leave this machine."""
    host = address[0] if isinstance(address, tuple) else ""
    if host and not (host.startswith("127.") or host in {"localhost", "::1"}):
        raise AssertionError(f"A test tried to reach {host}.")
    return _connect(self, address)


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", _local_only)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Files of a test go to a folder of its own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        },
    }
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return tmp_path / "files"


@pytest.fixture(scope="session", autouse=True)
def sealed_tables_are_emptied_between_tests():
    """Only here, and only as the tables' owner: the database refuses to empty what was sealed."""
    empty = DatabaseOperations.execute_sql_flush

    def emptied(operations, statements):
        with operations.connection.cursor() as cursor:
            cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE '%never_emptied'")
            guards = cursor.fetchall()
        switch = [
            [f"ALTER TABLE {table} {way} TRIGGER {name}" for table, name in guards] for way in ("DISABLE", "ENABLE")
        ]
        return empty(operations, [*switch[0], *statements, *switch[1]])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", emptied)
        yield


@pytest.fixture
def no_undefined_variable(monkeypatch):
    """A template that shows a variable which nobody gave it fails the test that asks for this."""
    seen = undefined.watch(monkeypatch)
    yield
    assert sorted(set(seen)) == [], "templates show variables that nobody gave them"


@pytest.fixture(scope="session")
def chromium():
    """The one browser of a test process: a second Playwright driver beside it would be refused."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking", "--disable-gpu", "--disable-component-update"],
        )
        yield started
        started.close()
        connections.close_all()  # with a loop in this thread Django kept other connections than without


@pytest.fixture
def person(db):
    """Make a person: `person("author", title="Head of Policy")`; several roles may be given."""

    def make(*roles: str, title: str = "", name: str = "", email: str = "") -> User:
        count = User.objects.count() + 1
        name = name or title or (Role(roles[0]).label if roles else "Somebody")
        user = User.objects.create_user(email or f"person{count}@opcc.example", name=name, password=None)
        for role in roles:
            Appointment.objects.create(person=user, role=role, title=title, starts_on=dt.date(2000, 1, 1))
        return user

    return make
