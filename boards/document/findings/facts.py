"""What the rules need to know besides the document: the paper's header, its meeting, and how it came in."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date


@dataclass(frozen=True)
class PrintedLink:
    """A link whose address the tree cannot carry (relative, file share, local path)."""

    block_id: str | None
    text: str
    address: str


@dataclass
class ImportFacts:
    """What a Word file printed, kept beside what the portal computes. Keys are block ids."""

    printed: dict = field(default_factory=dict)  # "3.4" of paragraphs, recommendations and list items
    headings: dict = field(default_factory=dict)  # "1.0", "2.", "5" of sections, as printed
    captions: dict = field(default_factory=dict)  # "Table 2" of tables and figures
    wording: dict = field(default_factory=dict)  # the whole printed sentence of a recommendation
    labels: dict = field(default_factory=dict)  # "Source Documents" of a bibliography row
    opening: list | None = None  # the printed sentences of the first recommendation section
    closing: list | None = None  # and of the last, where there are two
    closing_printed: list = field(default_factory=list)  # (number, sentence) of the closing recommendations
    closing_block: str | None = None
    empty_rows: list = field(default_factory=list)  # bibliography rows printed without content
    links: list = field(default_factory=list)  # PrintedLink
    header: dict = field(default_factory=dict)  # PrintedHeader.as_dict()

    def as_dict(self):
        return asdict(self)

    @classmethod
    def from_dict(cls, data):
        data = dict(data)
        data["links"] = [PrintedLink(**link) for link in data.get("links", [])]
        data["closing_printed"] = [tuple(pair) for pair in data.get("closing_printed", [])]
        return cls(**data)


@dataclass
class PaperFacts:
    """What is known of a paper outside its document. A rule that lacks a fact stays silent.

    `known_targets` answers "risks:SR3.1" with its title: a mapping, or a callable that answers None for what does not
    exist. `appendices` are the names under which annexes are attached ("Appendix 1", "B"); None is
    not known, an empty tuple is none. `agenda_items` are the item
    numbers of the meeting's agenda ("6.0"). `board_names` begins with the board's proper name; aliases follow.
    """

    to: str | None = None
    from_role: str | None = None
    paper_date: date | None = None
    title: str | None = None
    marking: str | None = None
    agenda_number: str | None = None
    meeting_date: date | None = None
    board_names: tuple = ()
    part: str = "open"  # or "exempt"
    known_targets: Mapping | Callable | None = None
    appendices: tuple | None = None
    agenda_items: tuple | None = None
    action_requested: str | None = None
    decision_linked: bool | None = None
    required_sections: tuple = ("purpose", "recommendation")
    contact_required: bool = True
    role_mailboxes: tuple = ()
    imported: ImportFacts | None = None
    header_checked: bool = True  # False while the header is kept elsewhere and need not be judged
