"""P2: the template's guidance has been replaced."""

from ..base import BLOCKS, Hit, rule
from ..reading import quoted


@rule("P2.guidance", BLOCKS, "The template's guidance is gone")
def guidance_is_gone(paper, facts):
    """Guidance of a template speaks to the author and can never be published."""
    for passage in paper.passages:
        if passage.kind == "guidance":
            yield Hit(
                f"The template's guidance is still there: {quoted(passage.text)}.",
                "Write the text it asks for and remove the guidance.",
                passage.block_id,
            )
