"""P3: printed numbers that are no longer the numbers of their paragraphs."""

from ..base import ADVICE, Hit, rule
from ..printed_numbers import steps


@rule("P3.differs", ADVICE, "Printed numbers are the computed ones")
def printed_numbers_are_the_computed_ones(paper, facts):
    """Said once for each section, at the first paragraph that has moved and is not itself reported by another rule."""
    for section in paper.sections:
        moved = []
        for step in steps(paper):
            if step.passage.section is not section or step.is_outside or step.passage.kind == "echo":
                continue
            now = paper.numbers.number(step.passage.block_id)
            if now and now != step.text and not _whole_section_moved(step, now):
                moved.append((step, now))
        fresh = [(step, now) for step, now in moved if step.first_place is None and step.parts in step.expected]
        if fresh:
            step, now = fresh[0]
            more = len(moved) - 1
            rest = "" if not more else " One more paragraph has moved." if more == 1 else f" {more} more have moved."
            yield Hit(
                f"The paragraph printed as {step.text} is now {now}.{rest}",
                "Check references to these numbers in this and other papers.",
                step.passage.block_id,
                step.text,
            )


def _whole_section_moved(step, now):
    """Whether only the section's own number differs: said once, at the section."""
    return now.split(".")[1:] == step.text.split(".")[1:]
