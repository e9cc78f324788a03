"""What every test run stands on: a throw-away PostgreSQL and folders of its own.

Without DATABASE_URL a fast PostgreSQL is started for the run and removed after it. Nothing of `var/` is touched.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

ASKS_ONLY = {"--help", "-h", "--version", "-V", "--fixtures", "--markers"}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config):
    """Runs before pytest-django reads the settings, which is why it is not a fixture."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        _use_folder(Path(os.environ["PORTAL_VAR"]) / worker)
    elif not ASKS_ONLY & set(early_config.invocation_params.args):
        folder = Path(tempfile.mkdtemp(prefix="portal-tests-"))
        _use_folder(folder)
        early_config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        if not os.environ.get("DATABASE_URL", "").strip():
            from portal.launcher import throwaway

            lease, os.environ["DATABASE_URL"] = throwaway.start()
            early_config.add_cleanup(lease.give_back)
    return (yield)


def _use_folder(folder: Path) -> None:
    (folder / "static").mkdir(parents=True, exist_ok=True)  # whitenoise warns when there is none
    os.environ["PORTAL_VAR"] = str(folder)
