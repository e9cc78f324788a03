"""P14: no page header or footer has strayed into the text."""

from ...word.shapes import is_running
from ..base import ACKNOWLEDGE, Hit, rule
from ..reading import quoted


@rule("P14.furniture", ACKNOWLEDGE, "No page header stands in the text")
def no_page_header_stands_in_the_text(paper, facts):
    """Marking, item number or "Page 1 of 3" inside the text cut a paragraph in two when the paper was copied from
    pages.
    """
    for passage in paper.passages:
        if passage.kind in ("para", "listItem", "subheading", "quote") and is_running(passage.text):
            yield Hit(
                f"A page header or footer stands inside the text: {quoted(passage.text)}.",
                "Remove it, and join the paragraph that it cut in two.",
                passage.block_id,
                passage.number or _before(passage),
            )


def _before(passage):
    """The number of the paragraph it interrupts."""
    at = next(n for n, p in enumerate(passage.section.passages) if p is passage)
    return next((p.number for p in reversed(passage.section.passages[:at]) if p.number), None)
