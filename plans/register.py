"""The plan as a register that reports to boards: the implementation of the protocol in ``boards/reports.py``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from boards import reports
from plans import compare, policy, references
from plans.models import Activity, Plan, PriorityAction
from portal.policy import Refusal


@dataclass(frozen=True)
class PlanChangeOf(reports.Change):
    """A typed change that also says which row it applies to, so that the list can be applied to the earlier snapshot."""

    table: str = ""
    row: str = ""

    def as_dict(self) -> dict[str, Any]:
        return super().as_dict() | {"table": self.table, "row": self.row}


class PlanRegister:
    key = "plans"
    title = "Police and Crime Plan"

    def snapshot(self, *, as_at: dt.date, options: dict[str, Any]) -> dict[str, Any]:
        """The plan as it stood on a day. ``options["plan"]`` names another plan than the one in force that day."""
        from plans import snapshot

        slug = options.get("plan")
        plan = Plan.objects.filter(slug=slug).first() if slug else Plan.objects.current(as_at)
        if plan is None:
            raise Refusal("There is no plan to report. Add or import one first.")
        return snapshot.take(plan, as_at=as_at)

    def compare(self, now: dict, baseline: dict | None) -> list[reports.Change]:
        return [
            PlanChangeOf(each.ref, each.kind, each.field, each.old, each.new, each.title, each.table, each.row)
            for each in compare.compare(now, baseline)
        ]

    def draft(
        self, now: dict, changes: list[reports.Change], context: reports.ReportContext, baseline: dict | None = None
    ) -> reports.Draft:
        """The board's table of the whole plan, or the panel's report of one theme: one source, two layouts."""
        from plans import report
        from plans.report.panel import NoSuchTheme

        try:
            return report.draft(now, [_plan_change(each) for each in changes], context, baseline)
        except NoSuchTheme as problem:
            raise Refusal(str(problem)) from problem

    def options(self, context: reports.ReportContext) -> list[reports.Option]:
        """The theme, where the body's layout takes one at a time: the next in rotation unless an officer says otherwise."""
        from plans.report import panel

        plan = Plan.objects.current(context.meeting_date)
        themes = {theme.code: theme.name for theme in plan.themes.all()} if plan else {}
        if context.template != panel.TEMPLATE or not themes:
            return []
        usual = themes[panel.turn(list(themes), context.meeting_date)]
        choices = (("", f"Next in rotation: {usual}"), *themes.items())
        return [reports.Option("theme", "Theme of the plan’s report", choices)]

    def resolve(self, ref: str) -> reports.Target | None:
        plan = Plan.objects.current()
        if plan is None:
            return None
        try:
            reference = references.parse(ref, known=_known(plan))
        except references.ReferenceError:
            return self._other(plan, ref)
        if reference.is_activity:
            found = (
                Activity.objects.of_plan(plan)
                .filter(action__theme__code=reference.theme, action__number=reference.number, number=reference.activity)
                .first()
            )
            title = found and found.shown_title
        else:
            found = (
                PriorityAction.objects.of_plan(plan)
                .filter(theme__code=reference.theme, number=reference.number)
                .first()
            )
            title = found and found.title
        if found is None:
            return None
        return reports.Target(ref=str(reference), title=title, url=found.get_absolute_url())

    def _other(self, plan: Plan, ref: str) -> reports.Target | None:
        """A theme by its letter, and the appendices of the report."""
        theme = plan.themes.select_related("plan").filter(code=ref).first()
        if theme is None:
            return None
        return reports.Target(ref=ref, title=f"{theme.name} theme", url=theme.get_absolute_url())

    def search(self, words: str) -> list[reports.Target]:
        """Actions whose reference or title holds the words, in the order of the plan."""
        plan = Plan.objects.current()
        if plan is None:
            return []
        found = PriorityAction.objects.of_plan(plan).in_force().in_order()
        wanted = words.strip().lower()
        return [
            reports.Target(ref=action.ref, title=action.title, url=action.get_absolute_url())
            for action in found
            if wanted in action.title.lower() or action.ref.lower().startswith(wanted)
        ][:20]

    def titles(self) -> dict[str, str]:
        """Every action and activity of the plan in force, by reference."""
        plan = Plan.objects.current()
        if plan is None:
            return {}
        actions, activities = PriorityAction.objects.of_plan(plan), Activity.objects.of_plan(plan)
        return {
            **{action.ref: action.title for action in actions},
            **{activity.ref: activity.shown_title for activity in activities},
        }

    def value(self, path: str, now: dict) -> str | None:
        """A figure for a paper's text: ``count.actions``, ``tally.Red``, ``theme.V.Red``, ``rag.V1``."""
        from plans import figures

        return figures.value(path, now)

    def findings(self, now, changes, document, context) -> list[Any]:
        from plans import checks

        return checks.findings(now, document, context)

    def may_report(self, user) -> bool:
        return policy.can_draft_report(user)


def _plan_change(change: reports.Change) -> compare.PlanChange:
    return compare.PlanChange(
        change.ref,
        change.kind,
        change.field,
        change.old,
        change.new,
        change.title,
        getattr(change, "table", "") or "activities",
        getattr(change, "row", ""),
    )


def _known(plan: Plan) -> list[str]:
    return [activity.ref for activity in Activity.objects.of_plan(plan).in_force()]
