"""What was published stays as it was, whatever is sealed or built after it: its addresses, its bytes, its hash and its page numbers."""

import hashlib

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from boards.actions import agenda, annexes, builds, images, saving, sealing
from boards.canonical import canonical_json
from boards.document import build
from boards.packs.verify import verify
from boards.reading import Reading
from tests.answers import read
from tests.boards.test_images import drawn
from tests.boards.world import Upload, document, pdf


def add_late_item(world, count):
    agenda.add_item(meeting=world.meeting, title=f"Late report {count}", kind="oral", by=world.governance)


def change_paper(world, count, **attachments):
    """The paper says something else, under a picture of its own."""
    paper = world.paper
    paper.refresh_from_db()
    paper.state = "draft"
    paper.save()
    asset = images.keep(paper=paper, data=drawn("PNG", size=(40 + count, 30)))
    words = document(f"Fact {count} came to light.")
    words["content"][2]["content"].append(
        build.figure("The site", f"asset:{asset.sha256}", "A plan of the site, with its gate to the north")
    )
    saving.save(paper=paper, document=words, header={}, base_version=paper.version, by=world.governance)
    for title, file in attachments.items():
        annexes.add(paper=paper, title=title, file=file, by=world.governance)
    paper.refresh_from_db()
    paper.state = "final"
    paper.save()


def add_annex(world, count):
    change_paper(world, count, **{f"Survey {count}": Upload(pdf(1, f"Survey {count}"))})


DEEDS = {"item": add_late_item, "paper": change_paper, "annex": add_annex}
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(DEEDS)), st.sampled_from(["supplement", "correction"]), st.booleans()),
    min_size=1,
    max_size=3,
)


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


class Record:
    """Everything of an edition that one audience can fetch, so that it can be fetched again and compared."""

    def __init__(self, client, meeting, edition, audience):
        self.client, self.edition = client, edition
        self.reading = Reading(meeting, edition, audience)
        self.place = [meeting.board.slug, meeting.date, edition.number]

    def get(self, name, *more):
        answer = self.client.get(reverse(name, args=[*self.place, *more]))
        assert answer.status_code == 200, (name, more)
        return read(answer)

    def hash_of(self, name, *more):
        return hashlib.sha256(self.get(name, *more)).hexdigest()

    def taken(self):
        content = self.reading.content
        kept = {
            "sha256": self.edition.sha256,
            "content": hashlib.sha256(canonical_json(content).encode()).hexdigest(),
            "pack": self.hash_of("pack"),
            "ledger": self.reading.build.ledger,
        }
        for paper in (paper for item in content["items"] for paper in item["papers"] if paper.get("document")):
            number = paper["number"]
            page = self.get("sealed_paper", number).decode()
            # Its text, contents and page numbers; what stands around them may say that it was superseded.
            kept["page", number] = page.partition("app-columns--contents")[2].partition("app-paper-bar")[0]
            kept["pdf", number] = self.hash_of("paper_pdf", number)
            for annex in paper["annexes"]:
                if annex.get("sha256"):
                    kept["annex", annex["id"]] = self.hash_of("sealed_annex", annex["id"])
        for sha256 in content["assets"]:
            kept["image", sha256] = self.hash_of("sealed_image", sha256)
        return kept


@given(steps=STEPS)
@example(steps=[("annex", "supplement", True), ("paper", "supplement", False), ("annex", "correction", True)])
@example(steps=[("paper", "correction", False), ("item", "supplement", True), ("item", "supplement", False)])
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_everything_of_an_earlier_edition_stays(world, circulate, at_once, client, client_of, steps):
    """Addresses, hashes, packs, page numbers, papers on the screen and as PDF, annexes and pictures; for members and for the public."""
    with transaction.atomic():
        try:
            _follow(world, circulate, at_once, {"public": client, "members": client_of(world.member)}, steps)
        finally:
            transaction.set_rollback(True)


@pytest.fixture
def client_of():
    from django.test import Client

    def make(person):
        signed_in = Client()
        signed_in.force_login(person)
        return signed_in

    return make


def _follow(world, circulate, at_once, clients, steps):
    world.meeting.refresh_from_db()
    change_paper(world, 0)
    editions, kept = [circulate()], {}
    for count, (deed, kind, again) in enumerate(steps, start=1):
        DEEDS[deed](world, count)
        editions.append(circulate(kind, f"Reason {count}"))
        if again:  # a pack built later changes nothing either
            for audience in clients:
                with at_once():
                    builds.request(meeting=world.meeting, edition=editions[0], audience=audience, by=world.governance)
        current = {edition.pk for edition in world.meeting.current_editions()}
        for edition in editions:
            edition = type(edition).objects.get(pk=edition.pk)
            for audience, client in clients.items():
                record = Record(client, world.meeting, edition, audience)
                taken = record.taken()
                assert kept.setdefault((edition.pk, audience), taken) == taken
                assert (">Superseded" in record.get("edition").decode()) is (edition.pk not in current)
            assert [check.sentence for check in verify(edition) if not check.holds] == []
    first = kept[editions[0].pk, "public"]
    assert {key[0] for key in first if isinstance(key, tuple)} == {"page", "pdf", "annex", "image"}
    _page_numbers_are_one_page_each(editions)


def _page_numbers_are_one_page_each(editions):
    """No two editions count with the same letters, but a correction and what it corrects."""
    roots = {}
    for edition in editions:
        assert roots.setdefault(edition.series, edition.root.pk) == edition.root.pk
        for build_ in edition.builds.filter(served=True):
            assert build_.ledger["series"] == edition.series
