"""Versions of the rating matrix: draft one, look at it beside the one in force, adopt it, score again with it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal import audit
from risks import policy
from risks.actions.keeping import keep, lock
from risks.models import Assessment, Risk, RiskMatrix


@transaction.atomic
def draft_matrix(*, version: str, data: dict, by, reason: str = "") -> RiskMatrix:
    """Keep a new version as a draft. Raises ValidationError when it breaks a rule of `risks.matrix`."""
    matrix = RiskMatrix(version=version, data={**data, "version": version}, reason=reason)
    keep(matrix, by=by, reason=reason or "Drafted")
    audit.record("risk_matrix.drafted", by=by, target=matrix, summary=f"{matrix} was drafted", reason=reason)
    return matrix


@transaction.atomic
def adopt_matrix(*, matrix: RiskMatrix, by, reason: str, on: dt.date | None = None) -> RiskMatrix:
    """Read ratings from this version from now on. No score already made is touched: each keeps its version and rating."""
    if by is not None:
        policy.check_adopt_matrix(by)
    held = RiskMatrix.objects.select_for_update().get(pk=matrix.pk)
    if held.is_adopted:
        raise ValidationError(f"{held} was adopted on {held.adopted_on:%-d %B %Y} already.")
    held.adopted_on, held.adopted_by, held.reason = on or timezone.localdate(), by, reason
    keep(held, by=by, reason=reason)
    audit.record("risk_matrix.adopted", by=by, target=held, summary=f"{held} was adopted", reason=reason)
    return held


@transaction.atomic
def score_again(*, risks: list[Risk], by, reason: str) -> int:
    """Read the same likelihoods and impacts from the matrix in force, as new scores. Returns how many scores were read again."""
    matrix, count = RiskMatrix.objects.in_force(), 0
    for risk in risks:
        held = lock(risk)
        for score in Assessment.objects.filter(risk=held).exclude(matrix=matrix):
            score.read_from(matrix)
            score.assessed_on = timezone.localdate()
            score.assessed_by = by.title
            keep(score, by=by, reason=reason)
            count += 1
        held.version += 1
        held.save_without_historical_record()
    if count:
        audit.record(
            "risk_matrix.scored_again",
            by=by,
            target=matrix,
            summary=f"{count} scores were read from {matrix}",
            reason=reason,
        )
    return count
