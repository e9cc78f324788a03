"""How long the plan's report takes: 500 actions, twenty rounds, a draft with its baseline in under three seconds.

Run with `python tests/benchmarks/bench_plans.py` against a scratch database; everything is rolled back at the end.
"""

import datetime as dt
import json
import os
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

ACTIONS, ROUNDS, LIMIT = 500, 20, 3.0


def make() -> None:
    """The plan: four themes, an activity for each action, a report of about 150 words for each round."""
    from django.utils import timezone

    from plans.models import Activity, Plan, PriorityAction, Round, StatusReport, Theme

    plan = Plan.objects.create(slug="bench", title="Plan of the benchmark", starts_on=dt.date(2000, 4, 1))
    activities = []
    for position, code in enumerate("VOCT"):
        theme = Theme.objects.create(plan=plan, code=code, name=f"Theme {code}", position=position)
        actions = PriorityAction.objects.bulk_create(
            PriorityAction(theme=theme, number=number, title=f"Action {number} of theme {code}")
            for number in range(1, ACTIONS // 4 + 1)
        )
        activities += Activity.objects.bulk_create(
            Activity(action=action, number=1, delivery_lead="Constabulary") for action in actions
        )
    words = "Work went on with partners and was measured against what had been promised. " * 12
    day = dt.date(2001, 1, 1)
    for index in range(ROUNDS):
        end = day + dt.timedelta(days=90)
        round_ = Round.objects.create(plan=plan, period_start=day, period_end=end, due_on=end)
        StatusReport.objects.bulk_create(
            StatusReport(
                round=round_, activity=activity, rag=("Green", "Yellow", "Red", "White")[(index + place) % 4],
                narrative=words, next_steps="Go on.", recovery_date=end + dt.timedelta(days=30 * (index % 3)), needed="Time.",
            )
            for place, activity in enumerate(activities)
        )  # fmt: skip
        Round.objects.filter(pk=round_.pk).update(closed_at=timezone.now(), closed_by=_officer())
        day = end + dt.timedelta(days=1)


def _officer():
    from portal.models import User

    return User.objects.filter(email="bench@opcc.example").first() or User.objects.create_user(
        "bench@opcc.example", name="Plan Officer"
    )


def measure() -> dict:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from boards import reports
    from boards.document import schema
    from plans.register import PlanRegister

    register, figures = PlanRegister(), {}

    def timed(name, work):
        started = time.perf_counter()
        answer = work()
        figures[name] = round(time.perf_counter() - started, 3)
        return answer

    options = {"plan": "bench"}
    before = register.snapshot(as_at=dt.date(2005, 6, 1), options=options)
    with CaptureQueriesContext(connection) as queries:
        now = timed("snapshot", lambda: register.snapshot(as_at=dt.date(2007, 1, 1), options=options))
    changes = timed("compare", lambda: register.compare(now, before))
    context = reports.ReportContext(
        board="Board", board_short="BCB", meeting_date=dt.date(2007, 1, 1), baseline_date=dt.date(2005, 6, 1)
    )
    draft = timed("draft", lambda: register.draft(now, changes, context, before))
    timed("check", lambda: schema.check(schema.normalise(draft.document)))
    figures["report"] = round(figures["snapshot"] + figures["compare"] + figures["draft"], 3)
    figures |= {
        "actions": len(now["actions"]),
        "rounds": ROUNDS,
        "changes": len(changes),
        "queries": len(queries),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    return figures


def run() -> list[tuple]:
    """Rows for the table of all benchmarks."""
    from django.db import transaction

    with transaction.atomic():
        make()
        figures = measure()
        transaction.set_rollback(True)
    units = {"snapshot": "s", "compare": "s", "draft": "s", "check": "s", "report": "s", "peak_mb": "MB"}
    return [(name, value, units.get(name, ""), LIMIT if name == "report" else None) for name, value in figures.items()]


def main() -> int:
    import django

    django.setup()
    from django.db import transaction

    with transaction.atomic():
        make()
        figures = measure()
        transaction.set_rollback(True)
    print(json.dumps(figures))
    return 0 if figures["report"] < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
