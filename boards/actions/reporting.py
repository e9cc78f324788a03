"""Verbs of a register's report: draft it as a paper, refresh what is generated, take a generated block over."""

from django.db import transaction

from boards import policy, reports
from boards.actions import papers
from boards.document import generated, schema
from boards.models import AgendaItem, Paper
from boards.sealing.baseline import baseline_for
from portal.audit import record
from portal.models import Office
from portal.policy import Refusal


def context_for(meeting, register: str, *, template: str = "board-paper", options: dict | None = None) -> tuple:
    """The baseline, and what a register may know of the meeting it reports to."""
    baseline = baseline_for(meeting, register)
    context = reports.ReportContext(
        board=meeting.board.name,
        board_short=meeting.board.short_name,
        meeting_date=meeting.date,
        baseline_date=baseline.date if baseline else None,
        baseline_edition=baseline.edition if baseline else None,
        template=template,
        office=Office.current().as_dict(),
        options=options or {},
    )
    return baseline, context


def compute(meeting, register_key: str, *, template: str = "board-paper", options: dict | None = None):
    """Snapshot, changes and draft of a register for a meeting, as (snapshot, changes, draft, context, baseline)."""
    register = reports.get(register_key)
    if register is None:
        raise Refusal("No register of that name is installed.")
    options = options or {}
    baseline, context = context_for(meeting, register_key, template=template, options=options)
    snapshot = register.snapshot(as_at=meeting.date, options=options)
    before = baseline.snapshot if baseline else None
    changes = register.compare(snapshot, before)
    return snapshot, changes, register.draft(snapshot, changes, context, before), context, baseline


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
        due_on=papers._deadline(item.meeting),
    )
    paper.full_clean(exclude=["document"])
    paper.save()
    paper.authors.set(authors or ([by] if by and by.pk else []))
    papers._keep_version(paper, by=by, reason=f"Drafted from the {reports.get(register).title.lower()}")
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
    papers._keep_version(current, by=by, reason="Brought up to date with the register")
    papers._render_soon(current)
    return current


@transaction.atomic
def take_over(*, paper: Paper, block_id: str, by) -> Paper:
    """From now on a generated block is the officer's own; a finding appears when the facts beneath it change."""
    current = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    policy.check_edit_paper(by, current)
    document = generated.take_over(schema.normalise(current.document), block_id)
    return papers.save(
        paper=current,
        document=document,
        header={},
        base_version=current.version,
        by=by,
        reason="Took a generated block over",
    ).paper
