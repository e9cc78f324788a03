"""Who may see and change the register. `check_x` raises a sentence; `can_x` is its bool.

The live register is working material of the office: staff read it. Members read it only as last sealed for a board they sit on;
the public only inside a published edition.
"""

from boards.models import Board, BoardMembership
from portal.policy import Refusal, as_can, check_role
from portal.roles import Role


def check_see_register(person) -> None:
    """Staff see the live register."""
    if not (person.is_authenticated and person.is_staff):
        raise Refusal(
            "Only officers see the register while it is being worked on. Members read it as sealed for their board."
        )


def check_manage_register(person) -> None:
    """New and closed risks, leads, imports, bulk changes and review rounds."""
    check_role(person, Role.RISK_OFFICER, to="manage the register")


def check_edit_risk(person, risk) -> None:
    """The risk officer edits any risk, and the people who lead a risk edit that one. A closed risk is not edited."""
    check_see_register(person)
    if risk.is_closed:
        raise Refusal("This risk is closed. Open it again before changing it.")
    if person.has_role(Role.RISK_OFFICER) or leads(person, risk):
        return
    raise Refusal(f"Only the risk officer and the leads of {risk.ref} may change it.")


def leads(person, risk) -> bool:
    """Whether the person holds the post of its senior or executive lead."""
    own = getattr(person, "_own_leads", None)
    if own is None:
        own = person._own_leads = set(person.risk_leads.values_list("pk", flat=True))
    return bool({risk.senior_lead_id, risk.exec_lead_id} & own)


def check_answer_review(person, answer) -> None:
    """A review is answered by the people of the lead who was asked, or for them by the risk officer."""
    check_see_register(person)
    if answer.round.closed_on:
        raise Refusal("This review round is closed.")
    if person.has_role(Role.RISK_OFFICER) or answer.lead.people.filter(pk=person.pk).exists():
        return
    raise Refusal(
        f"This question was put to the {answer.lead}. Only they, or the risk officer for them, may answer it."
    )


def check_adopt_matrix(person) -> None:
    """A new matrix changes how everything is scored from then on."""
    check_role(person, Role.CHIEF_EXECUTIVE, Role.RISK_OFFICER, to="adopt a rating matrix")


def check_see_sealed(person, board: Board) -> None:
    """The register as last sealed for a board: its members, and staff."""
    if person.is_authenticated and person.is_staff:
        return
    if person.is_authenticated and BoardMembership.objects.in_force().filter(person=person, board=board).exists():
        return
    raise Refusal(f"Only members of the {board} read the register as sealed for it.")


def boards_of(person):
    """Boards whose sealed register the person may read."""
    if person.is_authenticated and person.is_staff:
        return Board.objects.order_by("name")
    if not person.is_authenticated:
        return Board.objects.none()
    seats = BoardMembership.objects.in_force().filter(person=person)
    return Board.objects.filter(pk__in=seats.values("board")).order_by("name")


can_see_register = as_can(check_see_register)
can_manage_register = as_can(check_manage_register)
can_edit_risk = as_can(check_edit_risk)
