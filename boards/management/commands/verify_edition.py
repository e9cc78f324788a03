"""`manage.py verify_edition ID [--json]`: work out again everything that was sealed, and compare."""

import json

from django.core.management.base import BaseCommand, CommandError

from boards.management.commands._found import EDITION, find_edition
from boards.packs.verify import verify


class Command(BaseCommand):
    help = "Check that an edition, its files and its packs are what was sealed. Ends with 1 where they are not."

    def add_arguments(self, parser):
        parser.add_argument("edition", nargs="+", help=EDITION)
        parser.add_argument("--json", action="store_true", help="print the checks as JSON")

    def handle(self, **options):
        edition = find_edition(options["edition"])
        checks = verify(edition)
        failed = [check for check in checks if not check.holds]
        if options["json"]:
            rows = [
                {"check": check.sentence, "holds": check.holds, "found": "" if check.holds else check.found}
                for check in checks
            ]
            facts = {"edition": edition.pk, "sha256": edition.sha256, "intact": not failed, "checks": rows}
            self.stdout.write(json.dumps(facts, indent=2, sort_keys=True, ensure_ascii=False))
        else:
            for check in checks:
                told = f"ok   {check.sentence}" if check.holds else f"NOT  {check.sentence} {check.found}".rstrip()
                self.stdout.write(told)
        if failed:
            raise CommandError(
                f"Edition {edition.pk} is not as it was sealed: {len(failed)} of {len(checks)} checks do not hold. "
                f"{failed[0].found or failed[0].sentence}"
            )
        if not options["json"]:
            self.stdout.write(f"Edition {edition.pk} is as it was sealed ({edition.sha256}).")
