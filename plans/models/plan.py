"""The plan itself, its themes and their objectives."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords


class PlanQuerySet(models.QuerySet):
    def current(self, on: dt.date | None = None) -> Plan | None:
        """The plan in force on a day: the one that began last, of those that have begun; else the first to come."""
        day = on or timezone.localdate()
        return (
            self.filter(starts_on__lte=day).order_by("-starts_on", "-version").first()
            or self.order_by("starts_on", "-version").first()
        )


class Plan(models.Model):
    """A Police and Crime Plan. A new Commissioner's plan follows it; the old one stays readable and no longer changes.

    The delivery plan that is reported to the board is a working document, not a formal report: public copies say so.
    """

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    slug = models.SlugField(max_length=60, unique=True, help_text="Used in the address of its pages, such as 2017-20.")
    title = models.CharField(max_length=160)
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    is_working_document = models.BooleanField(
        "the delivery plan is a working document", default=True, help_text="Reports and public copies then say so."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PlanQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-starts_on", "-version"]
        constraints = [
            models.CheckConstraint(
                name="plan_ends_after_it_starts", condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on"))
            ),
            models.UniqueConstraint(fields=["title", "version"], name="plan_version_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:overview", args=[self.slug])

    @property
    def term(self) -> str:
        """The years of the plan: 2017 to 2020."""
        return f"{self.starts_on.year} to {self.ends_on.year}" if self.ends_on else f"from {self.starts_on.year}"

    def is_over(self, on: dt.date | None = None) -> bool:
        """Whether a later plan has taken its place. Its pages can be read and nothing can be changed."""
        follower = self.follower()
        return follower is not None and follower.starts_on <= (on or timezone.localdate())

    def follower(self) -> Plan | None:
        """The plan that takes this one's place: the next to begin, or a later version that begins on the same day."""
        later = Q(starts_on__gt=self.starts_on) | Q(starts_on=self.starts_on, version__gt=self.version)
        return Plan.objects.filter(later).exclude(pk=self.pk).order_by("starts_on", "version").first()

    @property
    def theme_codes(self) -> list[str]:
        return [theme.code for theme in self.themes.all()]


class Theme(models.Model):
    """One of the plan's themes: Victims, Offenders, Communities, Transformation. The order is the plan's own."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="themes")
    code = models.CharField(max_length=1, help_text="The letter that begins its references.")
    name = models.CharField(max_length=80)
    aim = models.TextField(blank=True)
    shared_outcome = models.TextField(blank=True, help_text="What the plan's partners want to see together.")
    position = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords()

    class Meta:
        ordering = ["plan", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="theme_code_once"),
            models.CheckConstraint(name="theme_code_is_a_letter", condition=Q(code__regex=r"^[A-Z]$")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("plans:theme", args=[self.plan.slug, self.code])


class Objective(models.Model):
    """An objective of a theme, numbered within it."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="objectives")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    history = HistoricalRecords()

    class Meta:
        ordering = ["theme__position", "number"]
        constraints = [models.UniqueConstraint(fields=["theme", "number"], name="objective_number_once")]

    def __str__(self) -> str:
        return f"{self.theme.name} {self.number}: {self.text}"
