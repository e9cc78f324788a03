"""Office files handed in as annexes: who may, what is refused, what stands in the way, and what the pages say."""

import datetime as dt
import errno
import io

import pikepdf
import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from boards import queue, workers
from boards.actions import annexes, conversions, workflow
from boards.models import AnnexConversion, Paper, WorkerNotice
from boards.packs import office, turning, uploads
from boards.preflight import preflight
from portal.models import AuditEvent
from portal.policy import Refusal
from tests.boards.office import announce, office_file
from tests.boards.packs import sample
from tests.boards.world import Upload, document, pdf

pytestmark = pytest.mark.django_db
State = AnnexConversion.State


@pytest.fixture
def draft(world) -> Paper:
    world.paper.state, world.paper.document = Paper.State.DRAFT, document()
    world.paper.save()
    return world.paper


@pytest.fixture
def able():
    announce("office@test")


@pytest.fixture
def sent(monkeypatch):
    """What is sent to the workers: pairs of id and ending."""
    kept = []
    monkeypatch.setattr(queue, "turn_office_file", lambda pk, ending: kept.append((pk, ending)))
    return kept


@pytest.fixture
def handed_in(world, draft, able) -> AnnexConversion:
    return hand_in(world, draft)


def hand_in(world, paper, title="Survey of members", words="words", by=None):
    file = Upload(office_file(words), "Survey.DOCX")
    return annexes.add(paper=paper, title=title, file=file, by=by or world.author)


def failed(row, sentence="It could not be turned.", *, can_retry=False):
    row.state, row.error, row.can_retry = State.FAILED, sentence, can_retry
    row.save()
    return row


def turned(monkeypatch, data=None):
    """LibreOffice would give this PDF. The test has one connection, which holds its transaction."""
    monkeypatch.setattr(office, "to_pdf", lambda *_: data or pdf(2))
    monkeypatch.setattr(turning, "close_old_connections", lambda: None)


def full(monkeypatch):
    """From now on the file store has no room."""

    def no_room(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", no_room)


def upload(client, paper, data, name):
    file = SimpleUploadedFile(name, data)
    address = reverse("annex_add", args=[paper.pk])
    return client.post(address, {"title": "Survey", "marking": "OFFICIAL", "file": file})


# Which workers count


def test_the_form_offers_what_any_live_worker_can_turn(client, world, draft):
    announce("text@one", office.KINDS["writer"])
    announce("sheets@two", office.KINDS["calc"])
    announce("plain@three", [])
    client.force_login(world.author)
    page = client.get(reverse("annex_add", args=[draft.pk])).content.decode()
    assert workers.office_formats() == office.KINDS["writer"] + office.KINDS["calc"]
    assert "PDF, or an office document (.docx, .doc, .odt, .rtf, .xlsx, .xls, .ods)" in page
    assert 'accept=".pdf,.docx,.doc,.odt,.rtf,.xlsx,.xls,.ods"' in page


def test_without_a_capable_worker_the_form_says_pdf_only_and_why(client, world, draft):
    announce("plain@three", [])
    client.force_login(world.author)
    page = client.get(reverse("annex_add", args=[draft.pk])).content.decode()
    assert "PDF only. No worker that is running has LibreOffice" in page
    assert 'accept=".pdf"' in page


def test_a_worker_not_seen_for_a_while_does_not_count(able):
    WorkerNotice.objects.update(seen_at=timezone.now() - dt.timedelta(seconds=50))
    assert workers.office_formats() == ()
    announce("office@test")
    assert workers.office_formats() == office.TYPES


def test_a_worker_that_did_not_come_back_is_forgotten_after_a_day(able):
    announce("gone@test")
    WorkerNotice.objects.filter(name="gone@test").update(seen_at=timezone.now() - dt.timedelta(hours=25))
    workers.forget()
    assert [row.name for row in WorkerNotice.objects.all()] == ["office@test"]


def test_administrators_see_which_worker_can_what_and_when_it_was_seen(client, world, able):
    announce("plain@three", [])
    WorkerNotice.objects.filter(name="plain@three").update(seen_at=timezone.now() - dt.timedelta(minutes=5))
    client.force_login(world.administrator)
    page = " ".join(client.get(reverse("workers")).content.decode().split())
    assert "Word, Excel and PowerPoint files can be handed in as annexes" in page
    assert "Yes: Word, Excel, PowerPoint" in page
    assert "Gone" in page and "5 minutes ago" in page


# Handing in


def test_an_office_file_is_kept_under_its_id_and_waits_for_a_worker(world, draft, able, sent):
    row = hand_in(world, draft)
    assert (row.state, row.original_name, row.uploaded_by) == (State.WAITING, "Survey.DOCX", world.author)
    assert row.file == f"handed-in/{row.pk.hex}.docx"
    with default_storage.open(row.file) as file:
        assert file.read() == office_file()
    assert sent == [(row.pk, ".docx")]
    assert not draft.annexes.filter(title=row.title).exists()
    assert AuditEvent.objects.filter(event="annex.handed_in", actor=world.author, target_id=str(draft.pk)).exists()


def test_a_pdf_is_bound_at_once_and_needs_no_worker(world, draft):
    annex = annexes.add(
        paper=draft, title="Plan", file=Upload(pdf(), "plan.docx"), by=world.author
    )  # its name is not believed
    assert annex.letter == "B" and not AnnexConversion.objects.exists()


@pytest.mark.parametrize("data", [b"hello", b"PK\x03\x04 not really", b"", office_file(ending=".xlsx")])
def test_rubbish_named_as_a_word_file_is_refused_in_a_sentence_and_nothing_is_kept(client, world, draft, able, data):
    client.force_login(world.author)
    response = upload(client, draft, data, "survey.docx")
    page = response.content.decode()
    assert response.status_code == 422
    assert "whatever its name says" in page or "That file is empty" in page
    assert not AnnexConversion.objects.exists() and not default_storage.exists("handed-in")


def test_a_locked_word_file_is_told_apart(world, draft, able):
    locked = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    with pytest.raises(uploads.UploadRefused, match="locked with a password"):
        annexes.add(paper=draft, title="Survey", file=Upload(locked, "survey.docx"), by=world.author)


def test_too_large_an_office_file_is_refused(world, draft, able, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    with pytest.raises(uploads.UploadRefused, match="larger than"):
        hand_in(world, draft)


@pytest.mark.parametrize(
    ("formats", "words"), [((), "Only PDF can be taken now"), (office.KINDS["calc"], "can turn a .docx file")]
)
def test_a_file_that_no_running_worker_can_turn_is_refused(world, draft, formats, words):
    announce("some@test", formats)
    with pytest.raises(uploads.UploadRefused, match=words):
        hand_in(world, draft)
    assert not AnnexConversion.objects.exists()


def test_handed_in_twice_by_a_double_click_it_waits_once(world, draft, able, sent):
    first, second = hand_in(world, draft), hand_in(world, draft)
    assert first.pk == second.pk and len(sent) == 1
    assert default_storage.listdir("handed-in")[1] == [f"{first.pk.hex}.docx"]
    assert hand_in(world, draft, words="other words").pk != first.pk


def test_a_store_that_is_full_is_a_sentence(world, draft, able, monkeypatch):
    full(monkeypatch)
    with pytest.raises(uploads.UploadRefused, match="could not be kept"):
        hand_in(world, draft)
    with pytest.raises(uploads.UploadRefused, match="could not be kept"):
        annexes.add(paper=draft, title="Plan", file=Upload(pdf()), by=world.author)


def test_a_file_is_not_kept_when_the_paper_was_submitted_meanwhile(world, draft, able):
    stale = Paper.objects.get(pk=draft.pk)  # as the page saw it
    Paper.objects.filter(pk=draft.pk).update(state="submitted")
    with pytest.raises(Refusal, match="with its reviewers"):
        hand_in(world, stale)
    assert default_storage.listdir("handed-in")[1] == []


# Who may


def test_only_who_may_edit_the_paper_hands_in_tries_again_or_removes(client, world, draft, handed_in, person):
    failed(handed_in, can_retry=True)
    stranger = person("author", title="Head of Estates")
    retry, remove = (reverse(name, args=[draft.pk, handed_in.pk]) for name in ("conversion_retry", "conversion_remove"))
    for somebody, answer in ((stranger, 404), (world.member, 404), (world.monitoring, 403)):
        client.force_login(somebody)
        assert upload(client, draft, office_file(), "survey.docx").status_code == answer
        assert {client.post(address).status_code for address in (retry, remove)} == {answer}
    handed_in.refresh_from_db()
    assert handed_in.is_failed
    client.force_login(world.author)
    assert client.post(remove).status_code == 302
    assert not AnnexConversion.objects.exists()


def test_a_file_is_found_under_its_own_paper_only(client, world, draft, handed_in):
    client.force_login(world.governance)
    client.post(reverse("conversion_remove", args=[world.restricted_paper.pk, handed_in.pk]))
    assert AnnexConversion.objects.filter(pk=handed_in.pk).exists()


def test_a_removed_file_leaves_the_store(world, handed_in, at_once):
    with at_once():
        conversions.remove(conversion=handed_in, by=world.author)
    assert not default_storage.exists(handed_in.file)


def test_try_again_pressed_twice_asks_once(world, handed_in, sent):
    failed(handed_in, can_retry=True)
    for _ in range(2):
        conversions.retry(conversion=handed_in, by=world.author)
    handed_in.refresh_from_db()
    assert (handed_in.state, handed_in.error, handed_in.attempts) == (State.WAITING, "", 0)
    assert len(sent) == 1


def test_a_button_pressed_when_the_file_has_become_an_annex_says_so(client, world, draft, handed_in):
    AnnexConversion.objects.all().delete()
    client.force_login(world.author)
    for name in ("conversion_retry", "conversion_remove"):
        page = client.post(reverse(name, args=[draft.pk, handed_in.pk]), follow=True).content.decode()
        assert "it became an annex, or somebody removed it" in page


def test_what_would_end_in_the_same_way_is_not_tried_again(world, handed_in):
    failed(handed_in)
    with pytest.raises(Refusal, match="end in the same way"):
        conversions.retry(conversion=handed_in, by=world.author)


# Turning


def test_the_annex_takes_the_place_of_the_file_with_the_event_of_any_annex(
    world, draft, handed_in, monkeypatch, at_once
):
    turned(monkeypatch, sample.annex_pdf(2))
    with at_once():
        turning.turn(handed_in.pk)
        turning.turn(handed_in.pk)
    annex = draft.annexes.get(title="Survey of members")
    assert (annex.letter, annex.pages, annex.uploaded_by) == ("B", 2, world.author)
    assert annex.history.get().history_user == world.author
    event = AuditEvent.objects.filter(event="annex.added").latest("pk")
    assert (event.summary, event.actor) == ("Added annex B", world.author)
    assert not AnnexConversion.objects.exists() and not default_storage.exists(handed_in.file)


def test_what_was_taken_out_and_what_to_mend_stand_with_the_annex(client, world, draft, handed_in, monkeypatch):
    scripted = pikepdf.open(io.BytesIO(sample.annex_pdf(1)))
    scripted.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    buffer = io.BytesIO()
    scripted.save(buffer)
    turned(monkeypatch, buffer.getvalue())
    turning.turn(handed_in.pk)
    annex = draft.annexes.get(title="Survey of members")
    client.force_login(world.author)
    for address in (draft.get_absolute_url(), reverse("annex", args=[annex.pk])):
        page = client.get(address).content.decode()
        assert f"{', '.join(annex.removed)}." in page and annex.removed
        assert "This PDF has no tags" in page


@pytest.mark.parametrize(
    ("error", "sentence", "again"),
    [
        (office.NotConverted("It could not be turned."), "It could not be turned.", False),
        (office.TookTooLong("It took too long."), "It took too long.", True),
        (OSError(28, "No space left on device"), turning.STORE_FAILED, True),
    ],
)
def test_what_goes_wrong_is_a_sentence_and_says_whether_to_try_again(handed_in, monkeypatch, error, sentence, again):
    def wrong(*_):
        raise error

    monkeypatch.setattr(office, "to_pdf", wrong)
    turning.turn(handed_in.pk)
    handed_in.refresh_from_db()
    assert (handed_in.state, handed_in.error, handed_in.can_retry) == (State.FAILED, sentence, again)


def test_a_pdf_that_cannot_be_bound_is_a_sentence(handed_in, monkeypatch):
    turned(monkeypatch, b"%PDF-1.7 nothing more")
    turning.turn(handed_in.pk)
    handed_in.refresh_from_db()
    assert handed_in.is_failed and "damaged" in handed_in.error and not handed_in.can_retry


def test_a_file_missing_from_the_store_is_a_sentence(handed_in):
    default_storage.delete(handed_in.file)
    turning.turn(handed_in.pk)
    handed_in.refresh_from_db()
    assert (handed_in.error, handed_in.can_retry) == (turning.LOST, False)


def test_a_full_store_leaves_no_annex_and_no_half_file(draft, handed_in, monkeypatch):
    turned(monkeypatch)
    full(monkeypatch)
    turning.turn(handed_in.pk)
    handed_in.refresh_from_db()
    assert handed_in.error == turning.STORE_FAILED and draft.annexes.count() == 1


def test_a_paper_that_went_on_meanwhile_ends_the_file_in_a_sentence(draft, handed_in):
    Paper.objects.filter(pk=draft.pk).update(state="withdrawn")
    turning.turn(handed_in.pk)
    handed_in.refresh_from_db()
    assert handed_in.error.startswith("This paper was withdrawn.") and handed_in.can_retry


def test_a_file_that_is_gone_or_that_another_worker_has_is_left_alone(handed_in, monkeypatch):
    monkeypatch.setattr(office, "to_pdf", lambda *_: pytest.fail("It was turned."))
    AnnexConversion.objects.update(state=State.TURNING, attempts=1)
    turning.turn(handed_in.pk)
    handed_in.delete()
    turning.turn(handed_in.pk)


# The sweep


def still(row, **facts):
    AnnexConversion.objects.filter(pk=row.pk).update(heartbeat=timezone.now() - dt.timedelta(minutes=10), **facts)


def test_the_sweep_puts_back_what_a_lost_worker_had_and_sends_on_what_waits(world, draft, handed_in, sent):
    other = hand_in(world, draft, words="other")
    sent.clear()
    still(handed_in, state=State.TURNING, attempts=1)
    still(other)
    assert turning.requeue_stale() == 2 and {pk for pk, _ in sent} == {handed_in.pk, other.pk}
    assert turning.requeue_stale() == 0  # they have been sent just now
    assert set(AnnexConversion.objects.values_list("state", flat=True)) == {State.WAITING}


def test_the_sweep_leaves_what_is_fresh_or_failed(world, draft, handed_in, sent):
    failed(handed_in)
    still(handed_in)
    hand_in(world, draft, words="other")
    assert turning.requeue_stale() == 0


def test_the_sweep_gives_up_in_a_sentence_after_three_workers_died_on_a_file(handed_in):
    still(handed_in, state=State.TURNING, attempts=turning.MOST_ATTEMPTS)
    assert turning.requeue_stale() == 0
    handed_in.refresh_from_db()
    assert (handed_in.state, handed_in.error, handed_in.can_retry) == (State.FAILED, turning.STOPPED, True)


def test_a_file_whose_capable_workers_are_gone_stays_waiting_and_goes_on_when_one_is_back(handed_in, sent):
    sent.clear()
    WorkerNotice.objects.all().delete()
    still(handed_in, state=State.TURNING, attempts=1)
    assert turning.requeue_stale() == 0 and sent == []
    handed_in.refresh_from_db()
    assert handed_in.state == State.WAITING
    announce("back@test")
    assert turning.requeue_stale() == 1


# The law of the row


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "failed", "error": ""},
        {"state": "waiting", "error": "Why?"},
        {"state": "turning", "attempts": 0},
        {"state": "waiting", "can_retry": True},
        {"state": "bound"},
    ],
)
def test_the_database_refuses_a_row_that_makes_no_sense(handed_in, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnexConversion.objects.filter(pk=handed_in.pk).update(**facts)


# What it stands in the way of


def test_a_paper_with_a_file_that_is_no_annex_yet_cannot_be_submitted(world, draft, handed_in):
    with pytest.raises(Refusal, match=r"“Survey of members”, handed in as an annex, is not turned into PDF yet. Wait"):
        workflow.move(paper=draft, verb="submit", by=world.author, late_reason="Late")
    failed(handed_in)
    with pytest.raises(Refusal, match=r"could not be turned into PDF and is not bound. Remove it"):
        workflow.move(paper=draft, verb="submit", by=world.author, late_reason="Late")
    conversions.remove(conversion=handed_in, by=world.author)
    assert workflow.move(paper=draft, verb="submit", by=world.author, late_reason="Late").state == "submitted"


def test_a_meeting_with_such_a_file_cannot_be_sealed_and_names_it(world, draft, handed_in):
    (found,) = [each for each in preflight(world.meeting) if each.rule == "A3"]
    assert (
        found.severity == "blocks"
        and "“Survey of members”" in found.sentence
        and "“Devolution update”" in found.sentence
    )
    failed(handed_in)
    assert "could not be turned" in next(each.sentence for each in preflight(world.meeting) if each.rule == "A3")
    Paper.objects.filter(pk=draft.pk).update(state="withdrawn")
    assert not [each for each in preflight(world.meeting) if each.rule == "A3"]


# What the paper's page says


def page_of(client, paper, **headers):
    response = client.get(paper.get_absolute_url(), headers=headers)
    return " ".join(response.content.decode().split())


def test_the_page_says_where_a_file_is_and_looks_again_by_itself(client, world, draft, handed_in):
    client.force_login(world.author)
    page = page_of(client, draft)
    assert "Waiting for a worker to turn it into PDF." in page and 'hx-trigger="every 2s"' in page
    assert "Reload to see how far it is" in page  # without scripts
    still(handed_in, state=State.TURNING, attempts=1, error="")
    assert "Another one takes it up by itself" in page_of(client, draft)
    AnnexConversion.objects.update(heartbeat=timezone.now())
    assert "A worker is turning it into PDF." in page_of(client, draft)


def test_the_page_says_honestly_that_no_worker_can_turn_a_file(client, world, draft, handed_in):
    WorkerNotice.objects.all().delete()
    client.force_login(world.author)
    page = page_of(client, draft)
    assert "No worker that is running can turn it into PDF. The file is kept" in page
    assert "remove it and upload a PDF" in page


def test_a_failed_file_offers_to_try_again_only_when_it_makes_sense(client, world, draft, handed_in):
    client.force_login(world.author)
    failed(handed_in, "It could not be turned.")
    page = page_of(client, draft)
    assert "It could not be turned." in page and "Try again" not in page and "hx-trigger" not in page
    failed(handed_in, "It took too long.", can_retry=True)
    assert "Try again" in page_of(client, draft)


def test_who_may_not_edit_sees_the_file_without_buttons(client, world, draft, handed_in):
    failed(handed_in, can_retry=True)
    client.force_login(world.monitoring)
    page = page_of(client, draft)
    assert "Survey of members" in page and f"/handed-in/{handed_in.pk}" not in page


def test_a_page_that_looks_again_is_answered_only_when_something_changed(client, world, draft, handed_in, monkeypatch):
    client.force_login(world.author)
    address = page_of(client, draft).split('hx-get="')[1].split('"')[0]
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 204
    turned(monkeypatch)
    turning.turn(handed_in.pk)
    response = client.get(address, headers={"HX-Request": "true"})
    part = response.content.decode()
    assert response.status_code == 200
    assert "Annex B: Survey of members" in part and "<html" not in part and "hx-trigger" not in part
    assert "is not turned into PDF yet" not in part and 'id="findings"' in part
