"""What stands in the way of people with a screen reader is found when it comes in, and when a pack is made (rule U1)."""

import io

import pikepdf
import pytest
from django.urls import reverse
from pikepdf import Array

from boards.actions import annexes, sealing
from boards.models import PackBuild, Paper
from boards.packs import checks, typesetting
from boards.preflight import preflight
from portal.models import AuditEvent
from portal.policy import Refusal
from tests.boards.publishing import complete
from tests.boards.world import Upload, pdf

OURS = {"part": "paper 2.0, “Devolution update”", "sentence": "A figure has no alternative.", "mend": "", "ours": True}


def claims_tags():
    """A PDF that calls itself tagged and whose marks lead nowhere."""
    data = typesetting.typeset("<html lang=en-GB><title>A</title><h1>One</h1><p>Words</p></html>")[0]
    with pikepdf.open(io.BytesIO(data)) as source:
        source.Root.StructTreeRoot.ParentTree.Nums = Array([0, Array([])])
        source.save(buffer := io.BytesIO())
    return buffer.getvalue()


@pytest.fixture
def draft(world):
    world.paper.state = Paper.State.DRAFT
    world.paper.save()
    return world.paper


def test_an_annex_whose_tags_lead_nowhere_counts_as_untagged(world, draft):
    annex = annexes.add(paper=draft, title="Survey", file=Upload(claims_tags()), by=world.governance)
    assert not annex.tagged
    assert "cannot be relied on" in annex.advice[0]
    assert any(finding.rule == "A2" and "Annex B" in finding.sentence for finding in preflight(world.meeting))


def test_who_uploads_an_annex_is_told_what_to_do(client, world, draft):
    client.force_login(world.governance)
    file = Upload(pdf(1))
    page = client.post(
        reverse("annex_add", args=[draft.pk]), {"title": "Survey", "marking": "OFFICIAL", "file": file}, follow=True
    ).content.decode()
    assert page.count("Document structure tags for accessibility") >= 2  # in the message and beside the annex


def test_the_page_of_an_annex_says_what_to_do(client, world, draft):
    client.force_login(world.governance)
    page = client.get(reverse("annex", args=[draft.annexes.get().pk])).content.decode()
    assert "Document structure tags for accessibility" in page


def test_every_build_is_checked_and_keeps_what_was_found(world, at_once, monkeypatch):
    monkeypatch.setattr(checks, "of_fragment", lambda data: ["A figure has no alternative."])
    with at_once():
        edition = sealing.seal(meeting=world.meeting, by=world.governance)
    build = edition.builds.get(audience="public")
    assert {fault["part"] for fault in build.own_faults} >= {OURS["part"]}
    assert any(not fault["ours"] for fault in build.faults), "the annex"
    with pytest.raises(Refusal, match="accessibility checks"):
        sealing.publish(edition=edition, by=world.governance)


def test_a_sound_pack_has_no_faults_of_ours_and_is_published(published):
    assert [build.own_faults for build in published.builds.all()] == [[], []]


@pytest.fixture
def faulty(world):
    edition = sealing.seal(meeting=world.meeting, by=world.governance)
    build = complete(edition.builds.get(audience="public"))
    complete(edition.builds.get(audience="members"))
    PackBuild.objects.filter(pk=build.pk).update(faults=[OURS])
    return edition


def test_a_pack_with_faults_of_ours_is_published_only_for_a_reason(client, world, faulty):
    client.force_login(world.governance)
    record = reverse("edition_record", args=[world.meeting.pk, faulty.number])
    page = client.get(record).content.decode()
    assert "A figure has no alternative." in page and 'name="reason"' in page
    address = reverse("publish", args=[world.meeting.pk, faulty.number])
    client.post(address)
    assert not faulty.publications.exists()
    client.post(address, {"reason": "The chart is told in paragraph 3.2"})
    assert faulty.publications.exists()
    assert AuditEvent.objects.get(event="edition.published").reason == "The chart is told in paragraph 3.2"
    assert "told in paragraph 3.2" in client.get(record).content.decode()


def test_faults_of_annexes_are_reported_and_stand_in_no_way(client, world, faulty):
    fault = {
        "part": "item 2.0, Annex A, “Map”",
        "sentence": "The font Symbol is not in the file.",
        "mend": "",
        "ours": False,
    }
    PackBuild.objects.filter(edition=faulty, audience="public").update(faults=[fault])
    client.force_login(world.governance)
    record = client.get(reverse("edition_record", args=[world.meeting.pk, faulty.number])).content.decode()
    assert "The font Symbol is not in the file." in record and 'name="reason"' not in record
    assert sealing.publish(edition=faulty, by=world.governance)
