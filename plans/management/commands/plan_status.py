"""Print how every action stands and which way it is going, for one body."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from boards.models import Board
from plans import compare, sources, status
from plans.models import Plan


class Command(BaseCommand):
    help = "Status and direction of each action of the plan, against what a body was last told."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--board", required=True, help="Short name, slug or name of the body, such as BCB.")
        parser.add_argument("--plan", help="Slug of the plan; the one in force unless said.")
        parser.add_argument("--json", action="store_true", help="A list of objects instead of lines.")

    def handle(self, *args, **options) -> None:
        word = options["board"]
        board = Board.objects.filter(Q(short_name__iexact=word) | Q(slug=word.lower()) | Q(name__iexact=word)).first()
        if board is None:
            raise CommandError(f"There is no board called “{word}”.")
        plan = Plan.objects.filter(slug=options["plan"]).first() if options["plan"] else Plan.objects.current()
        if plan is None:
            raise CommandError("There is no such plan.")
        rows = status_of(sources.live(plan, board))
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(
                f"{row['ref']:<6}{row['rag'] or 'Not reported':<14}{row['direction'] or 'first report':<14}{row['last_change'] or ''}"
            )


def status_of(source: sources.Source) -> list[dict]:
    """One object for each action, in the order of the plan, with its activities inside.

    ``rag`` is the worst of the action's activities; ``direction`` is null where the body had no earlier report;
    ``last_change`` is the day of the report by which the status became what it is, null when nothing was reported.
    """
    rows = []
    for action in source.summary.actions:
        rows.append(
            {
                "ref": action.ref,
                "title": action.row["title"],
                "rag": action.row["rag"],
                "direction": _direction(compare.travel_of(action.row, source.baseline, table="actions")),
                "last_change": action.row["changed_on"],
                "activities": [
                    {
                        "ref": line.ref,
                        "rag": line.rag,
                        "direction": _direction(line.travel),
                        "overridden": bool(line.travel and line.travel.is_overridden),
                        "last_change": line.row["changed_on"],
                    }
                    for line in action.activities
                ],
            }
        )
    return rows


def _direction(travel: status.Travel | None) -> str | None:
    return travel.direction.value if travel and travel.direction else None
