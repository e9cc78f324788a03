"""What a reader finds: sealed editions, for the audience the reader belongs to, and nothing live."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.http import Http404

from boards import policy
from boards.actions.builds import good_build
from boards.models import Board, Edition, Meeting
from boards.models.succession import in_force


@dataclass
class Reading:
    """One sealed edition as one audience reads it."""

    meeting: Meeting
    edition: Edition
    audience: str

    @cached_property
    def content(self) -> dict[str, Any]:
        return self.edition.content_for(self.audience)

    def paper(self, number: str) -> tuple[dict, dict]:
        """(item, paper) of a number such as 5.0; a restricted one is not there for the public."""
        for item in self.content["items"]:
            for paper in item["papers"]:
                if paper["number"] == number and paper.get("document"):
                    return item, paper
        raise Http404("No paper of that number can be read here.")

    def annex(self, annex_id: str) -> tuple[dict, dict, dict]:
        """(item, paper, annex) of an annex that this audience may open."""
        for item in self.content["items"]:
            for paper in item["papers"]:
                for annex in paper["annexes"]:
                    if annex["id"] == annex_id and annex.get("sha256"):
                        return item, paper, annex
        raise Http404("No such annex can be read here.")

    @cached_property
    def build(self):
        return good_build(self.meeting, self.edition, self.audience)

    @cached_property
    def size(self) -> int:
        """Bytes of the pack that is served; 0 when there is none. A pack never changes, so its size is asked for once."""
        if self.build is None:
            return 0
        return cache.get_or_set(f"pack-size-{self.build.pk}", lambda: _size(self.build.file), 86400)

    def paper_by_id(self, paper_id: str) -> dict | None:
        papers = (paper for item in self.content["items"] for paper in item["papers"])
        return next((paper for paper in papers if paper["id"] == paper_id and paper.get("document")), None)

    @property
    def label(self) -> str:
        if self.edition.kind == "agenda":
            return "Agenda and papers"
        return f"{self.edition.get_kind_display()} (edition {self.edition.number})"


def _size(name: str) -> int:
    try:
        return default_storage.size(name)
    except OSError:
        return 0


def meeting_for(user, board: str, date: dt.date) -> Meeting:
    """The meeting of a board on a day, if this person may open its page; a stranger's meeting is not there."""
    found = Meeting.objects.visible_to(user).filter(board__slug=board, date=date).select_related("board").first()
    if found is None:
        raise Http404("No such meeting.")
    return found


def readable_editions(user, meeting: Meeting) -> list[Reading]:
    """Every edition this person may read, oldest first: members from sealing on, the public once it is published."""
    audience = policy.audience_for(user, meeting)
    editions = (
        meeting.editions.prefetch_related("publications")
        .select_related("superseded_by", "supersedes")
        .order_by("number")
    )
    return [
        Reading(meeting, edition, audience)
        for edition in editions
        if audience == "members" or edition.publications.all()
    ]


def current_readings(user, meeting: Meeting) -> list[Reading]:
    """The editions in force for this reader: a correction replaces what it corrects as soon as the reader may see it."""
    return still_in_force(readable_editions(user, meeting))


def still_in_force(readings: list[Reading]) -> list[Reading]:
    """Those that no other of them corrects: the agenda first, then its supplements."""
    by_edition = {reading.edition: reading for reading in readings}
    return [by_edition[edition] for edition in in_force(list(by_edition))]


def reading_of(user, board: str, date: dt.date, number: int) -> Reading:
    meeting = meeting_for(user, board, date)
    for reading in readable_editions(user, meeting):
        if reading.edition.number == number:
            return reading
    raise Http404("No such edition.")


def board_for(slug: str) -> Board:
    board = Board.objects.filter(slug=slug).first()
    if board is None:
        raise Http404("No such board.")
    return board
