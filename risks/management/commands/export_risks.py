"""Write the register to a file."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from risks.exchange.files import WRITERS
from risks.snapshot import NoMatrix, take


class Command(BaseCommand):
    help = "Write the register to FILE as CSV, Excel or JSON, by the ending of its name."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", help="where to write: register.xlsx, register.csv or register.json")

    def handle(self, *args, file: str, **options) -> None:
        path = Path(file)
        ending = path.suffix.lower().removeprefix(".")
        if ending not in WRITERS:
            raise CommandError(f"Name the file with one of these endings: {', '.join('.' + name for name in WRITERS)}.")
        try:
            snapshot = take(timezone.localdate())
        except NoMatrix as problem:
            raise CommandError(str(problem)) from problem
        write, _ = WRITERS[ending]
        path.write_bytes(write(snapshot))
        self.stdout.write(f"Wrote {len(snapshot['risks'])} risks to {file}.")
