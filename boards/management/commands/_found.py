"""How a meeting is named on the command line."""

import datetime as dt
import uuid

from django.core.management.base import CommandError

from boards.models import Edition, Meeting


def find_meeting(words):
    """A meeting by id, by date, or by board and date. Raises CommandError with a sentence."""
    board, _, date = words.rpartition("/")
    rows = Meeting.objects.select_related("board")
    try:
        rows = rows.filter(date=dt.date.fromisoformat(date))
        rows = rows.filter(board__slug=board) if board else rows
    except ValueError:
        try:
            rows = Meeting.objects.filter(pk=uuid.UUID(words))
        except ValueError:
            raise CommandError(f"{words!r} is neither the id of a meeting nor a date such as 2017-02-06.") from None
    found = list(rows[:2])
    if not found:
        raise CommandError(f"There is no meeting {words}.")
    if len(found) > 1:
        raise CommandError(f"Two boards meet on {date}. Say which: board/{date}.")
    return found[0]


def find_edition(words):
    """An edition by its id. Raises CommandError with a sentence."""
    edition = Edition.objects.filter(pk=int(words)).first() if words.isdigit() else None
    if edition is None:
        raise CommandError(
            f"There is no edition {words}. Ids are in `manage.py build_pack MEETING --json` and on the edition's page."
        )
    return edition
