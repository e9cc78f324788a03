"""Performance measures and what was observed."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from plans.models.actions import PriorityAction
from plans.models.plan import Plan, Theme

UNIT_CHOICES = [
    ("%", "Per cent"),
    ("count", "Count"),
    ("ppt", "Percentage points"),
    ("per 1,000", "Per 1,000 people"),
    ("days", "Days"),
]
POLARITY_CHOICES = [
    ("higher", "Higher is better"),
    ("lower", "Lower is better"),
    ("context", "For context: neither is better"),
]
FREQUENCY_CHOICES = [("month", "Monthly"), ("quarter", "Quarterly"), ("year", "Yearly"), ("once", "Now and then")]
COMPARATOR_CHOICES = [
    ("", "The measure itself"),
    ("baseline", "Baseline"),
    ("similar forces", "Similar forces"),
    ("region", "Region"),
    ("national", "National"),
]


class Measure(models.Model):
    """Something counted to tell whether a theme or an action works. Polarity says which way is better."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="measures")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="measures")
    actions = models.ManyToManyField(PriorityAction, related_name="measures", blank=True)
    name = models.CharField(max_length=160)
    unit = models.CharField(max_length=12, choices=UNIT_CHOICES)
    polarity = models.CharField(max_length=8, choices=POLARITY_CHOICES)
    frequency = models.CharField(max_length=8, choices=FREQUENCY_CHOICES, default="month")
    average_over = models.PositiveSmallIntegerField(
        "rolling average over", default=3, help_text="Number of periods. 1 shows no average."
    )
    source = models.CharField("source and notes", max_length=240, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords(m2m_fields=[actions])

    class Meta:
        ordering = ["theme__position", "position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], name="measure_name_once"),
            models.CheckConstraint(name="measure_average_over_a_period", condition=Q(average_over__gte=1)),
            models.CheckConstraint(
                name="measure_unit_known", condition=Q(unit__in=[value for value, _ in UNIT_CHOICES])
            ),
            models.CheckConstraint(
                name="measure_polarity_known", condition=Q(polarity__in=[value for value, _ in POLARITY_CHOICES])
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("plans:measure", args=[self.plan.slug, self.pk])


class Observation(models.Model):
    """One figure: for a period, perhaps rolling over so many months, perhaps of a comparator and not of the measure."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="observations")
    period_start = models.DateField("from")
    period_end = models.DateField("until")
    rolling_months = models.PositiveSmallIntegerField(null=True, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=3)
    comparator = models.CharField(max_length=16, choices=COMPARATOR_CHOICES, blank=True, default="")

    history = HistoricalRecords()

    class Meta:
        ordering = ["period_end", "comparator"]
        constraints = [
            models.CheckConstraint(name="observation_period_in_order", condition=Q(period_end__gte=F("period_start"))),
            models.UniqueConstraint(
                fields=["measure", "period_end", "rolling_months", "comparator"],
                name="observation_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.period}: {self.value}"

    @property
    def period(self) -> str:
        """The period in words: October 2016; April to June 2017; 12 months to December 2016."""
        end = f"{self.period_end:%B %Y}"
        if self.rolling_months:
            return f"{self.rolling_months} months to {end}"
        start = f"{self.period_start:%B %Y}"
        if start == end:
            return end
        if self.period_start.year == self.period_end.year:
            return f"{self.period_start:%B} to {end}"
        return f"{start} to {end}"
