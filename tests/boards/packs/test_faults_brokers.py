"""Real builds and office files through Redis (or Valkey) and RabbitMQ, and through a Redis that forgets everything.

Each test has a broker, or a room in one, of its own. It is skipped where the machine has none.
"""

import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from django.db import connection
from kombu import Connection

from boards import tasks
from boards.actions import annexes
from boards.models import PackBuild, WorkerNotice
from tests.boards import world as worlds
from tests.boards.office import StandIn, announce, office_file
from tests.boards.packs.working import PATIENCE, SOON, Workers, ended, whole
from tests.boards.world import Upload
from tests.databases import url_of
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def redis():
    """The address of a Redis of this test's own, which keeps nothing on disk."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        pytest.skip("There is no redis-server or valkey-server here: apt-get install redis-server")
    with tempfile.TemporaryDirectory(prefix="redis-") as folder:
        socket = Path(folder) / "socket"
        command = [
            program,
            "--port",
            "0",
            "--unixsocket",
            str(socket),
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            folder,
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            until(socket.exists, "Redis answers")
            yield f"redis+socket://{socket}"
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture
def rabbitmq():
    """The address of a virtual host of this test's own."""
    name = f"test-{secrets.token_hex(4)}"
    try:
        for order in (["add_vhost", name], ["set_permissions", "-p", name, "guest", ".*", ".*", ".*"]):
            subprocess.run(["rabbitmqctl", *order], check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        pytest.skip(
            "There is no RabbitMQ here that we may use: apt-get install rabbitmq-server, and run the tests as root"
        )
    yield f"amqp://guest:guest@127.0.0.1:5672/{name}"
    subprocess.run(["rabbitmqctl", "delete_vhost", name], check=True, capture_output=True, timeout=60)


@pytest.fixture
def workers_on(own_files):
    """Workers on a broker: `workers_on(address)` gives what starts them."""
    made = []

    def on(broker, **more):
        environment = {
            "DATABASE_URL": url_of(connection), "FILES_ROOT": str(own_files), "CELERY_BROKER_URL": broker, "PACK_STALE_SECONDS": SOON,
        }  # fmt: skip
        made.append(Workers(own_files.parent, **environment, **more))
        return made[-1]

    yield on
    for workers in made:
        workers.stop()


def send(broker, task, *arguments, **options):
    with Connection(broker) as link:
        task.apply_async(args=arguments, connection=link, **options)


def finish(build):
    until(ended(build), "The end of the build", PATIENCE)
    return build


def start(edition):
    return PackBuild.objects.create(meeting=edition.meeting, edition=edition, audience="members")


@pytest.mark.parametrize("kind", ["redis", "rabbitmq"])
def test_a_pack_is_built_through(kind, request, edition, workers_on):
    broker = request.getfixturevalue(kind)
    build = start(edition())
    send(broker, tasks.build_pack, str(build.pk))
    workers = workers_on(broker)
    workers("one")
    workers("two")
    whole(finish(build))


@pytest.mark.parametrize("kind", ["redis", "rabbitmq"])
def test_an_office_file_finds_the_worker_that_can_turn_it_through(kind, request, person, tmp_path, workers_on):
    broker = request.getfixturevalue(kind)
    paper = worlds.make(person).paper
    type(paper).objects.filter(pk=paper.pk).update(state="draft")
    announce("able@test")  # as if it ran: the file is handed in before it does
    row = annexes.add(
        paper=type(paper).objects.get(pk=paper.pk),
        title="Survey",
        file=Upload(office_file(), "survey.docx"),
        by=paper.authors.get(),
    )
    WorkerNotice.objects.all().delete()
    send(broker, tasks.turn_office_file, str(row.pk), queue="office-writer")
    (tmp_path / "nothing").mkdir()
    workers_on(broker, PATH=str(tmp_path / "nothing"))("plain")
    until(
        lambda: WorkerNotice.objects.filter(name="plain@test", formats=[]).exists(), "The plain worker runs", PATIENCE
    )
    able = workers_on(broker, PATH=StandIn(tmp_path / "libreoffice").path)("able")
    until(lambda: paper.annexes.filter(title="Survey").exists(), "The annex", PATIENCE)
    notice = WorkerNotice.objects.get(name="able@test")
    until(lambda: WorkerNotice.objects.get(name="able@test").seen_at > notice.seen_at, "It says so again", PATIENCE)
    able.terminate()
    able.wait(60)
    assert list(WorkerNotice.objects.values_list("name", flat=True)) == ["plain@test"]


def test_redis_emptied_between_enqueue_and_start(redis, edition, workers_on):
    from redis import Redis

    build = start(edition())
    send(redis, tasks.build_pack, str(build.pk))
    with Redis(unix_socket_path=redis.removeprefix("redis+socket://")) as server:
        assert server.llen("default") == 1
        server.flushall()
    workers = workers_on(redis)
    workers("one")
    workers.scheduler()
    whole(finish(build))
