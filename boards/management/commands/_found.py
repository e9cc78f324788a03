"""How a meeting and an edition are named on the command line."""

import datetime as dt
import re
import uuid

from django.core.management.base import CommandError
from django.db.models import Q

from boards.document.findings.dates import LONG, read_date
from boards.models import Edition, Meeting

MEETING = "the meeting: its id, its date (2017-02-06), or board and date (BCB 2017-02-06)"
EDITION = (
    "the edition: its id, or a meeting and the number of the edition (BCB 2017-02-06 2; without a number the newest)"
)

_DATED = re.compile(
    r"(?:/?meetings/)?(?:(?P<board>.+?)[\s:/_,-]+)?(?P<date>\d{4}-\d{2}-\d{2})/?(?:[\s:/_]+(?P<number>\d{1,4}))?"
)


def find_meeting(words):
    """A meeting by id, by date, or by board and date. Raises CommandError with a sentence."""
    words = _text(words)
    named = _DATED.fullmatch(words)
    if named and not named["number"]:
        return _dated_meeting(words, named)
    try:
        found = Meeting.objects.filter(pk=uuid.UUID(words)).select_related("board").first()
    except ValueError:
        raise CommandError(
            f"“{words}” names no meeting. Give its id, its date such as 2017-02-06, or board and date such as “BCB 2017-02-06”."
        ) from None
    if found is None:
        raise CommandError(f"There is no meeting {words}.")
    return found


def find_edition(words):
    """An edition by its id, or by its meeting and number. Raises CommandError with a sentence."""
    words = _text(words)
    named = _DATED.fullmatch(words)
    if named:
        editions = _dated_meeting(words, named).editions.order_by("-number")
        found = (editions.filter(number=named["number"]) if named["number"] else editions).first()
    else:
        found = Edition.objects.filter(pk=int(words)).first() if re.fullmatch(r"\d{1,18}", words) else None
    if found is None:
        raise CommandError(
            f"There is no edition “{words}”. Ids are in `manage.py build_pack MEETING --json` and on the edition's page."
        )
    return found


def _text(words):
    """What was typed, with a date in words (6 February 2017) as its figures."""
    text = (words if isinstance(words, str) else " ".join(words)).strip()
    spoken = LONG.search(text)
    day = read_date(spoken.group()) if spoken else None
    return text.replace(spoken.group(), day.isoformat()) if day else text


def _dated_meeting(words, named):
    try:
        date = dt.date.fromisoformat(named["date"])
    except ValueError:
        raise CommandError(f"There is no day {named['date']}.") from None
    rows = Meeting.objects.filter(date=date).select_related("board")
    if board := named["board"]:
        rows = rows.filter(
            Q(board__slug__iexact=board) | Q(board__short_name__iexact=board) | Q(board__name__iexact=board)
        )
    found = list(rows[:2])
    if not found:
        raise CommandError(f"There is no meeting {words}.")
    if len(found) > 1:
        both = " and ".join(meeting.board.short_name or meeting.board.slug for meeting in found)
        raise CommandError(
            f"More than one board meets on {named['date']}, among them {both}. Say which: BOARD {named['date']}."
        )
    return found[0]
