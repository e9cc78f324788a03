"""Run every rule over the live agenda of a meeting."""

from django.db.models import prefetch_related_objects

from boards.models import AgendaItem, Meeting
from boards.preflight import agenda, handed_in, openly, papers, publication, registers
from boards.preflight.finding import ACKNOWLEDGE, ADVICE, BLOCKS, AgendaFinding
from boards.sealing.content import live_items

_ORDER = {BLOCKS: 0, ACKNOWLEDGE: 1, ADVICE: 2}


def preflight(meeting: Meeting, *, fresh: bool = False) -> list[AgendaFinding]:
    """All findings, the blocking ones first, then in the order of the agenda. `fresh` reads the annexes anew: for sealing."""
    items = live_items(meeting)
    _gather(items)
    found = [
        *agenda.findings(meeting, items, fresh=fresh),
        *handed_in.findings(meeting, items),
        *publication.findings(meeting, items),
        *openly.findings(meeting, items),
        *registers.findings(meeting, items),
        *papers.findings(meeting, items),
    ]
    return sorted(found, key=lambda each: _ORDER[each.severity])


def _gather(items: list[AgendaItem]) -> None:
    """What the rules ask of every paper, fetched for all of them at once."""
    prefetch_related_objects([paper for item in items for paper in item.papers.all()], "authors")
    papers.with_submissions(items)
