"""What is circulated is sealed: immutable, hashed, numbered, and public only once proved."""

import json

import pytest
from django.db import IntegrityError, connection, transaction

from boards.actions import agenda, saving, sealing
from boards.canonical import canonical_json, digest
from boards.models import Edition, PackBuild
from boards.models.sealed import SealedError
from boards.packs.verify import verify
from boards.preflight import preflight
from boards.sealing.series import all_series
from portal.models import AuditEvent
from portal.policy import Refusal
from tests.boards.world import CANARY, document


def seal(world, **options):
    return sealing.seal(meeting=world.meeting, by=world.governance, **options)


def change(world, words="A new fact came to light in January."):
    """The paper changes after it was circulated."""
    world.paper.refresh_from_db()
    world.paper.state = "draft"
    world.paper.save()
    saving.save(
        paper=world.paper, document=document(words), header={}, base_version=world.paper.version, by=world.governance
    )
    world.paper.refresh_from_db()
    world.paper.state = "final"
    world.paper.save()


def test_a_sealed_edition_holds_its_hash_and_can_be_worked_out_again(world):
    edition = seal(world)
    assert digest(edition.canonical) == edition.sha256
    assert canonical_json(json.loads(edition.canonical)) == edition.canonical


def test_the_model_refuses_every_change_of_an_edition(world):
    edition = seal(world)
    for deed in (
        edition.save,
        edition.delete,
        Edition.objects.all().delete,
        lambda: Edition.objects.update(reason="x"),
    ):
        with pytest.raises(SealedError):
            deed()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE boards_edition SET reason = 'x'",
        "DELETE FROM boards_edition",
        "DELETE FROM boards_publication",
        "TRUNCATE boards_publication",
        "TRUNCATE boards_edition CASCADE",
        "TRUNCATE boards_meeting CASCADE",
    ],
)
def test_the_database_refuses_every_change_of_what_was_sealed(published, statement):
    with pytest.raises(IntegrityError, match="sealed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table can be emptied while checks are waiting
        cursor.execute(statement)


def test_numbers_are_frozen_in_the_edition(world):
    edition = seal(world)
    paper = edition.content["items"][1]["papers"][0]
    assert {"number": "1", "label": "section 1"} in paper["numbers"].values()


def test_live_changes_after_sealing_do_not_reach_the_edition(world):
    edition = seal(world)
    before = edition.canonical
    change(world)
    assert Edition.objects.get(pk=edition.pk).canonical == before


def test_an_agenda_is_sealed_once_and_then_only_supplemented_or_corrected(world):
    seal(world)
    with pytest.raises(Refusal, match="already sealed"):
        seal(world)


def test_a_supplement_with_nothing_late_or_changed_is_refused(world):
    seal(world)
    with pytest.raises(Refusal, match="nothing to seal"):
        seal(world, kind="supplement", reason="Late")


def test_a_later_edition_says_why(world):
    seal(world)
    change(world)
    with pytest.raises(Refusal, match="Give the reason"):
        seal(world, kind="supplement", reason=" ")


def test_a_supplement_holds_only_what_is_late_or_changed(world):
    seal(world)
    change(world)
    edition = seal(world, kind="supplement", reason="Figures arrived late")
    assert [item["id"] for item in edition.content["items"]] == [str(world.open_item.pk)]
    assert edition.series == "S"


def test_a_correction_supersedes_the_agenda_and_keeps_it_reachable(world):
    first = seal(world)
    change(world)
    second = seal(world, kind="correction", reason="A sum was wrong")
    assert second.supersedes == first
    assert [edition.pk for edition in world.meeting.current_editions()] == [second.pk]
    assert Edition.objects.get(pk=first.pk).is_intact


def test_a_correction_leaves_what_a_supplement_already_replaced_to_the_supplement(world):
    seal(world)
    change(world)
    seal(world, kind="supplement", reason="Late figures")
    agenda.add_item(meeting=world.meeting, title="Any other business", kind="any_other_business", by=world.governance)
    correction = seal(world, kind="correction", reason="An item was missing")
    ids = {item["id"] for item in correction.content["items"]}
    assert str(world.open_item.pk) not in ids
    assert str(world.restricted_item.pk) in ids


def test_a_correction_takes_the_place_of_what_it_corrects(world):
    """The pack of the agenda stays the first, and the next correction corrects it again, not the supplement."""
    first = seal(world)
    agenda.add_item(meeting=world.meeting, title="Late report", kind="oral", by=world.governance)
    supplement = seal(world, kind="supplement", reason="Late")
    change(world)
    correction = seal(world, kind="correction", reason="A sum was wrong")
    assert correction.supersedes == first and correction.series == ""
    assert world.meeting.current_editions() == [correction, supplement]
    change(world, "Another sum")
    again = seal(world, kind="correction", reason="Another sum was wrong")
    assert again.supersedes == correction
    assert world.meeting.current_editions() == [again, supplement]
    assert str(world.open_item.pk) in {item["id"] for item in again.content["items"]}


def test_a_correction_of_what_a_supplement_holds_corrects_the_supplement(world):
    first = seal(world)
    change(world)
    supplement = seal(world, kind="supplement", reason="Late figures")
    change(world, "A figure was wrong")
    correction = seal(world, kind="correction", reason="A late figure was wrong")
    assert correction.supersedes == supplement and correction.series == "S"
    assert [item["id"] for item in correction.content["items"]] == [str(world.open_item.pk)]
    assert world.meeting.current_editions() == [first, correction]


def add_late_item(world, title):
    agenda.add_item(meeting=world.meeting, title=title, kind="oral", by=world.governance)


def test_each_supplement_of_a_meeting_has_page_numbers_of_its_own(world):
    """“Page S3” is one page of a meeting's papers, whatever was sealed before and after it."""
    seal(world)
    made = []
    for title in ("Late report", "Later report", "Latest report"):
        add_late_item(world, title)
        made.append(seal(world, kind="supplement", reason="Late"))
    assert [edition.series for edition in made] == ["S", "T", "U"]
    world.meeting.items.filter(title="Later report").update(title="Later report, with figures")
    correction = seal(world, kind="correction", reason="A title was wrong")
    assert correction.supersedes == made[1] and correction.series == "T"
    add_late_item(world, "Last report")
    assert seal(world, kind="supplement", reason="Late").series == "V"
    assert [edition.content["edition"]["series"] for edition in made] == ["S", "T", "U"]
    for edition in world.meeting.editions.all():
        assert [check.sentence for check in verify(edition) if not check.holds] == []


def test_supplements_sealed_before_there_were_letters_keep_theirs(world, monkeypatch):
    first = seal(world)
    with monkeypatch.context() as patch:
        told = sealing.build_content

        def without_series(*args, **facts):
            content = told(*args, **facts)
            del content["edition"]["series"]
            return content

        patch.setattr(sealing, "build_content", without_series)
        old = []
        for title in ("Late report", "Later report"):
            add_late_item(world, title)
            old.append(seal(world, kind="supplement", reason="Late"))
    assert [edition.series for edition in (first, *old)] == ["", "S", "S"]
    add_late_item(world, "Last report")
    assert seal(world, kind="supplement", reason="Late").series == "T"
    assert [check.sentence for check in verify(old[1]) if not check.holds] == []


def test_letters_go_on_after_z_and_never_come_twice():
    every = list(all_series())
    assert every[:10] == ["S", "T", "U", "V", "W", "X", "Y", "Z", "SA", "SB"]
    assert len(every) == len(set(every)) > 200


def test_what_changed_in_two_editions_is_corrected_in_both_by_two_corrections(world):
    first = seal(world)
    change(world)
    supplement = seal(world, kind="supplement", reason="Late figures")
    change(world, "A figure was wrong")
    world.restricted_item.open_title = "A legal matter"
    world.restricted_item.save()
    corrections = [seal(world, kind="correction", reason="Wrong") for _ in range(2)]
    assert [each.supersedes for each in corrections] == [first, supplement]
    with pytest.raises(Refusal, match="nothing to correct"):
        seal(world, kind="correction", reason="Wrong")


def test_a_supplement_before_a_correction_is_read_beside_it(world, client):
    """What readers find first is the agenda as corrected; the supplement follows."""
    from boards.reading import current_readings

    seal(world)
    agenda.add_item(meeting=world.meeting, title="Late report", kind="oral", by=world.governance)
    seal(world, kind="supplement", reason="Late")
    change(world)
    seal(world, kind="correction", reason="A sum was wrong")
    found = [reading.label for reading in current_readings(world.member, world.meeting)]
    assert found == ["Correction (edition 3)", "Supplement (edition 2)"]


def test_a_paper_its_author_has_not_submitted_stands_in_the_way(world):
    world.paper.state = "draft"
    world.paper.save()
    with pytest.raises(sealing.NotReady, match="not been submitted"):
        seal(world)
    assert not Edition.objects.exists()


def test_a_finding_that_needs_a_reason_is_kept_with_it(world):
    world.paper.state = "submitted"
    world.paper.save()
    with pytest.raises(sealing.NotReady):
        seal(world)
    found = {
        finding.key: "The Chief Executive is away"
        for finding in preflight(world.meeting)
        if finding.severity == "acknowledge"
    }
    edition = seal(world, acknowledged=found)
    assert [kept["reason"] for kept in edition.acknowledgements] == ["The Chief Executive is away"] * len(found)
    assert "The Chief Executive is away" not in edition.canonical


def test_a_gap_in_the_numbers_must_be_explained(world):
    agenda.add_item(meeting=world.meeting, title="Late item", kind="oral", number=(9, 0), by=world.governance)
    gaps = [finding for finding in preflight(world.meeting) if finding.rule == "M2"]
    assert gaps[0].severity == "acknowledge"
    assert "no item 4, 5, 6, 7, 8" in gaps[0].sentence


def test_a_restricted_item_without_an_open_title_cannot_be_sealed(world):
    world.restricted_item.open_title = ""
    world.restricted_item.save()
    with pytest.raises(sealing.NotReady, match="no open title"):
        seal(world)


def test_a_public_meeting_without_a_place_cannot_be_sealed(world):
    world.meeting.is_public, world.meeting.venue = True, ""
    world.meeting.save()
    with pytest.raises(sealing.NotReady, match="no place"):
        seal(world)


def test_an_annex_whose_file_is_gone_is_named(world):
    annex = world.paper.annexes.get()
    annex.file.storage.delete(annex.file.name)
    assert "annex A of “Devolution update”" in next(f.sentence for f in preflight(world.meeting) if f.rule == "A1")


def test_sealing_queues_both_packs_and_records_who_did_it(world):
    edition = seal(world)
    assert set(edition.builds.values_list("audience", flat=True)) == {"members", "public"}
    assert AuditEvent.objects.filter(event="edition.sealed", actor=world.governance).exists()


def test_the_same_build_asked_for_ten_times_is_one_build(world):
    edition = seal(world)
    from boards.actions import builds

    for _ in range(10):
        builds.request(meeting=world.meeting, edition=edition, audience="members", by=world.governance)
    assert edition.builds.filter(audience="members").count() == 1


def test_publication_asked_for_early_happens_when_the_proof_has_passed(world, at_once):
    edition = seal(world)
    assert sealing.publish(edition=edition, by=world.governance) is None
    assert not edition.publications.exists()
    from boards.packs import builder

    with at_once():
        builder.advance(edition.builds.get(audience="public").pk)
    assert edition.publications.exists()


def test_an_edition_whose_proof_found_something_is_never_published(world, published):
    build = PackBuild(
        meeting=world.meeting,
        edition=published,
        audience="public",
        state="complete",
        proof={"hits": [{"place": "page 1"}]},
    )
    with pytest.raises(Refusal, match="not proved"):
        sealing.publish_build(build=build, by=world.governance)


def test_only_governance_seals_and_publishes(world):
    with pytest.raises(Refusal, match="Governance officer"):
        sealing.seal(meeting=world.meeting, by=world.author)
    edition = seal(world)
    with pytest.raises(Refusal, match="Governance officer"):
        sealing.publish(edition=edition, by=world.member)


def test_the_audit_record_is_a_chain_and_only_grows(published):
    assert AuditEvent.broken_links() == []
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
        AuditEvent.objects.filter(event="edition.sealed").update(summary="Somebody else")
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE portal_auditevent")


def test_the_public_copy_of_an_edition_holds_no_restricted_word(published):
    assert CANARY in published.canonical
    assert CANARY not in canonical_json(published.public_content)
    assert "marlowe" not in canonical_json(published.public_content).lower()
