"""`manage.py build_pack MEETING [--audience members|public] [--wait] [--output FILE] [--json]`."""

import json
import time
from pathlib import Path

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from boards.actions import builds
from boards.management.commands._found import MEETING, find_meeting
from boards.models import PackBuild
from boards.packs import builder, upkeep

PAUSE = 0.1  # seconds before it is looked again what others have done


class Command(BaseCommand):
    help = "Build the pack of a meeting: of its newest edition, or of the live agenda when nothing is sealed."

    def add_arguments(self, parser):
        parser.add_argument("meeting", nargs="+", help=MEETING)
        parser.add_argument("--audience", choices=PackBuild.Audience.values, default="members")
        parser.add_argument("--edition", type=int, help="number of the edition (the newest one if not given)")
        parser.add_argument("--preview", action="store_true", help="the live agenda as it is now, marked as a draft")
        parser.add_argument("--wait", action="store_true", help="take part as a worker until the pack is complete")
        parser.add_argument("--output", type=Path, help="write the pack to this file (waits for it)")
        parser.add_argument("--json", action="store_true", help="print the result as JSON")

    def handle(self, **options):
        meeting = find_meeting(options["meeting"])
        edition = None
        if not options["preview"]:
            editions = meeting.editions.order_by("-number")
            edition = (editions.filter(number=options["edition"]) if options["edition"] else editions).first()
            if options["edition"] and edition is None:
                raise CommandError(f"This meeting has no edition {options['edition']}.")
        build = builds.request(meeting=meeting, audience=options["audience"], by=None, edition=edition)
        started = time.monotonic()
        waited = options["wait"] or options["output"]
        if waited:
            self.work_on(build)
        build.refresh_from_db()
        self.report(build, edition, time.monotonic() - started, as_json=options["json"])
        if waited and build.state != "complete":
            raise CommandError(build.error or "The build was cancelled, so there is no pack.")
        if options["output"]:
            self.write(build, options["output"])

    def write(self, build, path):
        try:
            with default_storage.open(build.file, "rb") as file:
                path.write_bytes(file.read())
        except OSError as error:
            raise CommandError(f"The pack is complete but could not be written to {path}: {error.strerror}.") from error

    def work_on(self, build):
        """Do what a worker does, beside any workers there are, until the build has ended; and what the sweep does, should none run."""
        while build.is_unfinished:
            upkeep.send_on(build.pk)
            if not builder.take_part(build.pk):
                time.sleep(PAUSE)
            build.refresh_from_db()

    def report(self, build, edition, seconds, *, as_json):
        facts = {
            "build": str(build.pk), "meeting": str(build.meeting_id), "edition": None, "audience": build.audience, "state": build.state,
            "pages": build.pages, "sha256": build.sha256, "file": build.file, "seconds": round(seconds, 3), "stages": build.stages,
            "notes": build.notes, "proof": build.proof, "error": build.error,
        }  # fmt: skip
        if edition:
            facts |= {"edition": edition.pk, "edition_number": edition.number, "edition_kind": edition.kind}
            facts["edition_sha256"], facts["served"] = edition.sha256, build.served
        if as_json:
            self.stdout.write(json.dumps(facts, indent=2, sort_keys=True, ensure_ascii=False))
            return
        what = f"edition {edition.number}" if edition else "the live agenda (draft)"
        self.stdout.write(f"{build.get_audience_display()} pack of {what}: {build.get_state_display().lower()}")
        if build.state == "complete":
            stages = ", ".join(f"{name} {spent:.1f} s" for name, spent in sorted(build.stages.items()))
            self.stdout.write(f"{build.pages} pages in {seconds:.1f} s ({stages})\nSHA-256 {build.sha256}")
            if edition and not build.served:
                self.stdout.write("It is kept beside the pack that readers get, which stays as it was circulated.")
        for note in build.notes:
            self.stdout.write(f"Annex without tags: {note}")
