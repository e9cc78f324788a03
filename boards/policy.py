"""Who may see or do what in the world of boards. `check_x` raises a sentence; `can_x` is its bool."""

from django.db.models import Q

from boards.models.board import Board, BoardMembership
from portal.policy import Refusal, as_can, check_role
from portal.roles import Role

#: Roles that see every meeting's working pages.
SEES_ALL_MEETINGS = (
    Role.GOVERNANCE,
    Role.CHIEF_EXECUTIVE,
    Role.MONITORING_OFFICER,
    Role.CHIEF_FINANCE_OFFICER,
    Role.AUDITOR,
)
#: Roles that see every paper while it is being written.
SEES_ALL_PAPERS = (Role.GOVERNANCE, Role.CHIEF_EXECUTIVE, Role.MONITORING_OFFICER)

#: Which reviewer gives which professional review.
REVIEWERS = {
    "finance": (Role.FINANCE_REVIEWER, Role.CHIEF_FINANCE_OFFICER),
    "legal": (Role.LEGAL_REVIEWER, Role.MONITORING_OFFICER),
    "equality": (Role.EQUALITY_REVIEWER,),
}


def sits_on(person, board: Board) -> bool:
    return person.is_authenticated and BoardMembership.objects.in_force().filter(person=person, board=board).exists()


def audience_for(person, meeting) -> str:
    """Which copy this person reads: the members' or the public one. Members, governance and statutory officers read all."""
    if person.is_authenticated and (person.has_role(*SEES_ALL_MEETINGS) or sits_on(person, meeting.board)):
        return "members"
    return "public"


def boards_read_as_member(person) -> list | None:
    """Boards whose members' copies this person reads: None stands for all of them. The same rule as `audience_for`."""
    if not person.is_authenticated:
        return []
    if person.has_role(*SEES_ALL_MEETINGS):
        return None
    return list(BoardMembership.objects.in_force().filter(person=person).values_list("board", flat=True))


def papers_for_review(person) -> Q:
    """Papers waiting for a review that this person may give."""
    waiting = Q(pk__in=[])
    if any(person.has_role(*roles) for roles in REVIEWERS.values()):
        waiting |= Q(state__in=["review"])
    if person.has_role(Role.CHIEF_EXECUTIVE):
        waiting |= Q(state="clearance")
    return waiting


def check_manage_meetings(person) -> None:
    check_role(person, Role.GOVERNANCE, to="build agendas, seal and publish packs")


def check_organise(person) -> None:
    """The office, its boards and who sits on them."""
    check_role(person, Role.GOVERNANCE, Role.ADMINISTRATOR, to="change the office, its boards and who sits on them")


def check_see_working_pages(person) -> None:
    check_role(person, *SEES_ALL_MEETINGS, to="see meetings in preparation")


def check_add_paper(person) -> None:
    check_role(person, Role.GOVERNANCE, to="commission papers")


def is_author(person, paper) -> bool:
    return any(author.pk == person.pk for author in paper.authors.all())


def check_edit_paper(person, paper) -> None:
    """Authors write while the paper is theirs; governance may put right a paper that is not final."""
    if paper.state == "withdrawn":
        raise Refusal("This paper was withdrawn. Ask governance to bring it back before changing it.")
    if paper.state == "final":
        raise Refusal("This paper is final. Ask governance to return it to draft before changing it.")
    if person.has_role(Role.GOVERNANCE):
        return
    if not is_author(person, paper):
        raise Refusal("Only the paper’s authors and governance officers may change it.")
    if paper.state not in {"commissioned", "draft"}:
        raise Refusal("The paper is with its reviewers. Ask them to return it before changing it.")


def check_comment(person, paper) -> None:
    if person.has_role(*SEES_ALL_PAPERS) or is_author(person, paper):
        return
    if paper.state == "review" and any(person.has_role(*roles) for roles in REVIEWERS.values()):
        return
    raise Refusal("Only authors, reviewers and governance officers may comment on this paper.")


def check_restrict(person) -> None:
    check_role(person, Role.GOVERNANCE, Role.MONITORING_OFFICER, to="propose that something is restricted")


def check_confirm_restriction(person, restriction) -> None:
    """The monitoring officer confirms, and never their own proposal."""
    check_role(person, Role.MONITORING_OFFICER, to="confirm a restriction")
    if restriction.proposed_by_id == person.pk:
        raise Refusal("You proposed this restriction, so another person must confirm it.")


def check_seal(person, meeting) -> None:
    check_manage_meetings(person)
    if meeting.status == "cancelled":
        raise Refusal("This meeting was cancelled. Nothing can be sealed for it.")


def check_publish(person, edition) -> None:
    check_manage_meetings(person)
    if edition.published_at:
        raise Refusal("This edition is already published.")


can_organise = as_can(check_organise)
can_manage_meetings = as_can(check_manage_meetings)
can_see_working_pages = as_can(check_see_working_pages)
can_edit_paper = as_can(check_edit_paper)
can_comment = as_can(check_comment)
can_restrict = as_can(check_restrict)
can_confirm_restriction = as_can(check_confirm_restriction)
can_seal = as_can(check_seal)
can_publish = as_can(check_publish)
