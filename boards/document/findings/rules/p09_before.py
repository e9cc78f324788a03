"""P9: an abbreviation is expanded where it is first used."""

import re

from ..abbreviations import expansions
from ..base import ACKNOWLEDGE, Hit, rule


@rule("P9.before", ACKNOWLEDGE, "Abbreviations are expanded before they are used")
def expanded_before_used(paper, facts):
    """A reader meets the words before the letters (validation rule P9). Titles of the paper and headings are not
    judged.
    """
    firsts = {}
    for expansion in expansions(paper):
        firsts.setdefault(expansion.short, expansion)
    for short, first in firsts.items():
        use = re.compile(rf"(?<![\w&]){re.escape(short)}(?:s|’s|'s)?(?![\w&])")
        for at, passage in enumerate(paper.passages[: first.at + 1]):
            if passage.kind in ("heading", "contactOfficer", "sourceDocument", "caption", "cell"):
                continue
            limit = first.start if at == first.at else len(passage.text)
            if use.search(passage.text[:limit]):
                place = f" in {first.passage.number}" if first.passage.number else " later"
                yield Hit(
                    f"{short} is used here and expanded only{place}.",
                    f"Write “{_clean(first.words)} ({short})” here.",
                    passage.block_id,
                    passage.number,
                )
                break


def _clean(words):
    return re.sub(r"\s+", " ", words).strip()
