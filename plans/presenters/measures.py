"""Measures as pages show them: the latest figure, how it moved, a small drawing and the table that says the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from plans import measures, words


@dataclass
class ShownMeasure:
    """One measure of a snapshot. Comparators and rolling figures are kept apart from the measure's own periods."""

    row: dict
    theme: str
    slug: str

    @property
    def own(self) -> list[dict]:
        return [each for each in self.row["observations"] if not each["comparator"]]

    @cached_property
    def series(self) -> list[dict]:
        """The observations that the drawing shows: the longest run of one kind, period figures or rolling ones."""
        single = [each for each in self.own if not each["rolling"]]
        rolling = [each for each in self.own if each["rolling"]]
        return single if len(single) >= len(rolling) else rolling

    @property
    def latest(self) -> dict | None:
        return self.own[-1] if self.own else None

    @property
    def figure(self) -> str:
        return measures.show(Decimal(self.latest["value"]), self.row["unit"]) if self.latest else "No figure yet"

    @property
    def period(self) -> str:
        return self.latest["period"] if self.latest else ""

    @cached_property
    def moved(self) -> str:
        if not self.latest:
            return ""
        before = [each for each in self.own[:-1] if each["rolling"] == self.latest["rolling"]]
        if not before:
            return "No earlier figure"
        step = measures.movement(
            Decimal(self.latest["value"]),
            Decimal(before[-1]["value"]),
            unit=self.row["unit"],
            polarity=self.row["polarity"],
        )
        return f"{words.capital(step.words(self.row['unit']))}, from {before[-1]['period']}"

    @property
    def polarity(self) -> str:
        return measures.POLARITY_WORDS[measures.Polarity(self.row["polarity"])]

    @property
    def beside(self) -> list[str]:
        """Comparators of the latest figure, in words."""
        if not self.latest:
            return []
        value = Decimal(self.latest["value"])
        return [
            f"{words.capital(each['comparator'])} {measures.show(Decimal(each['value']), self.row['unit'])}: ours is "
            + measures.against(value, Decimal(each["value"]), polarity=self.row["polarity"], unit=self.row["unit"])
            for each in self.row["observations"]
            if each["comparator"] and each["end"] == self.latest["end"]
        ]

    @cached_property
    def averages(self) -> list:
        """One average for each figure of the series; none across a period that has no figure."""
        values: list[Decimal | None] = []
        places, before = [], None
        for each in self.series:
            if before is not None and not each["rolling"] and dt.date.fromisoformat(each["start"]) != before:
                values.append(None)
            places.append(len(values))
            values.append(Decimal(each["value"]))
            before = dt.date.fromisoformat(each["end"]) + dt.timedelta(days=1)
        averages = measures.rolling(values, self.row["average_over"])
        return [averages[place] for place in places]

    @property
    def has_averages(self) -> bool:
        return self.row["average_over"] > 1 and any(value is not None for value in self.averages)

    @cached_property
    def table(self) -> list[list[str]]:
        unit = self.row["unit"]
        averages = dict(zip([each["end"] for each in self.series], self.averages, strict=True))
        rows = []
        for each in self.row["observations"]:
            line = [
                each["period"],
                words.capital(each["comparator"]) or "This area",
                measures.show(Decimal(each["value"]), unit),
            ]
            if self.has_averages:
                average = averages.get(each["end"]) if each in self.series else None
                line.append(measures.show(average, unit) if average is not None else "–")
            rows.append(line)
        return rows

    @property
    def table_head(self) -> list[str]:
        head = ["Period", "Area", "Figure"]
        return [*head, f"Average of {self.row['average_over']}"] if self.has_averages else head

    @property
    def table_html(self):
        from portal.templatetags.gov import gov_table

        return gov_table(self.row["name"], self.table_head, self.table, numeric="3 4", caption_size="hidden")

    @cached_property
    def sparkline(self):
        """A small drawing, where there are at least two figures to draw."""
        if len(self.series) < 2:
            return None
        from portal.design import charts

        told = "; ".join(
            f"{each['period']} {measures.show(Decimal(each['value']), self.row['unit'])}" for each in self.series
        )
        return charts.sparkline(
            [Decimal(each["value"]) for each in self.series],
            [each["period"] for each in self.series],
            title=f"{self.row['name']}: {told}.",
            unit=self.row["unit"] if self.row["unit"] in ("%", "ppt") else "",
            id=f"spark-{self.row['id'][:8]}",
        )

    @cached_property
    def line(self):
        """The larger drawing of the measure's own page, with its average and comparators."""
        if len(self.series) < 2:
            return None
        from portal.design import charts

        drawn = [{"name": self.row["name"], "values": [float(each["value"]) for each in self.series]}]
        if self.has_averages:
            drawn.append(
                {
                    "name": f"Average of {self.row['average_over']}",
                    "values": [None if each is None else float(each) for each in self.averages],
                }
            )
        return charts.line(
            drawn,
            [each["period"] for each in self.series],
            title=f"{self.row['name']}, {self.series[0]['period']} to {self.series[-1]['period']}",
            caption=self.row["name"],
            unit=self.row["unit"] if self.row["unit"] in ("%", "ppt") else "",
            id="measure-line",
        )


def shown_measures(now: dict, slug: str) -> list[ShownMeasure]:
    names = {row["ref"]: row["name"] for row in now["themes"].values()}
    rows = sorted(now["measures"].values(), key=lambda each: each["order"])
    return [ShownMeasure(row, names.get(row["theme"], row["theme"]), slug) for row in rows]
