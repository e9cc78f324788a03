"""Rule L1: words that are restricted in one place and stand openly in another.

The leak proof takes what the public copy says anyway for no secret. That is right for a phrase that all papers share and wrong for a
sentence somebody copied, so a person decides, and the reason is kept.
"""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from boards.document.public import is_restricted
from boards.models import AgendaItem, Meeting
from boards.packs import leaks
from boards.preflight.finding import ACKNOWLEDGE, AgendaFinding
from boards.sealing.content import annex_content, paper_number, restriction_content


def findings(meeting: Meeting, items: list[AgendaItem]) -> Iterator[AgendaFinding]:
    if not any(_anything_restricted(item) for item in items):
        return
    content = {"items": [_words_of(item) for item in items]}
    for found in leaks.repeated(content):
        what = "title" if found.kind == "a restricted title" else "name" if found.kind == "a file name" else "text"
        yield AgendaFinding(
            "L1",
            ACKNOWLEDGE,
            f"The restricted {what} of {found.where} also stands openly in {found.place}: “{found.words}”.",
            "Take it out of the open place, restrict that too, or say why the public may read it.",
            where=found.where,
            target=f"{meeting.pk}:{found.where}:{found.place}",
            url=reverse("prepare_meeting", args=[meeting.pk]),
        )


def _anything_restricted(item: AgendaItem) -> bool:
    return bool(restriction_content(item)) or any(
        restriction_content(paper)
        or any(restriction_content(annex) for annex in paper.annexes.all())
        or is_restricted(paper.document)
        for paper in item.papers.all()
    )


def _words_of(item: AgendaItem) -> dict[str, Any]:
    """As an edition would hold it, without what takes time and says nothing here: numbers and snapshots."""
    return {
        **{name: getattr(item, name) for name in ("number", "title", "open_title", "note", "late_reason")},
        "id": str(item.pk),
        "restriction": restriction_content(item),
        "papers": [
            {
                "id": str(paper.pk),
                "number": paper_number(item, index),
                "title": paper.title,
                "open_title": paper.open_title,
                "restriction": restriction_content(paper),
                "document": paper.document,
                "annexes": [annex_content(annex) for annex in paper.annexes.all()],
            }
            for index, paper in enumerate(item.papers.all())
        ],
    }
