"""Strategic risks and the objectives they stand under."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from risks import refs, scales


class Objective(models.Model):
    """A risk objective; its number is the first number of the references under it."""

    number = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=120)

    history = HistoricalRecords()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(name="objective_number_1_to_9", condition=Q(number__gte=1, number__lte=9))
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class RiskQuerySet(models.QuerySet):
    def visible_to(self, person) -> "RiskQuerySet":
        """Live risks are the office's working material: staff read them all, nobody else reads any (members read sealed editions)."""
        return self if person.is_authenticated and person.is_staff else self.none()

    def still_open(self) -> "RiskQuerySet":
        return self.filter(closed_on__isnull=True)

    def in_order(self) -> "RiskQuerySet":
        return self.order_by("objective__number", "number")


class Risk(models.Model):
    """One strategic risk. Its scores and lists are rows of their own; its rating is never typed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="risks")
    number = models.PositiveSmallIntegerField(
        help_text="The number within the objective: 1 gives SR3.1 under objective 3."
    )
    ref = models.CharField("reference", max_length=12, unique=True, editable=False)
    title = models.CharField("short title", max_length=120)
    description = models.TextField()
    risk_type = models.CharField("type", max_length=12, choices=list(scales.TYPES.items()), default="theoretical")
    exec_lead = models.ForeignKey("risks.Lead", on_delete=models.PROTECT, related_name="risks_as_executive")
    senior_lead = models.ForeignKey("risks.Lead", on_delete=models.PROTECT, related_name="risks_as_senior")
    status_kind = models.CharField("status", max_length=8, choices=list(scales.STATUSES.items()), default="new")
    status_date = models.DateField()
    last_reviewed_on = models.DateField(null=True, blank=True)
    last_reviewed_by = models.CharField(max_length=120, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_reason = models.CharField(max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RiskQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["version", "created_at", "updated_at"])

    class Meta:
        ordering = ["objective__number", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "number"],
                name="risk_number_unique_in_objective",
                violation_error_message="Another risk already has this number under this objective.",
            ),
            models.CheckConstraint(name="risk_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="risk_ref_pattern", condition=Q(ref__regex=r"^SR[1-9]\.[0-9]+$")),
            models.CheckConstraint(name="risk_type_known", condition=Q(risk_type__in=list(scales.TYPES))),
            models.CheckConstraint(name="risk_status_known", condition=Q(status_kind__in=list(scales.STATUSES))),
            models.CheckConstraint(
                name="risk_closed_with_date_and_reason",
                condition=Q(closed_on__isnull=True, closed_reason="")
                | (Q(closed_on__isnull=False) & ~Q(closed_reason="")),
            ),
            models.CheckConstraint(
                name="risk_closed_status_agrees",
                condition=Q(closed_on__isnull=False, status_kind="closed")
                | (Q(closed_on__isnull=True) & ~Q(status_kind="closed")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("risks:risk", args=[self.ref])

    def clean(self) -> None:
        if self.objective_id and self.number and not refs.parse(f"SR{self.objective.number}.{self.number}"):
            raise ValidationError({"number": "A reference is SR, the objective's number, a stop and a number: SR3.1."})
        self.name_it()

    def save(self, *args, **kwargs) -> None:
        self.name_it()
        super().save(*args, **kwargs)

    def name_it(self) -> None:
        """The reference follows from the objective and the number, so the two can never disagree."""
        if self.objective_id:
            self.ref = f"SR{self.objective.number}.{self.number}"

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None
