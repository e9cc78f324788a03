"""Read risks in from a file."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.models import User
from risks.actions import importing
from risks.exchange.files import Unreadable, read
from risks.matrix import MatrixError
from risks.models import Lead, Objective
from risks.setting_up import ensure_matrix
from risks.words import capital, number


class Command(BaseCommand):
    help = "Read risks in from CSV, Excel or JSON. Nothing is changed unless the whole file is well, or --accept-rest is given."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", help="a file in the form that export_risks writes")
        parser.add_argument("--dry-run", action="store_true", help="only list the problems and what would change")
        parser.add_argument(
            "--accept-rest", action="store_true", help="leave risks with problems out and read the others in"
        )
        parser.add_argument("--add-leads", action="store_true", help="add leads and objectives that are not known yet")
        parser.add_argument("--by", help="e-mail address of the person on whose behalf this is done")

    def handle(self, *args, file: str, **options) -> None:
        path = Path(file)
        if not path.is_file():
            raise CommandError(f"There is no file {file}.")
        person = None
        if options["by"] and (person := User.objects.filter(email__iexact=options["by"]).first()) is None:
            raise CommandError(f"Nobody has the address {options['by']}.")
        try:
            with transaction.atomic():
                said = self.read_in(path, person, **options)
                transaction.set_rollback(options["dry_run"])
        except (Unreadable, MatrixError) as problem:
            raise CommandError(str(problem)) from problem
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        self.stdout.write(said)

    def read_in(self, path: Path, person, *, dry_run: bool, accept_rest: bool, add_leads: bool, **options) -> str:
        """What was done, in words. Whatever goes wrong here undoes all of it, the leads and the matrix too."""
        ensure_matrix()
        rows = read(path.name, path.read_bytes())
        if add_leads:
            self.add_leads(rows)
        outcome = importing.look(rows)
        for problem in outcome.problems:
            self.stderr.write(f"row {problem.row}, {problem.column}: {problem.sentence}")
        if not dry_run:
            importing.apply(outcome=outcome, by=person, reason=f"Read in from {path.name}", accept_rest=accept_rest)
            read_in = number(len(outcome.risks), "risk")
            return f"{capital(read_in)} {'was' if len(outcome.risks) == 1 else 'were'} read in, {len(outcome.spoiled)} left out."
        for change in importing.difference(outcome):
            self.stdout.write(f"{change['ref']} {change['title']}: {' '.join(change['sentences'])}")
        counted = (
            f"{capital(number(len(outcome.risks), 'risk'))} without problems, "
            f"{number(len(outcome.problems), 'problem')}. Nothing was changed."
        )
        if outcome.problems:
            raise ValidationError(f"{counted} There are problems in the file.")
        return counted

    def add_leads(self, rows: list[dict]) -> None:
        """For a register that starts empty: leads and objectives that the file names."""
        for row in rows:
            for column in ("exec lead", "senior lead"):
                title = str(row["cells"].get(column) or "").strip()
                if title and not Lead.objects.filter(title__iexact=title).exists():
                    Lead.objects.create(title=title)
            ref = str(row["cells"].get("ref") or "")
            if ref[:2] == "SR" and ref[2:3].isdigit() and ref[2] != "0":
                Objective.objects.get_or_create(number=int(ref[2]), defaults={"title": f"Objective {ref[2]}"})
