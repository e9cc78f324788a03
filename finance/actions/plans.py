"""What is done to a version of the plan as a whole: made, changed, copied, moved on, signed, published."""

from dataclasses import replace

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from boards.canonical import canonical_json, digest
from finance import figures as plain
from finance import findings, policy, store, years
from finance.models import FinancialPlan, PublishedStrategy
from finance.states import TRANSITIONS
from portal import audit
from portal.policy import Refusal


@transaction.atomic
def start_plan(*, title: str, base_year: int, year_count: int = 4, by) -> FinancialPlan:
    """A new, empty plan: a base year and the years that follow."""
    policy.check_edit(by)
    plan = FinancialPlan.objects.create(
        title=title, base_year=base_year, year_count=year_count, number=_next_number(base_year), updated_by=by
    )
    empty = store.read(plan)
    store.write(plan, replace(empty, years=tuple(plain.Year(year) for year in empty.dates)), by=by, reason="New plan")
    audit.record("finance.plan.started", by=by, target=plan, summary=f"Started {plan}")
    return plan


@transaction.atomic
def change_figures(*, plan: FinancialPlan, new: plain.Plan, by, reason: str, revision: int | None = None) -> int:
    """Save changed figures, all or none. Returns how many rows changed; `store.StaleError` if another saved first."""
    policy.check_edit(by, plan)
    changed = store.write(plan, new, by=by, reason=reason, revision=revision)
    if changed:
        audit.record(
            "finance.figures.changed", by=by, target=plan, summary=f"{reason}: {plan}", reason=reason, rows=changed
        )
    return changed


@transaction.atomic
def new_version(*, plan: FinancialPlan, by) -> FinancialPlan:
    """The next version of the same period, starting from this one's figures. References stay, so versions compare."""
    policy.check_edit(by)
    return _copy(plan, base_year=plan.base_year, title=plan.title, by=by, event="finance.plan.versioned")


@transaction.atomic
def copy_forward(*, plan: FinancialPlan, actuals: dict[str, int], by) -> FinancialPlan:
    """Next year's plan: the base year moves on one, and actual balances replace the forecasts they fulfil.

    `actuals` gives the closing balance at the new base date for reserves whose accounts are closed; others open with
    their forecast, and say so. Movements of the year that is past fall away, since the new opening already holds them.
    """
    policy.check_edit(by)
    return _copy(
        plan, base_year=plan.base_year + 1, title=_next_title(plan), by=by, event="finance.plan.copied", actuals=actuals
    )


def _copy(plan: FinancialPlan, *, base_year: int, title: str, by, event: str, actuals: dict[str, int] | None = None):
    made = FinancialPlan.objects.create(
        title=title,
        base_year=base_year,
        year_count=plan.year_count,
        number=_next_number(base_year),
        copied_from=plan,
        updated_by=by,
    )
    source = store.read(plan)
    new = source if base_year == plan.base_year else forward(source, actuals or {})
    store.write(made, replace(new, title=title), by=by, reason=f"Copied from {plan}")
    audit.record(event, by=by, target=made, summary=f"Copied {plan} to {made}", source=plan.pk)
    return made


def forward(source: plain.Plan, actuals: dict[str, int]) -> plain.Plan:
    """The figures one year on. Pure, so that the rule can be tested by itself."""
    from finance import reserves

    base = source.base_year + 1
    held = reserves.balances(source)

    def later(amounts: dict) -> dict:
        return {year: amount for year, amount in amounts.items() if year >= base}

    known = {year.year: year for year in source.years}
    unstated = ",".join(year for year in source.unstated.split(",") if year and int(year) > base)
    last = base + source.year_count
    return replace(
        source,
        base_year=base,
        unstated=",".join(filter(None, [unstated, str(last)])),
        reserves=tuple(
            replace(
                reserve,
                opening_k=actuals.get(reserve.ref, held.closing(reserve.ref, base)),
                opening_basis="actual" if reserve.ref in actuals else "forecast",
            )
            for reserve in source.reserves
        ),
        years=tuple(known.get(year, plain.Year(year)) for year in range(base, last + 1)),
        movements=tuple(movement for movement in source.movements if movement.year > base),
        splits=tuple(split for split in source.splits if split.year >= base),
        actuals=tuple(plain.Actual(r.ref, base, actuals[r.ref]) for r in source.reserves if r.ref in actuals),
        savings=tuple(replace(line, amounts=later(line.amounts)) for line in source.savings),
        workforce=tuple(replace(line, amounts=later(line.amounts)) for line in source.workforce),
        capital=tuple(replace(line, amounts=later(line.amounts)) for line in source.capital),
        capital_funding=tuple(replace(line, amounts=later(line.amounts)) for line in source.capital_funding),
    )


def _next_number(base_year: int) -> int:
    return (FinancialPlan.objects.filter(base_year=base_year).aggregate(top=Max("number"))["top"] or 0) + 1


def _next_title(plan: FinancialPlan) -> str:
    period = years.period(plan.base_year + 1, plan.year_count)
    return f"Medium term financial strategy {years.label(period[0])} to {years.label(period[-1])}"


def check_move(*, plan: FinancialPlan, now: plain.Plan, status: str, by) -> None:
    """Refuse a move that may not be made. Approval needs a current section 25 signature and no blocking finding."""
    if (plan.status, status) not in TRANSITIONS:
        raise Refusal(f"A version that is {plan.get_status_display().lower()} cannot be moved there.")
    if status == FinancialPlan.Status.APPROVED:
        policy.check_approve(by)
    else:
        policy.check_role(by, *policy.EDITS, to="move the plan on")
    if status in ("for_approval", "approved"):
        blocking = [each for each in findings.check(replace(now, status="for_approval")) if each.severity == "blocks"]
        if blocking:
            raise Refusal(f"{blocking[0].sentence} Put it right first.")
    if status == FinancialPlan.Status.APPROVED and not store.signature_is_current(plan, now):
        raise Refusal("The section 25 statement must be signed on these figures before the plan is approved.")


@transaction.atomic
def move_to(*, plan: FinancialPlan, status: str, by) -> None:
    """Move a version to another status."""
    plan = FinancialPlan.objects.select_for_update().get(pk=plan.pk)
    check_move(plan=plan, now=store.read(plan), status=status, by=by)
    if status == FinancialPlan.Status.APPROVED:
        plan.approved_by, plan.approved_at = by, timezone.now()
    before, plan.status = plan.status, status
    plan.updated_by = by
    plan.save()
    word = plan.get_status_display().lower()
    audit.record("finance.plan.moved", by=by, target=plan, summary=f"{plan} is now {word}", before=before, after=status)


@transaction.atomic
def sign_section25(*, plan: FinancialPlan, by) -> None:
    """The Chief Finance Officer's report on the estimates and the reserves, signed on the figures as they stand."""
    policy.check_sign(by, plan)
    plan.signed_by, plan.signed_title, plan.signed_at = by, by.title, timezone.now()
    plan.signed_digest = store.figures_digest(store.read(plan))
    plan.save()
    audit.record(
        "finance.section25.signed",
        by=by,
        target=plan,
        summary=f"Signed the section 25 statement of {plan}",
        digest=plan.signed_digest,
    )


@transaction.atomic
def publish_strategy(*, plan: FinancialPlan, by) -> PublishedStrategy:
    """Seal the reserves strategy of this version for the public. Later changes of the plan do not reach it."""
    from finance import public

    policy.check_publish(by, plan)
    text = canonical_json(public.content(store.read(plan)))
    made = PublishedStrategy.objects.create(plan=plan, canonical=text, sha256=digest(text), published_by=by)
    audit.record(
        "finance.strategy.published",
        by=by,
        target=plan,
        summary=f"Published the reserves strategy of {plan}",
        sha256=made.sha256,
    )
    return made
