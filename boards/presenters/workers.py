"""The workers, as those who look after the portal see them."""

from boards.models import WorkerNotice
from boards.models.worker import SILENCE
from boards.packs import office

OF_KIND = {"writer": "Word", "calc": "Excel", "impress": "PowerPoint"}


class WorkerLine:
    """One worker. Its row comes `with_silence`."""

    def __init__(self, row: WorkerNotice):
        self.row = row

    @property
    def is_live(self) -> bool:
        return self.row.silence < SILENCE

    @property
    def kinds(self) -> list[str]:
        """What it turns into PDF, in words: Word, Excel, PowerPoint."""
        return [OF_KIND[kind] for kind, endings in office.KINDS.items() if endings[0] in self.row.formats]

    @property
    def seen(self) -> str:
        seconds = int(self.row.silence.total_seconds())
        if seconds < 2:
            return "Now"
        if seconds < 120:
            return f"{seconds} seconds ago"
        return f"{seconds // 60} minutes ago" if seconds < 7200 else f"{seconds // 3600} hours ago"


def office_words(lines: list[WorkerLine]) -> str:
    """What can be handed in as an annex now, and why not more."""
    live = [line for line in lines if line.is_live]
    able = [name for name in OF_KIND.values() if any(name in line.kinds for line in live)]
    if not live:
        return "No worker is running. Packs are not made and office files are not turned into PDF until one is; nothing is lost meanwhile."
    if not able:
        return "No worker that is running has LibreOffice, so only PDF can be handed in as an annex."
    listed = " and ".join(", ".join(able).rsplit(", ", 1))
    return f"{listed} files can be handed in as annexes: a worker turns them into PDF."
