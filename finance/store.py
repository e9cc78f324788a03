"""Between the database and the plain figures: `read` a version in seven queries, `write` it back in one transaction.

Every change of figures, from the grid, a form or a workbook, makes a new `figures.Plan` and writes it whole. The writer
works out which rows differ, so history shows only what changed, and either everything is saved or nothing.
"""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from boards.canonical import canonical_json, digest
from finance import figures, reserves, rows
from finance.models import (
    ActualBalance,
    CategorySplit,
    FinancialPlan,
    LineAmount,
    Movement,
    PlanLine,
    PlanYear,
    Reserve,
)

HEAD = (
    "title",
    "floor_pct",
    "national_pct",
    "balancing_reserve",
    "general_reason",
    "robustness",
    "adequacy",
    "note",
    "unstated",
)
YEAR_FIELDS = [
    "requirement_k",
    "grant_k",
    "other_k",
    "band_d",
    "tax_base",
    "pay_bill_k",
    "non_pay_k",
    "pay_pct",
    "price_pct",
    "note",
]
RESERVE_FIELDS = [
    "name",
    "group",
    "categories",
    "opening_k",
    "opening_basis",
    "purpose",
    "intention",
    "restricted",
    "controller",
    "review_date",
    "funding_plan",
    "order",
]
LINE_FIELDS = ["heading", "title", "status", "owner", "note", "total", "order"]


STATED = ("floor_pct", "national_pct", "balancing_reserve", "general_reason", "robustness", "adequacy", "unstated")
"""Fields of the plan itself that a signature stands for, beside its rows: the policy, and the words of the statement."""


class StaleError(RuntimeError):
    """Somebody else saved the plan after this person read it."""


def read(plan: FinancialPlan) -> figures.Plan:
    """The figures of a version. The number of queries does not grow with reserves, years or versions."""
    held = list(plan.reserves.all())
    refs = {reserve.pk: reserve.ref for reserve in held}
    lines = list(plan.lines.all())
    amounts: dict[int, dict[int, int | None]] = {line.pk: {} for line in lines}
    for amount in LineAmount.objects.filter(line__plan=plan).order_by("year"):
        amounts[amount.line_id][amount.year] = amount.amount

    def of_kind(kind: str) -> tuple[figures.Line, ...]:
        return tuple(
            figures.Line(line.ref, amounts=amounts[line.pk], **{name: getattr(line, name) for name in LINE_FIELDS})
            for line in lines
            if line.kind == kind
        )

    order = {reserve.pk: n for n, reserve in enumerate(held)}
    now = figures.Plan(
        base_year=plan.base_year,
        year_count=plan.year_count,
        number=plan.number,
        status=plan.status,
        **{name: getattr(plan, name) for name in HEAD},
        years=tuple(figures.Year(row.year, **{n: getattr(row, n) for n in YEAR_FIELDS}) for row in plan.years.all()),
        reserves=tuple(_reserve(reserve) for reserve in held),
        movements=tuple(
            figures.Movement(
                ref=row.ref,
                kind=row.kind,
                reserve=refs[row.reserve_id],
                year=row.year,
                amount_k=row.amount_k,
                what_for=row.what_for,
                to_reserve=refs.get(row.to_reserve_id, ""),
                to_balance=row.to_balance,
                order=row.order,
            )
            for row in plan.movements.all()
        ),
        splits=tuple(
            figures.Split(refs[row.reserve_id], row.year, row.category, row.amount_k)
            for row in sorted(
                CategorySplit.objects.filter(reserve__plan=plan),
                key=lambda r: (order[r.reserve_id], r.year, r.category),
            )
        ),
        actuals=tuple(
            figures.Actual(refs[row.reserve_id], row.year, row.amount_k)
            for row in sorted(
                ActualBalance.objects.filter(reserve__plan=plan), key=lambda r: (order[r.reserve_id], r.year)
            )
        ),
        savings=of_kind("saving"),
        workforce=of_kind("workforce"),
        capital=of_kind("capital"),
        capital_funding=of_kind("capital-funding"),
    )
    return replace(now, section25=_signature(plan)) if signature_is_current(plan, now) else now


def _reserve(row: Reserve) -> figures.Reserve:
    values = {name: getattr(row, name) for name in RESERVE_FIELDS}
    values["review_date"] = row.review_date.isoformat() if row.review_date else ""
    return figures.Reserve(row.ref, **values)


def _signature(plan: FinancialPlan) -> str:
    day = timezone.localtime(plan.signed_at)
    return f"{plan.signed_title}, {day.day} {day:%B %Y}"


def figures_digest(plan: figures.Plan) -> str:
    """The hash of the figures and of the statement's words: what a signature stands for."""
    data = rows.dump(plan)
    return digest(canonical_json({"rows": data["rows"], "plan": {name: data["plan"][name] for name in STATED}}))


def signature_is_current(plan: FinancialPlan, now: figures.Plan) -> bool:
    return bool(plan.signed_at) and plan.signed_digest == figures_digest(now)


@transaction.atomic
def write(plan: FinancialPlan, new: figures.Plan, *, by, reason: str = "", revision: int | None = None) -> int:
    """Save the figures of a version; returns how many rows changed.

    Raises `reserves.MovementError` for a movement that cannot be true and `StaleError` when `revision` is given and
    somebody else has saved since. `copied_from`, status and signatures are not figures: actions change those.
    """
    locked = FinancialPlan.objects.select_for_update().get(pk=plan.pk)
    if revision is not None and locked.revision != revision:
        raise StaleError
    known = {reserve.ref for reserve in new.reserves}
    for movement in new.movements:
        reserves.check(movement, known)
    if len({movement.ref for movement in new.movements}) < len(new.movements):
        raise reserves.MovementError("Two movements have the same reference, so one of them would be lost.")
    writer = _Writer(by, reason)
    held = writer.table(
        Reserve.objects.filter(plan=plan),
        lambda row: row.ref,
        {r.ref: _reserve_values(r) for r in new.reserves},
        RESERVE_FIELDS,
        lambda ref: {"plan": plan, "ref": ref},
    )
    writer.table(
        PlanYear.objects.filter(plan=plan),
        lambda row: row.year,
        {y.year: {n: getattr(y, n) for n in YEAR_FIELDS} for y in new.years},
        YEAR_FIELDS,
        lambda year: {"plan": plan, "year": year},
    )
    writer.table(
        Movement.objects.filter(plan=plan),
        lambda row: row.ref,
        {m.ref: _movement_values(m, held) for m in new.movements},
        ["kind", "reserve_id", "to_reserve_id", "year", "amount_k", "what_for", "to_balance", "order"],
        lambda ref: {"plan": plan, "ref": ref},
    )
    writer.table(
        CategorySplit.objects.filter(reserve__plan=plan),
        lambda row: (row.reserve_id, row.year, row.category),
        {(held[s.reserve].pk, s.year, s.category): {"amount_k": s.amount_k} for s in new.splits},
        ["amount_k"],
        lambda key: dict(zip(("reserve_id", "year", "category"), key, strict=True)),
    )
    writer.table(
        ActualBalance.objects.filter(reserve__plan=plan),
        lambda row: (row.reserve_id, row.year),
        {(held[a.reserve].pk, a.year): {"amount_k": a.amount_k} for a in new.actuals},
        ["amount_k"],
        lambda key: dict(zip(("reserve_id", "year"), key, strict=True)),
    )
    wanted = {(kind, line.ref): line for kind, name in rows.LINES.items() for line in getattr(new, name)}
    lines = writer.table(
        PlanLine.objects.filter(plan=plan),
        lambda row: (row.kind, row.ref),
        {key: {n: getattr(line, n) for n in LINE_FIELDS} for key, line in wanted.items()},
        LINE_FIELDS,
        lambda key: {"plan": plan, "kind": key[0], "ref": key[1]},
    )
    writer.table(
        LineAmount.objects.filter(line__plan=plan),
        lambda row: (row.line_id, row.year),
        {
            (lines[key].pk, year): {"amount": a, "to_be_confirmed": a is None}
            for key, line in wanted.items()
            for year, a in line.amounts.items()
        },
        ["amount", "to_be_confirmed"],
        lambda key: dict(zip(("line_id", "year"), key, strict=True)),
    )
    writer.head(locked, new)
    plan.refresh_from_db()
    return writer.changed


def _reserve_values(reserve: figures.Reserve) -> dict:
    values = {name: getattr(reserve, name) for name in RESERVE_FIELDS}
    return values | {"review_date": parse_date(reserve.review_date) if reserve.review_date else None}


def _movement_values(movement: figures.Movement, held: dict[str, Reserve]) -> dict:
    return {
        "kind": movement.kind,
        "reserve_id": held[movement.reserve].pk,
        "to_reserve_id": held[movement.to_reserve].pk if movement.to_reserve else None,
        "year": movement.year,
        "amount_k": movement.amount_k,
        "what_for": movement.what_for,
        "to_balance": movement.to_balance,
        "order": movement.order,
    }


class _Writer:
    """Writes tables by difference, with history, and counts the rows that changed."""

    def __init__(self, by, reason: str):
        self.by, self.reason, self.changed = by, reason, 0

    def table(self, queryset, key_of, wanted: dict, fields: list[str], base) -> dict:
        """Make the rows of a queryset those wanted. Returns the rows by key."""
        model = queryset.model
        kept = {key_of(row): row for row in queryset}
        options = {"default_user": self.by, "default_change_reason": self.reason}
        for key in [key for key in kept if key not in wanted]:
            row = kept.pop(key)
            row._history_user, row._change_reason = self.by, self.reason
            row.delete()
            self.changed += 1
        altered = []
        for key, row in kept.items():
            values = wanted[key]
            if any(getattr(row, name) != values[name] for name in fields):
                for name in fields:
                    setattr(row, name, values[name])
                altered.append(row)
        if altered:
            bulk_update_with_history(altered, model, fields, **options)
        added = [model(**base(key), **values) for key, values in wanted.items() if key not in kept]
        if added:
            bulk_create_with_history(added, model, **options)
            kept |= {
                key_of(row): row
                for row in (model.objects.filter(pk__in=[r.pk for r in added]) if added[0].pk else queryset.all())
            }
        self.changed += len(altered) + len(added)
        return kept

    def head(self, plan: FinancialPlan, new: figures.Plan) -> None:
        before = {name: getattr(plan, name) for name in HEAD}
        after = {name: getattr(new, name) for name in HEAD}
        if before != after:
            self.changed += 1
        if not self.changed:
            return
        for name, value in after.items():
            setattr(plan, name, value)
        plan.revision += 1
        plan.updated_by = self.by
        plan._history_user, plan._change_reason = self.by, self.reason
        plan.save()
