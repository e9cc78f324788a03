"""The Register protocol: how the risk register, the plan and the reserves report to a board.

`boards` knows registers only by this protocol. A register registers itself when its app starts; a further one needs no edit here.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

Snapshot = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One typed change between two snapshots of a register.

    `kind` is added, removed, changed or moved; `ref` is the row's printed reference; `field` is empty for a whole row.
    """

    ref: str
    kind: str
    field: str = ""
    old: Any = None
    new: Any = None
    title: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {
            "ref": self.ref,
            "kind": self.kind,
            "field": self.field,
            "old": self.old,
            "new": self.new,
            "title": self.title,
        }


@dataclass(frozen=True)
class ReportContext:
    """What a register may know of the meeting it reports to: plain values, no rows."""

    board: str
    board_short: str
    meeting_date: dt.date
    baseline_date: dt.date | None = None
    baseline_edition: int | None = None
    template: str = "board-paper"
    office: dict[str, str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """A covering paper with its appendix, as one document of blocks."""

    title: str
    from_role: str
    document: dict[str, Any]
    to: str = ""
    template: str = "board-paper"


@dataclass(frozen=True)
class Option:
    """One thing an officer may choose about a report before it is drafted: the answers with their words, the usual one first."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    help_text: str = ""


@dataclass(frozen=True)
class Target:
    """Something a paper may refer to: “SR3.1 Weak financial management”."""

    ref: str
    title: str
    url: str = ""


@runtime_checkable
class Register(Protocol):
    key: str
    title: str

    def snapshot(self, *, as_at: dt.date, options: dict[str, Any]) -> Snapshot: ...

    def compare(self, now: Snapshot, baseline: Snapshot | None) -> list[Change]: ...

    def draft(
        self, now: Snapshot, changes: list[Change], context: ReportContext, baseline: Snapshot | None = None
    ) -> Draft: ...

    def resolve(self, ref: str) -> Target | None: ...

    def search(self, words: str) -> list[Target]: ...

    def value(self, path: str, now: Snapshot) -> str | None: ...

    def findings(
        self, now: Snapshot, changes: list[Change], document: dict[str, Any], context: ReportContext
    ) -> list[Any]: ...

    def may_report(self, user) -> bool: ...


@runtime_checkable
class OffersOptions(Protocol):
    """A register whose report can be drafted in more than one way says so; what is chosen comes back in `context.options`."""

    def options(self, context: ReportContext) -> list[Option]: ...


@runtime_checkable
class ListsTitles(Protocol):
    """A register that can name all its rows at once: the papers of an agenda are then judged without a query for each reference."""

    def titles(self) -> dict[str, str]: ...


_registers: dict[str, Register] = {}
_charts: dict[str, Callable[[dict[str, Any], str, str], str]] = {}
_link_sources: dict[str, Callable[[str], list[Target]]] = {}


def register(implementation: Register) -> None:
    _registers[implementation.key] = implementation


def registers() -> list[Register]:
    return sorted(_registers.values(), key=lambda each: each.title)


def get(key: str) -> Register | None:
    return _registers.get(key)


def resolve(target: str) -> Target | None:
    """The thing behind `risks:SR3.1`, or None when no register knows it."""
    key, _, ref = target.partition(":")
    implementation = _registers.get(key)
    return implementation.resolve(ref) if implementation and ref else None


def register_chart(kind: str, render: Callable[[dict[str, Any], str, str], str]) -> None:
    """Say how a chart of this kind is drawn: `render(data, caption, alt)` gives SVG with its table, for page and PDF alike."""
    _charts[kind] = render


def draw_chart(kind: str, data: dict[str, Any], caption: str, alt: str) -> str | None:
    render = _charts.get(kind)
    return render(data, caption, alt) if render else None


def register_links(key: str, linked_from: Callable[[str], list[Target]]) -> None:
    """Let other registers ask what an app links to a target: both ends of a link are then visible on both pages."""
    _link_sources[key] = linked_from


def links_to(target: str) -> list[Target]:
    """Everything that any app says is linked to this target."""
    return [found for linked_from in _link_sources.values() for found in linked_from(target)]


def forget_all() -> None:
    """For tests of the protocol itself."""
    _registers.clear()
    _charts.clear()
    _link_sources.clear()
