"""`manage.py import_paper FILE.docx --meeting ID --item 6.0 [--dry-run] [--json]`."""

import json
from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from boards.actions import papers
from boards.actions.word import import_word
from boards.document.word import WordImportError, read_docx, report
from boards.management.commands._found import find_meeting
from boards.register_titles import known_titles
from portal.models import User
from portal.policy import Refusal
from portal.roles import Role


class Command(BaseCommand):
    requires_system_checks = []  # reading a file needs no pages
    help = "Bring a Word paper in under an agenda item, and print its outline, the warnings and the findings."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the paper, a .docx file")
        parser.add_argument(
            "--meeting", help="the meeting's id, or its date (2017-02-06), or board/date (bcb/2017-02-06)"
        )
        parser.add_argument("--item", help="the agenda item, such as 6.0")
        parser.add_argument("--dry-run", action="store_true", help="only print the report; no row is touched")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--by", help="e-mail address of the person on whose behalf this is done")

    def handle(self, **options):
        try:
            imported = read_docx(options["file"])
            meeting, item = self.place(imported, **options)
            if not options["dry_run"]:
                self.store(meeting, item, imported, options)
        except WordImportError as problem:
            raise CommandError(str(problem), returncode=2) from problem
        except Refusal as refusal:
            raise CommandError(refusal.sentence, returncode=2) from refusal
        data = report.report(imported, facts(imported, meeting, item, options["item"]))
        text = json.dumps(data, indent=2, ensure_ascii=False) if options["json"] else report.as_text(data)
        self.stdout.write(text)

    def place(self, imported, *, meeting, item, dry_run, **options):
        """The meeting and item meant. A dry run goes on without them, and says so."""
        try:
            if not meeting:
                raise CommandError("Say which meeting the paper is for: --meeting ID.")
            found = find_meeting(meeting)
            row = next((each for each in found.items.all() if _pair(each.number) == _pair(item or "")), None)
            if row is None and item:
                raise CommandError(f"There is no item {item} on the agenda of that meeting.")
            if row is None:
                raise CommandError("Say which item the paper is for: --item 6.0.")
            return found, row
        except (CommandError, DatabaseError) as problem:
            if not dry_run:
                raise CommandError(str(problem), returncode=2) from problem
            if meeting and isinstance(problem, CommandError):
                imported.warnings.append(f"{problem} The paper was read without it.")
            return None, None

    def store(self, meeting, item, imported, options):
        """Give the file to the item's paper, or to a new one where the item has none."""
        by = self.person(options["by"])
        paper = item.papers.exclude(state="withdrawn").order_by("position").first()
        if paper is None:
            paper = papers.commission(item=item, title=imported.header.title[:200] or item.title, by=by)
        with options["file"].open("rb") as handle:
            import_word(paper=paper, file=File(handle, name=options["file"].name), by=by)

    def person(self, email):
        if email:
            found = User.objects.filter(email__iexact=email).first()
            said = f"Nobody has the address {email}."
        else:
            found = User.objects.holding(Role.GOVERNANCE).order_by("pk").first()
            said = "There is no governance officer. Say on whose behalf: --by ADDRESS."
        if found is None:
            raise CommandError(said, returncode=2)
        return found


def facts(imported, meeting, item, number):
    """What the rules may know: the file's own header, and of the meeting and item what there is."""
    known = {}
    if number:
        known["agenda_number"] = number
    if meeting is not None:
        board = meeting.board
        known |= {
            "agenda_number": item.number,
            "meeting_date": meeting.date,
            "board_names": tuple(name for name in (board.name, *board.aliases) if name),
            "agenda_items": tuple(each.number for each in meeting.items.all()),
            "action_requested": item.action_requested or None,
            "part": "exempt" if item.restriction_id else "open",
        }
    try:
        known["known_targets"] = known_titles()
    except DatabaseError:
        known["known_targets"] = None
    return report.facts_of(imported, **known)


def _pair(number):
    major, _, minor = str(number).strip(". ").partition(".")
    return major.lstrip("0"), minor.lstrip("0")
