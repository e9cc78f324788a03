"""Take a plan out as Excel, CSV or JSON."""

from __future__ import annotations

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from plans.exchange import writing
from plans.exchange.leaving import tables_of
from plans.exchange.tables import COLUMNS
from plans.models import Plan


class Command(BaseCommand):
    help = "Write a plan to a file. The form follows the file's ending; for CSV, --table says which table."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", help="Ends in .xlsx, .json or .csv.")
        parser.add_argument("--plan", help="Slug of the plan; the one in force unless said.")
        parser.add_argument("--table", choices=list(COLUMNS), default="activities", help="For CSV.")

    def handle(self, *args, **options) -> None:
        plan = Plan.objects.filter(slug=options["plan"]).first() if options["plan"] else Plan.objects.current()
        if plan is None:
            raise CommandError("There is no such plan.")
        path = Path(options["file"])
        tables = tables_of(plan)
        match path.suffix:
            case ".xlsx":
                content = writing.as_excel(tables)
            case ".json":
                content = writing.as_json(tables)
            case ".csv":
                content = writing.as_csv(tables, options["table"])
            case _:
                raise CommandError("The file must end in .xlsx, .json or .csv.")
        path.write_bytes(content)
        self.stdout.write(f"Wrote {path.name}, {len(content):,} bytes.")
