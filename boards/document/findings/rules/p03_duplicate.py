"""P3: no number is printed twice."""

from ..base import ACKNOWLEDGE, Hit, rule
from ..printed_numbers import steps, whole_numbers


@rule("P3.duplicate", ACKNOWLEDGE, "No paragraph number is printed twice")
def no_number_is_printed_twice(paper, facts):
    """A board that minutes "3.4" must mean one paragraph (validation rule P3)."""
    for step in steps(paper):
        if step.first_place is not None and not step.is_outside:
            yield Hit(
                f"Paragraph number {step.text} is printed twice{_now(paper, step)}.",
                "Check every reference to this number. The portal numbers paragraphs itself.",
                step.passage.block_id,
                step.text,
            )
    for passage, number, before in whole_numbers(paper):
        if before is not None and number == before:
            yield Hit(
                f"Paragraph number {number} is printed twice.",
                "Check every reference to this number. The portal numbers paragraphs itself.",
                passage.block_id,
                str(number),
            )


def _now(paper, step):
    """What the portal numbers the two, where it numbers both."""
    now = [paper.numbers.number(p.block_id) for p in (step.first_place, step.passage)]
    return f"; the portal numbers them {now[0]} and {now[1]}" if all(now) else ""
