"""One action with its activities: where each stands for the body chosen, and everything that was reported before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from plans import richtext, sources, status, words
from plans.models import Activity, PriorityAction, StatusReport


@dataclass(frozen=True)
class ShownReport:
    """A past report, with the direction it had against the round before it."""

    report: StatusReport
    travel: status.Travel
    narrative: str

    @property
    def recovery(self) -> str:
        return words.day(self.report.recovery_date)


@dataclass
class ShownActivity:
    activity: Activity
    reports: list[ShownReport]
    updates: list
    line: object | None = None

    @property
    def leads(self) -> str:
        return words.listing([person.title for person in self.activity.lead_people()]) or "No lead is named"

    @property
    def slips(self) -> int:
        return status.times_slipped(each.report.recovery_date for each in reversed(self.reports))

    @property
    def slips_words(self) -> str:
        return words.times(self.slips)

    @property
    def latest(self) -> ShownReport | None:
        return self.reports[0] if self.reports else None


class ActionPage:
    def __init__(self, action: PriorityAction, user, body: str = ""):
        self.action, self.user, self.body = action, user, body
        self.plan = action.theme.plan

    @cached_property
    def source(self):
        return sources.for_person(self.user, self.plan, self.body)

    def _url(self, ref: str) -> str:
        return reverse("plans:action", args=[self.plan.slug, ref.split(".", maxsplit=1)[0]])

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(row["ref"] for row in self.source.now["activities"].values())

    @cached_property
    def line(self):
        return next((each for each in self.source.summary.actions if each.row["id"] == str(self.action.uid)), None)

    @cached_property
    def activities(self) -> list[ShownActivity]:
        found = (
            Activity.objects.filter(action=self.action)
            .in_force()
            .select_related("action__theme__plan")
            .prefetch_related("activity_leads__person", "updates", "reports__round", "reports__overrides__board")
            .in_order()
        )
        lines = {each.row["id"]: each for each in (self.line.activities if self.line else ())}
        return [
            ShownActivity(activity, self._reports(activity), self._updates(activity), lines.get(str(activity.uid)))
            for activity in found
        ]

    @property
    def ended(self) -> list[Activity]:
        """Activities that have been ended: named, so that an end set by mistake can be taken back."""
        return list(
            Activity.objects.filter(action=self.action, removed_on__isnull=False).select_related("action__theme")
        )

    def _reports(self, activity: Activity) -> list[ShownReport]:
        held = sorted(activity.reports.all(), key=lambda report: report.round.period_end)
        shown = []
        for index, report in enumerate(held):
            before = held[index - 1].rag if index else None
            html = richtext.safe_html(report.narrative, known=self.known, url=self._url)
            shown.append(ShownReport(report, status.travel(report.rag, before), html))
        return shown[::-1]

    def _updates(self, activity: Activity) -> list[dict]:
        return [
            {
                "date": words.day(update.dated),
                "by": update.by_title,
                "html": richtext.safe_html(update.text, known=self.known, url=self._url),
            }
            for update in activity.updates.all()
        ]

    @cached_property
    def measures(self) -> list:
        from plans.presenters.measures import shown_measures

        return [
            each for each in shown_measures(self.source.now, self.plan.slug) if self.action.ref in each.row["actions"]
        ]

    @property
    def directions_words(self) -> str:
        if self.source.baseline is None:
            return f"{self.source.body or 'No body'} has not had this report before."
        return f"Directions compare with what was reported to the {self.source.baseline_label}."
