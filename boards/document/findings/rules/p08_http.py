"""P8: links are secure."""

from ..base import ADVICE, Hit, rule
from ..links import addresses
from ..reading import quoted


@rule("P8.http", ADVICE, "Links are secure")
def links_are_secure(paper, facts):
    """https is wanted; plain http is mentioned (validation rule P8)."""
    said = set()
    for link in addresses(paper):
        if link.address.lower().startswith("http://") and link.words is not None and link.address not in said:
            said.add(link.address)
            yield Hit(
                f"The link {quoted(link.words)} uses http, which others on the way can read and change.",
                "Use the https address if the site has one.",
                link.passage.block_id,
                link.passage.number,
            )
