"""Rules M1–M6: the agenda and what hangs on it."""

from collections.abc import Iterator

from django.urls import reverse

from boards.models import AgendaItem, Meeting, Paper
from boards.preflight.finding import ACKNOWLEDGE, ADVICE, BLOCKS, AgendaFinding


def findings(meeting: Meeting, items: list[AgendaItem]) -> Iterator[AgendaFinding]:
    if not items:
        yield AgendaFinding(
            "M0", BLOCKS, "The agenda has no items.", "Add at least one item.", url=_agenda_url(meeting)
        )
        return
    yield from _gaps(meeting, items)
    yield from _place_and_time(meeting)
    for item in items:
        papers = list(item.papers.all())
        yield from _paper_there(item, papers)
        for paper in papers:
            yield from _paper_state(item, paper)
            yield from _other_meeting(meeting, item, paper)
            yield from _annexes(item, paper)


def _agenda_url(meeting: Meeting) -> str:
    return reverse("prepare_meeting", args=[meeting.pk])


def _item_url(item: AgendaItem) -> str:
    return reverse("item", args=[item.pk])


def _gaps(meeting: Meeting, items: list[AgendaItem]) -> Iterator[AgendaFinding]:
    """M2: a whole number left out between the first and the last item, or a further paper whose number skips."""
    majors = sorted({item.number_major for item in items})
    missing = sorted(set(range(majors[0], majors[-1] + 1)) - set(majors))
    if missing:
        listed = ", ".join(str(number) for number in missing)
        yield AgendaFinding(
            "M2",
            ACKNOWLEDGE,
            f"The agenda goes from {majors[0]} to {majors[-1]} but has no item {listed}.",
            "Close the gaps, or say why the number is left out.",
            target=str(meeting.pk),
            url=_agenda_url(meeting),
        )


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


def _other_meeting(meeting: Meeting, item: AgendaItem, paper: Paper) -> Iterator[AgendaFinding]:
    """M6: a paper that was written for another body, or dated for another meeting."""
    if paper.board_id != meeting.board_id:
        yield AgendaFinding(
            "M6",
            ACKNOWLEDGE,
            f"“{paper.title}” is a paper of {paper.board.name}.",
            "Reissue it to this board, or say why it is here as it is.",
            where=str(item),
            target=str(paper.pk),
            url=paper.get_absolute_url(),
        )


def _annexes(item: AgendaItem, paper: Paper) -> Iterator[AgendaFinding]:
    for annex in paper.annexes.all():
        where = f"{item.number} {paper.title}"
        if not annex.file.storage.exists(annex.file.name):
            yield AgendaFinding(
                "A1",
                BLOCKS,
                f"The file of annex {annex.letter} of “{paper.title}” cannot be read.",
                "Upload the annex again.",
                where=where,
                target=str(annex.pk),
                url=paper.get_absolute_url(),
            )
        elif not annex.tagged:
            yield AgendaFinding(
                "A2",
                ADVICE,
                f"Annex {annex.letter} of “{paper.title}” is not tagged: a screen reader cannot follow it.",
                "Ask for an accessible copy, or put what matters into the paper itself.",
                where=where,
                target=str(annex.pk),
                url=paper.get_absolute_url(),
            )
