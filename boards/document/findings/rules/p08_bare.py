"""P8: a link says where it leads."""

import re

from ..base import ACKNOWLEDGE, ADVICE, Hit, rule
from ..links import BROKEN, BROKEN_HOST, addresses
from ..reading import quoted


@rule("P8.bare", ACKNOWLEDGE, "Links say where they lead")
def links_say_where_they_lead(paper, facts):
    """The words of a link are not the bare address, and no address stands alone in the text (validation rule P8).

    In a footnote a bare address is only mentioned. An address that is broken is left to the rule for broken addresses.
    """
    said, heads = set(), {}
    for link in addresses(paper):
        if link.address.lower().startswith("mailto:") or _is_broken(link, heads):
            continue
        if (
            link.words is None
            or _bare(link.words) == _bare(link.address)
            or re.match(r"(https?:|www\.)", link.words.strip(), re.I)
        ):
            if (id(link.passage), link.address) in said:
                continue
            said.add((id(link.passage), link.address))
            yield Hit(
                f"The bare address {quoted(link.address)} stands in the text.",
                "Make it a link whose words say where it leads.",
                link.passage.block_id,
                link.passage.number,
                ADVICE if link.in_footnote else None,
            )


def _is_broken(link, heads):
    """Whether an address is the first half of one that a line's end cut in two. `heads` remembers them by passage."""
    if link.words is not None:
        return False
    key = id(link.passage)
    if key not in heads:
        heads[key] = {m.group(1)[:30] for p in (BROKEN, BROKEN_HOST) for m in p.finditer(link.passage.text)}
    return link.address[:30] in heads[key] or link.address in heads[key]


def _bare(text):
    return re.sub(r"^(https?://)?(www\.)?|/$", "", text.strip().lower())
