"""Findings about reserves: F2 to F6 and F11."""

from decimal import Decimal
from itertools import pairwise

from finance import budget, money, reserves, words, years
from finance.figures import Plan
from finance.findings.base import Finding


def overdrawn(plan: Plan, held: reserves.Balances) -> list[Finding]:
    """F3: a reserve planned to be overdrawn is an error unless a plan to fund it is recorded; then it must be answered."""
    found = []
    for reserve in plan.reserves:
        below = {
            year: amount for year, amount in held.by_reserve[reserve.ref].items() if amount < 0 and year in plan.stated
        }
        if not below:
            continue
        listed = words.listed(
            [
                f"{money.in_pounds(amount)} {money.brackets(amount)} at {years.closing_label(y)}"
                for y, amount in below.items()
            ]
        )
        planned = bool(reserve.funding_plan.strip())
        after = " A plan to fund it is recorded." if planned else " No plan to fund it is recorded."
        found.append(
            Finding(
                "F3",
                "acknowledge" if planned else "blocks",
                f"reserve:{reserve.ref}",
                f"{reserve.name} is planned to be overdrawn: {listed}.{after}",
                "Reduce its use, transfer money in, or record how the overdraft will be funded.",
                {"reserve": reserve.ref, "overdrawn": {str(year): amount for year, amount in below.items()}},
            )
        )
    for key in ("earmarked", "contingency", "capital"):
        below = {year: amount for year, amount in held.totals[key].items() if amount < 0 and year in plan.stated}
        if below:
            listed = words.listed(
                [f"{money.brackets(amount)} at {years.closing_label(y)}" for y, amount in below.items()]
            )
            found.append(
                Finding(
                    "F3",
                    "acknowledge",
                    f"total:{key}",
                    f"{reserves.TOTALS[key]} taken alone are below nil: {listed} thousand. The wider total hides it.",
                    "Say so in the paper, or put the overdrawn reserve right.",
                    {"total": key, "below_nil": {str(year): amount for year, amount in below.items()}},
                )
            )
    return found


def general_level(plan: Plan, held: reserves.Balances) -> list[Finding]:
    """F4: under the local floor must be answered; over the national level the reason is asked for."""
    shares, floors = budget.general_percent(plan), budget.floor_k(plan)
    found = []
    for year in plan.stated:
        share, amount = shares[year], held.totals["general"][year]
        if share is None:
            continue
        facts = {"year": year, "general_k": amount, "percent": str(share), "floor_k": floors[year]}
        where = (
            f"The general reserve at {years.closing_label(year)} is {money.in_pounds(amount)}, "
            f"{money.percent(share)} of the {years.label(year)} requirement"
        )
        # The floor is tested on the exact figures, not on the rounded percentage: 4.996% prints as 5.00%.
        requirement = plan.year(year).requirement_k
        if Decimal(amount) * 100 < requirement * plan.floor_pct:
            short = floors[year] - amount
            found.append(
                Finding(
                    "F4",
                    "acknowledge",
                    f"budget:{year}",
                    f"{where}: under the local floor of {money.tidy(plan.floor_pct)}% by {money.in_pounds(short)}.",
                    "Contribute to the general reserve, or say why a lower level is prudent.",
                    facts | {"level": "below"},
                )
            )
        elif Decimal(amount) * 100 > requirement * plan.national_pct:
            reason = (
                " The reason is recorded." if plan.general_reason.strip() else " The Home Office asks for the reason."
            )
            found.append(
                Finding(
                    "F4",
                    "advice",
                    f"budget:{year}",
                    f"{where}: above {money.tidy(plan.national_pct)}%.{reason}",
                    "" if plan.general_reason.strip() else "Record why this level is needed.",
                    facts | {"level": "above"},
                )
            )
    return found


def profiles(plan: Plan, held: reserves.Balances) -> list[Finding]:
    """F5: the text says a reserve will be used and its balance is flat, or the text says it is held and it falls."""
    found = []
    touched = {movement.reserve for movement in plan.movements if movement.kind != "contribution"}
    for reserve in plan.reserves:
        if reserve.group == "general":
            continue
        text = f"{reserve.purpose}\n{reserve.intention}"
        balances = [held.by_reserve[reserve.ref][year] for year in plan.stated]
        facts = {"reserve": reserve.ref, "balances": balances}
        if len(set(balances)) == 1 and reserve.ref not in touched and (said := words.says_used(text)):
            amount = "nil" if balances[0] == 0 else money.in_pounds(balances[0])
            found.append(
                Finding(
                    "F5",
                    "acknowledge",
                    f"reserve:{reserve.ref}",
                    f"{reserve.name} stays at {amount} in every year, but its text says it will be used: “{said}”",
                    "Enter when it will be used, or change the text.",
                    facts,
                )
            )
        elif (said := words.says_held(text)) and any(late < early for early, late in pairwise(balances)):
            found.append(
                Finding(
                    "F5",
                    "acknowledge",
                    f"reserve:{reserve.ref}",
                    f"{reserve.name} falls over the plan, but its text says it will not be used: “{said}”",
                    "Change the use or the text.",
                    facts,
                )
            )
    return found


def category_splits(plan: Plan, held: reserves.Balances) -> list[Finding]:
    """F6: a reserve in two Home Office categories needs a division at each date, and the parts must sum to the balance."""
    found, parts = [], reserves.split_parts(plan)
    for reserve in plan.reserves:
        if len(reserve.codes) < 2:
            continue
        missing, wrong = [], {}
        for year in plan.stated:
            amount = held.by_reserve[reserve.ref][year]
            division = parts.get((reserve.ref, year))
            if not division:
                missing += [year] if amount else []
            elif sum(division.values()) != amount:
                wrong[year] = (division, amount)
        if missing:
            dates = words.listed([years.closing_label(year) for year in missing])
            found.append(
                Finding(
                    "F6",
                    "acknowledge",
                    f"reserve:{reserve.ref}",
                    f"{reserve.name} is in categories {words.listed(reserve.codes)}, but how much is in each is not given at {dates}.",
                    "Enter the amount in each category at each date.",
                    {"reserve": reserve.ref, "missing": missing},
                )
            )
        for year, (division, amount) in wrong.items():
            shown = words.listed([f"{code} {money.brackets(part)}" for code, part in sorted(division.items())])
            found.append(
                Finding(
                    "F6",
                    "blocks",
                    f"reserve:{reserve.ref}",
                    f"The categories of {reserve.name} at {years.closing_label(year)} ({shown}) sum to "
                    f"{money.brackets(sum(division.values()))}, but the balance is "
                    f"{money.brackets(amount)}.",
                    "Correct the division so that it sums to the balance.",
                    {"reserve": reserve.ref, "year": year, "parts": division, "balance": amount},
                )
            )
    return found


def actuals_agree(plan: Plan, held: reserves.Balances) -> list[Finding]:
    """F2: an actual balance from the accounts must be what the movements give."""
    found = []
    for actual in plan.actuals:
        worked = held.by_reserve.get(actual.reserve, {}).get(actual.year)
        if worked is not None and worked != actual.amount_k:
            name = plan.reserve(actual.reserve).name
            found.append(
                Finding(
                    "F2",
                    "blocks",
                    f"reserve:{actual.reserve}",
                    f"{name} closed at {money.brackets(actual.amount_k)} on "
                    f"{years.closing_label(actual.year)}, but its movements give {money.brackets(worked)}.",
                    "Enter the movement that explains the difference.",
                    {"reserve": actual.reserve, "year": actual.year, "actual": actual.amount_k, "worked_out": worked},
                )
            )
    return found


def governance(plan: Plan) -> list[Finding]:
    """F11: each reserve says what it is for, who controls it and when it is reviewed (CIPFA LAAP 99)."""
    found = []
    for reserve in plan.reserves:
        lacking = [
            name
            for name, value in (
                ("what it is for", reserve.purpose),
                ("who controls it", reserve.controller),
                ("when it is reviewed", reserve.review_date),
            )
            if not str(value).strip()
        ]
        if lacking:
            found.append(
                Finding(
                    "F11",
                    "advice",
                    f"reserve:{reserve.ref}",
                    f"{reserve.name} does not say {words.listed(lacking)}.",
                    "Complete the reserve's record.",
                    {"reserve": reserve.ref},
                )
            )
    return found


def dates_without_figures(plan: Plan) -> list[Finding]:
    """F1: a balance date for which the table brought in had no values stays to be confirmed until somebody gives them."""
    missing = [year for year in plan.dates if year not in plan.stated]
    if not missing:
        return []
    dates = words.listed([years.closing_label(year) for year in missing])
    return [
        Finding(
            "F1",
            "blocks" if plan.status == "for_approval" else "acknowledge",
            "plan",
            f"No balances were given for {dates}, so they are shown as to be confirmed and not guessed.",
            "Enter the movements of that year, then say in the plan's details that the date has figures.",
            {"missing": missing},
        )
    ]
