"""P4: the recommendations at the end are those at the start."""

import re

from ..base import ACKNOWLEDGE, BLOCKS, Hit, rule
from ..reading import quoted


@rule("P4.differs", BLOCKS, "Opening and closing recommendations agree")
def closing_is_the_opening(paper, facts):
    """The board must know which of two wordings it agrees to; here both come from one record (validation rule P4).

    Once the closing ones are shown from that record the choice is made, and only needs acknowledging.
    """
    opening, closing = paper.imported.opening, paper.imported.closing
    if not opening or closing is None:
        return
    if [_bare(text) for text in opening] == [_bare(text) for text in closing]:
        return
    number = next((number for number, _ in paper.imported.closing_printed if number), None)
    if len(opening) != len(closing):
        said = f"The paper opens with {_count(opening)} and closes with {_count(closing)}."
    else:
        first, last = next((a, b) for a, b in zip(opening, closing, strict=True) if _bare(a) != _bare(b))
        said = f"The recommendation at the end, {quoted(last, 90)}, differs from the one at the start, {quoted(first, 90)}."
    yield Hit(
        said,
        "Decide on one wording. The portal keeps the first and shows it again at the end.",
        paper.imported.closing_block,
        number,
        ACKNOWLEDGE if paper.blocks_of("recommendationEcho") else None,
    )


def _count(sentences):
    return "1 recommendation" if len(sentences) == 1 else f"{len(sentences)} recommendations"


def _bare(text):
    return re.sub(r"\W+", " ", text).strip().lower()
