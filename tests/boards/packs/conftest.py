"""Sealed editions of made-up meetings, and a worker that does at once what is queued."""

import datetime as dt

import pytest

from tests.boards.packs import sample


@pytest.fixture
def edition(db):
    """Seal a made-up meeting: `edition(content, load_file)`; gives the Edition row with its files in the store."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    from boards.canonical import canonical_json, digest
    from boards.models import Board, Edition, Meeting

    def make(content=None, load_file=None, *, number=1, kind="agenda", reason="", meeting=None):
        if content is None:
            content, load_file = sample.meeting(3, 4, annexes=1, annex_pages=2)
        for item in content["items"]:
            for paper in item["papers"]:
                for annex in paper["annexes"]:
                    data = load_file(annex["sha256"])
                    annex["file"] = default_storage.save(f"annexes/{annex['sha256'][:8]}.pdf", ContentFile(data))
        if meeting is None:
            board, _ = Board.objects.get_or_create(name="Business Coordination Board", defaults={"slug": "bcb"})
            meeting = Meeting.objects.create(board=board, date=dt.date(2017, 2, 6), venue="Room 1", is_public=True)
        canonical = canonical_json(content)
        row = Edition(
            meeting=meeting, number=number, kind=kind, reason=reason, canonical=canonical, sha256=digest(canonical)
        )
        row.save()
        return row

    return make


@pytest.fixture
def worker(monkeypatch, django_capture_on_commit_callbacks):
    """Runs queued tasks in this process, one after the other, until none is left. `worker.calls` lists their names."""
    from boards import tasks
    from boards.packs import builder

    monkeypatch.setattr(builder, "HELP_SECONDS", 0)  # what is handed out goes to the queue, to be looked at

    class Worker:
        def __init__(self):
            self.queue, self.calls, self.deaf = [], [], False

        def put(self, name):
            def delay(*args):
                self.calls.append(name)
                if not self.deaf:
                    self.queue.append((getattr(tasks, name), args))

            return delay

        def run(self, start=None, *args):
            if start is not None:
                self.queue.append((start, args))
            while self.queue:
                task, arguments = self.queue.pop(0)
                with django_capture_on_commit_callbacks(execute=True):
                    task.run(*arguments)

    made = Worker()
    for name in ("build_pack", "render_fragment"):
        monkeypatch.setattr(getattr(tasks, name), "delay", made.put(name))
    return made
