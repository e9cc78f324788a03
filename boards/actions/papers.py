"""Verbs that bring a paper into being: commission it and say who writes it. See `saving` for its text, `workflow` for its way."""

from django.db import transaction

from boards import policy
from boards.actions import saving
from boards.document import schema
from boards.models import AgendaItem, Paper
from boards.paper_templates import new_document
from boards.working_days import days_before
from portal.audit import record


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
        due_on=due_on or deadline(meeting),
        **fields,
    )
    paper.document = schema.normalise(paper.document)
    schema.check(paper.document)
    paper.full_clean(exclude=["document"])
    paper.save()
    paper.authors.set(authors)
    saving.keep_version(paper, by=by, reason="Commissioned")
    record("paper.commissioned", by=by, target=paper, summary=f"Commissioned “{title}”", meeting=str(meeting.pk))
    return paper


def deadline(meeting):
    """The day on which papers of a meeting are due: the board's working days before it."""
    return days_before(meeting.date, meeting.board.paper_days)


@transaction.atomic
def assign_authors(*, paper: Paper, authors, by) -> None:
    policy.check_add_paper(by)
    paper.authors.set(authors)
    record("paper.authors_assigned", by=by, target=paper, summary="Assigned authors", authors=[a.pk for a in authors])
