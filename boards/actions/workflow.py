"""Verbs of a paper's way to the board: who may move it, and what each move needs. The table is `boards/states.py`."""

from django.db import transaction
from django.utils import timezone

from boards import policy, states
from boards.models import Paper, ReviewStep
from boards.notifications import paper_moved
from boards.paper_findings import blocking
from boards.preflight import handed_in, registers
from boards.preflight.papers import to_acknowledge
from portal.audit import record
from portal.policy import Refusal
from portal.roles import Role


def parties(person, paper: Paper) -> set[str]:
    """As which parties this person may move this paper. An author is never reviewer or clearer of their own paper."""
    found = set()
    if policy.is_author(person, paper):
        return {states.AUTHOR}
    if person.has_role(Role.GOVERNANCE):
        found.add(states.GOVERNANCE)
    if person.has_role(Role.CHIEF_EXECUTIVE):
        found.add(states.CHIEF_EXECUTIVE)
    if disciplines_of(person, paper):
        found.add(states.REVIEWER)
    return found


def required_reviews(paper: Paper) -> list[str]:
    """The professional reviews a paper needs: those of its template at this board, else the board's own."""
    asked = paper.board.template_reviews.get(paper.template, paper.board.reviews)
    return [name for name in asked if name in policy.REVIEWERS]


def reviews_given(paper: Paper) -> set[str]:
    """Disciplines that approved the paper since it was last submitted."""
    given: set[str] = set()
    for step in paper.steps.all():
        if step.verb == "submit":
            given = set()
        elif step.verb == "approve_review":
            given.add(step.discipline)
    return given


def disciplines_of(person, paper: Paper) -> list[str]:
    return [name for name in required_reviews(paper) if person.has_role(*policy.REVIEWERS[name])]


def check_transition(person, paper: Paper, verb: str) -> None:
    """Refuse a move that the table does not allow this person now."""
    move = states.BY_VERB.get(verb)
    if move is None or paper.state not in move.sources:
        raise Refusal(
            f"The paper is “{paper.get_state_display().lower()}” now, so this cannot be done. Reload the page to see where it is."
        )
    mine = parties(person, paper)
    if not mine & set(move.by):
        if states.AUTHOR in mine and verb in {"clear", "approve_review", "return"}:
            raise Refusal("You are an author of this paper, so another person must do this.")
        raise Refusal(f"Only {' or '.join(move.by)} may do this.")
    missing = [name for name in required_reviews(paper) if name not in reviews_given(paper)]
    if verb == "send_to_clearance" and missing:
        raise Refusal(f"The {' and '.join(missing)} review is still to be given.")
    if verb == "send_to_review" and not required_reviews(paper):
        raise Refusal("This board asks for no professional review. Send the paper for clearance.")
    if verb == "approve_review" and not [n for n in disciplines_of(person, paper) if n not in reviews_given(paper)]:
        raise Refusal("Your review is already recorded.")


def moves_for(person, paper: Paper) -> list[states.Transition]:
    """The moves this person may make now, in the order of the table."""
    found = []
    for move in states.TRANSITIONS:
        try:
            check_transition(person, paper, move.verb)
        except Refusal:
            continue
        found.append(move)
    return found


@transaction.atomic
def move(
    *, paper: Paper, verb: str, by, note: str = "", late_reason: str = "", acknowledged: dict[str, str] | None = None
) -> Paper:
    """Move a paper through its workflow; each move is a row with who, when and the note.

    A submission also keeps the reason why each finding that needs acknowledging may stand, by the finding's key.
    """
    current = Paper.objects.select_for_update(of=("self",)).select_related("item__meeting", "board").get(pk=paper.pk)
    check_transition(by, current, verb)
    transition = states.BY_VERB[verb]
    if transition.note and not note.strip():
        raise Refusal("Say why, so that the author knows what to do.")
    kept = []
    if verb == "submit":
        check_may_submit(current)
        kept = _acknowledge(current, acknowledged or {})
        if current.due_on and timezone.localdate() > current.due_on and not (late_reason or current.late_reason):
            raise Refusal(f"The papers were due on {current.due_on:%-d %B %Y}. Give the reason why this one is late.")
        current.late_reason = late_reason or current.late_reason
    disciplines = [""]
    if verb == "approve_review":
        disciplines = [name for name in disciplines_of(by, current) if name not in reviews_given(current)]
    for discipline in disciplines:
        step(current, transition, by=by, note=note, discipline=discipline, acknowledged=kept)
    current._change_reason = transition.label
    current.save()
    record(transition.event, by=by, target=current, summary=f"{transition.label}: “{current.title}”", reason=note)
    transaction.on_commit(lambda: paper_moved(current, transition, by=by, note=note), robust=True)
    return current


def check_may_submit(paper: Paper) -> None:
    """A finding that blocks submission is a sentence here, with the first few named."""
    found = blocking(paper)
    if found:
        more = f" There are {len(found)} such findings; all are listed beside the paper." if len(found) > 1 else ""
        raise Refusal(f"The paper cannot be submitted yet. {found[0].sentence}{more}")
    for found in handed_in.of_paper(paper):
        raise Refusal(f"The paper cannot be submitted yet. {found.sentence} {found.mend}")
    if paper.register and paper.item:
        _check_register(paper)


def _check_register(paper: Paper) -> None:
    """An error of the register itself, such as a risk that nobody answers for, stops its report as well."""
    for found in registers.of_paper(paper.item.meeting, paper.item, paper):
        if found.severity == "blocks":
            raise Refusal(f"The paper cannot be submitted yet. {found.sentence} {found.mend}".strip())


def _acknowledge(paper: Paper, reasons: dict[str, str]) -> list[dict]:
    """The findings that may stand, each with its reason; refuses while one has none."""
    found = to_acknowledge(paper)
    missing = [finding for finding in found if not (reasons.get(finding.key) or "").strip()]
    if missing:
        more = f" So do {len(missing) - 1} more." if len(missing) > 1 else ""
        raise Refusal(f"Put this right, or give the reason why it may stand: {missing[0].sentence}{more}")
    return [
        {"rule": f.rule, "key": f.key, "sentence": f.sentence, "reason": reasons[f.key].strip()[:300]} for f in found
    ]


def step(
    paper: Paper, transition: states.Transition, *, by, note: str = "", discipline: str = "", acknowledged: list = ()
) -> None:
    """Put the paper into the state that a move leads to, and keep the move as a row. The caller saves the paper."""
    ReviewStep.objects.create(
        paper=paper,
        verb=transition.verb,
        from_state=paper.state,
        to_state=transition.target,
        discipline=discipline,
        note=note,
        version=paper.version,
        by=by,
        by_title=by.title if by else "",
        acknowledged=list(acknowledged),
    )
    paper.state = transition.target
