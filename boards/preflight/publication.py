"""What publication needs: restrictions on record (M3), safe open titles, and the local notice standard (U4)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from boards import working_days
from boards.document import public
from boards.grounds import GROUNDS, title_of
from boards.models import AgendaItem, Meeting, Paper
from boards.preflight.finding import ACKNOWLEDGE, ADVICE, BLOCKS, AgendaFinding

NEAR = 2  # working days before the last day on which papers are published in time


def findings(meeting: Meeting, items: list[AgendaItem]) -> Iterator[AgendaFinding]:
    for item in items:
        url = reverse("item", args=[item.pk])
        yield from _restriction(item, "Item", f"{item.number}", item.title, item.open_title, url)
        for paper in item.papers.all():
            link = paper.get_absolute_url()
            yield from _restriction(paper, "Paper", item.number, paper.title, paper.open_title, link)
            if paper.marking != "OFFICIAL" and not paper.is_restricted:
                yield AgendaFinding(
                    "P13",
                    ACKNOWLEDGE,
                    f"“{paper.title}” is marked {paper.marking} but the public will read it: a marking restricts nothing by itself.",
                    "Restrict the paper with its ground, or change the marking.",
                    where=str(item),
                    target=str(paper.pk),
                    url=link,
                )
            yield from _parts(paper, str(item), link)
            for annex in paper.annexes.all():
                yield from _restriction(annex, "Annex", item.number, annex.title, annex.open_title, link)
    yield from _notice(meeting)


def _restriction(row, kind: str, number: str, title: str, open_title: str, url: str) -> Iterator[AgendaFinding]:
    restriction = row.restriction
    if restriction is None or not restriction.in_force:
        return
    target = str(row.pk)
    if not restriction.grounds or any(ground not in GROUNDS for ground in restriction.grounds):
        yield AgendaFinding(
            "M3",
            BLOCKS,
            f"{kind} {number}, “{title}”, is restricted without a ground that is known.",
            "Choose the ground of the restriction.",
            where=title,
            target=target,
            url=url,
        )
    if not open_title:
        yield AgendaFinding(
            "M3",
            BLOCKS,
            f"{kind} {number}, “{title}”, is restricted but has no open title for the public.",
            "Give it an open title that says nothing restricted.",
            where=title,
            target=target,
            url=url,
        )
    if restriction.confirmed_at is None:
        yield AgendaFinding(
            "M3",
            ACKNOWLEDGE,
            f"The restriction of {kind.lower()} {number}, “{title}”, is not confirmed by the Monitoring Officer.",
            "Ask for it to be confirmed, or say why the pack goes out before that. It stays restricted meanwhile.",
            where=title,
            target=target,
            url=url,
        )


def _parts(paper: Paper, where: str, url: str) -> Iterator[AgendaFinding]:
    """Blocks and words of a paper that its author keeps from the public: each under a ground that is known."""
    used = list(dict.fromkeys(public.grounds(paper.document)))
    if unknown := [ground for ground in used if ground not in GROUNDS]:
        yield AgendaFinding(
            "M3",
            BLOCKS,
            f"Parts of “{paper.title}” are restricted without a ground that is known ({', '.join(unknown)}).",
            "Choose the ground of each restricted part in the paper.",
            where=where,
            target=str(paper.pk),
            url=url,
        )
    elif used:
        yield AgendaFinding(
            "M3",
            ADVICE,
            f"Parts of “{paper.title}” are kept from the public ({'; '.join(map(title_of, used))}).",
            "See that the Monitoring Officer agrees: a part is restricted by its author alone.",
            where=where,
            target=str(paper.pk),
            url=url,
        )


def _notice(meeting: Meeting) -> Iterator[AgendaFinding]:
    """U4: the local standard for clear working days between publication and the meeting. A standard of the board, not law.

    Missed, it is to be explained; near, it is advice, for nothing is late yet that could be given a reason.
    """
    last_day = working_days.clear_days_before(meeting.date, meeting.board.publish_days)
    today = timezone.localdate()
    if today <= last_day and working_days.between(today, last_day) <= NEAR:
        left = working_days.between(today, last_day)
        when = f"in {left} working day{'s' if left != 1 else ''}" if left else "today"
        yield AgendaFinding(
            "U4",
            ADVICE,
            f"The board’s standard is {meeting.board.publish_days} clear working days’ notice: publish the papers by "
            f"{last_day:%-d %B %Y}, {when}.",
            target=str(meeting.pk),
            url=reverse("prepare_meeting", args=[meeting.pk]),
        )
    elif last_day < today <= meeting.date:
        yield AgendaFinding(
            "U4",
            ACKNOWLEDGE,
            f"The board’s standard is {meeting.board.publish_days} clear working days’ notice: the papers were to be published by "
            f"{last_day:%-d %B %Y}.",
            "Say why the papers are late.",
            target=str(meeting.pk),
            url=reverse("prepare_meeting", args=[meeting.pk]),
        )
    elif meeting.date < today:
        yield AgendaFinding(
            "U4",
            ADVICE,
            f"The meeting was on {meeting.date:%-d %B %Y}: this edition records what was before it.",
            target=str(meeting.pk),
            url=reverse("prepare_meeting", args=[meeting.pk]),
        )
