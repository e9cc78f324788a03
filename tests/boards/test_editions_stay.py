"""What was published stays as it was, whatever is sealed after it: its addresses, its bytes, its hash and its page numbers."""

import hashlib
import random

import pytest
from django.urls import reverse

from boards.actions import agenda, saving, sealing
from boards.packs.verify import verify
from tests.boards.world import document


def add_late_item(world, count):
    agenda.add_item(meeting=world.meeting, title=f"Late report {count}", kind="oral", by=world.governance)


def change_paper(world, count):
    paper = world.paper
    paper.refresh_from_db()
    paper.state = "draft"
    paper.save()
    words = document(f"Fact {count} came to light.")
    saving.save(paper=paper, document=words, header={}, base_version=paper.version, by=world.governance)
    paper.refresh_from_db()
    paper.state = "final"
    paper.save()


@pytest.fixture
def circulate(world, at_once):
    """Seal and publish, with packs; gives the edition."""

    def make(kind="agenda", reason=""):
        with at_once():
            edition = sealing.seal(meeting=world.meeting, by=world.governance, kind=kind, reason=reason)
        with at_once():
            sealing.publish(edition=edition, by=world.governance)
        return edition

    return make


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_earlier_edition_keeps_its_addresses_its_bytes_and_its_hash(world, circulate, client, seed):
    chance, kept = random.Random(seed), {}

    def fetched(edition):
        address = [world.board.slug, world.meeting.date, edition.number]
        page = client.get(reverse("edition", args=address))
        pack = b"".join(client.get(reverse("pack", args=address)).streaming_content)
        assert page.status_code == 200
        assert ("Superseded" in page.content.decode()) is (edition.pk not in in_force())
        return hashlib.sha256(pack).hexdigest(), edition.sha256

    def in_force():
        return {edition.pk for edition in world.meeting.current_editions()}

    editions = [circulate()]
    kept[editions[0]] = fetched(editions[0])
    for count in range(3):
        chance.choice([add_late_item, change_paper])(world, count)
        editions.append(circulate(chance.choice(["supplement", "correction"]), f"Reason {count}"))
        for edition in editions:
            edition = type(edition).objects.get(pk=edition.pk)
            assert kept.setdefault(edition, fetched(edition)) == fetched(edition)
            assert [check.sentence for check in verify(edition) if not check.holds] == []
    ledgers = [edition.builds.filter(audience="public").first().ledger for edition in editions]
    assert [ledger["series"] for ledger in ledgers] == [edition.series for edition in editions]
