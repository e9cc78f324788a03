"""P8: links lead where the public can follow."""

import re

from ..base import BLOCKS, Hit, rule
from ..links import SHARE
from ..reading import quoted


@rule("P8.address", BLOCKS, "No link is relative or leads inside the office")
def no_link_leads_inside_the_office(paper, facts):
    """A link to a shared drive discloses the names of internal folders and opens for nobody else (validation rule P8)."""
    for link in paper.imported.links:
        if link.address.startswith("#") or _mended(link, paper):
            continue
        yield Hit(
            f"The link {quoted(link.text or link.address)} leads to {_kind(link.address)}.",
            "Attach the document, or link to its public address. The address itself was not brought in.",
            link.block_id,
        )
    for passage in paper.passages:
        texts = [passage.text, *(words for holder, words in paper.footnotes if holder is passage)]
        for text in texts:
            for match in SHARE.finditer(text) if "\\" in text or "file:" in text or "../" in text else ():
                yield Hit(
                    f"The text names {_kind(match.group())}.",
                    "Take the address out: it discloses the names of internal folders.",
                    passage.block_id,
                    passage.number,
                )


def _mended(link, paper):
    """Whether the words of a lost link have gone since, or carry a link again."""
    if link.block_id is None:
        return False
    for passage in paper.passages:
        if passage.block_id == link.block_id and link.text in passage.text:
            marked = [n for n in passage.nodes if any(m["type"] == "link" for m in n.get("marks", ()))]
            return any(link.text in n.get("text", "") for n in marked)
    return True


def _kind(address):
    if re.match(r"(?:file:|\\\\)", address, re.I):
        return "a file share inside the office"
    if re.match(r"[A-Za-z]:[\\/]", address):
        return "a folder on somebody's computer"
    if re.match(r"[a-z][a-z0-9+.-]*:", address, re.I):
        return "an address of a kind that is not published"
    return "a relative address, which works nowhere else"
