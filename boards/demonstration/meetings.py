"""The meetings of the demonstration office, with items, numbers, posts and dates as real agendas print them."""

import datetime as dt
from dataclasses import dataclass, field

from boards.actions import papers as paper_actions
from boards.demonstration import annexes, text
from boards.demonstration.people import by_name
from boards.document import schema
from boards.models import AgendaItem, Board, Meeting, Paper

PLACE = "Conference room, Fenshire House"


@dataclass(frozen=True)
class Item:
    """An agenda item. `paper` names the file of its text; `report` the register that drafts it instead; `commissioned` one that is yet to be written."""

    number: int
    title: str
    kind: str = "paper"
    lead: str = ""
    action: str = "note"
    paper: str = ""
    report: str = ""
    author: str = "author"
    open_title: str = ""
    grounds: tuple[str, ...] = ()
    note: str = ""
    annex: tuple[str, str] | None = None
    commissioned: bool = False


@dataclass(frozen=True)
class Sitting:
    board: str
    date: dt.date
    time: dt.time
    items: list[Item] = field(default_factory=list)
    venue: str = PLACE
    is_public: bool = False
    publish: bool = True


OPENING = [
    Item(1, "Apologies for absence", kind="apologies", action=""),
    Item(2, "Declarations of interest", kind="declarations", action=""),
]


def minutes(date: str) -> Item:
    return Item(3, f"Minutes of the meeting of {date}", kind="minutes", action="approve", paper="")


SITTINGS = [
    Sitting(
        "business-coordination-board",
        dt.date(2017, 2, 6),
        dt.time(14, 0),
        [
            *OPENING,
            minutes("17 January 2017"),
            Item(4, "Strategic risk management", lead="Chief Executive", report="risks"),
            Item(5, "Devolution update", lead="Chief Executive", paper="devolution"),
            Item(6, "Performance in the twelve months to December 2016", lead="Chief Constable", paper="performance", author="chief.constable"),
            Item(7, "Offending: prevention and management needs assessment", lead="Chief Executive", paper="offending_needs"),
            Item(8, "Local Policing Review", lead="Chief Constable", paper="local_policing", author="chief.constable"),
            Item(9, "Appointment of the public sector auditor", lead="Interim Chief Finance Officer", action="approve", paper="auditor", author="cfo"),
        ],
    ),
    Sitting(
        "business-coordination-board",
        dt.date(2018, 11, 1),
        dt.time(14, 0),
        [
            *OPENING,
            minutes("20 September 2018"),
            Item(4, "Police and Crime Plan: delivery plan", lead="Chief Executive", report="plans"),
            Item(5, "Police and Crime Plan: Communities theme", lead="Chief Executive", paper="communities", action="approve"),
            Item(6, "Medium term financial strategy 2019/20 to 2022/23", lead="Chief Finance Officer", report="finance", author="cfo"),
            Item(7, "Equality and diversity update", lead="Chief Constable", paper="equality", author="chief.constable",
                annex=("equality_tables", "Workforce tables")),
            Item(
                8, "Custody contract: settlement of the provider’s claim", kind="private", lead="Chief Finance Officer", action="decide",
                paper="custody_contract", author="cfo", open_title="A contract matter", grounds=("12A-3",),
            ),
            Item(9, "Tackling re-offending through deferred prosecution", lead="Chief Constable", paper="deferred_prosecution", author="chief.constable"),
            Item(10, "Data protection reform: update", lead="Chief Constable", paper="data_protection", author="chief.constable"),
            Item(11, "Fire and rescue governance: update", lead="Chief Executive", paper="fire_governance"),
        ],
    ),
    Sitting(
        "business-coordination-board",
        dt.date(2020, 7, 28),
        dt.time(10, 30),
        [
            *OPENING,
            minutes("2 April 2020"),
            Item(4, "Resource Group", lead="Chief Executive", action="approve", paper="resource_group"),
            Item(5, "Delivery of the Police and Crime Plan", lead="Acting Chief Executive", action="approve", paper="plan_delivery"),
            Item(6, "Strategic threat and risk assessment: update on the process", lead="Chief Constable", paper="stra", author="chief.constable"),
            Item(7, "Independent custody visiting: annual report", lead="Chief Executive", commissioned=True),
        ],
        publish=False,
    ),
]  # fmt: skip


def load() -> None:
    for sitting in SITTINGS:
        board = Board.objects.get(slug=sitting.board)
        if Meeting.objects.filter(board=board, date=sitting.date).exists():
            continue
        meeting = Meeting.objects.create(
            board=board,
            date=sitting.date,
            start_time=sitting.time,
            venue=sitting.venue,
            is_public=sitting.is_public,
            status=Meeting.Status.AGENDA_DRAFT,
            chair=board.chair_title,
        )
        for line in sitting.items:
            _load_item(meeting, line, final=sitting.publish)


def _load_item(meeting: Meeting, line: Item, *, final: bool) -> None:
    item = AgendaItem.objects.create(
        meeting=meeting,
        number_major=line.number,
        kind=line.kind,
        title=line.title,
        lead_role=line.lead,
        action_requested=line.action,
        note=line.note,
        open_title=line.open_title,
    )
    if line.grounds:
        _restrict(item, line.grounds)
    if line.paper:
        _load_paper(item, line, final=final)
    elif line.commissioned:
        paper_actions.commission(
            item=item, title=line.title, by=by_name("governance"), authors=[by_name(line.author)], from_role=line.lead
        )


def _restrict(target, grounds) -> None:
    from boards.actions import agenda

    agenda.restrict(
        target=target,
        grounds=list(grounds),
        reason="The sums under discussion would weaken the office’s position towards the provider.",
        public_interest="The outcome will be published; publishing the office’s limits before that would cost public money.",
        review_on=dt.date(2019, 11, 1),
        by=by_name("governance"),
    )
    agenda.confirm_restriction(target=target, by=by_name("monitoring"))


def _load_paper(item: AgendaItem, line: Item, *, final: bool) -> Paper:
    """A paper from its text file, through the same verb that people use."""
    head, document = text.read(line.paper)
    paper = paper_actions.commission(
        item=item,
        title=head.get("title", line.title),
        by=by_name("governance"),
        authors=[by_name(line.author)],
        from_role=line.lead,
        to=head.get("to", item.meeting.board.name),
        paper_date=text.date_of(head, item.meeting.date),
        marking=head.get("marking", "OFFICIAL"),
        open_title=line.open_title,
        document=schema.normalise(document),
    )
    if line.annex:
        annexes.load(paper, *line.annex)
    paper.state = Paper.State.FINAL if final else Paper.State.SUBMITTED
    paper._change_reason = "Cleared for the demonstration" if final else "Submitted for the demonstration"
    paper.save()
    return paper
