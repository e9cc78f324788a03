"""P1: the rows of the bibliography hold something, and hold it whole."""

import re

from ..base import ACKNOWLEDGE, Hit, rule

ENDINGS = ("s", "es", "’s", "'s", "ed", "d", "ing", "ly")


@rule("P1.sources", ACKNOWLEDGE, "The bibliography is filled in")
def bibliography_is_filled_in(paper, facts):
    """A row printed without content promises a source that is not given; a line that is cut off names nobody."""
    section = next(iter(paper.with_role("bibliography")), None)
    block_id = section.id if section else None
    for label in paper.imported.empty_rows:
        if paper.blocks_of("contactOfficer" if "contact" in label.lower() else "sourceDocument"):
            continue  # filled in since
        yield Hit(
            f"The row “{label}” of the bibliography is empty.",
            "Give the source documents, or say that there are none.",
            block_id,
        )
    for passage in paper.passages:
        if passage.kind == "contactOfficer":
            whole = _cut_off(passage.text, paper)
            if whole:
                yield Hit(
                    f"The contact officer's line is cut off: “…{passage.text[-40:]}” should go on as “{whole}”.",
                    "Write the role out in full.",
                    passage.block_id,
                )


def _cut_off(text, paper):
    """The whole word that the last word of a line begins, where the same words stand before it elsewhere in the paper."""
    words = re.findall(r"[\w’'-]+", text)
    if len(words) < 4 or len(words[-1]) < 4:
        return None
    before, last = words[-4:-1], words[-1]
    pattern = re.compile(r"\W+".join(map(re.escape, before)) + rf"\W+({re.escape(last)}\w+)", re.I)
    for passage in paper.prose:
        match = pattern.search(passage.text)
        if match and match.group(1)[len(last) :].lower() not in ENDINGS:
            return match.group(1)
    return None
