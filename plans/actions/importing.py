"""Bringing a plan in: a dry run that changes nothing, then one transaction that brings in all of it or none."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from plans import policy, references
from plans.exchange import checking, reading
from plans.exchange.leaving import tables_of
from plans.exchange.tables import Row, Tables, UnreadableFile
from plans.models import (
    Activity,
    ActivityLead,
    ImportRun,
    Objective,
    Plan,
    PriorityAction,
    ProgressUpdate,
    Round,
    StatusReport,
    Theme,
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
    write(plan=run.plan, tables=run.tables, by=by)
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


@transaction.atomic
def write(*, plan: Plan, tables: Tables, by) -> None:
    """Write checked tables into the plan. An empty cell leaves what the plan has."""
    themes = _themes(plan, tables)
    for row in tables.get("objectives", []):
        Objective.objects.update_or_create(
            theme=themes[row["theme"]], number=int(row["number"]), defaults={"text": row["text"]}
        )
    for row in tables.get("actions", []):
        _write_action(themes, row)
    find_person = _finder()
    for row in tables.get("activities", []):
        _write_activity(plan, themes, row, find_person)
    _write_status(plan, tables.get("status", []), by)
    activities = {activity.ref: activity for activity in Activity.objects.of_plan(plan)}
    for row in tables.get("updates", []):
        if row["text"]:
            ProgressUpdate.objects.get_or_create(
                activity=activities[row["ref"]],
                dated=dt.date.fromisoformat(row["date"]),
                text=row["text"],
                defaults={"by": by, "by_title": by.title if by else ""},
            )


def _key(table: str, row: Row) -> tuple:
    keys = {
        "themes": ("code",),
        "objectives": ("theme", "number"),
        "actions": ("ref",),
        "activities": ("ref",),
        "status": ("period_end", "ref"),
        "updates": ("date", "ref", "text"),
    }
    return tuple(row.get(name, "") for name in keys[table])


def _themes(plan: Plan, tables: Tables) -> dict[str, Theme]:
    """The plan's themes by code; those a file names are made or brought up to date."""
    for row in tables.get("themes", []):
        filled = {name: row[name] for name in ("name", "aim", "shared_outcome") if row[name]}
        Theme.objects.update_or_create(
            plan=plan, code=row["code"], defaults=filled, create_defaults={**filled, "position": _position(row["code"])}
        )
    for row in [*tables.get("actions", []), *tables.get("activities", [])]:
        code = references.parse(row["ref"]).theme
        name = row.get("theme", "")
        Theme.objects.get_or_create(
            plan=plan,
            code=code,
            defaults={"name": name if len(name) > 1 else f"Theme {code}", "position": _position(code)},
        )
    return {theme.code: theme for theme in plan.themes.all()}


def _position(code: str) -> int:
    return references.THEME_ORDER.index(code) if code in references.THEME_ORDER else 50 + ord(code)


def _write_action(themes: dict[str, Theme], row: Row) -> None:
    reference = references.parse(row["ref"])
    filled = {
        name: row[name] for name in ("title", "text", "inspection_note", "opportunities", "printed_ref") if row[name]
    }
    filled |= {name: dt.date.fromisoformat(row[name]) for name in ("added_on", "removed_on") if row.get(name)}
    if not filled.get("title") and filled.get("text"):
        filled["title"] = _short(filled["text"])
    PriorityAction.objects.update_or_create(theme=themes[reference.theme], number=reference.number, defaults=filled)


def _short(text: str) -> str:
    """A text as the title of an action."""
    return text if len(text) <= 160 else f"{text[:157]}…"


def _write_activity(plan: Plan, themes: dict[str, Theme], row: Row, find_person: Callable[[str], User | None]) -> None:
    reference = references.parse(row["ref"])
    action, _ = PriorityAction.objects.get_or_create(
        theme=themes[reference.theme],
        number=reference.number,
        defaults={"title": _short(row["title"] or row["action"])},
    )
    filled = {name: row[name] for name in ("title", "delivery_lead", "printed_ref", "printed_leads") if row[name]}
    filled |= {name: dt.date.fromisoformat(row[name]) for name in ("added_on", "removed_on") if row.get(name)}
    activity, _ = Activity.objects.update_or_create(action=action, number=reference.activity, defaults=filled)
    people = [person for lead in row["opcc_leads"].split(" / ") if lead and (person := find_person(lead))]
    if people:
        set_leads(activity, people)


def set_leads(activity: Activity, people: list) -> None:
    """Make these the people who answer for an activity, in this order."""
    wanted = list(dict.fromkeys(people))
    for lead in activity.activity_leads.exclude(person__in=wanted):
        lead.delete()
    for position, person in enumerate(wanted):
        ActivityLead.objects.update_or_create(activity=activity, person=person, defaults={"position": position})


def _write_status(plan: Plan, rows: list[Row], by) -> None:
    """Past periods come as closed rounds. What a round already holds is never touched, and no round is made before its time."""
    activities = {activity.ref: activity for activity in Activity.objects.of_plan(plan)}
    for end in sorted({row["period_end"] for row in rows}):
        period_end = dt.date.fromisoformat(end)
        if period_end > timezone.localdate() or Round.objects.filter(plan=plan, period_end=period_end).exists():
            continue
        start = (period_end.replace(day=1) - dt.timedelta(days=62)).replace(day=1)
        moment = timezone.make_aware(dt.datetime.combine(period_end, dt.time(12)))
        round_ = Round.objects.create(
            plan=plan, period_start=start, period_end=period_end, due_on=period_end, opened_at=moment, opened_by=by
        )
        for row in (each for each in rows if each["period_end"] == end):
            StatusReport.objects.create(
                round=round_,
                activity=activities[row["ref"]],
                rag=row["status"],
                narrative=row["what_happened"],
                next_steps=row["what_next"],
                recovery_date=dt.date.fromisoformat(row["recovery_date"]) if row["recovery_date"] else None,
                needed=row["needed"],
                reported_by=by,
                reported_by_title=by.title if by else "",
                reported_at=moment,
            )
        round_.closed_at, round_.closed_by = timezone.now(), by
        round_.save()


def _people() -> list[str]:
    names = [value for row in User.objects.values_list("initials", "email", "name") for value in row if value]
    return names + list(Appointment.objects.in_force().exclude(title="").values_list("title", flat=True))


def _finder() -> Callable[[str], User | None]:
    """Finds a person by initials, e-mail address, post or name; None when nobody or more than one fits."""
    found: dict[str, set[User]] = {}
    for user in User.objects.all():
        for word in (user.initials, user.email, user.name):
            if word:
                found.setdefault(word.casefold(), set()).add(user)
    for held in Appointment.objects.in_force().exclude(title="").select_related("person"):
        found.setdefault(held.title.casefold(), set()).add(held.person)

    def find(word: str) -> User | None:
        people = found.get(word.casefold(), set())
        return next(iter(people)) if len(people) == 1 else None

    return find
