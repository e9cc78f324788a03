"""Reserves of a plan, what moves in and out of them, and how a balance divides between Home Office categories."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from finance import figures
from finance.models.plan import FinancialPlan


class Reserve(models.Model):
    """One reserve in one version of the plan. `ref` is permanent: the same reserve has it in every version."""

    plan = models.ForeignKey(FinancialPlan, on_delete=models.CASCADE, related_name="reserves")
    ref = models.SlugField("reference", max_length=40)
    name = models.CharField(max_length=120)
    group = models.CharField(max_length=12, choices=figures.GROUPS.items())
    categories = models.CharField("Home Office category", max_length=8, default="A")
    opening_k = models.IntegerField("opening balance", default=0)
    opening_basis = models.CharField(
        "opening balance is", max_length=8, choices=figures.BASES.items(), default="forecast"
    )
    purpose = models.TextField("what it is for", blank=True)
    intention = models.TextField("how it will be used in this plan", blank=True)
    restricted = models.BooleanField("may only be used for certain things", default=False)
    controller = models.CharField(
        "who controls it", max_length=120, blank=True, help_text="A role, not a person's name."
    )
    review_date = models.DateField("next reviewed on", null=True, blank=True)
    funding_plan = models.TextField("plan to fund an overdraft", blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "ref"], name="finance_reserve_ref_once_in_plan"),
            # Deferred, so that two reserves may exchange names in one save.
            models.UniqueConstraint(
                fields=["plan", "name"], name="finance_reserve_name_once_in_plan", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(name="finance_reserve_group_known", condition=Q(group__in=list(figures.GROUPS))),
            models.CheckConstraint(
                name="finance_reserve_categories_known",
                condition=Q(categories__in=["A", "B", "C", "A,B", "A,C", "B,C", "A,B,C"]),
            ),
            models.CheckConstraint(
                name="finance_opening_basis_known", condition=Q(opening_basis__in=["actual", "forecast"])
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Movement(models.Model):
    """Money into a reserve, out of it, or to another reserve, in one year. A transfer is one row, so it always balances."""

    plan = models.ForeignKey(FinancialPlan, on_delete=models.CASCADE, related_name="movements")
    ref = models.SlugField(max_length=40)
    kind = models.CharField(max_length=12, choices=figures.KINDS.items())
    reserve = models.ForeignKey(Reserve, on_delete=models.CASCADE, related_name="movements")
    to_reserve = models.ForeignKey(
        Reserve, null=True, blank=True, on_delete=models.CASCADE, related_name="transfers_in"
    )
    year = models.PositiveSmallIntegerField()
    amount_k = models.PositiveIntegerField("amount")
    what_for = models.CharField(max_length=200, blank=True)
    to_balance = models.BooleanField("balances the budget", default=False)
    order = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "ref"], name="finance_movement_ref_once_in_plan"),
            models.CheckConstraint(name="finance_movement_above_nil", condition=Q(amount_k__gt=0)),
            models.CheckConstraint(name="finance_movement_kind_known", condition=Q(kind__in=list(figures.KINDS))),
            models.CheckConstraint(
                name="finance_only_transfers_have_a_destination",
                condition=Q(kind="transfer", to_reserve__isnull=False)
                | (~Q(kind="transfer") & Q(to_reserve__isnull=True)),
            ),
            models.CheckConstraint(
                name="finance_no_transfer_to_itself", condition=Q(to_reserve__isnull=True) | ~Q(to_reserve=F("reserve"))
            ),
            models.CheckConstraint(
                name="finance_transfers_do_not_balance_the_budget", condition=~Q(kind="transfer", to_balance=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.amount_k} in {self.year}"


class CategorySplit(models.Model):
    """How much of a reserve's balance at 31 March is in one Home Office category."""

    reserve = models.ForeignKey(Reserve, on_delete=models.CASCADE, related_name="splits")
    year = models.PositiveSmallIntegerField()
    category = models.CharField(max_length=1, choices=figures.CATEGORIES.items())
    amount_k = models.IntegerField("amount")

    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "category"]
        constraints = [
            models.UniqueConstraint(fields=["reserve", "year", "category"], name="finance_split_once"),
            models.CheckConstraint(name="finance_split_category_known", condition=Q(category__in=["A", "B", "C"])),
        ]

    def __str__(self) -> str:
        return f"{self.category} at 31 March {self.year}"


class ActualBalance(models.Model):
    """A balance at 31 March as the accounts closed it, kept beside the movements that must explain it."""

    reserve = models.ForeignKey(Reserve, on_delete=models.CASCADE, related_name="actuals")
    year = models.PositiveSmallIntegerField()
    amount_k = models.IntegerField("amount")

    history = HistoricalRecords()

    class Meta:
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["reserve", "year"], name="finance_actual_once")]

    def __str__(self) -> str:
        return f"Actual at 31 March {self.year}"
