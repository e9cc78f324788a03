"""Two officers at once, and a meeting that is supplemented and corrected again and again."""

import itertools
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from boards.actions import saving, sealing
from boards.models import Edition
from tests.boards.packs.working import Workers
from tests.boards.world import document
from tests.databases import url_of
from tests.waiting import until

GATE = 20170206  # of the advisory lock that both officers stand before
OFFICER = f"""
from django.db import connection
from boards.actions import sealing
from boards.models import Meeting
from boards.policy import check_seal
from boards.preflight import preflight
from portal.models import User
from portal.policy import Refusal
meeting, person = Meeting.objects.get(), User.objects.get(email="governance@opcc.example")
with connection.cursor() as cursor:
    cursor.execute("SELECT pg_advisory_lock_shared({GATE})")
try:
    print(sealing.seal(meeting=meeting, by=person).number)
except Refusal as refusal:
    print(refusal.sentence)
"""
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"


@pytest.mark.django_db(transaction=True)
def test_two_officers_sealing_at_once_make_one_edition(world, own_files, tmp_path):
    """Each in a process of their own; both are let go at the same moment."""
    processes = Workers(tmp_path, DATABASE_URL=url_of(connection), FILES_ROOT=str(own_files))
    with connection.cursor() as cursor, ThreadPoolExecutor(2) as pool:
        cursor.execute("SELECT pg_advisory_lock(%s)", [GATE])
        officers = [pool.submit(processes.run, OFFICER) for _ in range(2)]
        try:
            until(
                lambda: _count(cursor) == 2 or any(each.done() for each in officers),
                "Two officers before the gate",
                120,
            )
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [GATE])
        outcomes = [each.result() for each in officers]
    assert Edition.objects.count() == 1
    assert sorted(outcomes) == [
        "1",
        "This agenda is already sealed. Seal a supplement for late items, or a correction.",
    ]


def _count(cursor):
    cursor.execute(WAITING, [GATE])
    return cursor.fetchone()[0]


@pytest.mark.parametrize("kinds", list(itertools.product(("supplement", "correction"), repeat=2)))
def test_every_edition_stays_valid_and_reachable_whatever_follows_it(client, world, kinds):
    """Supplement, correction, and each after the other: earlier addresses answer and earlier hashes hold."""
    made = [sealing.seal(meeting=world.meeting, by=world.governance)]
    for number, kind in enumerate(kinds):
        paper = world.paper if kind == "supplement" else world.restricted_paper
        paper.refresh_from_db()
        paper.state = "draft"
        paper.save()
        words = document(f"Changed for the {number + 1}. time, after the papers went out.")
        saving.save(paper=paper, document=words, header={}, base_version=paper.version, by=world.governance)
        paper.refresh_from_db()
        paper.state = "final"
        paper.save()
        made.append(sealing.seal(meeting=world.meeting, by=world.governance, kind=kind, reason="Late"))
    client.force_login(world.member)
    hashes = [edition.sha256 for edition in made]
    for edition in Edition.objects.order_by("number"):
        assert edition.is_intact
        assert edition.sha256 == hashes[edition.number - 1]
        place = [world.board.slug, world.meeting.date, edition.number]
        assert client.get(reverse("edition", args=place)).status_code == 200
        for item in edition.content["items"]:
            for paper in item["papers"]:
                assert client.get(reverse("sealed_paper", args=[*place, paper["number"]])).status_code == 200
