"""What the report to a meeting shows as changed, and on which page of its pack."""

import datetime as dt

from django.db.models import Q

from boards.actions.builds import good_build
from boards.drafting import compute
from boards.models import Board, Meeting, PackBuild
from boards.packs.ledger import Ledger
from boards.reports import Change
from risks.compare import substantive


class NothingThere(LookupError):
    """No such board or meeting. The message is a sentence."""


def meeting_of(board: str, day: dt.date) -> Meeting:
    """The meeting of a board, known by its abbreviation, slug or name, on a day."""
    found = Board.objects.filter(Q(short_name__iexact=board) | Q(slug__iexact=board) | Q(name__iexact=board)).first()
    if found is None:
        raise NothingThere(f"There is no board called {board}.")
    meeting = Meeting.objects.select_related("board").filter(board=found, date=day).first()
    if meeting is None:
        raise NothingThere(f"The {found} has no meeting on {day:%-d %B %Y}.")
    return meeting


def changes_shown(board: str, day: dt.date) -> list[dict]:
    """Changes of the sealed report, or of the report as it would be drafted now, each with its page once a pack is built.

    A sealed edition speaks for itself: what was reported then does not move when the register does.
    """
    meeting = meeting_of(board, day)
    edition = meeting.editions.filter(registers__contains=["risks"]).order_by("-number").first()
    if edition:
        changes = [Change(**change) for change in edition.content["registers"]["risks"]["changes"]]
    else:
        _, changes, _, _, _ = compute(meeting, "risks")
    ledger = ledger_of(meeting, edition)
    told = []
    for change in substantive(changes):
        page = ledger.label(f"risks:{change.ref}") if ledger else None
        told.append({**change.as_dict(), "page": int(page) if page and page.isdigit() else page})
    return told


def ledger_of(meeting: Meeting, edition) -> Ledger | None:
    """Page numbers of the members' pack: of an edition the one that is served, else of the newest that is complete."""
    if edition:
        build = good_build(meeting, edition, "members")
    else:
        builds = PackBuild.objects.filter(meeting=meeting, audience="members", state="complete", ledger__isnull=False)
        build = builds.order_by("-finished_at").first()
    return Ledger.from_dict(build.ledger) if build else None
