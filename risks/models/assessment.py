"""Scores of a risk at its three stages, and its acceptance above tolerance."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest
from simple_history.models import HistoricalRecords

from risks import scales
from risks.models.matrix import RiskMatrix
from risks.models.risk import Risk


def _category() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(null=True, blank=True)


class Assessment(models.Model):
    """One score: likelihood, the PESTELO categories that apply, and what follows from them.

    Impact is the highest category; the rating is the one in the matrix version it was scored with, and stays so when a new matrix is
    adopted. The score is there as a whole or not at all: only the future one may be absent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="assessments")
    stage = models.CharField(max_length=8, choices=list(scales.STAGES.items()))
    likelihood = models.PositiveSmallIntegerField()
    political = _category()
    economic = _category()
    social = _category()
    technological = _category()
    environmental = _category()
    legislative = _category()
    organisation = _category()
    impact = models.PositiveSmallIntegerField(editable=False)
    rating = models.PositiveSmallIntegerField(editable=False)
    band = models.CharField(max_length=30, editable=False)
    tone = models.CharField(max_length=12, editable=False)
    above_tolerance = models.BooleanField(editable=False)
    matrix = models.ForeignKey(RiskMatrix, on_delete=models.PROTECT, related_name="assessments", editable=False)
    assessed_on = models.DateField()
    assessed_by = models.CharField(max_length=120)
    rationale = models.TextField(blank=True)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["risk", "stage"], name="one_score_a_stage"),
            models.CheckConstraint(name="score_stage_known", condition=Q(stage__in=list(scales.STAGES))),
            models.CheckConstraint(name="likelihood_1_to_5", condition=Q(likelihood__gte=1, likelihood__lte=5)),
            models.CheckConstraint(name="impact_1_to_5", condition=Q(impact__gte=1, impact__lte=5)),
            *(
                models.CheckConstraint(
                    name=f"{name}_1_to_5",
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 1, f"{name}__lte": 5}),
                )
                for name in scales.CATEGORIES
            ),
            models.CheckConstraint(
                name="impact_is_the_highest_category",
                condition=Q(impact=Coalesce(Greatest(*(F(name) for name in scales.CATEGORIES)), 0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} score {self.rating}"

    @property
    def impacts(self) -> dict[str, int]:
        """The categories scored, in PESTELO order."""
        return {name: value for name in scales.CATEGORIES if (value := getattr(self, name)) is not None}

    def read_from(self, matrix: RiskMatrix) -> None:
        """Take impact, rating and band from the categories and the given matrix version. Raises `MatrixError` outside 1 to 5."""
        plain = matrix.matrix
        self.impact = scales.impact_of(self.impacts)
        self.rating = plain.rating(self.likelihood, self.impact)
        band = plain.band(self.rating)
        self.band, self.tone, self.above_tolerance = band.name, band.tone, plain.above_tolerance(self.rating)
        self.matrix = matrix

    def as_data(self, version: str) -> dict:
        """The score as a snapshot holds it. `version` is the name of its matrix, given so that no query is made for it."""
        return {
            "likelihood": self.likelihood,
            "impacts": self.impacts,
            "impact": self.impact,
            "rating": self.rating,
            "band": self.band,
            "tone": self.tone,
            "above_tolerance": self.above_tolerance,
            "matrix": version,
            "assessed_on": self.assessed_on.isoformat(),
            "assessed_by": self.assessed_by,
            "rationale": self.rationale,
        }


class Acceptance(models.Model):
    """Who accepted a risk above tolerance, why, and until when (blank: until it is withdrawn)."""

    risk = models.OneToOneField(Risk, on_delete=models.CASCADE, related_name="acceptance")
    accepted_by = models.CharField(max_length=120)
    accepted_on = models.DateField()
    reason = models.TextField()
    until = models.DateField("review of the acceptance due on", null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(name="acceptance_says_who_and_why", condition=~Q(accepted_by="") & ~Q(reason="")),
            models.CheckConstraint(
                name="acceptance_ends_after_it_starts", condition=Q(until__isnull=True) | Q(until__gte=F("accepted_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"Accepted by {self.accepted_by}"

    def as_data(self) -> dict:
        return {
            "by": self.accepted_by,
            "on": self.accepted_on.isoformat(),
            "reason": self.reason,
            "until": self.until.isoformat() if self.until else None,
        }
