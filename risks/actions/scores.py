"""Scores and acceptance. A rating is never given: it is read from the matrix in force."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal import audit
from risks.actions.keeping import drop, keep, lock, touch
from risks.matrix import MatrixError
from risks.models import Acceptance, Assessment, Risk, RiskMatrix
from risks.scales import CATEGORIES, STAGES


@transaction.atomic
def score_risk(
    *,
    risk: Risk,
    stage: str,
    likelihood: int,
    impacts: dict[str, int | None],
    by,
    by_title: str = "",
    reason: str = "",
    rationale: str = "",
    version: int | None = None,
    matrix: RiskMatrix | None = None,
    on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> Assessment:
    """Score one stage: likelihood 1 to 5 and at least one PESTELO category 1 to 5.

    Raises ValidationError, in a sentence, for a score outside the scale, without category, or with an unknown one.
    """
    held = lock(risk, version)
    matrix = matrix or RiskMatrix.objects.in_force()
    if matrix is None:
        raise ValidationError("No rating matrix has been adopted, so nothing can be scored.")
    if unknown := set(impacts) - set(CATEGORIES):
        raise ValidationError(f"{', '.join(sorted(unknown))} is not a PESTELO category.")
    if not any(value is not None for value in impacts.values()):
        raise ValidationError(f"Score at least one PESTELO category for the {STAGES[stage].lower()} impact.")
    score = Assessment.objects.filter(risk=held, stage=stage).first() or Assessment(risk=held, stage=stage)
    score.likelihood, score.rationale = likelihood, rationale
    for name in CATEGORIES:
        setattr(score, name, impacts.get(name))
    score.assessed_on = on or timezone.localdate()
    score.assessed_by = by_title or by.title
    try:
        for value in score.impacts.values():
            matrix.matrix.rating(likelihood, value)
        score.read_from(matrix)
    except MatrixError as problem:
        raise ValidationError(str(problem)) from problem
    keep(score, by=by, reason=reason or "Scored", at=at)
    touch(held, by=by, reason=reason or "Scored", on=on, at=at)
    summary = f"{held.ref}: {stage} score is {score.rating} ({score.band})"
    audit.record("risk.scored", by=by, target=held, summary=summary, reason=reason, stage=stage, rating=score.rating)
    return score


@transaction.atomic
def clear_target(*, risk: Risk, by, reason: str, on: dt.date | None = None, at: dt.datetime | None = None) -> None:
    """Take the future score away as a whole. No other stage may be blank."""
    held = lock(risk)
    score = Assessment.objects.filter(risk=held, stage="future").first()
    if score is None:
        return
    drop(score, by=by, reason=reason, at=at)
    touch(held, by=by, reason=reason, on=on, at=at)
    audit.record(
        "risk.target_removed", by=by, target=held, summary=f"{held.ref}: the future score was removed", reason=reason
    )


@transaction.atomic
def accept_risk(
    *,
    risk: Risk,
    accepted_by: str,
    reason: str,
    by,
    until: dt.date | None = None,
    accepted_on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> Acceptance:
    """Record who accepted the risk above tolerance, why, and until when. Only a risk above tolerance is accepted."""
    held = lock(risk)
    current = Assessment.objects.filter(risk=held, stage="current").first()
    if current is None or not current.above_tolerance:
        raise ValidationError(f"{held.ref} is not above tolerance, so there is nothing to accept.")
    acceptance = Acceptance.objects.filter(risk=held).first() or Acceptance(risk=held)
    acceptance.accepted_by, acceptance.reason, acceptance.until = accepted_by, reason, until
    acceptance.accepted_on = accepted_on or timezone.localdate()
    keep(acceptance, by=by, reason=reason, at=at)
    touch(held, by=by, reason="Accepted above tolerance", on=accepted_on, at=at)
    summary = f"{held.ref} was accepted above tolerance by the {accepted_by}"
    audit.record("risk.accepted", by=by, target=held, summary=summary, reason=reason)
    return acceptance


@transaction.atomic
def withdraw_acceptance(*, risk: Risk, by, reason: str) -> None:
    """The risk is no longer accepted above tolerance."""
    held = lock(risk)
    acceptance = Acceptance.objects.filter(risk=held).first()
    if acceptance is None:
        return
    drop(acceptance, by=by, reason=reason)
    touch(held, by=by, reason=reason)
    audit.record(
        "risk.acceptance_withdrawn",
        by=by,
        target=held,
        summary=f"{held.ref} is no longer accepted above tolerance",
        reason=reason,
    )
