"""P9: an abbreviation stands for one thing."""

import re

from ..abbreviations import expansions
from ..base import ACKNOWLEDGE, Hit, rule


@rule("P9.two-ways", ACKNOWLEDGE, "Abbreviations are expanded in one way")
def expanded_in_one_way(paper, facts):
    """The same letters for two names leave the reader to guess which body is meant (validation rule P9)."""
    firsts, said = {}, set()
    for expansion in expansions(paper):
        first = firsts.setdefault(expansion.short, expansion)
        if first.meaning != expansion.meaning and (expansion.short, expansion.meaning) not in said:
            said.add((expansion.short, expansion.meaning))
            yield Hit(
                f"{expansion.short} is expanded two ways: “{_clean(first.words)}” and “{_clean(expansion.words)}”.",
                "Use the proper name each time.",
                expansion.passage.block_id,
                expansion.passage.number,
            )


def _clean(words):
    return re.sub(r"\s+", " ", words).strip()
