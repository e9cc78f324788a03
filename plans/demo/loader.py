"""Load the demonstration plan: structure, people, three closed rounds, one that is open, measures, aims and findings.

The two sheets of the plan are brought in the way a plan officer would bring them in, so that printed references are
normalised on the way. What the sheets lack (a lead for T8, a body instead of initials for C10.2) is then named, as the
officer would have to before a report. Two earlier reports are drafted and sealed as real editions, one for the board and
one for the panel, so that the report of November 2018 has two baselines and shows two sets of directions.
"""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from plans.actions import importing, reporting, rounds, storing
from plans.calendar import month_end
from plans.demo import meetings
from plans.exchange import reading
from plans.models import (
    ActionLink,
    Activity,
    Aim,
    Assessment,
    Finding,
    FindingReview,
    Measure,
    Objective,
    ObjectiveAim,
    Observation,
    OtherPlan,
    Plan,
    PriorityAction,
    Round,
    StatusReport,
    Theme,
)
from portal.demo import PASSWORD
from portal.models import Appointment
from portal.roles import Role

HERE = Path(__file__).parent
SLUG = "2017-20"
#: The closed rounds: first and last day of each period. The last is "as at October 2018".
PERIODS = (
    (dt.date(2018, 1, 1), dt.date(2018, 3, 31)),
    (dt.date(2018, 4, 1), dt.date(2018, 6, 30)),
    (dt.date(2018, 7, 1), dt.date(2018, 10, 19)),
)
#: The round that leads are answering: period, and the day answers are due.
OPEN_PERIOD = (dt.date(2018, 10, 20), dt.date(2018, 12, 31))
OPEN_DUE = dt.date(2019, 1, 11)

#: Who answers for what, by the initials of the sheets. People are posts.
LEADS = {
    "NP": ("Head of Victims and Commissioning", "victims.lead@opcc.example"),
    "CS": ("Head of Offender Policy", "offenders.lead@opcc.example"),
    "CK": ("Head of Communities and Engagement", "communities.lead@opcc.example"),
    "AF": ("Head of Standards and Complaints", "standards.lead@opcc.example"),
    "JH": ("Head of Business Development", "development.lead@opcc.example"),
    "GO": ("Collaboration Manager", "collaboration.lead@opcc.example"),
    "DG": ("Director of Policy", "policy.lead@opcc.example"),
    "AW": ("Public Affairs Manager", "affairs.lead@opcc.example"),
}
#: Named by the plan officer after the sheets were brought in.
LEAD_OF_T8 = ("Estates and Assets Manager", "assets.lead@opcc.example", "EA")
OFFICER = ("Plan Officer", "plan.officer@opcc.example")
LINKS = (
    ("T8", "risks:SR3.1", "Reserves and buildings carry the financial plan."),
    ("T8", "finance:general-reserve", "The floor of the general reserve limits what can be spent."),
    ("T2", "risks:SR3.3", "Collaboration savings are in both."),
    ("O3", "risks:SR3.4", "Partners answer for the pathways, so the action fails if they do not work together."),
    ("O11", "risks:SR2.2", "The action is how the national requirement is met here."),
    ("T5", "risks:SR2.3", "Both are about being heard nationally."),
    ("T9", "risks:SR4.4", "Sickness and welfare are followed under both."),
    ("C10", "risks:SR4.1", "Openness about complaints shows how well the office is governed."),
)


@transaction.atomic
def load_all() -> None:
    """Load everything once; a second call finds the plan and adds nothing."""
    if Plan.objects.filter(slug=SLUG).exists():
        return
    officer = _person(*OFFICER, role=Role.PLAN_OFFICER)
    for initials, (title, email) in LEADS.items():
        _person(title, email, role=Role.PLAN_LEAD, initials=initials)
    plan = Plan.objects.create(
        slug=SLUG,
        title="Police and Crime Plan 2017 to 2020",
        starts_on=dt.date(2017, 4, 1),
        ends_on=dt.date(2020, 3, 31),
    )
    _structure(plan, officer)
    _rounds(plan, officer)
    _measures(plan)
    _aims(plan)
    _assessment(plan)
    _links(plan)
    meetings.load(plan)


def _person(title: str, email: str, *, role: str, initials: str = ""):
    model = get_user_model()
    person = model.objects.filter(email=email).first()
    if person is None:
        person = model.objects.create_user(email, name=title, password=PASSWORD, initials=initials)
    Appointment.objects.get_or_create(
        person=person, role=role, defaults={"title": title, "starts_on": dt.date(2016, 5, 12)}
    )
    return person


def _structure(plan: Plan, officer) -> None:
    themes = tomllib.loads((HERE / "themes.toml").read_text())
    for position, (code, each) in enumerate(themes.items()):
        theme = Theme.objects.create(
            plan=plan,
            code=code,
            name=each["name"],
            aim=each["aim"],
            shared_outcome=each["shared_outcome"],
            position=position,
        )
        for number, text in enumerate(each["objectives"], start=1):
            Objective.objects.create(theme=theme, number=number, text=text)
    for name in ("plan_actions.csv", "plan_activities.csv"):
        tables = importing.check_for(plan, reading.read((HERE / name).read_bytes(), name)).tables
        storing.write(plan=plan, tables=tables, by=officer)
    actions = {action.ref: action for action in PriorityAction.objects.of_plan(plan)}
    for row in _rows("words_of_actions.csv"):
        action = actions[row["ref"]]
        action.text, action.opportunities = row["text"], row["opportunities"]
        action.inspection_note = row["inspection_note"]
        action.save()
    _put_right(plan)


def _put_right(plan: Plan) -> None:
    """What the plan officer names before the first report: the lead of T8 and the body that delivers C10.2."""
    activities = {activity.ref: activity for activity in Activity.objects.of_plan(plan)}
    title, email, initials = LEAD_OF_T8
    storing.set_leads(activities["T8.1"], [_person(title, email, role=Role.PLAN_LEAD, initials=initials)])
    activities["C10.2"].delivery_lead = "Ethics Committee"
    activities["C10.2"].title = "Ethics committee with members from outside the service"
    activities["C10.2"].save()
    named = {
        "C10.1": "Complaints handled openly and lessons published",
        "O2.1": "Partnership plans for the crimes that residents choose",
        "O2.2": "Serial burglary",
        "O2.3": "Violence and drug lines across county borders",
        "O5.1": "A panel that meets children before a court does",
        "O5.2": "Conditional cautions for adults",
    }
    for ref, text in named.items():
        activities[ref].title = text
        activities[ref].save()


def progress() -> dict[str, dict]:
    """What was reported of every activity: the files of all themes together."""
    held: dict[str, dict] = {}
    for path in sorted(HERE.glob("progress_*.toml")):
        held |= tomllib.loads(path.read_text())
    return held


def narrative(about: str, report: dict) -> str:
    """The report's words: what the activity is, then what is new about it."""
    return f"{about}\n\n{report['news'].strip()}"


def _rounds(plan: Plan, officer) -> None:
    """Three closed rounds with what was reported in each, then the one that is being answered."""
    told = progress()
    activities = {
        activity.ref: activity for activity in Activity.objects.of_plan(plan).prefetch_related("activity_leads__person")
    }
    for ref, each in told.items():
        if each.get("added"):
            activities[ref].added_on = PERIODS[each["added"] - 1][1] - dt.timedelta(days=30)
            activities[ref].save()
    for index, (start, end) in enumerate(PERIODS):
        round_ = Round.objects.create(
            plan=plan,
            period_start=start,
            period_end=end,
            due_on=end + dt.timedelta(days=3),
            opened_at=_moment(end - dt.timedelta(days=7), 9),
            opened_by=officer,
        )
        for ref, each in told.items():
            if report := each["reports"][index]:
                _report(round_, activities[ref], each["about"], report, officer)
        round_.closed_at, round_.closed_by = _moment(end + dt.timedelta(days=4), 16), officer
        round_.save()
    _open_round(plan, activities, officer)


def _moment(day: dt.date, hour: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def _report(round_: Round, activity: Activity, about: str, report: dict, officer) -> None:
    months = report.get("by")
    recovery = month_end(round_.period_end.year, round_.period_end.month + months) if months else None
    people = activity.lead_people()
    by = people[0] if people else officer
    told_on = round_.period_end + dt.timedelta(days=2)
    StatusReport.objects.create(
        round=round_,
        activity=activity,
        rag=report["status"],
        narrative=narrative(about, report),
        next_steps=report.get("next", ""),
        recovery_date=recovery,
        needed=report.get("needed", ""),
        reported_by=by,
        reported_by_title=by.title[:120],
        reported_at=_moment(told_on, 11),
    )


def _open_round(plan: Plan, activities: dict[str, Activity], officer) -> None:
    """The round that is being answered now, with a quarter of the answers in."""
    start, end = OPEN_PERIOD
    round_ = rounds.open_round(
        plan=plan,
        period_start=start,
        period_end=end,
        due_on=OPEN_DUE,
        note="Please say what has changed for the public, and name the next step.",
        by=officer,
    )
    told = progress()
    for ref, answer in tomllib.loads((HERE / "open_round.toml").read_text()).items():
        activity = activities[ref]
        if answer:
            _report(round_, activity, told[ref]["about"], answer, officer)
        else:
            kept = reporting.answer_no_change(activity=activity, round_=round_, by=activity.lead_people()[0])
            kept.reported_at = _moment(end + dt.timedelta(days=2), 11)
            kept.save()


def _measures(plan: Plan) -> None:
    themes = {theme.code: theme for theme in plan.themes.all()}
    actions = {action.ref: action for action in PriorityAction.objects.of_plan(plan)}
    made: dict[str, Measure] = {}
    for row in _rows("measures.csv"):
        measure = made.get(row["measure"])
        if measure is None:
            measure = made[row["measure"]] = Measure.objects.create(
                plan=plan,
                theme=themes[row["theme"]],
                name=row["measure"],
                unit=row["unit"],
                polarity=row["polarity"],
                frequency=row["frequency"],
                average_over=int(row["average_over"]),
                position=len(made),
                source="Constabulary performance report to the board",
            )
            measure.actions.set(actions[ref] for ref in row["actions"].split(";"))
        Observation.objects.create(
            measure=measure,
            period_start=row["period_start"],
            period_end=row["period_end"],
            rolling_months=int(row["rolling_months"]) if row["rolling_months"] else None,
            value=row["value"],
            comparator=row["comparator"],
        )


def _aims(plan: Plan) -> None:
    data = tomllib.loads((HERE / "aims.toml").read_text())
    other = OtherPlan.objects.create(plan=plan, title=data["title"], body=data["body"])
    objectives = {
        f"{each.theme.code}{each.number}": each
        for each in Objective.objects.filter(theme__plan=plan).select_related("theme")
    }
    for position, each in enumerate(data["aims"]):
        aim = Aim.objects.create(
            other_plan=other, code=each["code"], heading=each["heading"], text=each["text"], position=position
        )
        for ref in each["meets"]:
            ObjectiveAim.objects.create(aim=aim, objective=objectives[ref])


def _assessment(plan: Plan) -> None:
    """342 findings, of which forty are taken forward and 302 are remitted."""
    data = tomllib.loads((HERE / "assessment.toml").read_text())
    completed, reviewed = PERIODS[1][1], PERIODS[2][0] + dt.timedelta(days=91)
    assessment = Assessment.objects.create(
        plan=plan,
        title=data["title"],
        completed_on=completed,
        reviewed_by=data["reviewed_by"],
        escalates_to=data["escalates_to"],
    )
    actions = {action.ref: action for action in PriorityAction.objects.of_plan(plan)}
    rows = []
    for area, (owner, pillar) in enumerate(data["areas"]):
        for place, question in enumerate(data["questions"]):
            rows.append((area * len(data["questions"]) + place + 1, owner, pillar, question))
    forward = [number for number, *_ in rows if number % 8 == 3][:40]
    target = dt.date(2019, 3, 31)
    for number, owner, pillar, question in rows:
        is_forward = number in forward
        ref = data["actions"].get(str(number))
        finding = Finding.objects.create(
            assessment=assessment,
            number=number,
            text=question,
            pillar=pillar,
            owner=owner,
            disposition="taken forward" if is_forward else "remitted",
            target_date=target if is_forward else None,
            action=actions[ref] if ref and is_forward else None,
        )
        if is_forward:
            position = data["positions"][forward.index(number) % len(data["positions"])]
            FindingReview.objects.create(
                finding=finding,
                quarter_end=reviewed,
                position=position,
                is_escalated=position == "late",
                note="Escalated: the owner has asked for a later date." if position == "late" else "",
            )


def _links(plan: Plan) -> None:
    actions = {action.ref: action for action in PriorityAction.objects.of_plan(plan)}
    for ref, target, note in LINKS:
        ActionLink.objects.get_or_create(action=actions[ref], target=target, defaults={"note": note})


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
