"""Quarterly review rounds."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal import audit
from risks import policy
from risks.actions.keeping import keep
from risks.actions.register import mark_reviewed
from risks.models import ReviewAnswer, ReviewRound, Risk


@transaction.atomic
def open_round(
    *, title: str, due_on: dt.date, next_review_on: dt.date, by, opened_on: dt.date | None = None
) -> ReviewRound:
    """Ask the senior lead of every open risk. One round at a time."""
    if ReviewRound.objects.still_open().exists():
        raise ValidationError("A review round is open already. Close it before asking again.")
    opened_on = opened_on or timezone.localdate()
    review = ReviewRound(title=title, opened_on=opened_on, due_on=due_on, next_review_on=next_review_on, opened_by=by)
    keep(review, by=by, reason="Round opened")
    for risk in Risk.objects.still_open().in_order().select_related("senior_lead"):
        keep(ReviewAnswer(round=review, risk=risk, lead=risk.senior_lead), by=by, reason="Asked")
    asked = review.answers.count()
    audit.record(
        "risk_review.opened", by=by, target=review, summary=f"{title}: {asked} questions were put to senior leads"
    )
    return review


@transaction.atomic
def answer_review(
    *, answer: ReviewAnswer, choice: str, by, note: str = "", on: dt.date | None = None, at: dt.datetime | None = None
) -> ReviewAnswer:
    """Record “no change” or “changed”. Either way the risk was reviewed: by whom and when is kept on it."""
    policy.check_answer_review(by, answer)
    if choice not in ReviewAnswer.Answer.values:
        raise ValidationError("Answer either “no change” or “changed”.")
    on = on or timezone.localdate()
    answer.answer, answer.note, answer.answered_by = choice, note, by
    answer.answered_at = at or timezone.now()
    label = answer.get_answer_display()
    keep(answer, by=by, reason=note or label)
    mark_reviewed(
        risk=answer.risk,
        by=by,
        by_title=answer.lead.title,
        on=on,
        next_review_on=answer.round.next_review_on,
        reason=f"Reviewed in {answer.round}: {label.lower()}",
        at=at,
    )
    summary = f"{answer.risk.ref}: the {answer.lead} answered “{label.lower()}”"
    audit.record("risk_review.answered", by=by, target=answer.risk, summary=summary, reason=note)
    return answer


@transaction.atomic
def close_round(*, review: ReviewRound, by, on: dt.date | None = None) -> ReviewRound:
    """End the round. Questions without an answer stay so, and are counted."""
    policy.check_manage_register(by)
    review.closed_on = on or timezone.localdate()
    keep(review, by=by, reason="Round closed")
    missing = review.answers.filter(answer="").count()
    audit.record(
        "risk_review.closed", by=by, target=review, summary=f"{review} was closed with {missing} questions not answered"
    )
    return review
