"""What scripts and acceptance use."""

import json

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from boards.models import Edition, PackBuild

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


def test_build_pack_waits_and_writes_the_pack(edition, silent, capsys, tmp_path):
    sealed = edition()
    target = tmp_path / "pack.pdf"
    told = json.loads(run(capsys, "build_pack", "2017-02-06", "--wait", "--json", "--output", str(target)))
    assert told["state"] == "complete" and told["edition"] == 1 and told["edition_sha256"] == sealed.sha256
    assert set(told["stages"]) == {"plan", "render", "assemble", "prove"}
    assert target.read_bytes().startswith(b"%PDF-1.7")
    assert told["pages"] > 5


def test_build_pack_for_the_public_tells_the_proof(edition, silent, capsys):
    edition()
    told = json.loads(run(capsys, "build_pack", "bcb/2017-02-06", "--audience", "public", "--wait", "--json"))
    assert told["proof"]["hits"] == []


def test_without_waiting_the_build_is_queued(edition, silent, capsys):
    edition()
    assert "waiting for a worker" in run(capsys, "build_pack", "2017-02-06")
    assert PackBuild.objects.get().state == "queued"


def test_unknown_meeting_gets_a_sentence(db):
    with pytest.raises(CommandError, match="There is no meeting"):
        call_command("build_pack", "2001-01-01")


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


def test_content_that_was_changed_is_found_by_verification(edition):
    from boards.packs.verify import verify

    sealed = edition()
    forged = Edition.objects.get(pk=sealed.pk)
    forged.canonical = forged.canonical.replace("Strategic risk register", "Strategic risk register!")
    assert not all(check.holds for check in verify(forged))
