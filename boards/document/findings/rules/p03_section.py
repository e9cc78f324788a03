"""P3: a paragraph's number belongs to its section."""

from ..base import ACKNOWLEDGE, Hit, rule
from ..printed_numbers import steps


@rule("P3.section", ACKNOWLEDGE, "Paragraph numbers belong to their section")
def numbers_belong_to_their_section(paper, facts):
    """Paragraph 5.1 under heading 6 cannot be found by whoever looks for it (validation rule P3)."""
    for step in steps(paper):
        if step.is_outside:
            yield Hit(
                f"Section {step.heading} holds a paragraph printed as {step.text}.",
                "Check references to this number. The portal numbers paragraphs itself.",
                step.passage.block_id,
                step.text,
            )
