"""A finance office for tests: people of each kind, and the demonstration plan in the database."""

import pytest

from finance import demo, store
from finance.models import FinancialPlan


@pytest.fixture
def cfo(person):
    return person("chief_finance_officer", title="Chief Finance Officer")


@pytest.fixture
def editor(person):
    return person("finance_editor", title="Finance officer")


@pytest.fixture
def plan(cfo) -> FinancialPlan:
    """The latest version of the demonstration plan (version 2, for noting)."""
    demo.load()
    return FinancialPlan.objects.latest()


@pytest.fixture
def now(plan):
    return store.read(plan)
