"""Saving the embedded database and the files, and putting them back."""

import os
import tempfile
from pathlib import Path

import pytest

from portal.launcher import backup
from portal.launcher.database import Lease
from portal.launcher.errors import LauncherError
from tests.portal.launching import ask, connect, remove

pytestmark = pytest.mark.xdist_group("launcher")


@pytest.fixture
def var(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("FILES_ROOT", raising=False)
    var = Path(os.path.realpath(tempfile.mkdtemp(prefix="portal-launcher-")))
    monkeypatch.setenv("PORTAL_VAR", str(var))
    yield var
    remove(var)


def test_what_was_saved_can_be_restored(var, capsys):
    (var / "files" / "packs").mkdir(parents=True)
    (var / "files" / "packs" / "pack.pdf").write_bytes(b"%PDF-sealed")
    with Lease.take(var), connect(var) as connection:
        connection.execute("CREATE TABLE edition AS SELECT 7 AS number")
        assert backup.main([]) == 0
        connection.execute("UPDATE edition SET number = 8")
    (var / "files" / "packs" / "pack.pdf").unlink()
    saved = next((var / "backups").iterdir())

    assert saved.stat().st_mode & 0o077 == 0
    assert backup.main(["--restore", str(saved)]) == 0
    with Lease.take(var):
        assert ask(var, "SELECT number FROM edition") == 7
    assert (var / "files" / "packs" / "pack.pdf").read_bytes() == b"%PDF-sealed"


def test_a_folder_that_is_no_backup_changes_nothing(var, tmp_path):
    with pytest.raises(LauncherError, match="is not a backup"):
        backup.restore(var, tmp_path)


def test_a_server_of_the_offices_own_is_not_touched(var, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgres://db/papers")

    assert backup.main([]) == 1
    assert "its own pg_dump" in capsys.readouterr().out
