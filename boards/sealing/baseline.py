"""What a board last saw of a register: the snapshot in the last edition sealed for that same board."""

import datetime as dt
from dataclasses import dataclass

from boards.models import Edition, Meeting


@dataclass(frozen=True)
class Baseline:
    """`edition` is the id of the sealed edition, `date` that of its meeting."""

    edition: int
    date: dt.date
    snapshot: dict


def baseline_for(meeting: Meeting, register: str) -> Baseline | None:
    """The last sealed report of a register to this meeting's board, at an earlier meeting."""
    edition = (
        Edition.objects.filter(
            meeting__board_id=meeting.board_id, meeting__date__lt=meeting.date, registers__contains=[register]
        )
        .select_related("meeting")
        .order_by("-meeting__date", "-number")
        .first()
    )
    if edition is None:
        return None
    return Baseline(edition.pk, edition.meeting.date, edition.content["registers"][register]["snapshot"])


def last_seen_document(paper) -> dict | None:
    """The paper's document as this board last saw it in a sealed edition, or None."""
    for edition in Edition.objects.filter(meeting__board=paper.board).order_by("-sealed_at")[:12]:
        for item in edition.content["items"]:
            for sealed in item["papers"]:
                if sealed["id"] == str(paper.pk):
                    return sealed["document"]
    return None
