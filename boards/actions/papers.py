"""Verbs of a paper: commission, save, move through the workflow, restore."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from boards import policy, queue, states
from boards.document import block_history, merge, numbering, schema
from boards.models import AgendaItem, Paper, PaperVersion, ReviewStep
from boards.paper_templates import new_document
from portal.audit import record
from portal.policy import Refusal

#: Fields of a paper that are saved together with its document.
HEADER = ("to", "from_role", "paper_date", "title", "open_title", "marking")


class SaveConflict(Exception):
    """Two people changed the same block. Nothing was saved; both texts are here to be shown side by side."""

    def __init__(self, *, current: Paper, conflicts: list, merged: dict):
        super().__init__("Somebody else changed the same part of this paper since you opened it.")
        self.current, self.conflicts, self.merged = current, conflicts, merged


@dataclass(frozen=True)
class Saved:
    """What a save did: the version it made, and whether another person's changes were merged in."""

    paper: Paper
    merged: bool
    unchanged: bool = False


@transaction.atomic
def commission(*, item: AgendaItem, title: str, by, authors=(), due_on=None, from_role: str = "", **fields) -> Paper:
    """Ask for a paper under an agenda item. It starts from the board's template, addressed to the board."""
    policy.check_add_paper(by)
    meeting = item.meeting
    template = fields.pop("template", "") or meeting.board.paper_template
    paper = Paper(
        board=meeting.board,
        item=item,
        position=item.papers.count(),
        template=template,
        to=fields.pop("to", meeting.board.name),
        from_role=from_role or item.lead_role,
        paper_date=fields.pop("paper_date", meeting.date),
        title=title,
        document=fields.pop("document", None) or new_document(template, recommendation_verb=item.action_requested),
        state=Paper.State.COMMISSIONED,
        due_on=due_on or _deadline(meeting),
        **fields,
    )
    paper.document = schema.normalise(paper.document)
    schema.check(paper.document)
    paper.full_clean(exclude=["document"])
    paper.save()
    paper.authors.set(authors)
    _keep_version(paper, by=by, reason="Commissioned")
    record("paper.commissioned", by=by, target=paper, summary=f"Commissioned “{title}”", meeting=str(meeting.pk))
    return paper


def _deadline(meeting):
    from boards.working_days import days_before

    return days_before(meeting.date, meeting.board.paper_days)


@transaction.atomic
def assign_authors(*, paper: Paper, authors, by) -> None:
    policy.check_add_paper(by)
    paper.authors.set(authors)
    record("paper.authors_assigned", by=by, target=paper, summary="Assigned authors", authors=[a.pk for a in authors])


@transaction.atomic
def save(*, paper: Paper, document: dict, header: dict, base_version: int, by, reason: str = "") -> Saved:
    """Save a paper that was opened at `base_version`.

    Where somebody saved in between, changes to different blocks are merged; a change to the same block raises SaveConflict and saves
    nothing. The header follows the same rule field by field.
    """
    current = Paper.objects.select_for_update(of=("self",)).select_related("item").get(pk=paper.pk)
    policy.check_edit_paper(by, current)
    document = schema.normalise(document)
    schema.check(document)
    header = {name: value for name, value in header.items() if name in HEADER}
    merged = False
    if base_version != current.version:
        document, header, merged = _merge(current, document, header, base_version)
    changed = document != current.document or any(getattr(current, name) != value for name, value in header.items())
    if not changed:
        return Saved(current, merged=merged, unchanged=True)
    current.document = document
    for name, value in header.items():
        setattr(current, name, value)
    current.version += 1
    if current.state == Paper.State.COMMISSIONED:
        _step(current, states.BY_VERB["start"], by=by)
    current._change_reason = reason or None
    current.full_clean(exclude=["document"])
    current.save()
    _keep_version(current, by=by, reason=reason)
    _render_soon(current)
    return Saved(current, merged=merged)


def _merge(current: Paper, document: dict, header: dict, base_version: int) -> tuple[dict, dict, bool]:
    base = current.versions.filter(number=base_version).first()
    if base is None:
        raise Refusal(
            "This paper was opened at a version that is not known. Copy what you typed, open the paper again and put it in."
        )
    result = merge.merge(base.document, document, current.document)
    mine = {name: value for name, value in header.items() if _plain(value) != base.header.get(name)}
    clashes = [
        (name, _plain(value), _plain(getattr(current, name)))
        for name, value in mine.items()
        if _plain(getattr(current, name)) not in (base.header.get(name), _plain(value))
    ]
    if result.conflicts or clashes:
        raise SaveConflict(current=current, conflicts=[*clashes, *result.conflicts], merged=result.document)
    return result.document, mine, True


def _plain(value) -> str | None:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _keep_version(paper: Paper, *, by, reason: str) -> PaperVersion:
    return PaperVersion.objects.create(
        paper=paper,
        number=paper.version,
        document=paper.document,
        header={name: _plain(getattr(paper, name)) for name in HEADER},
        reason=reason,
        saved_by=by if by and by.pk else None,
    )


def _render_soon(paper: Paper) -> None:
    """Render the paper's part of the pack in the background, so that the pack is only put together when somebody waits."""
    queue.prepare_paper(paper.pk, paper.version)


@transaction.atomic
def restore(*, paper: Paper, number: int, by) -> Paper:
    """Make an old version the newest one again; nothing in between is lost."""
    current = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    policy.check_edit_paper(by, current)
    old = current.versions.get(number=number)
    current.document = old.document
    for name, value in old.header.items():
        setattr(current, name, value)
    return _restored(current, by=by, said=f"Restored version {number}")


@transaction.atomic
def restore_block(*, paper: Paper, number: int, block_id: str, by) -> Paper:
    """Put one part of the paper back as it was in an old version, as a new version; everything else stays as it is."""
    current = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    policy.check_edit_paper(by, current)
    old = current.versions.get(number=number)
    try:
        restored = schema.normalise(block_history.restore(current.document, old.document, block_id))
        schema.check(restored)
    except schema.DocumentError as problem:
        raise Refusal(str(problem)) from None
    if restored == current.document:
        raise Refusal(f"This part already reads as it did in version {number}. Nothing was changed.")
    current.document = restored
    label = numbering.number(restored).label(block_id) or "one part"
    return _restored(current, by=by, said=f"Restored {label} from version {number}")


def _restored(current: Paper, *, by, said: str) -> Paper:
    current.clean_fields(exclude=["document"])
    current.version += 1
    current._change_reason = said
    current.save()
    _keep_version(current, by=by, reason=said)
    record("paper.restored", by=by, target=current, summary=said)
    _render_soon(current)
    return current


def parties(person, paper: Paper) -> set[str]:
    """As which parties this person may move this paper. An author is never reviewer or clearer of their own paper."""
    found = set()
    if policy.is_author(person, paper):
        return {states.AUTHOR}
    from portal.roles import Role

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
        _step(current, transition, by=by, note=note, discipline=discipline, acknowledged=kept)
    current._change_reason = transition.label
    current.save()
    record(transition.event, by=by, target=current, summary=f"{transition.label}: “{current.title}”", reason=note)
    from boards.notifications import paper_moved

    transaction.on_commit(lambda: paper_moved(current, transition, by=by, note=note), robust=True)
    return current


def check_may_submit(paper: Paper) -> None:
    """A finding that blocks submission is a sentence here, with the first few named."""
    from boards.paper_findings import blocking

    found = blocking(paper)
    if found:
        more = f" There are {len(found)} such findings; all are listed beside the paper." if len(found) > 1 else ""
        raise Refusal(f"The paper cannot be submitted yet. {found[0].sentence}{more}")
    if paper.register and paper.item:
        _check_register(paper)


def _check_register(paper: Paper) -> None:
    """An error of the register itself, such as a risk that nobody answers for, stops its report as well."""
    from boards.preflight import registers

    for found in registers.of_paper(paper.item.meeting, paper.item, paper):
        if found.severity == "blocks":
            raise Refusal(f"The paper cannot be submitted yet. {found.sentence} {found.mend}".strip())


def _acknowledge(paper: Paper, reasons: dict[str, str]) -> list[dict]:
    """The findings that may stand, each with its reason; refuses while one has none."""
    from boards.preflight.papers import to_acknowledge

    found = to_acknowledge(paper)
    missing = [finding for finding in found if not (reasons.get(finding.key) or "").strip()]
    if missing:
        more = f" So do {len(missing) - 1} more." if len(missing) > 1 else ""
        raise Refusal(f"Put this right, or give the reason why it may stand: {missing[0].sentence}{more}")
    return [
        {"rule": f.rule, "key": f.key, "sentence": f.sentence, "reason": reasons[f.key].strip()[:300]} for f in found
    ]


def _step(
    paper: Paper, transition: states.Transition, *, by, note: str = "", discipline: str = "", acknowledged: list = ()
) -> None:
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
