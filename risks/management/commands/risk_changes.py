"""The typed changes of the risk register that a report to a meeting shows."""

import datetime as dt
import json

from django.core.management.base import BaseCommand, CommandError

from risks.report.shown import NothingThere, changes_shown


class Command(BaseCommand):
    help = "Print what the report to a meeting shows as changed since that board last saw the register."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--board", required=True, help="abbreviation, slug or name, such as BCB")
        parser.add_argument("--meeting", required=True, help="date of the meeting: 2017-02-06")
        parser.add_argument("--json", action="store_true", help="a list of objects, one for each change")

    def handle(self, *args, board: str, meeting: str, **options) -> None:
        try:
            day = dt.date.fromisoformat(meeting)
        except ValueError as problem:
            raise CommandError(f"“{meeting}” is not a date such as 2017-02-06.") from problem
        try:
            shown = changes_shown(board, day)
        except NothingThere as problem:
            raise CommandError(str(problem)) from problem
        if options["json"]:
            self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2))
            return
        for change in shown:
            page = f"page {change['page']}" if change["page"] else "no page yet"
            self.stdout.write(f"{change['ref']}  {change['kind']:8}  {change['field'] or 'risk':12}  {page}")
        refs = {change["ref"] for change in shown}
        self.stdout.write(f"{len(shown)} changes to {len(refs)} risks")
