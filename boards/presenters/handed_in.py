"""Office files of a paper on their way to being annexes, as staff see them."""

import datetime as dt

from django.utils import timezone

from boards import workers
from boards.models import AnnexConversion, Paper

State = AnnexConversion.State
TONES = {State.WAITING: "grey", State.TURNING: "blue", State.FAILED: "red"}
STILL = dt.timedelta(minutes=1)  # without a sign of life: its worker is gone, and the sweep takes the file up

WAITING = "Waiting for a worker to turn it into PDF."
NOBODY = (
    "No worker that is running can turn it into PDF. The file is kept, and becomes an annex by itself when such a worker "
    "runs. If you cannot wait, remove it and upload a PDF."
)
TURNING = "A worker is turning it into PDF. That takes a few seconds."
STOPPED = "The worker that had it stopped. Another one takes it up by itself; nothing is lost."


class HandedIn:
    """One file. `taken` are the endings that a worker which runs now can turn."""

    def __init__(self, row: AnnexConversion, taken: tuple[str, ...]):
        self.row, self.taken = row, taken

    @property
    def label(self) -> str:
        return self.row.get_state_display()

    @property
    def tone(self) -> str:
        return TONES[self.row.state]

    @property
    def is_moving(self) -> bool:
        """Whether a worker has it or can take it up now."""
        return self.row.state == State.TURNING or (self.row.state == State.WAITING and self.row.ending in self.taken)

    @property
    def sentence(self) -> str:
        """Where the file is and what will come of it."""
        row = self.row
        if row.is_failed:
            return row.error
        if row.state == State.TURNING:
            return TURNING if row.heartbeat > timezone.now() - STILL else STOPPED
        return WAITING if row.ending in self.taken else NOBODY


def of_paper(paper: Paper) -> list[HandedIn]:
    rows = list(paper.conversions.select_related("paper"))
    taken = workers.office_formats() if rows else ()
    return [HandedIn(row, taken) for row in rows]
