"""P8: addresses are whole."""

from ..base import BLOCKS, Hit, rule
from ..links import BROKEN, BROKEN_HOST
from ..reading import quoted


@rule("P8.broken", BLOCKS, "Addresses are whole")
def addresses_are_whole(paper, facts):
    """An address cut in two by the end of a line leads nowhere (validation rule P8)."""
    for passage in paper.passages:
        texts = [passage.text, *(words for holder, words in paper.footnotes if holder is passage)]
        for text in texts:
            if "http" not in text:
                continue
            matches = list(BROKEN_HOST.finditer(text)) or list(BROKEN.finditer(text))
            for match in matches:
                yield Hit(
                    f"The address {quoted(match.group(), 80)} is broken in two.",
                    "Make it a link whose words say where it leads.",
                    passage.block_id,
                    passage.number,
                )
