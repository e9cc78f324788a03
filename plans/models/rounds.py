"""Reporting rounds and what was reported in them. A closed round is frozen: its words are what the board was told."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from plans.models.actions import Activity
from plans.models.plan import Plan

RAG_CHOICES = [("Red", "Red"), ("Yellow", "Yellow"), ("Green", "Green"), ("White", "White")]
DIRECTION_CHOICES = [("improved", "Improved"), ("no change", "No change"), ("deteriorated", "Deteriorated")]


class FrozenPeriod(Exception):
    """A change to what was reported in a closed round. Carries one plain sentence."""


class RoundQuerySet(models.QuerySet):
    def open(self) -> RoundQuerySet:
        return self.filter(closed_at__isnull=True)

    def closed(self) -> RoundQuerySet:
        return self.filter(closed_at__isnull=False)


class Round(models.Model):
    """A reporting round: the leads of a plan answer for a period by a due date; closing it freezes the period."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="rounds")
    period_start = models.DateField("period from")
    period_end = models.DateField("period until", help_text="Reports drawn from this round are as at this day.")
    due_on = models.DateField("answers due by")
    note = models.TextField("note to leads", blank=True)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RoundQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-period_end"]
        constraints = [
            models.CheckConstraint(name="round_period_in_order", condition=Q(period_end__gt=F("period_start"))),
            models.CheckConstraint(name="round_due_after_it_starts", condition=Q(due_on__gte=F("period_start"))),
            models.UniqueConstraint(fields=["plan", "period_end"], name="round_period_once"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(closed_at__isnull=True), name="round_one_open_for_a_plan"
            ),
            models.CheckConstraint(
                name="round_closed_by_somebody_at_a_time",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_end:%B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("plans:round", args=[self.plan.slug, self.pk])

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def is_late(self, on: dt.date | None = None) -> bool:
        return not self.is_closed and self.due_on < (on or timezone.localdate())


class StatusReportQuerySet(models.QuerySet):
    """Bulk writes may not touch a closed round either."""

    def frozen(self) -> StatusReportQuerySet:
        return self.filter(round__closed_at__isnull=False)

    def _refuse_frozen(self) -> None:
        if self.frozen().exists():
            raise FrozenPeriod("The round is closed: what was reported in it can no longer change.")

    def update(self, **fields) -> int:
        raise FrozenPeriod("Reports are saved one by one, so that their history is kept.")

    def delete(self):
        self._refuse_frozen()
        return super().delete()

    def bulk_update(self, objs, fields, **options):
        raise FrozenPeriod("Reports are saved one by one, so that their history is kept.")


class StatusReport(models.Model):
    """How one activity stands in one round: status, what happened, what next, and the way back if it is off target."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reports")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="reports")
    rag = models.CharField("status", max_length=6, choices=RAG_CHOICES)
    narrative = models.TextField("what has happened", blank=True)
    next_steps = models.TextField("what happens next", blank=True)
    recovery_date = models.DateField("expected back on target by", null=True, blank=True)
    needed = models.TextField("what is needed to bring it back on target", blank=True)
    is_no_change = models.BooleanField("answered as no change", default=False)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reported_by_title = models.CharField(max_length=120, blank=True)
    reported_at = models.DateTimeField(default=timezone.now)

    objects = StatusReportQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-round__period_end"]
        constraints = [
            models.UniqueConstraint(fields=["round", "activity"], name="report_once_a_round"),
            models.CheckConstraint(
                name="report_status_known", condition=Q(rag__in=[value for value, _ in RAG_CHOICES])
            ),
            models.CheckConstraint(
                name="report_red_and_yellow_say_how_to_recover",
                condition=Q(rag__in=["Green", "White"])
                | (~Q(narrative="") & Q(recovery_date__isnull=False) & ~Q(needed="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity.ref} {self.rag}, {self.round}"

    def save(self, *args, **kwargs):
        self._refuse_when_frozen()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self._refuse_when_frozen()
        return super().delete(*args, **kwargs)

    def _refuse_when_frozen(self) -> None:
        if self.round.is_closed:
            raise FrozenPeriod(f"The round for {self.round} is closed: what was reported in it can no longer change.")


class DirectionOverride(models.Model):
    """The office's own judgement of a direction, for one body, with the reason that is printed beside it."""

    report = models.ForeignKey(StatusReport, on_delete=models.CASCADE, related_name="overrides")
    board = models.ForeignKey("boards.Board", on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(max_length=12, choices=DIRECTION_CHOICES)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "board"], name="override_once_for_a_body"),
            models.CheckConstraint(name="override_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="override_direction_known", condition=Q(direction__in=[value for value, _ in DIRECTION_CHOICES])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()}: {self.reason}"


class ProgressUpdate(models.Model):
    """A dated piece of news about an activity, written between rounds or brought in from an earlier plan document."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="updates")
    dated = models.DateField("date", default=timezone.localdate)
    text = models.TextField("what happened")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-dated", "-pk"]
        constraints = [models.CheckConstraint(name="progress_update_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.activity.ref}, {self.dated:%-d %B %Y}"


class Reminder(models.Model):
    """A reminder that was sent to a lead. It holds no address and no words: only that it went, and about how much."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    unanswered = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.person}, {self.sent_at:%-d %B %Y}"
