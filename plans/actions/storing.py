"""Writing checked tables into a plan: rows of the same reference are brought up to date, others are added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from plans import references
from plans.exchange.tables import Row, Tables
from plans.models import (
    Activity,
    ActivityLead,
    Assessment,
    Finding,
    Objective,
    Plan,
    PriorityAction,
    ProgressUpdate,
    Round,
    StatusReport,
    Theme,
)
from portal.models import Appointment, User


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
    _write_findings(plan, tables)


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


def _write_findings(plan: Plan, tables: Tables) -> None:
    """Strategic assessments by their titles, and their findings by number."""
    assessments = {each.title: each for each in plan.assessments.all()}
    for row in tables.get("assessments", []):
        row_of = assessments.get(row["title"]) or Assessment(plan=plan, title=row["title"])
        row_of.completed_on = dt.date.fromisoformat(row["completed_on"])
        row_of.reviewed_by, row_of.escalates_to = row["reviewed_by"], row["escalates_to"]
        row_of.save()
        assessments[row["title"]] = row_of
    actions = {action.ref: action for action in PriorityAction.objects.of_plan(plan)}
    for row in tables.get("findings", []):
        Finding.objects.update_or_create(
            assessment=assessments[row["assessment"]],
            number=int(row["number"]),
            defaults={
                "text": row["text"],
                "owner": row["owner"],
                "pillar": row["pillar"],
                "disposition": row["outcome"],
                "target_date": dt.date.fromisoformat(row["target_date"]) if row["target_date"] else None,
                "action": actions.get(row["action"]),
            },
        )
