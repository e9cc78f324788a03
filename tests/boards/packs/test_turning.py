"""Office files and real workers in processes of their own: each file ends as one annex, or in a sentence."""

import datetime as dt
import os
import signal
import uuid

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from boards import queue, workers
from boards.actions import annexes, conversions
from boards.models import Annex, AnnexConversion, WorkerNotice
from boards.packs import office, turning
from tests.boards import world as worlds
from tests.boards.office import StandIn, announce, office_file
from tests.boards.packs.working import PATIENCE, Workers, alive, empty_broker_folder, kill
from tests.boards.world import Upload
from tests.databases import url_of
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paper(person):
    made = worlds.make(person)
    made.paper.state = "draft"
    made.paper.save()
    return made.paper


@pytest.fixture
def start(own_files):
    """Start workers: `start("one", path)` on a machine whose programs are in `path`. They share database, broker folder and files."""
    empty_broker_folder()
    made = []

    def on(name, path, **options):
        environment = {"DATABASE_URL": url_of(connection), "FILES_ROOT": str(own_files), "PATH": path}
        made.append(Workers(own_files.parent, **environment))
        process = made[-1](name, **options)
        until(
            lambda: WorkerNotice.objects.live().filter(name=f"{name}@test").exists(),
            f"{name} says what it can",
            PATIENCE,
        )
        return process

    yield on
    for workers_of_one in made:
        workers_of_one.stop()
    empty_broker_folder()


@pytest.fixture
def libreoffice(tmp_path):
    made = StandIn(tmp_path / "libreoffice")
    yield made
    made.go_on()


@pytest.fixture
def nowhere(tmp_path):
    """A PATH without LibreOffice, also on a machine that has it."""
    folder = tmp_path / "programs"
    folder.mkdir()
    return str(folder)


def hand_in(paper, words="words", title="Survey", ending=".docx"):
    author = paper.authors.get()
    return annexes.add(paper=paper, title=title, file=Upload(office_file(words, ending), f"survey{ending}"), by=author)


def bound(paper, title="Survey"):
    return until(lambda: paper.annexes.filter(title=title).first(), "The annex", PATIENCE)


def being_turned(row):
    until(
        lambda: AnnexConversion.objects.filter(pk=row.pk, state="turning").exists(), "A worker has the file", PATIENCE
    )


def sweep():
    """What the scheduler does once the heartbeat has been still for long enough."""
    AnnexConversion.objects.update(heartbeat=timezone.now() - dt.timedelta(minutes=10))
    return turning.requeue_stale()


def test_a_worker_with_libreoffice_says_so_and_makes_the_annex(paper, start, libreoffice):
    start("able", libreoffice.path)
    notice = WorkerNotice.objects.get()
    assert tuple(notice.formats) == office.TYPES == workers.office_formats()
    assert set(notice.queues) == {"render", "default", "office-writer", "office-calc", "office-impress"}
    row = hand_in(paper)
    annex = bound(paper)
    assert (annex.original_name, annex.pages, annex.uploaded_by) == ("survey.docx", 2, paper.authors.get())
    assert not AnnexConversion.objects.exists()
    until(lambda: not default_storage.exists(row.file), "The office file is gone from the store")


def test_a_worker_without_libreoffice_takes_no_office_file(paper, start, libreoffice, nowhere):
    start("plain", nowhere, more=["-Q", "default,office-writer"])  # not even when it is told to
    notice = WorkerNotice.objects.get()
    assert (notice.formats, notice.queues) == ([], ["default"])
    announce("elsewhere@test")
    row = hand_in(paper)
    queue.build_pack(uuid.uuid4())  # comes after it, and is done by the same worker
    until(lambda: len(_messages()) == 1, "The worker has done what was for it", PATIENCE)
    assert ".office-writer." in _messages()[0]
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)
    start("able", libreoffice.path)
    bound(paper)


def _messages():
    from django.conf import settings

    return os.listdir(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"])


def test_a_worker_with_a_part_of_libreoffice_takes_only_what_that_part_opens(paper, start, tmp_path, libreoffice):
    start("writer", StandIn(tmp_path / "writer", kinds=["writer"]).path)
    assert workers.office_formats() == office.KINDS["writer"]
    announce("elsewhere@test", office.KINDS["calc"])
    sheet, text = hand_in(paper, ending=".xlsx", title="Sheet"), hand_in(paper, title="Text")
    bound(paper, "Text")
    sheet.refresh_from_db()
    assert (sheet.state, sheet.attempts) == ("waiting", 0)
    assert text.ending == ".docx"
    start("able", libreoffice.path)
    bound(paper, "Sheet")


def test_a_worker_that_stops_in_order_takes_its_word_back(start, libreoffice):
    process = start("able", libreoffice.path)
    process.terminate()
    process.wait(60)
    assert not WorkerNotice.objects.exists()


def test_a_worker_outlives_lost_connections_and_goes_on_saying_what_it_can(start, libreoffice):
    start("able", libreoffice.path)
    WorkerNotice.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [connection.settings_dict["NAME"]],
        )
    until(lambda: WorkerNotice.objects.live().exists(), "The worker says it again", PATIENCE)
    with connection.cursor() as cursor:  # and between two signs of life its connection is closed
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] == 0


def test_worker_killed_in_mid_conversion_is_made_good_by_another(paper, start, libreoffice):
    libreoffice.hold()
    first = start("first", libreoffice.path)
    row = hand_in(paper)
    being_turned(row)
    until(lambda: libreoffice.runs, "LibreOffice runs")
    kill(first)
    (left,) = libreoffice.runs
    until(lambda: not alive(left), "The kernel ended the LibreOffice of the killed worker")
    libreoffice.go_on()
    start("second", libreoffice.path)
    assert sweep() == 1
    bound(paper)
    assert Annex.objects.filter(title="Survey").count() == 1


def test_a_file_on_which_workers_die_three_times_ends_in_a_sentence(paper, start, libreoffice):
    libreoffice.hold()
    announce("able@test")
    row = hand_in(paper)
    for attempt in (1, 2, 3):
        process = start(f"worker{attempt}", libreoffice.path)
        its_turn = AnnexConversion.objects.filter(pk=row.pk, attempts=attempt, state="turning")
        until(its_turn.exists, f"Its turn {attempt}", PATIENCE)
        kill(process)
        sweep()
    row.refresh_from_db()
    assert (row.state, row.error, row.can_retry) == ("failed", turning.STOPPED, True)


def test_one_file_queued_ten_times_with_two_workers_is_one_annex(paper, start, libreoffice):
    libreoffice.hold()
    start("one", libreoffice.path)
    start("two", libreoffice.path)
    row = hand_in(paper)
    for _ in range(10):
        queue.turn_office_file(row.pk, row.ending)
    being_turned(row)
    libreoffice.go_on()
    bound(paper)
    until(lambda: not _messages(), "Every message is taken", PATIENCE)
    assert paper.annexes.filter(title="Survey").count() == 1
    assert len(libreoffice.runs) == 1


def test_two_workers_that_both_turned_a_file_make_one_annex(paper, start, libreoffice):
    """The first stood still for so long that the sweep gave its file to the second."""
    libreoffice.hold()
    first = start("first", libreoffice.path)
    row = hand_in(paper)
    until(lambda: len(libreoffice.runs) == 1, "The first has it", PATIENCE)
    os.killpg(first.pid, signal.SIGSTOP)
    assert sweep() == 1
    start("second", libreoffice.path)
    until(lambda: len(libreoffice.runs) == 2, "The second has it too", PATIENCE)
    os.killpg(first.pid, signal.SIGCONT)
    libreoffice.go_on()
    bound(paper)
    until(lambda: not AnnexConversion.objects.filter(pk=row.pk).exists(), "The row is gone")
    first.terminate()  # it finishes what it has
    first.wait(60)
    assert paper.annexes.filter(title="Survey").count() == 1
    folder = default_storage.listdir("annexes")[0]
    assert len(folder) == Annex.objects.count()  # the second PDF was not kept


def test_a_file_removed_while_a_worker_has_it_becomes_no_annex(paper, start, libreoffice):
    libreoffice.hold()
    process = start("able", libreoffice.path)
    row = hand_in(paper)
    being_turned(row)
    conversions.remove(conversion=row, by=row.uploaded_by)
    libreoffice.go_on()
    process.terminate()  # it finishes what it has
    process.wait(60)
    assert not paper.annexes.filter(title="Survey").exists()
    assert not default_storage.exists(row.file)


def test_a_file_whose_paper_was_cleared_meanwhile_ends_in_a_sentence(paper, start, libreoffice):
    libreoffice.hold()
    start("able", libreoffice.path)
    row = hand_in(paper)
    being_turned(row)
    type(paper).objects.filter(pk=paper.pk).update(state="final")
    libreoffice.go_on()
    until(lambda: AnnexConversion.objects.filter(pk=row.pk, state="failed").exists(), "The end in a sentence", PATIENCE)
    row.refresh_from_db()
    assert row.error == "This paper is final. Ask governance to return it to draft before changing it."
    assert row.can_retry and default_storage.exists(row.file)
