"""What an edition holds: a plain, JSON-able copy of the agenda and everything on it, as it stands now."""

from typing import Any

from django.db.models import Prefetch

from boards import reports
from boards.document import numbering, schema
from boards.models import AgendaItem, Annex, Asset, Meeting, Paper
from boards.packs import template_version
from boards.paper_templates import template
from boards.sealing.baseline import baseline_for
from portal.models import Office

FORMAT = 1


def build_content(
    meeting: Meeting,
    *,
    number: int,
    kind: str,
    reason: str = "",
    series: str = "",
    sealed_at: str = "",
    item_ids: set[str] | None = None,
) -> dict[str, Any]:
    """The content of an edition of a meeting; `item_ids` limits it to some items (a supplement), whose pages `series` leads."""
    items = [item for item in live_items(meeting) if item_ids is None or str(item.pk) in item_ids]
    return {
        "format": FORMAT,
        "template": template_version.CURRENT,
        "office": Office.current().as_dict(),
        "board": {
            "id": meeting.board_id,
            "name": meeting.board.name,
            "short_name": meeting.board.short_name,
            "slug": meeting.board.slug,
            "kind": meeting.board.kind,
            "dividers": meeting.board.dividers,
        },
        "meeting": {
            "id": str(meeting.pk),
            "date": meeting.date.isoformat(),
            "time": meeting.start_time.strftime("%H:%M") if meeting.start_time else None,
            "venue": meeting.venue,
            "chair": meeting.chair,
            "note": meeting.note,
            "is_public": meeting.is_public,
        },
        "edition": {"number": number, "kind": kind, "reason": reason, "series": series, "sealed_at": sealed_at},
        "items": [item_content(item) for item in items],
        "registers": register_content(meeting, items),
        "assets": asset_content(items),
    }


def live_items(meeting: Meeting) -> list[AgendaItem]:
    papers = (
        Paper.objects.exclude(state=Paper.State.WITHDRAWN)
        .select_related("restriction", "board")
        .prefetch_related(Prefetch("annexes", Annex.objects.select_related("restriction")))
        .order_by("position", "created_at")
    )
    return list(
        meeting.items.select_related("restriction")
        .prefetch_related(Prefetch("papers", papers))
        .order_by("number_major", "number_minor")
    )


def item_content(item: AgendaItem) -> dict[str, Any]:
    return {
        "id": str(item.pk),
        "number": item.number,
        "agenda_number": item.agenda_number.rstrip("."),
        "title": item.title,
        "open_title": item.open_title,
        "type": item.kind,
        "lead_role": item.lead_role,
        "presenter_initials": item.presenter_initials,
        "action_requested": item.action_requested,
        "note": item.note,
        "late_reason": item.late_reason,
        "restriction": restriction_content(item),
        "papers": [paper_content(paper, item, index) for index, paper in enumerate(item.papers.all())],
    }


def paper_number(item: AgendaItem, index: int) -> str:
    """A second paper under an item counts on from the item's own number: 5.0, then 5.1."""
    return f"{item.number_major}.{item.number_minor + index}"


def paper_content(paper: Paper, item: AgendaItem, index: int = 0) -> dict[str, Any]:
    document = schema.normalise(paper.document)
    return {
        "id": str(paper.pk),
        "number": paper_number(item, index),
        "title": paper.title,
        "open_title": paper.open_title,
        "to": paper.to,
        "from_role": paper.from_role,
        "paper_date": paper.paper_date.isoformat() if paper.paper_date else None,
        "marking": paper.marking,
        "marking_label": template(paper.template).marking_label if not paper.is_restricted else "",
        "template": paper.template,
        "late_reason": paper.late_reason,
        "document": document,
        "numbers": numbering.number(document).as_dict(),
        "restriction": restriction_content(paper),
        "register": {"key": paper.register, "options": paper.register_options} if paper.register else None,
        "annexes": [annex_content(annex) for annex in paper.annexes.all()],
    }


def annex_content(annex: Annex) -> dict[str, Any]:
    return {
        "id": str(annex.pk),
        "title": annex.title,
        "open_title": annex.open_title,
        "letter": annex.letter,
        "file": annex.file.name,
        "original_name": annex.original_name,
        "sha256": annex.sha256,
        "pages": annex.pages,
        "tagged": annex.tagged,
        "marking": annex.marking,
        "content_type": annex.content_type,
        "restriction": restriction_content(annex),
    }


def restriction_content(row) -> dict[str, Any] | None:
    restriction = row.restriction
    return restriction.as_dict() if restriction is not None and restriction.in_force else None


def register_content(meeting: Meeting, items: list[AgendaItem]) -> dict[str, Any]:
    """A snapshot of every register that a paper of this agenda reports, with its changes against what this board last saw."""
    found = {}
    for paper in (paper for item in items for paper in item.papers.all() if paper.register):
        register = reports.get(paper.register)
        if register is None or paper.register in found:
            continue
        snapshot = register.snapshot(as_at=meeting.date, options=paper.register_options)
        baseline = baseline_for(meeting, paper.register)
        changes = register.compare(snapshot, baseline.snapshot if baseline else None)
        found[paper.register] = {
            "snapshot": snapshot,
            "baseline_edition": baseline.edition if baseline else None,
            "baseline_date": baseline.date.isoformat() if baseline else None,
            "changes": [change.as_dict() for change in changes],
            "restricted": paper.is_restricted,
        }
    return found


def asset_content(items: list[AgendaItem]) -> dict[str, Any]:
    names = set()
    for paper in (paper for item in items for paper in item.papers.all()):
        for node in schema.walk(paper.document):
            src = (node.get("attrs") or {}).get("src") or ""
            if src.startswith("asset:"):
                names.add(src.removeprefix("asset:"))
    return {
        asset.sha256: {"name": asset.file.name, "content_type": asset.content_type}
        for asset in Asset.objects.filter(sha256__in=names)
    }
