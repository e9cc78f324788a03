"""`manage.py rebuild_search [--missing]`: make what readers can find again from the sealed editions."""

from django.core.management.base import BaseCommand

from boards.search import index


class Command(BaseCommand):
    help = "Make the search entries again from the sealed editions. Nothing else is changed."

    def add_arguments(self, parser):
        parser.add_argument("--missing", action="store_true", help="only meetings that have no entries yet")

    def handle(self, **options):
        meetings = index.missing() if options["missing"] else None
        self.stdout.write(f"{index.rebuild(meetings)} search entries written.")
