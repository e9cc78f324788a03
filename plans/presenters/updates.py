"""What a lead sees on "my updates": what waits, what is answered, and last time's words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from plans import richtext, status, words
from plans.models import Activity, Plan, StatusReport


@dataclass
class Mine:
    activity: Activity
    person: object
    answer: StatusReport | None
    last: StatusReport | None
    no_change_refusal: str = ""

    @property
    def last_words(self) -> str:
        """The end of what was said last time: the news comes after what the activity is."""
        text = richtext.plain(self.last.narrative.strip().rsplit("\n\n", 1)[-1]) if self.last else ""
        return text if len(text) < 260 else f"{text[:257].rsplit(' ', 1)[0]} …"

    @property
    def others(self) -> str:
        others = [lead.person for lead in self.activity.activity_leads.all() if lead.person_id != self.person.pk]
        return words.listing([person.title for person in others])


class MyUpdates:
    def __init__(self, plan: Plan, person):
        self.plan, self.person = plan, person
        self.round = plan.rounds.open().first()

    @cached_property
    def mine(self) -> list[Mine]:
        activities = list(
            Activity.objects.of_plan(self.plan)
            .in_force()
            .led_by(self.person)
            .prefetch_related("activity_leads__person")
            .in_order()
        )
        reports: dict[int, list[StatusReport]] = {}
        held = (
            StatusReport.objects.filter(activity__in=activities).select_related("round").order_by("-round__period_end")
        )
        for report in held:
            reports.setdefault(report.activity_id, []).append(report)
        return [self._mine(activity, reports.get(activity.pk, [])) for activity in activities]

    def _mine(self, activity: Activity, held: list[StatusReport]) -> Mine:
        answer = next((each for each in held if self.round and each.round_id == self.round.pk), None)
        last = next((each for each in held if self.round is None or each.round_id != self.round.pk), None)
        refusal = ""
        if last is None:
            refusal = "It has not been reported before, so there is nothing to leave unchanged."
        elif self.round and status.is_overdue(last.rag, last.recovery_date, self.round.period_end):
            refusal = f"Its recovery date, {words.day(last.recovery_date)}, passes in this period: give a new one."
        return Mine(activity, self.person, answer, last, refusal)

    @property
    def waiting(self) -> list[Mine]:
        return [each for each in self.mine if each.answer is None] if self.round else []

    @property
    def answered(self) -> list[Mine]:
        return [each for each in self.mine if each.answer is not None] if self.round else []

    @property
    def progress(self) -> str:
        return f"{len(self.answered)} of {len(self.mine)} answered"


@dataclass
class ReportPage:
    """What stands beside the form for one activity: last time's report, and a colleague's answer that came meanwhile."""

    activity: Activity
    round: object | None
    last: StatusReport | None
    answered: StatusReport | None
    meanwhile: StatusReport | None = None

    @property
    def last_is_overdue(self) -> bool:
        """A recovery date that passes in the period is news, so "no change" is no answer."""
        return bool(
            self.last and self.round
            and status.is_overdue(self.last.rag, self.last.recovery_date, self.round.period_end)
        )  # fmt: skip

    @property
    def may_be_unchanged(self) -> bool:
        return bool(self.last and self.round and not self.answered)

    @property
    def last_html(self):
        return richtext.safe_html(self.last.narrative)

    @property
    def meanwhile_html(self):
        return richtext.safe_html(self.meanwhile.narrative)
