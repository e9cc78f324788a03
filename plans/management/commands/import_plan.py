"""Bring a plan in from CSV, Excel or JSON files, with a dry run."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from plans.actions import importing
from plans.exchange.tables import UnreadableFile
from plans.models import Plan
from portal.models import User
from portal.policy import Refusal


class Command(BaseCommand):
    help = "Read plan files, say what is found row by row, and bring them in unless --dry-run is given."

    def add_arguments(self, parser) -> None:
        parser.add_argument("files", nargs="+", help="Sheets of actions and activities, or a whole exported plan.")
        parser.add_argument("--plan", required=True, help="Slug of the plan they belong to.")
        parser.add_argument(
            "--by", help="E-mail address of the plan officer who brings them in. Needed without --dry-run."
        )
        parser.add_argument("--dry-run", action="store_true", help="Change nothing.")
        parser.add_argument("--json", action="store_true", help="Print the findings as JSON.")

    def handle(self, *args, **options) -> None:
        plan = Plan.objects.filter(slug=options["plan"]).first()
        if plan is None:
            raise CommandError(f"There is no plan “{options['plan']}”.")
        told = [self._one(plan, Path(name), options) for name in options["files"]]
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))

    def _one(self, plan: Plan, path: Path, options: dict) -> dict:
        try:
            if options["dry_run"]:
                findings, counts = self._dry(plan, path)
            else:
                findings, counts = self._bring_in(plan, path, options["by"])
        except (UnreadableFile, Refusal, OSError) as problem:
            raise CommandError(f"{path.name}: {problem}") from problem
        if not options["json"]:
            for finding in findings:
                mark = "Stops" if finding["stops"] else "Note"
                self.stdout.write(
                    f"{path.name} row {finding['line']} {finding['ref']}: {mark}: {finding['sentence']} ({finding['rule']})"
                )
            self.stdout.write(f"{path.name}: {counts}")
        return {"file": path.name, "counts": counts, "findings": findings}

    @staticmethod
    def _dry(plan: Plan, path: Path) -> tuple[list[dict], dict]:
        from plans.exchange import reading
        from plans.exchange.leaving import tables_of

        checked = importing.check_for(plan, reading.read(path.read_bytes(), path.name))
        counts = importing.count_differences(tables_of(plan), checked.tables)
        return [finding.as_dict() for finding in checked.findings], counts

    @staticmethod
    def _bring_in(plan: Plan, path: Path, email: str | None) -> tuple[list[dict], dict]:
        officer = User.objects.filter(email__iexact=email or "").first()
        if officer is None:
            raise CommandError("Say with --by which plan officer brings the file in.")
        run = importing.try_import(plan=plan, content=path.read_bytes(), name=path.name, by=officer)
        return run.findings, importing.bring_in(run=run, by=officer)
