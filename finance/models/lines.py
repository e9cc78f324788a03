"""Lines with an amount in each year: savings, workforce, the capital programme and how it is paid for."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from finance.models.plan import FinancialPlan


class PlanLine(models.Model):
    """One line of a table of the plan."""

    class Kind(models.TextChoices):
        SAVING = "saving", "Saving"
        WORKFORCE = "workforce", "Workforce"
        CAPITAL = "capital", "Capital scheme"
        CAPITAL_FUNDING = "capital-funding", "Capital funding"

    plan = models.ForeignKey(FinancialPlan, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=16, choices=Kind)
    ref = models.SlugField(max_length=40)
    heading = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=160)
    status = models.CharField(max_length=20, blank=True)
    owner = models.CharField(max_length=120, blank=True, help_text="A role, not a person's name.")
    note = models.CharField(max_length=300, blank=True)
    total = models.BooleanField("is a printed total", default=False)
    order = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords()

    class Meta:
        ordering = ["kind", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "ref"], name="finance_line_ref_once"),
            models.CheckConstraint(
                name="finance_line_kind_known",
                condition=Q(kind__in=["saving", "workforce", "capital", "capital-funding"]),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class LineAmount(models.Model):
    """The amount of a line in one year: thousands of pounds, or posts. Either an amount or “to be confirmed”."""

    line = models.ForeignKey(PlanLine, on_delete=models.CASCADE, related_name="amounts")
    year = models.PositiveSmallIntegerField()
    amount = models.IntegerField(null=True, blank=True)
    to_be_confirmed = models.BooleanField(default=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["line", "year"], name="finance_amount_once"),
            models.CheckConstraint(
                name="finance_amount_or_to_be_confirmed",
                condition=Q(amount__isnull=True, to_be_confirmed=True) | Q(amount__isnull=False, to_be_confirmed=False),
            ),
        ]

    def __str__(self) -> str:
        return "to be confirmed" if self.to_be_confirmed else str(self.amount)
