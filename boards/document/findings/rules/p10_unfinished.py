"""P10: sentences come to an end."""

import re

from ...word.shapes import is_running
from ..base import ACKNOWLEDGE, ADVICE, Hit, rule
from ..reading import quoted

OPEN_WORDS = frozenset(
    "the a an of and or to in for with by from that which who whose as at on into is are was were be been has have had will would"
    " should may can could must our their its his her this these those between under over than while whether because if when where"
    " including such not".split()
)
NEVER_LAST = frozenset("the a an of and or is are was were be has have had their its which who".split())
ENDS = re.compile(r"[.!?:;…][”\"’')\]]*\s*(?:\[?\d{1,2}\]?)?\s*$|[”\"]\s*$|\ufffc\s*$")
SETTLED = 0.75  # share of paragraphs that end with a stop, from which one without is worth a word
ADDRESS = re.compile(r"(https?://|www\.|@)\S*\s*$")


@rule("P10.unfinished", ACKNOWLEDGE, "Paragraphs end with a finished sentence")
def paragraphs_end_with_a_finished_sentence(paper, facts):
    """A paragraph that stops at "the" lost its end; one without a stop, where others have theirs, may have."""
    passages = paper.passages
    judged = [p for at, p in enumerate(passages) if _is_prose(p) and not _in_bare_list(passages, at)]
    if not judged:
        return
    settled = sum(bool(ENDS.search(p.text)) for p in judged) / len(judged) >= SETTLED and len(judged) >= 4
    for passage in judged:
        if ENDS.search(passage.text) or passage.leads or ADDRESS.search(passage.text):
            continue
        last = re.findall(r"[\w’']+|[,–—-]\s*$", passage.text)[-1]
        if (last.lower() in OPEN_WORDS and not last.isupper()) or re.search(r"[,–—]\s*$|\w-\s*$", passage.text):
            yield Hit(
                f"The paragraph stops in the middle of a sentence: {quoted('…' + passage.text[-45:])}.",
                "Finish the sentence.",
                passage.block_id,
                passage.number,
            )
        elif settled:
            yield Hit(
                f"The paragraph ends without a full stop: {quoted('…' + passage.text[-45:])}.",
                "Finish the sentence if words are missing, or set the full stop.",
                passage.block_id,
                passage.number,
                ADVICE,
            )


def _in_bare_list(passages, at):
    """Lines of a list that lost its bullets, and the paragraph that leads to them: they end as lists do."""
    here = passages[at]
    before = passages[at - 1] if at else None
    after = passages[at + 1] if at + 1 < len(passages) else None
    follows = before is not None and before.section is here.section and not _is_furniture(before)
    led = follows and bool(re.search(r"[:;,]\s*$|\b(?:of|that|to|are|include)\s*$", before.text))
    if not here.numbered and follows and (led or _in_line_with(before, here)):
        return True
    leads = after is not None and after.kind == "para" and not after.numbered and after.section is here.section
    return leads and not _is_furniture(after) and after.text[:1].isupper() and len(after.text.split()) <= 15


def _in_line_with(before, here):
    """Two unnumbered lines after one another, both without a full stop: a list."""
    return before.kind == "para" and not before.numbered and not ENDS.search(before.text) and not ENDS.search(here.text)


def _is_furniture(passage):
    return is_running(passage.text)


def _is_prose(passage):
    """Paragraphs long enough to be sentences; lists, labels and page furniture follow their own ways."""
    if passage.kind not in ("para", "recommendation", "echo") or passage.section.role == "bibliography":
        return False
    words = passage.text.split()
    if passage.numbered and 3 <= len(words) < 7 and words[-1] in NEVER_LAST:
        return True
    return len(words) >= 7 and bool(
        re.search(r"\b(is|are|was|were|be|will|has|have|had|to|that|of|the)\b", passage.text)
    )
