"""Who gets which answer at the plan's addresses. Governance reads live pages and changes nothing; a member of a board that has not been
told of the plan, an author and the administrator find nothing."""

import datetime as dt

from plans.models import (
    ActionLink,
    Activity,
    Aim,
    Assessment,
    Finding,
    ImportRun,
    Measure,
    Objective,
    OtherPlan,
    Plan,
    PriorityAction,
    Round,
    StatusReport,
    Theme,
)
from tests.access import ABSENT, OPEN, REFUSED, SIGN_IN, WRONG_METHOD, Row

LIVE = (SIGN_IN, ABSENT, ABSENT, OPEN, ABSENT)
CHANGES = (SIGN_IN, ABSENT, ABSENT, REFUSED, ABSENT)
ONWARD = (SIGN_IN, ABSENT, ABSENT, SIGN_IN, ABSENT)
POST_ONLY = (SIGN_IN, *(WRONG_METHOD,) * 4)


def prepare(world) -> None:
    """A plan with one of each thing that an address names."""
    plan = Plan.objects.create(slug="2017-20", title="Police and Crime Plan", starts_on=dt.date(2017, 4, 1))
    theme = Theme.objects.create(plan=plan, code="V", name="Victims")
    action = PriorityAction.objects.create(theme=theme, number=1, title="First contact")
    activity = Activity.objects.create(action=action, number=1, delivery_lead="Constabulary")
    world.plan_round = Round.objects.create(
        plan=plan, period_start=dt.date(2018, 1, 1), period_end=dt.date(2018, 3, 31), due_on=dt.date(2018, 4, 5)
    )
    StatusReport.objects.create(round=world.plan_round, activity=activity, rag="Green")
    world.plan_link = ActionLink.objects.create(action=action, target="risks:SR3.1")
    world.plan_measure = Measure.objects.create(plan=plan, theme=theme, name="Confidence", unit="%", polarity="higher")
    world.plan_objective = Objective.objects.create(theme=theme, number=1, text="Victims are heard")
    other = OtherPlan.objects.create(plan=plan, title="Corporate plan", body="Constabulary")
    world.plan_aim = Aim.objects.create(other_plan=other, code="A1", text="Answer victims")
    world.plan_assessment = Assessment.objects.create(plan=plan, title="Assessment", completed_on=dt.date(2018, 6, 30))
    world.plan_finding = Finding.objects.create(
        assessment=world.plan_assessment, number=1, text="Skills", owner="Head of People", disposition="remitted"
    )
    world.plan_import = ImportRun.objects.create(plan=plan, file_name="a.csv", sha256="0" * 64, tables={})


def plan(*rest):
    """The plan's slug, then texts as they are and the ids of things that `prepare` made."""
    return lambda world: ["2017-20", *(part(world) if callable(part) else part for part in rest)]


ROWS = {
    # Readers who may not see live rows are shown where the plan was published.
    "plans:start": Row((OPEN, OPEN, OPEN, SIGN_IN, OPEN)),
    "plans:add_plan": Row((SIGN_IN, *(REFUSED,) * 4)),
    "plans:overview": Row(LIVE, plan()),
    "plans:edit_plan": Row(CHANGES, plan()),
    "plans:add_theme": Row(CHANGES, plan()),
    "plans:add_objective": Row(CHANGES, plan("V")),
    "plans:edit_objective": Row(CHANGES, plan(lambda world: world.plan_objective.pk)),
    "plans:theme": Row(LIVE, plan("V")),
    "plans:edit_theme": Row(CHANGES, plan("V")),
    "plans:add_action": Row(CHANGES, plan("V")),
    # Those who read sealed editions are sent to the theme, which is there when it was sealed for them.
    "plans:action": Row((SIGN_IN, SIGN_IN, SIGN_IN, OPEN, SIGN_IN), plan("V1")),
    "plans:edit_action": Row(CHANGES, plan("V1")),
    "plans:add_activity": Row(CHANGES, plan("V1")),
    "plans:add_link": Row(CHANGES, plan("V1")),
    "plans:remove_link": Row(POST_ONLY, plan("V1", lambda world: world.plan_link.pk)),
    "plans:edit_activity": Row(CHANGES, plan("V1.1")),
    # Whoever does not lead the activity is sent back to it with the reason.
    "plans:report": Row(ONWARD, plan("V1.1")),
    "plans:no_change": Row(POST_ONLY, plan("V1.1")),
    "plans:add_update": Row(CHANGES, plan("V1.1")),
    "plans:override": Row(CHANGES, plan("V1.1")),
    "plans:my_updates": Row(LIVE, plan()),
    "plans:rounds": Row(LIVE, plan()),
    "plans:round": Row(LIVE, plan(lambda world: world.plan_round.pk)),
    # The round is open, so governance is sent back to it with the reason.
    "plans:draft_report": Row(ONWARD, plan(lambda world: world.plan_round.pk)),
    "plans:remind": Row(POST_ONLY, plan(lambda world: world.plan_round.pk)),
    "plans:close_round": Row(POST_ONLY, plan(lambda world: world.plan_round.pk)),
    "plans:measures": Row(LIVE, plan()),
    "plans:add_measure": Row(CHANGES, plan()),
    "plans:measure": Row(LIVE, plan(lambda world: world.plan_measure.pk)),
    "plans:edit_measure": Row(CHANGES, plan(lambda world: world.plan_measure.pk)),
    "plans:aims": Row(LIVE, plan()),
    "plans:add_other_plan": Row(CHANGES, plan()),
    "plans:edit_other_plan": Row(CHANGES, plan(lambda world: world.plan_aim.other_plan_id)),
    "plans:add_aim": Row(CHANGES, plan(lambda world: world.plan_aim.other_plan_id)),
    "plans:map_aim": Row(CHANGES, plan(lambda world: world.plan_aim.pk)),
    "plans:assessments": Row(ONWARD, plan()),
    "plans:add_assessment": Row(CHANGES, plan()),
    "plans:edit_assessment": Row(CHANGES, plan(lambda world: world.plan_assessment.pk)),
    "plans:add_finding": Row(CHANGES, plan(lambda world: world.plan_assessment.pk)),
    "plans:edit_finding": Row(CHANGES, plan(lambda world: world.plan_finding.pk)),
    "plans:assessment": Row(LIVE, plan(lambda world: world.plan_assessment.pk)),
    "plans:finding": Row(LIVE, plan(lambda world: world.plan_finding.pk)),
    "plans:exchange": Row(LIVE, plan()),
    "plans:import_run": Row(CHANGES, plan(lambda world: world.plan_import.pk)),
    "plans:bring_in": Row(POST_ONLY, plan(lambda world: world.plan_import.pk)),
    "plans:export": Row(LIVE, plan("json")),
    "plans:export_table": Row(LIVE, plan("actions", "csv")),
}
