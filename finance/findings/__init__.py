"""What the figures say by themselves: findings F1 to F6, and a few more of the same kind, each with its figures.

Severity: `blocks` stops a paper that reports the plan from being sealed, and the plan from going for approval; `acknowledge`
must be answered with a reason; `advice` is for information. What is only “to be confirmed” (F1, F12) blocks approval and
not a draft for noting; a figure that is wrong blocks both.

F1 a table pasted with more headings than values is refused at the door (`finance.exchange.pasted`), so no plan holds one.
"""

from finance import reserves
from finance.figures import Plan
from finance.findings.base import SEVERITY_TITLES, Finding
from finance.findings.of_budget import capital_funded, council_tax_bands, to_be_confirmed, unmet_gap, workforce_sums
from finance.findings.of_reserves import (
    actuals_agree,
    category_splits,
    dates_without_figures,
    general_level,
    governance,
    overdrawn,
    profiles,
)
from finance.findings.of_texts import check_texts

__all__ = ["SEVERITY_TITLES", "Finding", "check", "check_texts"]


def check(plan: Plan) -> list[Finding]:
    """Every finding about a plan's own figures, most serious first."""
    held = reserves.balances(plan)
    found = [
        *dates_without_figures(plan),
        *actuals_agree(plan, held),
        *overdrawn(plan, held),
        *general_level(plan, held),
        *profiles(plan, held),
        *category_splits(plan, held),
        *workforce_sums(plan),
        *capital_funded(plan),
        *unmet_gap(plan),
        *council_tax_bands(plan),
        *governance(plan),
        *to_be_confirmed(plan),
    ]
    severities = list(SEVERITY_TITLES)
    return sorted(found, key=lambda each: (severities.index(each.severity), int(each.rule[1:])))
