"""Sealed editions of made-up meetings, and a worker that does at once what is queued."""

import pytest

from tests.boards.packs import sample


@pytest.fixture
def edition(db):
    """Seal a made-up meeting: `edition(content, load_file)`; gives the Edition row with its files in the store."""
    return sample.seal


@pytest.fixture
def worker(monkeypatch, django_capture_on_commit_callbacks):
    """Runs queued tasks in this process, one after the other, until none is left. `worker.calls` lists their names."""
    from boards import tasks
    from boards.packs import sharing

    monkeypatch.setattr(sharing, "HELP_SECONDS", 0)  # what is handed out goes to the queue, to be looked at

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
