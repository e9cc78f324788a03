"""Bringing a plan in: a dry run that changes nothing, then one transaction that brings in all of it or none."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone

from plans import policy
from plans.actions import storing
from plans.exchange import checking, reading
from plans.exchange.leaving import tables_of
from plans.exchange.tables import Row, Tables, UnreadableFile
from plans.models import (
    Activity,
    ImportRun,
    Plan,
)
from portal import audit
from portal.models import Appointment, User

NOT_FROM_SHEETS = {"printed_ref", "printed_leads"}


@transaction.atomic
def try_import(*, plan: Plan, content: bytes, name: str, by) -> ImportRun:
    """Read a file and say what would happen. Raises UnreadableFile when it is no plan at all."""
    policy.check_edit_plan(by, plan)
    tables = reading.read(content, name)
    checked = check_for(plan, tables)
    return ImportRun.objects.create(
        plan=plan,
        file_name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        tables=checked.tables,
        findings=[finding.as_dict() for finding in checked.findings],
        counts=count_differences(tables_of(plan), checked.tables),
        by=by,
    )


def check_for(plan: Plan, tables: Tables) -> checking.Checked:
    """The findings of a file for this plan and the people of this portal."""
    known = [activity.ref for activity in Activity.objects.of_plan(plan)]
    return checking.check(
        tables,
        known_leads=_people(),
        known_activities=known,
        known_themes=plan.theme_codes,
        known_periods=[each.isoformat() for each in plan.rounds.values_list("period_end", flat=True)],
        known_assessments=list(plan.assessments.values_list("title", flat=True)),
        today=timezone.localdate(),
    )


def count_differences(before: Tables, after: Tables) -> dict[str, dict[str, int]]:
    """For each table, how many rows are new, changed and the same. Rows the file lacks are left as they are."""
    counts = {}
    for table, rows in after.items():
        held = {_key(table, row): row for row in before.get(table, [])}
        tally = {"new": 0, "changed": 0, "same": 0}
        for row in rows:
            mine = held.get(_key(table, row))
            if mine is None:
                tally["new"] += 1
            else:
                filled = {name: value for name, value in row.items() if value and name not in NOT_FROM_SHEETS}
                tally["same" if all(mine.get(name) == value for name, value in filled.items()) else "changed"] += 1
        counts[table] = tally
    return counts


@transaction.atomic
def bring_in(*, run: ImportRun, by) -> dict[str, dict[str, int]]:
    """Make the plan hold what the dry run read. Refused when a finding stops it or when it was brought in before."""
    policy.check_edit_plan(by, run.plan)
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.applied_at:
        raise UnreadableFile("This file has been brought in already.")
    if run.stops:
        raise UnreadableFile("The file has findings that must be put right before it can be brought in.")
    storing.write(plan=run.plan, tables=run.tables, by=by)
    run.applied_at = timezone.now()
    run.save(update_fields=["applied_at"])
    audit.record(
        "plan.imported",
        by=by,
        target=run.plan,
        summary=f"Brought {run.file_name} into {run.plan}",
        counts=run.counts,
        sha256=run.sha256,
    )
    return run.counts


def _key(table: str, row: Row) -> tuple:
    keys = {
        "themes": ("code",),
        "objectives": ("theme", "number"),
        "actions": ("ref",),
        "activities": ("ref",),
        "status": ("period_end", "ref"),
        "updates": ("date", "ref", "text"),
        "assessments": ("title",),
        "findings": ("assessment", "number"),
    }
    return tuple(row.get(name, "") for name in keys[table])


def _people() -> list[str]:
    names = [value for row in User.objects.values_list("initials", "email", "name") for value in row if value]
    return names + list(Appointment.objects.in_force().exclude(title="").values_list("title", flat=True))
