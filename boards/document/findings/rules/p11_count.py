"""P11: a list has as many items as the text says."""

import re

from ..base import ADVICE, Hit, rule
from ..figures import WORDS, count_of

NAMES = "|".join(word for word, number in WORDS.items() if number >= 2)
THINGS = r"(?P<things>(?:[a-z-]+\s+){0,3}[a-z-]+s)"
TAIL = r"(?:\s+(?:for|of|in|to|within)\s+(?:[\w’'-]+\s*){1,6}?)?"
END = r"(?:\s+(?:are|were|include|included|as follows|are as follows|below|are set out below|are listed below|namely))?"
LEADS = re.compile(rf"\b(?P<count>{NAMES}|\d{{1,2}})\s+{THINGS}{TAIL}{END}\s*[:;]?\s*$", re.I)
FOLLOWING = re.compile(rf"\bfollowing\s+(?P<count>{NAMES}|\d{{1,2}})\s+{THINGS}[^.]{{0,60}}[:;]?\s*$", re.I)
INLINE = re.compile(
    rf"\b(?P<count>{NAMES})\s+{THINGS}(?:\s+(?:are|were|have been)\s+\w+)?\s*(?::|\()\s*(?P<items>[^.;:()]+?)\s*(?:\)|\.)",
    re.I,
)
MEASURES = re.compile(
    r"\b(years?|months?|weeks?|days?|hours?|minutes?|times|posts|officers|points|percent|thousands?|millions?)$", re.I
)
NOT_ITEMS = re.compile(r"\d|\be\.g|\bsuch as|\binclud|\betc|\bwhich\b|\bwho\b|\bthat\b|\bwhere\b|\bnot\b", re.I)
COUNTED = re.compile(rf"\b(?:{NAMES}|one)\b", re.I)


@rule("P11.count", ADVICE, "Lists have as many items as announced")
def lists_have_as_many_items_as_announced(paper, facts):
    """ "The following three priorities:" and four bullets: one of them was added or lost later."""
    for section in paper.sections:
        for block, following in zip(section.blocks, section.blocks[1:], strict=False):
            if following["type"] in ("bulletList", "orderedList") and block["type"] in ("para", "recommendation"):
                passage = next(p for p in section.passages if p.block_id == block["attrs"]["id"])
                match = FOLLOWING.search(passage.text) or LEADS.search(passage.text)
                if match and not MEASURES.search(match["things"]) and _governs(match, passage.text):
                    announced, found = count_of(match["count"]), len(following.get("content", []))
                    if announced and announced != found and abs(announced - found) <= 3:
                        yield _hit(match, found, passage)
    for passage in paper.prose:
        if ":" not in passage.text and "(" not in passage.text:
            continue
        for match in INLINE.finditer(passage.text):
            if MEASURES.search(match["things"]):
                continue
            least, most = _items(match["items"])
            announced = count_of(match["count"])
            if least >= 2 and announced and not least <= announced <= most and abs(announced - most) <= 3:
                yield _hit(match, most, passage)


def _governs(match, text):
    """Whether the number counts the list and not something else: "by two councils to:" counts councils."""
    before = text[: match.start()]
    return not re.search(
        r"\b(?:by|than|over|about|last|next|past|every|between|from|at least|up to|more)\s*$", before, re.I
    )


def _items(text):
    """(fewest, most) items a run of words may hold: "health and safety" is one or two. (0, 0) where it is no plain list."""
    pieces = [p.strip() for p in re.split(r",\s*(?:and\s+)?|;\s*(?:and\s+)?", text) if p.strip()]
    proper = all(piece[0].isupper() for piece in pieces)
    if NOT_ITEMS.search(text) or COUNTED.search(text) or any(len(p.split()) > (7 if proper else 3) for p in pieces):
        return 0, 0
    joined = sum(len(re.findall(r"\b(?:and|or)\b", piece)) for piece in pieces)
    last_is_two = joined == 1 and bool(re.search(r"\band\b", pieces[-1]))
    return len(pieces) + last_is_two, len(pieces) + joined


def _hit(match, found, passage):
    return Hit(
        f"The text announces {match['count'].lower()} {match['things']} and gives {found}.",
        "Correct the number, or complete the list.",
        passage.block_id,
        passage.number,
    )
