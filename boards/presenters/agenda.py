"""The agenda as a reader sees it: the items in force, each with its papers, annexes and places."""

from dataclasses import dataclass, field

from boards.file_names import paper_file_name
from boards.packs.ledger import Ledger
from boards.presenters import pack_places
from boards.reading import Reading


@dataclass
class PaperLine:
    number: str
    title: str
    from_role: str
    reading: Reading
    readable: bool
    grounds: list[str]
    pages: str = ""
    length: int = 0
    annexes: list = field(default_factory=list)

    @property
    def edition(self) -> int:
        return self.reading.edition.number

    @property
    def file_name(self) -> str:
        return paper_file_name(self.reading.content, self.number, self.title)


@dataclass
class AgendaLine:
    """One line of the agenda."""

    number: str
    agenda_number: str
    title: str
    lead: str
    action: str
    note: str
    grounds: list[str]
    late_reason: str
    label: str
    papers: list[PaperLine]

    @property
    def restricted(self) -> bool:
        return bool(self.grounds)


ACTIONS = {
    "note": "To note",
    "approve": "To approve",
    "decide": "To decide",
    "discuss": "To discuss",
    "endorse": "To endorse",
}


def agenda_lines(readings: list[Reading]) -> list[AgendaLine]:
    """The agenda in force: the base edition's items, with those of each supplement over them, in number order."""
    merged: dict[str, AgendaLine] = {}
    for reading in readings:
        ledger = Ledger.from_dict(reading.build.ledger) if reading.build and reading.build.ledger else None
        for item in reading.content["items"]:
            merged[item["id"]] = _line(item, reading, ledger, again=item["id"] in merged)
    return sorted(merged.values(), key=lambda line: tuple(int(part) for part in line.number.split(".")))


def agenda_number(item: dict) -> str:
    """As the agenda prints it: “5.”, and “5.1” for a further paper."""
    number = item["agenda_number"]
    return number if "." in number else f"{number}."


def _line(item: dict, reading: Reading, ledger: Ledger | None, *, again: bool) -> AgendaLine:
    late = "changed" if again else "new"
    lead = item["lead_role"]
    if item.get("presenter_initials"):
        lead = f"{lead} ({item['presenter_initials']})"
    return AgendaLine(
        number=item["number"],
        agenda_number=agenda_number(item),
        title=item["title"],
        lead=lead,
        action=ACTIONS.get(item.get("action_requested", ""), ""),
        note=item.get("note", ""),
        grounds=_grounds(item),
        late_reason=item.get("late_reason", ""),
        label=f"{reading.label}: {late}" if reading.edition.kind == "supplement" else "",
        papers=[_paper_line(paper, reading, ledger) for paper in item["papers"]],
    )


def _paper_line(paper: dict, reading: Reading, ledger: Ledger | None) -> PaperLine:
    span = pack_places.paper_span(ledger, paper["id"]) if ledger else None
    return PaperLine(
        number=paper["number"],
        title=paper["title"],
        from_role=paper.get("from_role", ""),
        reading=reading,
        readable=bool(paper.get("document")),
        grounds=_grounds(paper),
        pages=pack_places.pages_in_words(ledger, span) if span else "",
        length=span[1] - span[0] + 1 if span else 0,
        annexes=[
            {
                "id": annex["id"],
                "letter": annex["letter"],
                "title": annex["title"],
                "readable": bool(annex.get("sha256")),
                "pages": annex.get("pages"),
                "grounds": _grounds(annex),
                "edition": reading.edition.number,
            }
            for annex in paper["annexes"]
        ],
    )


def _grounds(thing: dict) -> list[str]:
    return (thing.get("restriction") or {}).get("ground_titles", [])
