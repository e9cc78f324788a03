"""Who gets which answer on the finance pages. Governance reads the live plan; members and the public read what was published."""

import datetime as dt

from tests.access import ABSENT, OPEN, REFUSED, SIGN_IN, WRONG_METHOD, Row

EVERYBODY = (OPEN,) * 5
READERS = (SIGN_IN, ABSENT, ABSENT, OPEN, ABSENT)
EDITORS = (SIGN_IN, ABSENT, ABSENT, REFUSED, ABSENT)
OFFICERS = (SIGN_IN, REFUSED, REFUSED, OPEN, REFUSED)
FINANCE = (SIGN_IN, *(REFUSED,) * 4)
POST_ONLY = (SIGN_IN, *(WRONG_METHOD,) * 4)


def prepare(world) -> None:
    from finance import demo
    from finance.actions import plans
    from finance.models import FinancialPlan
    from portal.models import Appointment, User

    cfo = User.objects.create_user("finance.chief@opcc.example", name="Chief Finance Officer")
    Appointment.objects.create(
        person=cfo, role="chief_finance_officer", title="Chief Finance Officer", starts_on=dt.date(2000, 1, 1)
    )
    demo.load()
    world.plan_of_finance = FinancialPlan.objects.latest()
    world.strategy = plans.publish_strategy(plan=world.plan_of_finance, by=cfo)


def plan(world) -> list:
    return [world.plan_of_finance.pk]


def reserve(world) -> list:
    return [world.plan_of_finance.pk, "general-reserve"]


def scenario(world) -> list:
    return [world.plan_of_finance.pk, world.plan_of_finance.scenarios.first().pk]


def imported(world) -> list:
    from finance.models import ImportRecord

    record = ImportRecord.objects.first()
    return [record.plan_id, record.pk]


def step(world) -> list:
    return [2020, "panel"]


ROWS = {
    "reserves_strategy": Row(EVERYBODY),
    "reserves_strategy_earlier": Row(EVERYBODY, lambda world: [world.strategy.pk]),
    "reserves_strategy_data": Row(EVERYBODY, lambda world: [world.strategy.pk]),
    "finance": Row(OFFICERS),
    "finance_calendar": Row(OFFICERS, lambda world: [2020]),
    "finance_tick": Row(FINANCE, step),
    "finance_untick": Row(POST_ONLY, step),
    "finance_start": Row(FINANCE),
    "finance_reserve": Row(READERS, reserve),
    "finance_reserve_edit": Row(EDITORS, reserve),
    "finance_reserve_remove": Row(EDITORS, reserve),
    "finance_reserve_add": Row(EDITORS, plan),
    "finance_grid": Row(EDITORS, lambda world: [world.plan_of_finance.pk, "movements"]),
    "finance_details": Row(EDITORS, plan),
    "finance_copy_forward": Row(EDITORS, plan),
    "finance_scenario": Row(READERS, scenario),
    "finance_scenario_paper": Row(POST_ONLY, scenario),
    "finance_scenario_delete": Row(POST_ONLY, scenario),
    "finance_export": Row(READERS, lambda world: [world.plan_of_finance.pk, "json"]),
    "finance_import": Row(READERS, imported),
    "finance_import_confirm": Row(POST_ONLY, imported),
    **{
        name: Row(READERS, plan)
        for name in (
            "finance_plan", "finance_findings", "finance_reserves", "finance_budget", "finance_savings", "finance_workforce",
            "finance_capital", "finance_scenarios", "finance_changes", "finance_section25", "finance_publish", "finance_paper",
            "finance_data",
        )
    },
    **{
        name: Row(POST_ONLY, plan)
        for name in ("finance_move", "finance_new_version", "finance_sign", "finance_upload", "finance_paste")
    },
}  # fmt: skip
