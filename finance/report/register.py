"""The financial plan as `boards.reports` knows it."""

import datetime as dt
from typing import Any

from boards.document import build
from boards.reports import Change, Draft, ReportContext, Snapshot, Target
from finance import budget, compare, figures, policy, rows, store
from finance.models import FinancialPlan, Reserve
from finance.report import cover, findings, strategy, values
from finance.report.parts import Facts


class FinanceRegister:
    """Reports the medium term financial strategy to a board against what that board last saw."""

    key = "finance"
    title = "Medium term financial strategy"

    def snapshot(self, *, as_at: dt.date, options: dict[str, Any]) -> Snapshot:
        """The chosen version (`options["plan"]`), or the latest, with the scenarios that are to be shown."""
        from finance.actions.scenarios import changes_of
        from finance.views.scenarios import told_of

        plan = (
            FinancialPlan.objects.filter(pk=options["plan"]).first()
            if options.get("plan")
            else FinancialPlan.objects.latest()
        )
        if plan is None:
            empty = figures.Plan("Medium term financial strategy", as_at.year)
            return {"format": 1, "as_at": as_at.isoformat(), "plan_rows": rows.dump(empty), "scenarios": []}
        now, shown = store.read(plan), []
        for scenario in plan.scenarios.filter(in_paper=True):
            try:
                base, other = strategy.compared(now, budget.apply(now, changes_of(scenario)))
            except budget.ScenarioError:
                continue
            shown.append({"name": scenario.name, "told": told_of(scenario), "base": base, "other": other})
        return {"format": 1, "as_at": as_at.isoformat(), "plan_rows": rows.dump(now), "scenarios": shown}

    def compare(self, now: Snapshot, baseline: Snapshot | None) -> list[Change]:
        return compare.compare(baseline["plan_rows"], now["plan_rows"]) if baseline else []

    def draft(
        self, now: Snapshot, changes: list[Change], context: ReportContext, baseline: Snapshot | None = None
    ) -> Draft:
        """The strategy paper. The same facts for the same meeting give the same blocks with the same ids."""
        compared = baseline is not None or context.baseline_date is not None
        facts = Facts(rows.load(now["plan_rows"]), changes, context, compared, now["scenarios"])
        end = [
            facts.section("conclusion", "Recommendation", build.echo(id=facts.id("echo")), role="conclusion"),
            facts.section("bibliography", "Bibliography", *self._sources(facts), role="bibliography"),
        ]
        document = build.doc(*cover.sections(facts), *strategy.sections(facts), *end, *strategy.appendices(facts))
        return Draft(
            title=facts.plan.title,
            from_role=context.options.get("from_role") or "Chief Finance Officer",
            document=document,
            to=context.board,
            template=context.template,
        )

    def _sources(self, facts: Facts) -> list[dict]:
        return [
            build.source("Financial plan register, version ", str(facts.plan.number), id=facts.id("source")),
            build.contact("Chief Finance Officer", facts.context.options.get("mailbox", ""), id=facts.id("contact")),
        ]

    def resolve(self, ref: str) -> Target | None:
        """A reserve by its permanent reference, in the latest version that has it."""
        found = (
            Reserve.objects.filter(ref=ref.removeprefix("reserve:"))
            .select_related("plan")
            .order_by("-plan__base_year", "-plan__number")
            .first()
        )
        return _target(found) if found else None

    def search(self, words: str) -> list[Target]:
        plan = FinancialPlan.objects.latest()
        return (
            [_target(each) for each in plan.reserves.filter(name__icontains=words).select_related("plan")[:20]]
            if plan
            else []
        )

    def value(self, path: str, now: Snapshot) -> str | None:
        return values.value(path, _loaded(now))

    def findings(
        self,
        now: Snapshot,
        changes: list[Change],
        document: dict[str, Any],
        context: ReportContext,
        baseline: Snapshot | None = None,
    ) -> list[Any]:
        before = rows.load(baseline["plan_rows"]) if baseline else self._before(now, changes)
        fresh = self.draft(now, changes, context, baseline).document
        return findings.of(_loaded(now), before, document, fresh)

    def _before(self, now: Snapshot, changes: list[Change]) -> figures.Plan | None:
        """What the board last saw, worked back from the changes when the caller does not hand it over."""
        if not changes:
            return None
        back = [_reversed(change) for change in changes]
        return rows.load(compare.apply(now["plan_rows"], back))

    def may_report(self, user) -> bool:
        return policy.can_edit(user)


def _reversed(change: Change) -> Change:
    kind = {"added": "removed", "removed": "added"}.get(change.kind, change.kind)
    return Change(change.ref, kind, change.field, change.new, change.old, change.title)


def _target(reserve: Reserve) -> Target:
    from django.urls import reverse

    return Target(reserve.ref, reserve.name, reverse("finance_reserve", args=[reserve.plan_id, reserve.ref]))


# The figures of a snapshot are asked for path by path: read them once. Snapshots are not changed after they are taken.
_last: dict = {}


def _loaded(now: Snapshot) -> figures.Plan:
    if _last.get("of") is not now["plan_rows"]:
        _last.update(of=now["plan_rows"], plan=rows.load(now["plan_rows"]))
    return _last["plan"]
