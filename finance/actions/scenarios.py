"""Scenarios kept under a name, and the calendar's ticks."""

import datetime as dt
from decimal import Decimal

from django.db import transaction

from finance import budget, calendar, policy
from finance.models import FinancialPlan, PreceptStep, Scenario
from portal import audit
from portal.policy import Refusal


def changes_of(scenario: Scenario) -> list[budget.Change]:
    return [
        budget.Change(c["kind"], Decimal(c["value"]), c["from_year"], c.get("only", False)) for c in scenario.changes
    ]


@transaction.atomic
def save_scenario(*, plan: FinancialPlan, name: str, changes: list[budget.Change], by) -> Scenario:
    """Keep changed assumptions under a name. The plan itself is not touched, so any status may have scenarios."""
    policy.check_edit(by)
    kept = [{"kind": c.kind, "value": str(c.value), "from_year": c.from_year, "only": c.only} for c in changes]
    scenario = Scenario.objects.create(plan=plan, name=name, changes=kept, created_by=by)
    audit.record("finance.scenario.saved", by=by, target=plan, summary=f"Saved the scenario “{name}” of {plan}")
    return scenario


@transaction.atomic
def put_in_paper(*, scenario: Scenario, wanted: bool, by) -> None:
    """Have the strategy paper show a scenario beside the base case, or not."""
    policy.check_edit(by)
    scenario.in_paper = wanted
    scenario.save()
    word = "into" if wanted else "out of"
    audit.record(
        "finance.scenario.paper", by=by, target=scenario.plan, summary=f"Put “{scenario.name}” {word} the paper"
    )


@transaction.atomic
def delete_scenario(*, scenario: Scenario, by) -> None:
    policy.check_edit(by)
    audit.record(
        "finance.scenario.deleted", by=by, target=scenario.plan, summary=f"Deleted the scenario “{scenario.name}”"
    )
    scenario.delete()


@transaction.atomic
def tick(*, year: int, key: str, done_on: dt.date, note: str = "", by) -> PreceptStep:
    """Record that a step of the precept calendar was done, or that the Panel vetoed (key “veto”)."""
    policy.check_edit(by)
    titles = {step.key: step.title for step in calendar.steps(year)} | {"veto": "The Panel vetoed the precept"}
    if key not in titles:
        raise Refusal("There is no such step in the calendar.")
    step, _ = PreceptStep.objects.update_or_create(
        year=year, key=key, defaults={"done_on": done_on, "note": note, "ticked_by": by}
    )
    audit.record(
        "finance.calendar.ticked", by=by, target=step, summary=f"{titles[key]}: done on {calendar.day(done_on)}"
    )
    return step


@transaction.atomic
def untick(*, year: int, key: str, by) -> None:
    policy.check_edit(by)
    for step in PreceptStep.objects.filter(year=year, key=key):
        audit.record("finance.calendar.unticked", by=by, target=step, summary=f"Took back the tick of {key} for {year}")
        step.delete()
