"""Rows of the financial plan register. The sums are in the plain modules beside this package, not here."""

from finance.models.lines import LineAmount, PlanLine
from finance.models.plan import FinancialPlan, PlanYear
from finance.models.records import ImportRecord, PreceptStep, PublishedStrategy, Scenario
from finance.models.reserves import ActualBalance, CategorySplit, Movement, Reserve

__all__ = [
    "ActualBalance",
    "CategorySplit",
    "FinancialPlan",
    "ImportRecord",
    "LineAmount",
    "Movement",
    "PlanLine",
    "PlanYear",
    "PreceptStep",
    "PublishedStrategy",
    "Reserve",
    "Scenario",
]
