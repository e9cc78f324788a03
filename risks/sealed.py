"""The register as boards saw it: snapshots inside sealed editions. Members read these, never the live rows."""

from dataclasses import dataclass
from datetime import date

from boards.models import Board, Edition


@dataclass(frozen=True)
class Sealed:
    """One report of the register: the edition it went out in, the day of its meeting, and what it said."""

    edition: Edition
    on: date
    snapshot: dict
    changes: list[dict]


def reports_to(board: Board, *, latest: int | None = None) -> list[Sealed]:
    """Every report of the register to this board, oldest first; only the last edition that carried it to each meeting.

    `latest` keeps that many of the newest. A report that is restricted stays here: this is the members' copy.
    """
    editions = Edition.objects.filter(meeting__board=board, registers__contains=["risks"]).select_related("meeting")
    found: dict = {}
    for edition in editions.order_by("-meeting__date", "-number"):
        if latest is not None and len(found) >= latest and edition.meeting_id not in found:
            break
        found.setdefault(edition.meeting_id, edition)
    return [_sealed(edition) for edition in reversed(found.values())]


def _sealed(edition: Edition) -> Sealed:
    held = edition.content["registers"]["risks"]
    return Sealed(edition, edition.meeting.date, held["snapshot"], held["changes"])


def snapshot_of(edition_id: int) -> dict | None:
    """The snapshot in one edition, or None when it carries none."""
    edition = Edition.objects.filter(pk=edition_id, registers__contains=["risks"]).first()
    return edition.content["registers"]["risks"]["snapshot"] if edition else None
