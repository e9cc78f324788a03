"""The map between this plan's objectives and the aims of another plan, many to many."""

from __future__ import annotations

import uuid

from django.db import models
from simple_history.models import HistoricalRecords

from plans.models.plan import Objective, Plan


class OtherPlan(models.Model):
    """Another body's plan that delivers part of this one, such as the Constabulary's corporate plan."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="other_plans")
    title = models.CharField(max_length=160)
    body = models.CharField("whose plan it is", max_length=120)

    history = HistoricalRecords()

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["plan", "title"], name="other_plan_once")]

    def __str__(self) -> str:
        return self.title


class Aim(models.Model):
    """One aim of the other plan, under the heading it has there."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    other_plan = models.ForeignKey(OtherPlan, on_delete=models.PROTECT, related_name="aims")
    code = models.CharField(max_length=12)
    heading = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    position = models.PositiveSmallIntegerField(default=0)
    objectives = models.ManyToManyField(Objective, through="ObjectiveAim", related_name="aims")

    history = HistoricalRecords()

    class Meta:
        ordering = ["other_plan", "position", "code"]
        constraints = [models.UniqueConstraint(fields=["other_plan", "code"], name="aim_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class ObjectiveAim(models.Model):
    """That an aim of the other plan meets an objective of this one."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="aim_links")
    aim = models.ForeignKey(Aim, on_delete=models.CASCADE, related_name="objective_links")

    history = HistoricalRecords()

    class Meta:
        ordering = ["objective", "aim"]
        constraints = [models.UniqueConstraint(fields=["objective", "aim"], name="objective_aim_once")]

    def __str__(self) -> str:
        return f"{self.objective} is met by {self.aim}"
