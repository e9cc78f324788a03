"""Run every rule over the live agenda of a meeting."""

from boards.models import Meeting
from boards.preflight import agenda, handed_in, openly, publication, registers
from boards.preflight.finding import ACKNOWLEDGE, ADVICE, BLOCKS, AgendaFinding
from boards.sealing.content import live_items

_ORDER = {BLOCKS: 0, ACKNOWLEDGE: 1, ADVICE: 2}


def preflight(meeting: Meeting, *, with_papers: bool = True) -> list[AgendaFinding]:
    """All findings, the blocking ones first, then in the order of the agenda."""
    items = live_items(meeting)
    found = [
        *agenda.findings(meeting, items),
        *handed_in.findings(meeting, items),
        *publication.findings(meeting, items),
        *openly.findings(meeting, items),
        *registers.findings(meeting, items),
    ]
    if with_papers:
        from boards.preflight import papers

        found += papers.findings(meeting, items)
    return sorted(found, key=lambda each: _ORDER[each.severity])
