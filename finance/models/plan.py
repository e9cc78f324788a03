"""A medium term financial plan: one row for each version of each period."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from finance import years


class FinancialPlanQuerySet(models.QuerySet):
    def visible_to(self, user) -> "FinancialPlanQuerySet":
        """Live plans are for the officers who work with them; members and the public read sealed editions."""
        from finance.policy import can_see_live

        return self if can_see_live(user) else self.none()

    def latest_first(self) -> "FinancialPlanQuerySet":
        return self.order_by("-base_year", "-number")

    def latest(self) -> "FinancialPlan | None":
        return self.latest_first().first()


class FinancialPlan(models.Model):
    """One version of the plan for a period: a base year and the years that follow it."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        FOR_NOTING = "for_noting", "For noting"
        FOR_APPROVAL = "for_approval", "For approval"
        APPROVED = "approved", "Approved"

    title = models.CharField(max_length=160)
    base_year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(years.FIRST), MaxValueValidator(years.LAST)],
        help_text="The year in which the base year ends: 2019 for 2018/19.",
    )
    year_count = models.PositiveSmallIntegerField(
        "years", default=4, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    number = models.PositiveSmallIntegerField("version", default=1)
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies")
    floor_pct = models.DecimalField(
        "floor of the general reserve", max_digits=5, decimal_places=2, default=Decimal("5.00"),
        help_text="The office's own policy, as a percentage of the net budget requirement.",
    )  # fmt: skip
    national_pct = models.DecimalField(
        "level to be justified", max_digits=5, decimal_places=2, default=Decimal("5.00"),
        help_text="The Home Office asks for the reason when the general reserve is above this percentage.",
    )  # fmt: skip
    balancing_reserve = models.CharField(
        max_length=40, blank=True, help_text="The reserve that takes up a change in the gap."
    )
    general_reason = models.TextField("reason for the level of the general reserve", blank=True)
    robustness = models.TextField("robustness of the estimates", blank=True)
    adequacy = models.TextField("adequacy of the reserves", blank=True)
    unstated = models.CharField("dates without figures", max_length=60, blank=True)
    note = models.TextField(blank=True, help_text="Where the figures come from, for colleagues.")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_title = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_digest = models.CharField(max_length=64, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = FinancialPlanQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-base_year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["base_year", "number"], name="finance_version_unique_in_period"),
            models.CheckConstraint(name="finance_year_count", condition=Q(year_count__gte=1) & Q(year_count__lte=12)),
            models.CheckConstraint(
                name="finance_base_year", condition=Q(base_year__gte=years.FIRST) & Q(base_year__lte=years.LAST)
            ),
            models.CheckConstraint(
                name="finance_status_known", condition=Q(status__in=["draft", "for_noting", "for_approval", "approved"])
            ),
            models.CheckConstraint(
                name="finance_signed_whole",
                condition=Q(signed_by__isnull=True, signed_at__isnull=True, signed_title="", signed_digest="")
                | (Q(signed_by__isnull=False, signed_at__isnull=False) & ~Q(signed_title="") & ~Q(signed_digest="")),
            ),
            models.CheckConstraint(
                name="finance_approved_whole",
                condition=Q(status="approved", approved_by__isnull=False, approved_at__isnull=False)
                | (~Q(status="approved") & Q(approved_by__isnull=True, approved_at__isnull=True)),
            ),
            models.CheckConstraint(name="finance_floor_sensible", condition=Q(floor_pct__gte=0) & Q(floor_pct__lte=100)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("finance_plan", args=[self.pk])

    @property
    def period(self) -> list[int]:
        return years.period(self.base_year, self.year_count)

    @property
    def period_label(self) -> str:
        return f"{years.label(self.period[0])} to {years.label(self.period[-1])}"

    @property
    def status_tone(self) -> str:
        return {"draft": "grey", "for_noting": "blue", "for_approval": "amber", "approved": "green"}[self.status]

    @property
    def is_frozen(self) -> bool:
        return self.status == self.Status.APPROVED


class PlanYear(models.Model):
    """The figures of one financial year of a plan. A blank is “to be confirmed”, never nil."""

    plan = models.ForeignKey(FinancialPlan, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    requirement_k = models.IntegerField("net budget requirement", null=True, blank=True)
    grant_k = models.IntegerField("grant", null=True, blank=True)
    other_k = models.IntegerField("other funding", null=True, blank=True)
    band_d = models.DecimalField("band D charge", max_digits=8, decimal_places=2, null=True, blank=True)
    tax_base = models.DecimalField("tax base", max_digits=12, decimal_places=2, null=True, blank=True)
    pay_bill_k = models.IntegerField("pay bill", null=True, blank=True)
    non_pay_k = models.IntegerField("non-pay spending", null=True, blank=True)
    pay_pct = models.DecimalField("pay assumption", max_digits=6, decimal_places=2, null=True, blank=True)
    price_pct = models.DecimalField("price assumption", max_digits=6, decimal_places=2, null=True, blank=True)
    note = models.TextField(blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year"], name="finance_year_once_in_plan"),
            models.CheckConstraint(
                name="finance_band_d_not_negative", condition=Q(band_d__isnull=True) | Q(band_d__gte=0)
            ),
            models.CheckConstraint(
                name="finance_tax_base_not_negative", condition=Q(tax_base__isnull=True) | Q(tax_base__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {years.label(self.year)}"
