"""`manage.py verify_edition ID`: work out again everything that was sealed, and compare."""

from django.core.management.base import BaseCommand, CommandError

from boards.management.commands._found import find_edition
from boards.packs.verify import verify


class Command(BaseCommand):
    help = "Check that an edition, its files and its packs are what was sealed."

    def add_arguments(self, parser):
        parser.add_argument("edition", help="the id of the edition")

    def handle(self, **options):
        edition = find_edition(options["edition"])
        checks = verify(edition)
        for check in checks:
            self.stdout.write(f"{'ok ' if check.holds else 'NOT'}  {check.sentence}")
        failed = [check for check in checks if not check.holds]
        if failed:
            raise CommandError(
                f"Edition {edition.pk} is not as it was sealed: {len(failed)} of {len(checks)} checks do not hold."
            )
        self.stdout.write(f"Edition {edition.pk} is as it was sealed ({edition.sha256}).")
