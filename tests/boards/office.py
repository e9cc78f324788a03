"""Office files, and workers that can turn them, without LibreOffice: a program of its name that gives a PDF which is at hand."""

import io
import os
import textwrap
import zipfile
from pathlib import Path

from boards import workers
from boards.packs import office
from tests.boards.world import pdf

KINDS = ("writer", "calc", "impress")


def office_file(words: str = "words", ending: str = ".docx") -> bytes:
    """What passes for an office file: an archive with the part that its ending asks for. The same words give the same bytes."""
    part = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".pptx": "ppt/presentation.xml"}[ending]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo(part), words)  # without the time of day
    return buffer.getvalue()


def announce(name: str, formats=office.TYPES) -> None:
    """A worker says of itself what it can, as if it ran now."""
    workers.announce(name, list(formats), ["default"])


class StandIn:
    """A folder with a program `soffice` for the PATH of workers. While `hold` is on, it waits before it gives its PDF."""

    def __init__(self, folder: Path, kinds=KINDS):
        folder.mkdir(parents=True)
        self.folder, self.gate = folder, folder / "hold"
        (folder / "annex.pdf").write_bytes(pdf(2, "Turned by the stand-in"))
        for kind in kinds:
            (folder / {"writer": "libswlo.so", "calc": "libsclo.so", "impress": "libsdlo.so"}[kind]).touch()
        self.program = folder / "soffice"
        self.program.write_text(
            textwrap.dedent(f"""\
                #!/bin/sh
                echo $$ >> {folder}/runs
                while [ -e {folder}/hold ]; do sleep 0.02; done
                while [ "$1" != --outdir ]; do shift; done
                mkdir -p "$2" && cp {folder}/annex.pdf "$2/annex.pdf"
                """)
        )
        self.program.chmod(0o755)

    @property
    def path(self) -> str:
        return f"{self.folder}:{os.environ['PATH']}"

    def hold(self) -> None:
        self.gate.touch()

    def go_on(self) -> None:
        self.gate.unlink(missing_ok=True)

    @property
    def runs(self) -> list[int]:
        """The process of each conversion that was begun."""
        kept = self.folder / "runs"
        return [int(line) for line in kept.read_text().split()] if kept.exists() else []
