"""Who may do what with the plan. Members and the public read sealed editions; officers and leads work on live rows."""

from __future__ import annotations

from portal.policy import Refusal, as_can, check_role, reason
from portal.roles import Role

#: Roles that read the live plan. Authors of the Constabulary read what is circulated, like everybody else.
READS_LIVE = (
    Role.PLAN_OFFICER,
    Role.PLAN_LEAD,
    Role.GOVERNANCE,
    Role.CHIEF_EXECUTIVE,
    Role.MONITORING_OFFICER,
    Role.CHIEF_FINANCE_OFFICER,
    Role.RISK_OFFICER,
    Role.FINANCE_EDITOR,
    Role.AUDITOR,
)


def check_read_live(person) -> None:
    check_role(person, *READS_LIVE, to="read the plan before it is sealed for a meeting")


def check_edit_plan(person, plan) -> None:
    """Only a plan officer changes the plan, and only until a later plan takes its place."""
    check_role(person, Role.PLAN_OFFICER, to="change the plan")
    if plan is not None and plan.is_over():
        raise Refusal(f"{plan} has been followed by a later plan. It can be read and no longer changes.")


def check_run_rounds(person, plan) -> None:
    """Only a plan officer opens, reminds and closes. The last round of a plan is answered after its follower has begun."""
    check_role(person, Role.PLAN_OFFICER, to="run a reporting round")


def check_open_round(person, plan, period_start) -> None:
    """A plan is reported up to the day its follower takes its place, however late the last answers come."""
    check_run_rounds(person, plan)
    follower = plan.follower()
    if follower is not None and period_start >= follower.starts_on:
        raise Refusal(
            f"{follower} takes the place of this plan on {follower.starts_on:%-d %B %Y}. Report the period there."
        )


def check_report(person, activity, round_) -> None:
    """An activity is reported by those who lead it, or by a plan officer for them, while the round is open."""
    leads = {lead.person_id for lead in activity.activity_leads.all()}
    if person.pk not in leads and not person.has_role(Role.PLAN_OFFICER):
        raise Refusal(f"{activity.ref} is reported by the people who lead it.")
    if round_ is None:
        raise Refusal("No reporting round is open. The plan officer opens the next one.")
    if round_.is_closed:
        raise Refusal(f"The round for {round_} is closed: what was reported in it can no longer change.")


def check_report_news(person, activity) -> None:
    """News between rounds is written by the leads of an activity or by a plan officer."""
    leads = {lead.person_id for lead in activity.activity_leads.all()}
    if person.pk not in leads and not person.has_role(Role.PLAN_OFFICER):
        raise Refusal(f"News about {activity.ref} is written by the people who lead it.")
    if activity.action.theme.plan.is_over():
        raise Refusal("This plan has been followed by a later plan. It can be read and no longer changes.")


def check_override(person, plan) -> None:
    """Only a plan officer may print a direction other than the derived one."""
    check_role(person, Role.PLAN_OFFICER, to="judge a direction")
    if plan.is_over():
        raise Refusal(f"{plan} has been followed by a later plan. It can be read and no longer changes.")


def check_export(person) -> None:
    check_role(person, *READS_LIVE, to="export the live plan")


def check_draft_report(person) -> None:
    """The register's report is drafted by those who put papers before boards."""
    check_role(person, Role.PLAN_OFFICER, Role.GOVERNANCE, Role.CHIEF_EXECUTIVE, to="draft a report of the plan")


can_read_live = as_can(check_read_live)
can_edit_plan = as_can(check_edit_plan)
can_run_rounds = as_can(check_run_rounds)
can_report = as_can(check_report)
can_override = as_can(check_override)
can_export = as_can(check_export)
can_draft_report = as_can(check_draft_report)


def reason_not_to_edit(person, plan) -> str:
    """Why the person may not change the plan, as a sentence for a disabled button; empty when they may."""
    return reason(check_edit_plan, person, plan)
