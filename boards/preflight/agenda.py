"""Rules M1–M6: the agenda and what hangs on it."""

from collections.abc import Iterator

from django.urls import reverse

from boards.models import AgendaItem, Meeting, Paper
from boards.preflight import files, numbers, others
from boards.preflight.finding import ACKNOWLEDGE, ADVICE, BLOCKS, AgendaFinding


def findings(meeting: Meeting, items: list[AgendaItem], *, fresh: bool = False) -> Iterator[AgendaFinding]:
    if not items:
        yield AgendaFinding(
            "M0", BLOCKS, "The agenda has no items.", "Add at least one item.", url=_agenda_url(meeting)
        )
        return
    yield from numbers.findings(meeting, items)
    yield from _place_and_time(meeting)
    yield from others.findings(meeting, items)
    for item in items:
        papers = list(item.papers.all())
        yield from _paper_there(item, papers)
        for paper in papers:
            yield from _paper_state(item, paper)
            yield from files.findings(item, paper, fresh=fresh)


def _agenda_url(meeting: Meeting) -> str:
    return reverse("prepare_meeting", args=[meeting.pk])


def _item_url(item: AgendaItem) -> str:
    return reverse("item", args=[item.pk])


def _place_and_time(meeting: Meeting) -> Iterator[AgendaFinding]:
    """M4: a public meeting shows date, time and place before its agenda is published (SI 2011/3050, paragraph 5(a))."""
    lacking = [name for name, there in (("time", meeting.start_time), ("place", meeting.venue)) if not there]
    if lacking and meeting.is_public:
        yield AgendaFinding(
            "M4",
            BLOCKS,
            f"This meeting is public but has no {' and no '.join(lacking)}.",
            "Give the meeting its start time and place.",
            target=str(meeting.pk),
            url=reverse("meeting_change", args=[meeting.pk]),
        )
    elif lacking:
        yield AgendaFinding(
            "M4",
            ADVICE,
            f"The meeting has no {' and no '.join(lacking)}.",
            "Members will want to know.",
            target=str(meeting.pk),
            url=reverse("meeting_change", args=[meeting.pk]),
        )


def _paper_there(item: AgendaItem, papers: list[Paper]) -> Iterator[AgendaFinding]:
    """M5: an item of business without a paper that is not taken orally."""
    if item.needs_paper and not papers:
        yield AgendaFinding(
            "M5",
            ACKNOWLEDGE,
            f"Item {item.number}, “{item.title}”, has no paper.",
            "Commission a paper, make it an oral report, or say why it has none.",
            where=str(item),
            target=str(item.pk),
            url=_item_url(item),
        )


def _paper_state(item: AgendaItem, paper: Paper) -> Iterator[AgendaFinding]:
    where, url = f"{item.number} {paper.title}", paper.get_absolute_url()
    if paper.state in {Paper.State.COMMISSIONED, Paper.State.DRAFT}:
        yield AgendaFinding(
            "W1",
            BLOCKS,
            f"“{paper.title}” has not been submitted by its author.",
            "Ask the author to submit it, or take the paper off the agenda.",
            where=where,
            target=str(paper.pk),
            url=url,
        )
    elif paper.state != Paper.State.FINAL:
        yield AgendaFinding(
            "W2",
            ACKNOWLEDGE,
            f"“{paper.title}” is “{paper.get_state_display().lower()}” and not yet cleared as final.",
            "Wait for clearance, or say why it goes to the board without it.",
            where=where,
            target=str(paper.pk),
            url=url,
        )
    if not paper.authors.all():
        yield AgendaFinding(
            "W3", ADVICE, f"“{paper.title}” has no author.", "Assign one.", where=where, target=str(paper.pk), url=url
        )
