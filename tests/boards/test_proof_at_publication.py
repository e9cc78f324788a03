"""The meeting's page shows its place, chair and note as they are now: they are searched when an edition is published, and after."""

import pytest

from boards.actions import agenda, sealing
from boards.models import Meeting, PackBuild
from boards.packs import builder
from portal.models import AuditEvent
from portal.policy import Refusal
from tests.boards.world import CANARY, TITLE_CANARY

FIELDS = {"note": f"Ask about this: {CANARY}.", "chair": TITLE_CANARY, "venue": TITLE_CANARY}


@pytest.fixture
def proved(world, at_once):
    """Sealed, its packs complete and proved, not yet published."""
    with at_once():
        return sealing.seal(meeting=world.meeting, by=world.governance)


def write(world, field):
    """Past the form, which would refuse it."""
    setattr(world.meeting, field, FIELDS[field])
    world.meeting.save()


@pytest.mark.parametrize("field", FIELDS)
def test_what_was_written_on_the_meetings_page_since_the_proof_stops_publication(world, proved, field):
    write(world, field)
    with pytest.raises(Refusal, match="was found in the page of the meeting"):
        sealing.publish(edition=type(proved).objects.get(pk=proved.pk), by=world.governance)
    assert not proved.publications.exists()


def test_publication_that_was_to_follow_the_build_says_why_it_did_not(world, at_once, monkeypatch):
    edition = sealing.seal(meeting=world.meeting, by=world.governance)
    sealing.publish(edition=edition, by=world.governance)
    monkeypatch.setattr(builder.leaks, "prove", lambda *args, **kwargs: {"hits": [], "checked": 1, "secrets": 1})
    write(world, "note")
    with at_once():
        builder.advance(edition.builds.get(audience="public").pk)
    assert PackBuild.objects.get(edition=edition, audience="public").state == "complete"
    assert not edition.publications.exists()
    assert "was found in" in AuditEvent.objects.get(event="edition.not_published").summary


@pytest.mark.parametrize("field", FIELDS)
def test_a_published_meeting_is_not_changed_to_tell_what_is_restricted(world, published, field):
    world.meeting.refresh_from_db()
    setattr(world.meeting, field, FIELDS[field])
    with pytest.raises(Refusal, match="which the public may not read"):
        agenda.change_meeting(meeting=world.meeting, by=world.governance)
    assert getattr(Meeting.objects.get(pk=world.meeting.pk), field) != FIELDS[field]


def test_the_form_says_why_a_note_is_refused(world, published, client):
    client.force_login(world.governance)
    told = {"date": "6 February 2017", "start_time": "14:00", "venue": "Conference room", "note": FIELDS["note"]}
    page = client.post(f"/prepare/{world.meeting.pk}/change/", told)
    assert "The note to the public repeats restricted text from paper 3.0" in page.content.decode()


def test_a_harmless_note_may_be_written_at_any_time(world, published):
    world.meeting.refresh_from_db()
    world.meeting.note = "Use the side door, the main door is being painted."
    agenda.change_meeting(meeting=world.meeting, by=world.governance)
    assert Meeting.objects.get(pk=world.meeting.pk).note.startswith("Use the side door")
