"""The same pack made by the portal as it runs: PostgreSQL, the queue, two workers in processes of their own, the file store.

Part of `bench_packs`, which gives the figures that these are shares of.
"""

import copy
import datetime as dt
import tempfile
import time
from pathlib import Path

from tests.benchmarks import bench_packs
from tests.boards.packs import sample
from tests.boards.packs.working import PATIENCE, Workers, ended
from tests.waiting import until

TRIES = 3  # of a change: other work on the machine is not what is measured


def rows(one, chromium):
    """(what, value, unit[, limit]) of every measure; `one` is the one call of this run, `chromium` its print in seconds."""
    with tempfile.TemporaryDirectory(prefix="bench-service-") as folder:
        workers = Workers(Path(folder))
        try:
            workers("one")
            workers("two")
            yield from _measures(one, chromium, workers)
        finally:
            workers.stop()


def _measures(one, chromium, workers):
    _build(
        sample.seal(*sample.meeting(3, 3, seed=9), of=_other_meeting())
    )  # both have made packs before, as workers have
    content, load_file = bench_packs.content()
    edition = sample.seal(copy.deepcopy(content), load_file)
    cold, first = _build(edition)
    yield "in service: nothing stored, two workers", round(cold, 2), "s"
    yield "… as a share of the one call", round(cold / one["seconds"], 3), "×", 0.6
    changes = []
    for attempt in range(TRIES):
        after = bench_packs.changed(content, 10 + attempt, attempt)
        number = {"number": attempt + 2, "kind": "correction", "reason": "A sentence was added."}
        changes.append(_build(sample.seal(after, load_file, of=edition.meeting, **number))[0])
    yield "in service: one paper changed, to the complete pack", round(min(changes), 2), "s"
    yield "… as a share of the one call", round(min(changes) / one["seconds"], 4), "×", round(1 / 12, 4)
    if chromium is not None:
        yield "… as a share of Chromium's print", round(min(changes) / chromium, 3), "×", 0.5
    _forget()
    _, again = _build(edition)
    yield "made again from nothing, it differs from the first", int(first != again), "packs", 0
    most = max(map(_peak, _processes(workers)))
    yield "most memory that a process of a worker has held", most, "MB"
    yield "… as a share of the one call's", round(most / one["memory"], 2), "×", 0.5


def _other_meeting():
    from boards.models import Board, Meeting

    board = Board.objects.create(name="Joint Audit Committee", slug="jac")
    return Meeting.objects.create(board=board, date=dt.date(2017, 1, 9), venue="Room 1", is_public=True)


def _build(edition):
    """(seconds, SHA-256) of the members' pack of an edition, from asking for it to its completion."""
    from boards.actions import builds

    started = time.perf_counter()
    build = builds.request(meeting=edition.meeting, edition=edition, audience="members", by=None)
    until(ended(build), "The end of the build", PATIENCE)
    if build.state != "complete":
        raise SystemExit(f"The pack could not be made: {build.error}")
    return (build.finished_at - build.requested_at).total_seconds() or time.perf_counter() - started, build.sha256


def _forget():
    """Take every stored fragment away."""
    from django.core.files.storage import default_storage

    from boards.models import Fragment

    for fragment in Fragment.objects.all():
        default_storage.delete(fragment.file)
    Fragment.objects.all().delete()


def _processes(workers):
    """Process numbers of the workers and of the children that do their work."""
    ours = {process.pid for process in workers.started}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            parent = int(status.read_text().partition("PPid:")[2].split()[0])
        except (OSError, IndexError, ValueError):
            continue
        if parent in ours:
            yield int(status.parent.name)


def _peak(pid):
    """Most memory a process has held, in MB."""
    words = Path(f"/proc/{pid}/status").read_text().partition("VmHWM:")[2].split()
    return round(int(words[0]) / 1024) if words else 0
