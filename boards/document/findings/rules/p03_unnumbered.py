"""P3: text without a number where the rest of the paper has numbers."""

from ..base import ACKNOWLEDGE, Hit, rule
from ..printed_numbers import PARAGRAPHS, are_numbered, steps
from ..reading import quoted


@rule("P3.unnumbered", ACKNOWLEDGE, "Every section's text is numbered")
def every_section_is_numbered(paper, facts):
    """Minutes refer to paragraphs by number: a section whose text has none cannot be referred to."""
    if facts.imported is None or not are_numbered(paper):
        return
    numbered = {id(step.passage.section) for step in steps(paper)}
    for section in paper.sections:
        if id(section) in numbered or section.role in ("bibliography", "appendix") or not section.printed:
            continue
        first = next((p for p in section.passages if p.kind in PARAGRAPHS and p.text.strip()), None)
        if first is not None and not _own_number(paper, first):
            now = paper.numbers.number(first.block_id)
            yield Hit(
                f"The text of section {section.printed.rstrip('.')} is not numbered: {quoted(first.text)}.",
                f"It is paragraph {now} now." if now else "Make it a numbered paragraph.",
                first.block_id,
                section.printed.rstrip("."),
            )


def _own_number(paper, passage):
    return passage.number if passage.kind == "echo" else paper.imported.printed.get(passage.block_id)
