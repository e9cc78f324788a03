"""Strategic assessments and their findings: each is taken forward as an action or remitted, never neither, never both."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from plans.models.actions import PriorityAction
from plans.models.plan import Plan

TAKEN_FORWARD, REMITTED = "taken forward", "remitted"
DISPOSITION_CHOICES = [(TAKEN_FORWARD, "Taken forward as an action"), (REMITTED, "Remitted to the head of business")]
POSITION_CHOICES = [("on track", "On track"), ("late", "Late"), ("done", "Done"), ("stopped", "Stopped")]


class AssessmentQuerySet(models.QuerySet):
    def with_counts(self) -> AssessmentQuerySet:
        """Each with how many findings it has (``all``), how many were taken forward and how many remitted."""
        return self.annotate(
            all=Count("findings"),
            forward=Count("findings", filter=Q(findings__disposition=TAKEN_FORWARD)),
            remitted=Count("findings", filter=Q(findings__disposition=REMITTED)),
        )


class Assessment(models.Model):
    """A yearly assessment of threat, risk and operational requirements, and the findings drawn from it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="assessments")
    title = models.CharField(max_length=160)
    completed_on = models.DateField()
    reviewed_by = models.CharField("tracked by", max_length=120, help_text="The quarterly meeting.")
    escalates_to = models.CharField(max_length=120, help_text="The board that late findings go to.")

    objects = AssessmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-completed_on"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:assessment", args=[self.plan.slug, self.pk])

    def counts(self) -> dict[str, int]:
        """All findings, those taken forward and those remitted. They add up because a finding is one or the other."""
        row = Assessment.objects.with_counts().get(pk=self.pk)
        return {"all": row.all, "forward": row.forward, "remitted": row.remitted}


class Finding(models.Model):
    """One finding, with the head of business who owns it. One that is taken forward has a target date."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveIntegerField()
    text = models.TextField()
    pillar = models.CharField(max_length=80, blank=True, help_text="The part of the corporate plan it belongs to.")
    owner = models.CharField(max_length=120)
    disposition = models.CharField("outcome", max_length=16, choices=DISPOSITION_CHOICES)
    target_date = models.DateField(null=True, blank=True)
    action = models.ForeignKey(
        PriorityAction,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="findings",
        help_text="If it serves one.",
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["assessment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="finding_number_once"),
            models.CheckConstraint(
                name="finding_goes_one_way", condition=Q(disposition__in=[value for value, _ in DISPOSITION_CHOICES])
            ),
            models.CheckConstraint(
                name="finding_taken_forward_has_a_target_date",
                condition=Q(disposition=REMITTED) | Q(target_date__isnull=False),
            ),
            models.CheckConstraint(name="finding_has_an_owner", condition=~Q(owner="")),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.text}"

    @property
    def is_forward(self) -> bool:
        return self.disposition == TAKEN_FORWARD

    def is_overdue(self, on: dt.date) -> bool:
        reviews = list(self.reviews.all())
        is_over = bool(reviews) and reviews[0].position in ("done", "stopped")
        return self.target_date is not None and not is_over and self.target_date < on


class FindingReview(models.Model):
    """Where a finding stood at a quarter's end, and whether it was escalated. The newest comes first."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="reviews")
    quarter_end = models.DateField()
    position = models.CharField(max_length=8, choices=POSITION_CHOICES)
    note = models.TextField(blank=True)
    is_escalated = models.BooleanField("escalated", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    history = HistoricalRecords()

    class Meta:
        ordering = ["-quarter_end"]
        constraints = [models.UniqueConstraint(fields=["finding", "quarter_end"], name="finding_review_once_a_quarter")]

    def __str__(self) -> str:
        return f"{self.finding.number}, {self.quarter_end:%B %Y}: {self.get_position_display()}"
