"""P3: sections are numbered 1, 2, 3."""

from ..base import ACKNOWLEDGE, Hit, rule
from ..printed_numbers import section_number


@rule("P3.sections", ACKNOWLEDGE, "Section numbers run from 1 without a gap")
def sections_are_in_sequence(paper, facts):
    """A list of sections that begins at 2, repeats or skips a number makes the reader look for what is not there."""
    before = None
    for section in paper.sections:
        number = section_number(section)
        if number is None or section.role == "appendix":
            continue
        said = None
        if before is None and number != 1:
            said = f"The sections begin at {number}."
        elif before is not None and number == before:
            said = f"Section number {number} is printed twice."
        elif before is not None and number < before:
            said = f"After section {before} the numbers go back to {number}."
        elif before is not None and number > before + 1:
            said = f"Section {before + 1} is absent: {number} follows {before}."
        if said:
            yield Hit(
                said, "The portal numbers sections itself. Check references to them.", section.id, section.printed
            )
        before = number
