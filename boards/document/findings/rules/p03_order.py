"""P3: numbers go forwards."""

from ..base import ACKNOWLEDGE, Hit, rule
from ..printed_numbers import steps, whole_numbers


@rule("P3.order", ACKNOWLEDGE, "Paragraph numbers go forwards")
def numbers_go_forwards(paper, facts):
    """After 3.6 comes 3.7, never 3.4 (validation rule P3)."""
    for step in steps(paper):
        if step.before is not None and not step.is_outside and step.parts < step.before:
            before = ".".join(map(str, step.before))
            yield Hit(
                f"After {before} the printed numbers go back to {step.text}.",
                "Check references to these numbers. The portal numbers paragraphs itself.",
                step.passage.block_id,
                step.text,
            )
    for passage, number, before in whole_numbers(paper):
        if before is not None and number < before:
            yield Hit(
                f"After {before} the printed numbers go back to {number}.",
                "Check references to these numbers. The portal numbers paragraphs itself.",
                passage.block_id,
                str(number),
            )
