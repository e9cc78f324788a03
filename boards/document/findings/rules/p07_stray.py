"""P7: a reference is not followed by a stray digit."""

import re

from ..base import ACKNOWLEDGE, Hit, rule

STRAY = re.compile(r"\b(SR\d\.\d{1,2})\s+(\d)\s+(?=[a-z])")


@rule("P7.stray", ACKNOWLEDGE, "References carry no stray digit")
def references_carry_no_stray_digit(paper, facts):
    """ "SR4.5 5 there is a risk": the reader cannot know whether SR4.5 or another risk is meant."""
    for passage in paper.passages:
        for match in STRAY.finditer(passage.text) if "SR" in passage.text else ():
            yield Hit(
                f"A stray {match.group(2)} follows {match.group(1)}.",
                "Choose the reference from the register and take the digit out.",
                passage.block_id,
                passage.number,
            )
