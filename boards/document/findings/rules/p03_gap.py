"""P3: no number is skipped."""

from ..base import ACKNOWLEDGE, Hit, rule
from ..printed_numbers import steps, whole_numbers


@rule("P3.gap", ACKNOWLEDGE, "No paragraph number is skipped")
def no_number_is_skipped(paper, facts):
    """A missing number may be a missing paragraph (validation rule P3)."""
    for step in steps(paper):
        missing = _missing(step)
        if missing:
            after = ".".join(map(str, step.before)) if step.before else "the heading"
            yield Hit(
                f"Paragraph {missing} is absent: {step.text} follows {after}.",
                "Check that no paragraph was lost. The portal numbers paragraphs itself.",
                step.passage.block_id,
                step.text,
            )
    for passage, number, before in whole_numbers(paper):
        if before is not None and number > before + 1:
            yield Hit(
                f"Paragraph {before + 1} is absent: {number} follows {before}.",
                "Check that no paragraph was lost. The portal numbers paragraphs itself.",
                passage.block_id,
                str(number),
            )


def _missing(step):
    """The first number left out before this one, as text, or None."""
    if step.is_outside or step.first_place is not None:
        return None
    if step.before is None:
        missing = list(range(1, step.parts[1])) if len(step.parts) == 2 else []
        return ".".join(map(str, (step.parts[0], missing[0]))) if missing else None
    depth = len(step.parts) - 1
    if depth >= len(step.before) or step.before[:depth] != step.parts[:depth]:
        return None
    return (
        ".".join(map(str, (*step.parts[:depth], step.before[depth] + 1)))
        if step.parts[depth] > step.before[depth] + 1
        else None
    )
