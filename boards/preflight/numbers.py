"""Rules M1 and M2: what stands under which number of the agenda."""

from collections.abc import Iterator
from itertools import groupby

from django.urls import reverse

from boards.models import AgendaItem, Meeting, Paper
from boards.preflight.finding import ACKNOWLEDGE, BLOCKS, AgendaFinding

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def findings(meeting: Meeting, items: list[AgendaItem]) -> Iterator[AgendaFinding]:
    taken = list(_taken(items))
    yield from _clashes(meeting, taken)
    yield from _gaps(meeting, sorted({number for number, _ in taken}))


def _taken(items: list[AgendaItem]) -> Iterator[tuple[tuple[int, int], str]]:
    """Each number of the agenda and what it stands for: every item, and every further paper under one."""
    for item in items:
        yield (item.number_major, item.number_minor), f"item {item.number}, “{item.title}”"
        for index, paper in enumerate(item.papers.all()):
            if index:
                yield (item.number_major, item.number_minor + index), _further(item, index, paper)


def _further(item: AgendaItem, index: int, paper: Paper) -> str:
    which = ORDINALS[index] if index < len(ORDINALS) else f"{index + 1}th"
    return f"the {which} paper of item {item.number}, “{paper.title}”"


def _clashes(meeting: Meeting, taken: list[tuple[tuple[int, int], str]]) -> Iterator[AgendaFinding]:
    """M1: a number stands for one thing. Of two papers 2.1 only one could be asked for by its number."""
    for (major, minor), same in groupby(sorted(taken, key=lambda each: each[0]), key=lambda each: each[0]):
        named = [words for _, words in same]
        if len(named) > 1:
            yield AgendaFinding(
                "M1",
                BLOCKS,
                _sentence(named, f"{major}.{minor}"),
                "Use “Number without gaps” on the agenda, or put the further paper under an item of its own.",
                target=str(meeting.pk),
                url=_agenda_url(meeting),
            )


def _sentence(named: list[str], number: str) -> str:
    words = f"{', '.join(named[:-1])} and {named[-1]} {'both' if len(named) == 2 else 'all'} have the number {number}."
    return words[:1].upper() + words[1:]


def _gaps(meeting: Meeting, numbers: list[tuple[int, int]]) -> Iterator[AgendaFinding]:
    """M2: a whole number left out from 1 to the last item, or a number under an item that skips."""
    majors = sorted({major for major, _ in numbers})
    if majors[0] > 1:
        yield _gap(meeting, f"The agenda begins with item {majors[0]}.", "Begin with item 1, or say why it does not.")
    missing = sorted(set(range(majors[0], majors[-1])) - set(majors))
    if missing:
        listed = ", ".join(str(number) for number in missing)
        yield _gap(meeting, f"The agenda goes from {majors[0]} to {majors[-1]} but has no item {listed}.")
    for major in majors:
        minors = {minor for each, minor in numbers if each == major}
        if skipped := [f"{major}.{minor}" for minor in range(max(minors)) if minor not in minors]:
            yield _gap(meeting, f"The agenda has a {major}.{max(minors)} but no {', '.join(skipped)}.")


def _gap(meeting: Meeting, sentence: str, mend="Close the gaps, or say why the number is left out.") -> AgendaFinding:
    return AgendaFinding("M2", ACKNOWLEDGE, sentence, mend, target=str(meeting.pk), url=_agenda_url(meeting))


def _agenda_url(meeting: Meeting) -> str:
    return reverse("prepare_meeting", args=[meeting.pk])
