"""The papers of the operator: every variable described, the containers sound."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from boards import queue
from boards.packs import office

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "operations.md").read_text()
COMPOSE = (ROOT / "docker-compose.yml").read_text()
OUTSIDE = {"HOSTNAME", "PATH"}  # of the container or the machine, not ours


def described() -> set[str]:
    return set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", GUIDE, re.MULTILINE))


def read_by_code() -> set[str]:
    found = set()
    for package in ("portal", "boards", "risks", "plans", "finance"):
        for path in (ROOT / package).rglob("*.py"):
            text = path.read_text()
            found |= set(re.findall(r"\benv\.(?:text|flag|number|words)\(\s*[\"']([A-Z0-9_]+)", text))
            found |= set(re.findall(r"environ\.get\([\"']([A-Z0-9_]+)", text))
    found |= set(re.findall(r"\$\{([A-Z][A-Z0-9_]+):-", (ROOT / "scripts" / "bootstrap.sh").read_text()))
    return found - {"MAKELEVEL", "CI"}


def read_by_compose() -> set[str]:
    return set(re.findall(r"\$\{([A-Z0-9_]+)", COMPOSE))


#: A library's own variable, which the code sets for a moment and puts back.
NOT_OURS = {"FONTCONFIG_FILE"}


def test_every_variable_is_described():
    assert (read_by_code() | read_by_compose()) - NOT_OURS <= described()


def test_nothing_is_described_that_is_not_read():
    assert described() <= read_by_code() | read_by_compose() | {"SECRET_KEY", "WORKERS"}


def test_the_containers_pass_on_only_variables_that_are_read():
    environment = yaml.safe_load(COMPOSE)["x-portal"]["environment"]

    assert set(environment) <= read_by_code() | {"SECRET_KEY"}


def test_every_service_that_stays_has_a_health_check_and_comes_after_the_migration():
    services = yaml.safe_load(COMPOSE)["services"]

    ours = {"web", "render-worker", "worker", "office-worker", "scheduler"}
    assert set(services) == {"postgres", "valkey", "migrate", *ours}
    for name, service in services.items():
        if name != "migrate":
            assert "healthcheck" in service, name
        if name in ours:
            assert service["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_only_the_worker_for_office_files_has_libreoffice_and_it_takes_nothing_else():
    services = yaml.safe_load(COMPOSE)["services"]
    images = {name: (service["image"], service.get("build")) for name, service in services.items()}

    assert images["office-worker"] == ("board-papers-portal-office", {"context": ".", "args": {"OFFICE": "true"}})
    assert all(
        image == ("board-papers-portal", ".")
        for name, image in images.items()
        if name in {"web", "worker", "render-worker"}
    )
    assert (
        f"--queues {','.join(queue.office_queue(kind) for kind in office.KINDS)} "
        in services["office-worker"]["command"]
    )
    assert services["office-worker"]["profiles"] == ["office"]


def test_the_database_and_the_queue_are_not_open_to_the_network():
    services = yaml.safe_load(COMPOSE)["services"]

    assert [name for name, service in services.items() if "ports" in service] == ["web"]
    assert services["web"]["ports"] == ["${BIND:-127.0.0.1:8000}:8000"]


def compose_command() -> list[str] | None:
    if shutil.which("docker"):
        plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
        if plugin.returncode == 0:
            return ["docker", "compose"]
    return ["docker-compose"] if shutil.which("docker-compose") else None


@pytest.fixture
def compose():
    command = compose_command()
    if command is None:
        pytest.skip("docker compose is not on this machine: install Docker's compose plugin to check its file with it")

    def run(**environ):
        return subprocess.run(
            [*command, "-f", str(ROOT / "docker-compose.yml"), "--profile", "office", "config"],
            env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")} | environ,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_docker_compose_reads_the_file(compose):
    done = compose(SECRET_KEY="a-long-random-text", POSTGRES_PASSWORD="abc123")

    assert done.returncode == 0, done.stderr
    assert set(yaml.safe_load(done.stdout)["services"]) == set(yaml.safe_load(COMPOSE)["services"])


def test_docker_compose_asks_for_the_secrets_by_name(compose):
    done = compose(POSTGRES_PASSWORD="abc123")

    assert done.returncode != 0
    assert "Set SECRET_KEY" in done.stderr


def test_the_image_installs_with_hashes_and_does_not_run_as_root():
    image = (ROOT / "Dockerfile").read_text()

    assert "pip install --require-hashes -r requirements.txt" in image
    assert image.rindex("USER portal") > image.rindex("RUN ")
