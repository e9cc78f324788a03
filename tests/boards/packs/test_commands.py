"""What scripts and acceptance use."""

import json

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from boards.canonical import digest
from boards.management.commands._found import find_edition, find_meeting
from boards.models import PackBuild
from portal.audit import record
from tests.boards.packs import sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def silent(monkeypatch):
    """Nobody else works: messages are lost, and the command does the work itself."""
    from boards import tasks

    for name in ("build_pack", "render_fragment"):
        monkeypatch.setattr(getattr(tasks, name), "delay", lambda *args: None)


def run(capsys, *args):
    call_command(*args)
    return capsys.readouterr().out


def refused(capsys, *args):
    """What is said by a command that ends with an error."""
    with pytest.raises(CommandError) as error:
        call_command(*args)
    return capsys.readouterr().out, str(error.value)


def forge(sealed, **fields):
    """Change a sealed row as only whoever owns the database can."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE boards_edition DISABLE TRIGGER USER")
        for name, value in fields.items():
            cursor.execute(f"UPDATE boards_edition SET {name} = %s WHERE id = %s", [value, sealed.pk])
        cursor.execute("ALTER TABLE boards_edition ENABLE TRIGGER USER")


def test_build_pack_waits_and_writes_the_pack(edition, silent, capsys, tmp_path):
    sealed = edition()
    target = tmp_path / "pack.pdf"
    told = json.loads(run(capsys, "build_pack", "2017-02-06", "--wait", "--json", "--output", str(target)))
    assert told["state"] == "complete" and told["edition"] == sealed.pk and told["edition_sha256"] == sealed.sha256
    assert (told["edition_number"], told["edition_kind"]) == (1, "agenda")
    assert set(told["stages"]) == {"plan", "render", "assemble", "prove"}
    assert target.read_bytes().startswith(b"%PDF-1.7")
    assert told["pages"] > 5


def test_what_build_pack_prints_leads_on_to_the_other_commands(edition, silent, capsys):
    edition(number=3, kind="correction", reason="A figure was wrong")
    told = json.loads(run(capsys, "build_pack", "2017-02-06", "--wait", "--json"))
    checked = json.loads(run(capsys, "verify_edition", str(told["edition"]), "--json"))
    ledger = json.loads(run(capsys, "pack_ledger", str(told["edition"]), "--json"))
    assert checked["intact"] and checked["sha256"] == ledger["edition_sha256"] == told["edition_sha256"]
    assert ledger["pages"] == told["pages"]


@pytest.mark.parametrize(
    "words",
    ["2017-02-06", "bcb/2017-02-06", "BCB 2017-02-06", "BCB:2017-02-06", "Business Coordination Board 2017-02-06"],
)
def test_a_meeting_is_named_by_its_board_and_date(edition, words):
    sealed = edition()
    sealed.meeting.board.short_name = "BCB"
    sealed.meeting.board.save()
    assert find_meeting(words) == find_meeting(words.split()) == sealed.meeting == find_meeting(str(sealed.meeting.pk))
    assert find_edition(words) == find_edition(f"{words} 1") == find_edition(f"{words}/1") == sealed


@pytest.mark.parametrize(
    ("command", "words", "said"),
    [
        ("build_pack", "2001-01-01", "There is no meeting 2001-01-01."),
        ("build_pack", "XYZ 2017-02-06", "There is no meeting XYZ 2017-02-06."),
        ("build_pack", "2017-02-30", "There is no day 2017-02-30."),
        ("build_pack", "next Tuesday", "names no meeting"),
        ("build_pack", "00000000-0000-4000-8000-000000000000", "There is no meeting"),
        ("verify_edition", "987654", "There is no edition “987654”"),
        ("verify_edition", "2017-02-06 7", "There is no edition"),
        ("verify_edition", "ten", "There is no edition"),
        ("verify_edition", "9" * 30, "There is no edition"),
        ("pack_ledger", "987654", "There is no edition"),
    ],
)
def test_what_is_not_there_gets_a_sentence(edition, capsys, command, words, said):
    edition()
    assert said in refused(capsys, command, words)[1]


def test_a_pack_that_cannot_be_written_gets_a_sentence(edition, silent, capsys, tmp_path):
    edition()
    told, said = refused(capsys, "build_pack", "2017-02-06", "--output", str(tmp_path / "missing" / "pack.pdf"))
    assert "could not be written" in said and "complete" in told


def test_a_failed_build_ends_with_its_sentence(edition, silent, capsys):
    sealed = edition()
    default_storage.delete(sealed.content["items"][1]["papers"][0]["annexes"][0]["file"])
    told, said = refused(capsys, "build_pack", "2017-02-06", "--wait", "--json")
    assert "Consultant report 1" in said and json.loads(told)["error"] == said


def test_build_pack_for_the_public_tells_the_proof(edition, silent, capsys):
    edition()
    told = json.loads(run(capsys, "build_pack", "bcb/2017-02-06", "--audience", "public", "--wait", "--json"))
    assert told["proof"]["hits"] == []


def test_without_waiting_the_build_is_queued(edition, silent, capsys):
    edition()
    assert "waiting for a worker" in run(capsys, "build_pack", "2017-02-06")
    assert PackBuild.objects.get().state == "queued"


def test_ledger_is_printed_as_json_and_as_lines(edition, silent, capsys):
    sealed = edition()
    run(capsys, "build_pack", "2017-02-06", "--wait")
    ledger = json.loads(run(capsys, "pack_ledger", str(sealed.pk), "--json"))
    assert ledger["rows"][0]["kind"] == "front" and ledger["pages"] == PackBuild.objects.get().pages
    assert "Annex" not in run(capsys, "pack_ledger", str(sealed.pk)).splitlines()[0]


def test_an_untouched_edition_verifies(edition, silent, capsys):
    sealed = edition()
    run(capsys, "build_pack", "2017-02-06", "--wait")
    assert "is as it was sealed" in run(capsys, "verify_edition", str(sealed.pk))


def test_a_lost_annex_is_found_by_verification(edition, silent, capsys):
    sealed = edition()
    default_storage.delete(sealed.content["items"][1]["papers"][0]["annexes"][0]["file"])
    with pytest.raises(CommandError, match="not as it was sealed"):
        call_command("verify_edition", str(sealed.pk))


CHANGED = "Strategic risk register", "Strategic risk registers"


def test_changed_content_is_found_by_verification(edition, capsys):
    sealed = edition()
    forge(sealed, canonical=sealed.canonical.replace(*CHANGED))
    told, said = refused(capsys, "verify_edition", str(sealed.pk))
    assert "NOT  The content has the hash under which it was sealed. It was changed" in told
    assert "is not as it was sealed" in said and "It was changed" in said


def test_content_changed_with_its_hash_is_found_by_verification(edition, silent, capsys):
    sealed = edition()
    run(capsys, "build_pack", "2017-02-06", "--wait")
    record("edition.sealed", by=None, target=sealed, summary="Sealed", sha256=sealed.sha256)
    forged = sealed.canonical.replace(*CHANGED)
    forge(sealed, canonical=forged, sha256=digest(forged))
    told, _ = refused(capsys, "verify_edition", str(sealed.pk))
    assert "NOT  The audit record names this hash." in told
    assert "It was built from other content" in told


def test_a_changed_number_in_a_paper_is_found_by_verification(edition, capsys):
    content, load_file = sample.meeting(1, 3, annexes=0)
    numbers = content["items"][1]["papers"][0]["numbers"]
    next(iter(numbers.values()))["number"] = "9"
    told, _ = refused(capsys, "verify_edition", str(edition(content, load_file).pk))
    assert "NOT  The numbers of paper 4.0 are those counted from its blocks. 1 of" in told


@pytest.mark.parametrize("field", ["reason", "kind"])
def test_a_changed_row_is_found_by_verification(edition, capsys, field):
    sealed = edition(number=2, kind="supplement", reason="Late")
    forge(sealed, **{field: "correction"})
    told, _ = refused(capsys, "verify_edition", str(sealed.pk))
    assert "NOT  Number, kind and reason are as they were sealed." in told


@pytest.mark.parametrize("text", ["{", "{}", "[]", "null"])
def test_content_that_is_destroyed_is_found_by_verification(edition, capsys, text):
    sealed = edition()
    forge(sealed, canonical=text)
    assert "NOT  The content can be read." in refused(capsys, "verify_edition", str(sealed.pk))[0]


def test_a_changed_or_lost_pack_is_found_by_verification(edition, silent, capsys):
    sealed = edition()
    run(capsys, "build_pack", "2017-02-06", "--wait")
    file = default_storage.path(PackBuild.objects.get().file)
    with open(file, "ab") as pack:
        pack.write(b"% one more line")
    assert "Its file was changed" in refused(capsys, "verify_edition", str(sealed.pk))[0]
    default_storage.delete(PackBuild.objects.get().file)
    assert "Its file is missing" in refused(capsys, "verify_edition", str(sealed.pk))[0]
