"""P10: no number stands before nothing."""

from ..base import BLOCKS, Hit, rule


@rule("P10.empty", BLOCKS, "No numbered paragraph is empty")
def no_numbered_paragraph_is_empty(paper, facts):
    """A number without words: a chart stood there, or a thought was not finished (validation rule P10)."""
    for passage in paper.passages:
        if (
            passage.kind in ("para", "recommendation")
            and passage.numbered
            and not passage.text.strip()
            and not passage.nodes
        ):
            name = "recommendation" if passage.kind == "recommendation" else "paragraph"
            which = f"The {name} numbered {passage.number}" if passage.number else f"A numbered {name}"
            yield Hit(f"{which} is empty.", "Write it or remove it.", passage.block_id, passage.number)
    for section in paper.sections:
        if not section.title.strip() and section.numbered:
            yield Hit("A section has no heading.", "Give it a heading.", section.id, section.number)
