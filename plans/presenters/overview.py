"""What the overview and the theme page show, worked out from a source. Templates only lay it out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from plans import charts, richtext, status, words
from plans.models import Objective
from plans.report import cells
from plans.sources import Source
from plans.summary import Line, ThemeSummary


@dataclass(frozen=True)
class ShownLine:
    """An activity as a page shows it."""

    line: Line
    url: str
    news: str
    narrative: SafeString | str = ""
    updates: tuple = ()

    @property
    def row(self) -> dict:
        return self.line.row

    @property
    def recovery(self) -> str:
        return words.day(self.row["recovery_date"])

    @property
    def news_has_date(self) -> bool:
        return bool(self.recovery) and self.recovery in self.news

    @property
    def slips(self) -> str:
        return f"moved later {words.times(self.line.slipped)}" if self.line.slipped else ""

    @property
    def leads(self) -> str:
        return words.listing(self.row["opcc_leads"]) or "No lead"

    @property
    def period(self) -> str:
        return words.month(self.row["period"])


class Overview:
    """The plan at a glance for one body."""

    def __init__(self, source: Source, plan_slug: str):
        self.source, self.slug, self.summary = source, plan_slug, source.summary

    @cached_property
    def as_at(self) -> str:
        return words.day(self.source.now["as_at"])

    @property
    def round_words(self) -> str:
        latest = self.source.now["round"]
        if latest is None:
            return "No round has been reported"
        return f"{latest['title']} round, {'closed' if latest['closed'] else 'being answered'}"

    @property
    def compared_with(self) -> str:
        if self.source.baseline is None:
            return f"{self.source.body or 'No body'} has not had this report before, so no directions are shown."
        return f"Directions compare with what was reported to the {self.source.baseline_label}."

    @cached_property
    def chart(self):
        from portal.design import charts as drawing

        data = charts.status_data(self.summary)
        return drawing.rag_bars(
            data["rows"], title=charts.status_sentence(data), caption="Activities by status and theme", id="plan-status"
        )

    @cached_property
    def table(self) -> list[list]:
        rows = []
        for theme in self.summary.themes:
            name = format_html('<a class="govuk-link" href="{}">{}</a>', self.theme_url(theme.code), theme.name)
            rows.append(
                [
                    name,
                    *[theme.tally[rag.value] for rag in status.Rag],
                    theme.tally["Not reported"],
                    len(theme.activities),
                ]
            )
        tally = self.summary.tally
        rows.append(
            ["All themes", *[tally[rag.value] for rag in status.Rag], tally["Not reported"], len(self.summary.lines)]
        )
        return rows

    @property
    def table_head(self) -> list[str]:
        return ["Theme", *[rag.value for rag in status.Rag], "Not reported", "All"]

    @cached_property
    def figures(self) -> list[dict]:
        summary = self.summary
        return [
            {"label": "Worsened", "value": len(summary.worsened), "note": "since the last report"},
            {"label": "Improved", "value": len(summary.improved), "note": "since the last report"},
            {"label": "Overdue", "value": len(summary.overdue), "note": "recovery date has passed"},
            {"label": "Slipped", "value": len(summary.slipped), "note": "recovery date moved later"},
            {"label": "New", "value": len(summary.new), "note": "added to the plan"},
        ]

    @cached_property
    def lists(self) -> list[dict]:
        """What the body should look at, in the order in which it would want to."""
        summary = self.summary
        groups = [
            ("worsened", "Worsened", summary.worsened),
            ("overdue", "Overdue", summary.overdue),
            ("slipped", "Slipped", summary.slipped),
            ("improved", "Improved", summary.improved),
            ("started", "Started", summary.started),
            ("new", "New", summary.new),
        ]
        return [
            {"id": name, "title": title, "lines": [self.shown(line) for line in lines]}
            for name, title, lines in groups
            if lines
        ]

    def theme_url(self, code: str) -> str:
        query = f"?body={self.source.board.slug}" if self.source.board else ""
        return reverse("plans:theme", args=[self.slug, code]) + query

    def url(self, ref: str) -> str:
        """Where an activity is read: its action's page for those who see live rows, its place in the theme for others."""
        if self.source.is_live:
            return reverse("plans:action", args=[self.slug, ref.split(".", maxsplit=1)[0]])
        return f"{self.theme_url(ref[0])}#{ref}"

    def shown(self, line: Line, *, in_depth: bool = False) -> ShownLine:
        if not in_depth:
            return ShownLine(line, self.url(line.ref), cells.news_words(line))
        known = frozenset(row["ref"] for row in self.source.now["activities"].values())
        return ShownLine(
            line,
            self.url(line.ref),
            cells.news_words(line),
            richtext.safe_html(line.row["narrative"], known=known, url=self.url),
            tuple(
                {
                    "date": words.day(update["date"]),
                    "html": richtext.safe_html(update["text"], known=known, url=self.url),
                }
                for update in line.row["updates"]
            ),
        )


class ThemePage(Overview):
    """One theme in depth."""

    def __init__(self, source: Source, plan_slug: str, theme: ThemeSummary):
        super().__init__(source, plan_slug)
        self.theme = theme

    @cached_property
    def objectives(self) -> list[dict]:
        """The theme's objectives in its order; on live pages with what it takes to change one."""
        rows = [row for row in self.source.now["objectives"].values() if row["theme"] == self.theme.code]
        ids = {}
        if self.source.is_live:
            ids = {
                str(uid): pk
                for uid, pk in Objective.objects.filter(uid__in=[row["id"] for row in rows]).values_list("uid", "pk")
            }
        return [{"row": row, "pk": ids.get(row["id"])} for row in sorted(rows, key=lambda each: each["order"])]

    @cached_property
    def actions(self) -> list[dict]:
        return [
            {
                "row": action.row,
                "travel": action.travel,
                "url": self.url(action.ref),
                "is_new": action.is_new,
                "has_many": len(action.activities) > 1,
                "lines": [self.shown(line, in_depth=True) for line in action.activities],
            }
            for action in self.theme.actions
        ]

    @cached_property
    def measures(self) -> list[dict]:
        from plans.presenters.measures import shown_measures

        return [each for each in shown_measures(self.source.now, self.slug) if each.row["theme"] == self.theme.code]
