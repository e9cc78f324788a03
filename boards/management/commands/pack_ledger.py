"""`manage.py pack_ledger EDITION [--audience members|public] [--json]`."""

import json

from django.core.management.base import BaseCommand, CommandError

from boards.actions.builds import good_build
from boards.management.commands._found import EDITION, find_edition
from boards.models import PackBuild


class Command(BaseCommand):
    help = "Print the page numbers of the pack of an edition."

    def add_arguments(self, parser):
        parser.add_argument("edition", nargs="+", help=EDITION)
        parser.add_argument("--audience", choices=PackBuild.Audience.values, default="members")
        parser.add_argument("--json", action="store_true", help="the whole ledger as JSON")

    def handle(self, **options):
        edition = find_edition(options["edition"])
        build = good_build(edition.meeting, edition, options["audience"])
        if build is None:
            raise CommandError("There is no complete pack of this edition yet. Build it with `manage.py build_pack`.")
        if options["json"]:
            facts = {
                "edition": edition.pk,
                "edition_sha256": edition.sha256,
                "audience": build.audience,
                **build.ledger,
            }
            self.stdout.write(json.dumps(facts, indent=2, sort_keys=True, ensure_ascii=False))
            return
        for row in build.ledger["rows"]:
            self.stdout.write(f"{row['label']:>6}  {row['kind']:<8}  {row['number']} {row['title']}".rstrip())
        self.stdout.write(f"{build.ledger['pages']} pages")
