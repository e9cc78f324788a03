"""The page on which governance prepares a meeting."""

from dataclasses import dataclass
from functools import cached_property

from boards import policy, reports, working_days
from boards.models import AgendaItem, Meeting
from boards.preflight import preflight
from boards.presenters.build import BuildView
from boards.sealing.content import live_items, paper_number
from portal.audit import events_of
from portal.policy import reason

STATE_TONES = {
    "commissioned": "grey",
    "draft": "blue",
    "submitted": "teal",
    "review": "amber",
    "clearance": "amber",
    "final": "green",
    "withdrawn": "grey",
}


@dataclass
class ItemRow:
    item: AgendaItem
    papers: list
    first: bool
    last: bool
    findings: list


class Preparation:
    def __init__(self, meeting: Meeting, person):
        self.meeting, self.person = meeting, person

    @cached_property
    def items(self) -> list[AgendaItem]:
        return live_items(self.meeting)

    @cached_property
    def findings(self) -> list:
        return preflight(self.meeting)

    @property
    def blocking(self) -> list:
        return [finding for finding in self.findings if finding.severity == "blocks"]

    @property
    def to_acknowledge(self) -> list:
        return [finding for finding in self.findings if finding.severity == "acknowledge"]

    @property
    def advice(self) -> list:
        return [finding for finding in self.findings if finding.severity == "advice"]

    @cached_property
    def rows(self) -> list[ItemRow]:
        last = len(self.items) - 1
        return [
            ItemRow(
                item=item,
                papers=[
                    {
                        "paper": paper,
                        "number": paper_number(item, index),
                        "tone": STATE_TONES[paper.state],
                        "authors": ", ".join(author.title for author in paper.authors.all()),
                        "annexes": list(paper.annexes.all()),
                    }
                    for index, paper in enumerate(item.papers.all())
                ],
                first=place == 0,
                last=place == last,
                findings=[finding for finding in self.findings if finding.target.startswith(str(item.pk))],
            )
            for place, item in enumerate(self.items)
        ]

    @cached_property
    def editions(self) -> list:
        return list(
            self.meeting.editions.prefetch_related("publications").select_related("superseded_by").order_by("-number")
        )

    @cached_property
    def preview(self):
        build = self.meeting.builds.filter(edition=None).order_by("-requested_at").first()
        return BuildView(build) if build else None

    @property
    def may_manage(self) -> bool:
        return policy.can_manage_meetings(self.person)

    @property
    def seal_refusal(self) -> str:
        return reason(policy.check_seal, self.person, self.meeting)

    @property
    def registers(self) -> list:
        return reports.registers()

    @property
    def papers_due(self):
        return working_days.days_before(self.meeting.date, self.meeting.board.paper_days)

    @property
    def publish_by(self):
        return working_days.clear_days_before(self.meeting.date, self.meeting.board.publish_days)

    @cached_property
    def events(self) -> list:
        return list(events_of(self.meeting)[:15])
