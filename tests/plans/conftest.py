"""A small plan with its people, and the demonstration plan for tests that need all of it."""

import datetime as dt

import pytest

from boards.models import Board
from plans.actions import importing, rounds
from plans.models import Activity, ActivityLead, Plan, PriorityAction, Theme
from portal.roles import Role

MARCH, JUNE, OCTOBER = dt.date(2018, 3, 31), dt.date(2018, 6, 30), dt.date(2018, 10, 19)


@pytest.fixture
def officer(person):
    return person(Role.PLAN_OFFICER, title="Plan Officer", email="officer@opcc.example")


@pytest.fixture
def lead(person):
    return person(Role.PLAN_LEAD, title="Head of Victims", email="lead@opcc.example")


@pytest.fixture
def board(db):
    return Board.objects.create(name="Business Coordination Board", slug="bcb", short_name="BCB")


@pytest.fixture
def panel(db):
    return Board.objects.create(
        name="Police and Crime Panel", slug="panel", short_name="Panel", kind="panel", paper_template="panel-report"
    )


@pytest.fixture
def plan(db):
    """V1 with one activity, O2 with two and O10 with one."""
    plan = Plan.objects.create(
        slug="2017-20", title="Police and Crime Plan", starts_on=dt.date(2017, 4, 1), ends_on=dt.date(2020, 3, 31)
    )
    for position, (code, name) in enumerate((("V", "Victims"), ("O", "Offenders"))):
        Theme.objects.create(plan=plan, code=code, name=name, aim=f"Aim of {name}.", position=position)
    themes = {theme.code: theme for theme in plan.themes.all()}
    for code, number, title, activities in (
        ("O", 10, "Data", 1),
        ("V", 1, "First contact", 1),
        ("O", 2, "Together", 2),
    ):
        action = PriorityAction.objects.create(theme=themes[code], number=number, title=title)
        for place in range(1, activities + 1):
            Activity.objects.create(action=action, number=place, delivery_lead="Constabulary")
    return plan


@pytest.fixture
def activity(plan, lead):
    found = Activity.objects.get(action__theme__code="V", action__number=1)
    ActivityLead.objects.create(activity=found, person=lead)
    return found


@pytest.fixture
def open_round(plan, officer):
    def make(start=dt.date(2018, 1, 1), end=MARCH):
        return rounds.open_round(plan=plan, period_start=start, period_end=end, due_on=end, by=officer)

    return make


@pytest.fixture
def people_of_the_sheets(person):
    """A person for each set of initials in the two sheets."""
    made = {}
    for initials in ("NP", "CS", "CK", "AF", "JH", "GO", "DG", "AW"):
        made[initials] = person(Role.PLAN_LEAD, title=f"Lead {initials}", email=f"{initials.lower()}@opcc.example")
        made[initials].initials = initials
        made[initials].save()
    return made


@pytest.fixture
def sheets():
    from plans.demo import loader

    return {name: (loader.HERE / name).read_bytes() for name in ("plan_actions.csv", "plan_activities.csv")}


@pytest.fixture
def empty_plan(db):
    return Plan.objects.create(slug="new", title="New plan", starts_on=dt.date(2017, 4, 1))


@pytest.fixture
def imported(empty_plan, officer, people_of_the_sheets, sheets):
    """The forty actions and forty-four activities, brought in as a plan officer brings them in."""
    for name, content in sheets.items():
        importing.bring_in(
            run=importing.try_import(plan=empty_plan, content=content, name=name, by=officer), by=officer
        )
    return empty_plan
