"""What the sections of the strategy are made of: generated paragraphs, live figures, and tables with fixed ids."""

from dataclasses import dataclass, field

from boards.document import build, ids
from boards.reports import Change, ReportContext
from finance import calendar, money
from finance.figures import Plan
from finance.report.values import value

TBC = "TBC"


@dataclass(frozen=True)
class Facts:
    """All that a draft is made from: the figures, what changed, the meeting, and the scenarios to show."""

    plan: Plan
    changes: list[Change]
    context: ReportContext
    compared: bool
    scenarios: list[dict] = field(default_factory=list)

    @property
    def seed(self) -> str:
        return f"finance {self.context.board} {self.context.meeting_date}"

    @property
    def meeting_day(self) -> str:
        return calendar.day(self.context.meeting_date)

    @property
    def baseline_day(self) -> str:
        return calendar.day(self.context.baseline_date) if self.context.baseline_date else ""

    def id(self, *key: str) -> str:
        return ids.from_key(self.seed, *key)

    def para(self, key: str, *parts, level: int = 1) -> dict:
        """A generated paragraph: its facts are its own words, so it counts as changed when they would read differently."""
        return build.para(*parts, level=level, id=self.id(key), gen=build.gen(f"finance:{key}", _words(parts)))

    def bound(self, path: str) -> dict:
        """A live figure with its words as they stand."""
        return build.bound("finance", path, value(path, self.plan) or TBC)

    def section(self, key: str, title: str, *blocks, role: str | None = None, **more) -> dict:
        # A section with a key of its own is matched by it when the paper is refreshed. The closing sections are the officer's.
        own = None if role in ("conclusion", "bibliography") else build.gen(f"finance:section:{key}")
        return build.section(
            title, *blocks, role=role, id=self.id("section", key), anchor=f"finance:{key}", gen=own, **more
        )

    def bullets(self, key: str, items: list) -> dict:
        made = [build.item(item, id=self.id(key, str(n))) for n, item in enumerate(items)]
        return build.bullets(*made, id=self.id(key), gen=build.gen(f"finance:{key}", _words(items)))

    def table(
        self,
        key: str,
        caption: str,
        header: list[str],
        rows: list[tuple[str, list]],
        *,
        align: str,
        widths=None,
        note=None,
    ) -> dict:
        """A generated table; each row is (key, cells), so rows keep their ids between drafts."""
        made = [build.row(*cells, id=self.id(key, "row", name)) for name, cells in rows]
        head = build.row(*header, id=self.id(key, "head"))
        figure = build.table(
            caption, [head], made, align=align, widths=widths, note=note, header_column=True,
            id=self.id(key), gen=build.gen(f"finance:{key}", [header, rows, caption]),
        )  # fmt: skip
        return figure

    def chart(self, key: str, kind: str, data: dict) -> dict:
        return build.chart(
            kind, data, data["caption"], data["title"], id=self.id(key), gen=build.gen(f"finance:{key}", data)
        )


def _words(parts) -> list:
    return [part["attrs"] if isinstance(part, dict) and "attrs" in part else part for part in parts]


def cell(amount: int | None) -> str:
    """An amount in a printed table. The word minus is not repeated: brackets are explained under the table."""
    return TBC if amount is None else money.brackets(amount)


BRACKETS = "Amounts are in thousand pounds. Brackets mean below nil, a dash means nil, TBC means to be confirmed."
