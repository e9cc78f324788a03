"""Verbs of a register's report: draft it as a paper, refresh what is generated, take a generated block over."""

from django.db import transaction

from boards import policy, reports
from boards.actions import saving
from boards.actions.papers import deadline
from boards.document import generated, schema
from boards.drafting import compute
from boards.models import AgendaItem, Paper
from portal.audit import record
from portal.policy import Refusal


def check_draft(person, register: str) -> None:
    """A register's report is drafted by its own officers and by governance."""
    found = reports.get(register)
    if found is None:
        raise Refusal("No register of that name is installed.")
    if not (found.may_report(person) or policy.can_manage_meetings(person)):
        raise Refusal("Only the register’s officers and governance may draft its report.")


@transaction.atomic
def draft_report(*, item: AgendaItem, register: str, by, options: dict | None = None, authors=()) -> Paper:
    """Make the covering paper and appendix of a register's report under an agenda item."""
    check_draft(by, register)
    template = item.meeting.board.paper_template
    _, changes, draft, _, _ = compute(item.meeting, register, template=template, options=options)
    document = schema.normalise(draft.document)
    schema.check(document)
    paper = Paper(
        board=item.meeting.board,
        item=item,
        position=item.papers.count(),
        template=draft.template,
        to=draft.to or item.meeting.board.name,
        from_role=draft.from_role,
        paper_date=item.meeting.date,
        title=draft.title,
        document=document,
        state=Paper.State.DRAFT,
        register=register,
        register_options=options or {},
        due_on=deadline(item.meeting),
    )
    paper.full_clean(exclude=["document"])
    paper.save()
    paper.authors.set(authors or ([by] if by and by.pk else []))
    saving.keep_version(paper, by=by, reason=f"Drafted from the {reports.get(register).title.lower()}")
    record("report.drafted", by=by, target=paper, summary=f"Drafted “{paper.title}”", changes=len(changes))
    return paper


@transaction.atomic
def refresh(*, paper: Paper, by) -> Paper:
    """Bring generated blocks and bound figures up to date. Blocks an officer has taken over are left as they are."""
    if not paper.register or paper.item is None:
        return paper
    current = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    snapshot, _, draft, _, _ = compute(
        current.item.meeting, current.register, template=current.template, options=current.register_options
    )
    register = reports.get(current.register)
    fresh = schema.normalise(draft.document)
    document = generated.refresh(schema.normalise(current.document), fresh)
    document = generated.bind(document, {current.register: lambda path: register.value(path, snapshot)})
    document = schema.normalise(document)
    schema.check(document)
    if document == current.document:
        return current
    current.document = document
    current.version += 1
    current._change_reason = "Brought up to date with the register"
    current.save()
    saving.keep_version(current, by=by, reason="Brought up to date with the register")
    return current


@transaction.atomic
def take_over(*, paper: Paper, block_id: str, by) -> Paper:
    """From now on a generated block is the officer's own; a finding appears when the facts beneath it change."""
    current = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    policy.check_edit_paper(by, current)
    document = generated.take_over(schema.normalise(current.document), block_id)
    return saving.save(
        paper=current,
        document=document,
        header={},
        base_version=current.version,
        by=by,
        reason="Took a generated block over",
    ).paper
