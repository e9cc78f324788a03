"""What a build costs does not grow with what it does not need."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.models import Board, Meeting
from boards.packs import builder, pack, sharing
from boards.packs.storage import DatabaseStore, EditionFiles
from tests.boards.packs import sample
from tests.boards.packs.test_builder import finish, start

pytestmark = pytest.mark.django_db


def questions_of_a_cached_build(edition, worker, papers):
    content, load_file = sample.meeting(papers, 2, annexes=1, annex_pages=1)
    board, _ = Board.objects.get_or_create(name="Business Coordination Board", defaults={"slug": "bcb"})
    meeting = Meeting.objects.create(board=board, date=dt.date(2017, 2, papers), venue="Room 1", is_public=True)
    sealed = edition(content, load_file, of=meeting)
    assert finish(worker, start(sealed)).state == "complete"
    build = start(sealed)
    with CaptureQueriesContext(connection) as asked:
        builder.advance(build.pk)
    build.refresh_from_db()
    assert build.state == "complete"
    return len(asked)


def test_a_cached_build_asks_the_database_no_more_for_more_papers(edition, worker):
    few = questions_of_a_cached_build(edition, worker, 2)
    many = questions_of_a_cached_build(edition, worker, 7)
    assert many <= few


def test_settling_keeps_no_page_of_a_stored_fragment(edition):
    """A worker's memory stays flat as papers are added: their HTML is let go once they are known."""
    content, load_file = sample.meeting(3, 3, annexes=0)
    sealed = edition(content, load_file)
    store, files = DatabaseStore(), EditionFiles(sealed.content)
    settling = pack.Settling(sealed.content, "members", store)
    while missing := settling.advance():
        for work in missing:
            assert work.html or work.file
            sharing.render(work, files, store)
    assert {work.html for work in settling.jobs} == {""}
    assert all(store.load(work.key) for work in settling.jobs)
