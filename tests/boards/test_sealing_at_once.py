"""Two officers at once, and a meeting that is supplemented and corrected again and again."""

import itertools
import threading

import pytest
from django.db import connection
from django.urls import reverse

from boards.actions import saving, sealing
from boards.models import Edition
from boards.policy import check_seal  # noqa: F401 (loaded before the threads start)
from portal.policy import Refusal
from tests.boards.world import document


@pytest.mark.django_db(transaction=True)
def test_two_officers_sealing_at_once_make_one_edition(world):
    outcomes = []
    ready = threading.Barrier(2)

    def seal():
        ready.wait()
        try:
            outcomes.append(sealing.seal(meeting=world.meeting, by=world.governance).number)
        except Refusal as refusal:
            outcomes.append(refusal.sentence)
        finally:
            connection.close()

    officers = [threading.Thread(target=seal) for _ in range(2)]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    assert Edition.objects.count() == 1
    assert sorted(map(str, outcomes)) == [
        "1",
        "This agenda is already sealed. Seal a supplement for late items, or a correction.",
    ]


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
