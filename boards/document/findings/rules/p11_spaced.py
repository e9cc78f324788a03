"""P11: no number is broken by a space."""

import re

from ..base import ADVICE, Hit, rule

SPACED = re.compile(r"(?<![\d,.])(?<!\d, )(\d{1,3}, \d{3})(?=\s+[a-z])(?!\s+(?:and|or)\s+\d)")


@rule("P11.spaced", ADVICE, "Numbers are whole")
def numbers_are_whole(paper, facts):
    """ "28, 621 calls" may be read as two numbers. Said where a paragraph does it twice or more, so that no list is meant."""
    for passage in paper.prose:
        found = SPACED.findall(passage.text) if ", " in passage.text else ()
        if len(found) >= 2:
            yield Hit(
                f"Numbers are printed with a space inside: “{found[0]}”, “{found[1]}”.",
                "Close the numbers up.",
                passage.block_id,
                passage.number,
            )
