"""Who may see and change the financial plan. Checks raise a sentence; `can_x` is their bool."""

from portal.policy import Refusal, as_can, check_role, reason
from portal.roles import Role

SEES = (
    Role.FINANCE_EDITOR,
    Role.CHIEF_FINANCE_OFFICER,
    Role.FINANCE_REVIEWER,
    Role.CHIEF_EXECUTIVE,
    Role.MONITORING_OFFICER,
    Role.GOVERNANCE,
    Role.AUDITOR,
)
EDITS = (Role.FINANCE_EDITOR, Role.CHIEF_FINANCE_OFFICER)


def check_see_live(person) -> None:
    check_role(person, *SEES, to="see the live financial plan")


def check_edit(person, plan=None) -> None:
    """Finance staff change a plan until it goes for approval; then it must come back to draft first."""
    check_role(person, *EDITS, to="change the financial plan")
    if plan is not None and plan.status == plan.Status.APPROVED:
        raise Refusal("This version was approved and can no longer be changed. Make a new version.")
    if plan is not None and plan.status == plan.Status.FOR_APPROVAL:
        raise Refusal("This version is waiting for approval. Take it back to draft before you change it.")


def check_sign(person, plan=None) -> None:
    """The section 25 statement is the Chief Finance Officer's own (Local Government Act 2003, section 25)."""
    check_role(person, Role.CHIEF_FINANCE_OFFICER, to="sign the section 25 statement")
    if plan is not None and plan.is_frozen:
        raise Refusal("This version was approved and can no longer be changed. Make a new version.")
    if plan is not None and not (plan.robustness.strip() and plan.adequacy.strip()):
        raise Refusal("Write both parts of the statement before it is signed.")


def check_publish(person, plan=None) -> None:
    check_role(person, Role.CHIEF_FINANCE_OFFICER, to="publish the reserves strategy")


def check_approve(person, plan=None) -> None:
    """Recording an approval is for the Chief Finance Officer, who answers for the figures."""
    check_role(person, Role.CHIEF_FINANCE_OFFICER, to="record the approval of the plan")


can_see_live = as_can(check_see_live)
can_edit = as_can(check_edit)


def reason_to_edit(person, plan) -> str:
    """Why this person may not change this version, as a sentence; empty when they may."""
    return reason(check_edit, person, plan)
