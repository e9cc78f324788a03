"""What is kept beside the figures: scenarios, calendar ticks, imports with their questions, published strategies."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from boards.models.sealed import SealedModel
from finance.models.plan import FinancialPlan


class Scenario(models.Model):
    """Changed assumptions under a name. Only the changes are kept: results follow the plan's own figures."""

    plan = models.ForeignKey(FinancialPlan, on_delete=models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=120)
    changes = models.JSONField(default=list)
    in_paper = models.BooleanField("put in the strategy paper", default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="finance_scenario_name_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("finance_scenario", args=[self.plan_id, self.pk])


class PreceptStep(models.Model):
    """A tick in the precept calendar of one financial year, or the record that the Panel vetoed the precept."""

    year = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=20)
    done_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    ticked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "done_on"]
        constraints = [models.UniqueConstraint(fields=["year", "key"], name="finance_step_once")]

    def __str__(self) -> str:
        return f"{self.key} of {self.year}"


class ImportRecord(models.Model):
    """A file or table brought in: what it held, what was asked, what was answered, what came of it."""

    class State(models.TextChoices):
        ASKING = "asking", "Waiting for an answer"
        READY = "ready", "Read, not yet saved"
        REFUSED = "refused", "Refused"
        DONE = "done", "Saved"

    plan = models.ForeignKey(FinancialPlan, on_delete=models.CASCADE, related_name="imports")
    kind = models.CharField(max_length=12)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State)
    content = models.JSONField(default=dict)
    errors = models.JSONField(default=list)
    question = models.TextField(blank=True)
    choices = models.JSONField(default=list)
    answer = models.CharField(max_length=200, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="finance_answer_whole",
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(name="finance_asking_has_question", condition=~Q(state="asking") | ~Q(question="")),
        ]

    def __str__(self) -> str:
        return self.file_name or "Pasted table"


class PublishedStrategy(SealedModel):
    """The reserves strategy as it was published: sealed content, never the live plan."""

    plan = models.ForeignKey(FinancialPlan, on_delete=models.PROTECT, related_name="published")
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return f"Reserves strategy published {self.published_at:%d %B %Y}"
