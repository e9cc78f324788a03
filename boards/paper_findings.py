"""The findings of a live paper: the rules of `boards.document.findings`, told what the portal knows of the paper."""

import dataclasses

from boards import register_titles
from boards.document import findings, numbering
from boards.document.findings import Finding, ImportFacts, PaperFacts
from boards.models import AgendaItem, Paper
from boards.paper_templates import template

_SCHEMA_REQUIRED = {"purpose", "recommendation", "background", "body", "bibliography"}


@dataclasses.dataclass(frozen=True)
class Surroundings:
    """What all papers of one agenda are judged by: asked for once where many are judged together."""

    titles: register_titles.RegisterTitles | None
    items: tuple[AgendaItem, ...]


def surroundings_of(row: Paper) -> Surroundings:
    return Surroundings(register_titles.known_titles(), tuple(row.item.meeting.items.all()) if row.item else ())


def facts_of(paper: Paper, live: Paper | None = None, around: Surroundings | None = None) -> PaperFacts:
    """What is known of a paper besides its document. `live` is the stored row when `paper` is an unsaved copy of it."""
    row = live or paper
    around = around or surroundings_of(row)
    item = row.item
    meeting = item.meeting if item else None
    required = tuple(
        part.role for part in template(row.template).parts if part.required and part.role in _SCHEMA_REQUIRED
    )
    return PaperFacts(
        to=paper.to or None,
        from_role=paper.from_role or None,
        paper_date=paper.paper_date,
        title=paper.title or None,
        marking=paper.marking or None,
        agenda_number=item.number if item else None,
        meeting_date=meeting.date if meeting else None,
        board_names=tuple(name for name in (row.board.name, row.board.short_name, *row.board.aliases) if name),
        part="exempt" if row.is_restricted else "open",
        known_targets=_known_targets(row, around),
        appendices=tuple(
            name for annex in (row.annexes.all() if row.pk else ()) for name in (annex.letter, annex.title, str(annex))
        ),
        agenda_items=tuple(each.number for each in around.items) if meeting else None,
        action_requested=(item.action_requested or None) if item else None,
        required_sections=required,
        contact_required="bibliography" in required,
        imported=ImportFacts.from_dict(row.imported["facts"]) if row.imported and row.imported.get("facts") else None,
        header_checked=True,
    )


def _known_targets(row: Paper, around: Surroundings) -> register_titles.RegisterTitles | None:
    """Titles of all that a reference can name: rows of the registers, items of the meeting, annexes of the paper."""
    if around.titles is None:
        return None
    found = around.titles.copy()
    if row.pk:
        found.update({f"annex:{annex.pk}": annex.title for annex in row.annexes.all()})
    found.update({f"item:{each.pk}": each.title for each in around.items})
    return found


def of_paper(paper: Paper, live: Paper | None = None, around: Surroundings | None = None) -> list[Finding]:
    return findings.check(paper.document, facts_of(paper, live, around))


def with_numbers(paper: Paper, numbers: numbering.Numbering) -> list[Finding]:
    """Findings with the computed number of their block where none is printed, for pages."""
    return [
        found
        if found.printed_number or not found.block_id
        else dataclasses.replace(found, printed_number=numbers.number(found.block_id))
        for found in of_paper(paper)
    ]


def blocking(paper: Paper) -> list[Finding]:
    return [found for found in of_paper(paper) if found.severity == findings.BLOCKS]
