"""The strategy paper: a snapshot of the plan, compared with what the board last saw, drafted as blocks."""

from finance.report.register import FinanceRegister

__all__ = ["FinanceRegister"]
