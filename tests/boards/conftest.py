"""The small office, and its meeting sealed and published."""

import pytest

from tests.boards import world as worlds


@pytest.fixture
def world(person):
    return worlds.make(person)


@pytest.fixture
def at_once(settings, django_capture_on_commit_callbacks):
    """Run what is queued after commit at once, in this process: `with at_once(): …`."""
    from portal.celery import app

    before = app.conf.task_always_eager
    app.conf.task_always_eager = True

    def run():
        return django_capture_on_commit_callbacks(execute=True)

    yield run
    app.conf.task_always_eager = before


@pytest.fixture
def published(world, at_once):
    """The meeting's edition, sealed, built for both audiences, proved and published."""
    from boards.actions import sealing

    with at_once():
        edition = sealing.seal(meeting=world.meeting, by=world.governance)
    with at_once():
        sealing.publish(edition=edition, by=world.governance)
    return edition
