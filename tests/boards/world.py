"""A small office for tests: one board, one meeting with an open and a restricted paper, an annex, people of each kind."""

import datetime as dt
import io
from dataclasses import dataclass

import pikepdf

from boards.actions import agenda, annexes, papers
from boards.document import build, schema
from boards.models import AgendaItem, Board, BoardMembership, Meeting, Paper

CANARY = "The provider has offered to settle for four hundred and twelve thousand pounds before the hearing"
TITLE_CANARY = "Settlement with Marlowe Custody Services"


@dataclass
class World:
    board: Board
    meeting: Meeting
    open_item: AgendaItem
    restricted_item: AgendaItem
    paper: Paper
    restricted_paper: Paper
    governance: object
    author: object
    member: object
    administrator: object
    monitoring: object
    chief_executive: object

    @property
    def address(self) -> str:
        return self.meeting.get_absolute_url()


def document(*words: str, verb: str = "note", title: str = "Background") -> dict:
    """A clean paper: every required part, nothing that the findings would name."""
    return schema.normalise(
        build.doc(
            build.section("Purpose", build.para("This paper tells the Board how the work has gone."), role="purpose"),
            build.section("Recommendation", build.recommend(verb, "the progress made."), role="recommendation"),
            build.section(
                title, *[build.para(each) for each in words or ("The work began in April.",)], role="background"
            ),
            build.section("Recommendation", build.echo(), role="conclusion"),
            build.section(
                "Bibliography",
                build.source("Annual report 2016"),
                build.contact("Chief Executive", "policy@opcc.example"),
                role="bibliography",
            ),
        )
    )


def pdf(pages: int = 1, text: str = "") -> bytes:
    """A small PDF with words on each page."""
    out = pikepdf.new()
    font = out.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
    for number in range(pages):
        page = out.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        words = f"{text or 'Annex page'} {number + 1}"
        page.Contents = out.make_stream(f"BT /F1 14 Tf 72 700 Td ({words}) Tj ET".encode())
    buffer = io.BytesIO()
    out.save(buffer)
    return buffer.getvalue()


class Upload(io.BytesIO):
    def __init__(self, data: bytes, name: str = "annex.pdf"):
        super().__init__(data)
        self.name, self.size = name, len(data)


def make(person) -> World:
    """`person` is the fixture that makes people."""
    governance = person("governance", title="Governance Officer", email="governance@opcc.example")
    author = person("author", title="Head of Policy", email="author@opcc.example")
    member = person(
        title="Police and Crime Commissioner", name="Police and Crime Commissioner", email="member@opcc.example"
    )
    administrator = person("administrator", title="System Administrator", email="admin@opcc.example")
    monitoring = person("monitoring_officer", title="Monitoring Officer", email="monitoring@opcc.example")
    chief_executive = person("chief_executive", title="Chief Executive", email="chief@opcc.example")
    board = Board.objects.create(
        name="Business Coordination Board", slug="business-coordination-board", short_name="BCB"
    )
    BoardMembership.objects.create(board=board, person=member, starts_on=dt.date(2016, 5, 12))
    meeting = agenda.plan_meeting(
        board=board, date=dt.date(2017, 2, 6), by=governance, start_time=dt.time(14), venue="Conference room"
    )
    agenda.add_item(meeting=meeting, title="Apologies for absence", kind="apologies", by=governance)
    open_item = agenda.add_item(
        meeting=meeting, title="Devolution update", lead_role="Chief Executive", action_requested="note", by=governance
    )
    restricted_item = agenda.add_item(
        meeting=meeting, title=TITLE_CANARY, lead_role="Chief Finance Officer", action_requested="note", by=governance
    )
    restricted_item.open_title = "A contract matter"
    agenda.restrict(
        target=restricted_item, grounds=["12A-3"], reason="Commercial", public_interest="Weighed", by=governance
    )
    agenda.confirm_restriction(target=restricted_item, by=monitoring)
    paper = papers.commission(
        item=open_item, title="Devolution update", by=governance, authors=[author], document=document()
    )
    restricted_paper = papers.commission(
        item=restricted_item, title=TITLE_CANARY, by=governance, authors=[author], document=document(f"{CANARY}.")
    )
    annexes.add(paper=paper, title="Map of the area", file=Upload(pdf(2, "Open annex")), by=governance)
    annexes.add(
        paper=restricted_paper,
        title="Letter of claim",
        file=Upload(pdf(1, "Marlowe letter of claim"), "marlowe-claim.pdf"),
        by=governance,
    )
    for each in (paper, restricted_paper):
        each.state = Paper.State.FINAL
        each.save()
    return World(
        board=board,
        meeting=meeting,
        open_item=open_item,
        restricted_item=restricted_item,
        paper=paper,
        restricted_paper=restricted_paper,
        governance=governance,
        author=author,
        member=member,
        administrator=administrator,
        monitoring=monitoring,
        chief_executive=chief_executive,
    )
