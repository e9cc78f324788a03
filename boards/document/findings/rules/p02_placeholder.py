"""P2: nothing is left to be filled in."""

import re

from ..base import ACKNOWLEDGE, BLOCKS, Hit, rule
from ..reading import PROSE, quoted

IN_HEADER = re.compile(r"X{3,}|\bTB[CA]\b|\?{2,}|\bto be (?:confirmed|added|agreed)\b|\[[^\]]*\]", re.I)
IN_TEXT = (
    re.compile(r"\bX{3,}\b(?!\s*(?:rated|large|L\b))"),
    re.compile(r"\blorem ipsum\b", re.I),
    re.compile(r"\b(?:rag status)\s*$", re.I),
    re.compile(r"(?:^|[.;:]\s+|\W)to be (?:added|inserted|completed|drafted|written|supplied)\b", re.I),
    re.compile(
        r"[\[<](?:insert|add|enter|delete|name|date|title|figure|tb[acd]|xx|to be|update|check|confirm)[^\]>]{0,80}[\]>]",
        re.I,
    ),
    re.compile(
        r"\binsert (?:text|name|date|figure|table|title|details?|chart|graph|image|picture|map|logo) here\b", re.I
    ),
    re.compile(r"[£$€]\s?[xX](?:[xX]+|,[xX]{3})"),
    re.compile(r"(?:^|[:–-]\s*)to follow\W*$", re.I),
    re.compile(
        r"\bclick (?:or tap )?(?:here )?to (?:enter|add) (?:text|a date|an? \w+)\b|^\W*choose an item\W*$|: choose an item\.",
        re.I,
    ),
    re.compile(r"\?{3,}"),
)
WORTH_READING = (
    "xxx", "tba", "tbc", "tbd", "??", "[", "<", "lorem", "rag status", "to be ", "insert ", "click ", "choose an ", "to follow",
    "£x", "£ x", "$x", "€x",
)  # fmt: skip
PROSE_TBC = re.compile(r"\bTB[ACD]\b")
ENDS_TBC = re.compile(r"\bTB[ACD]\W*$")
FIELDS = {
    "to": "whom the paper is to",
    "from_role": "whom the paper is from",
    "title": "the title",
    "marking": "the marking or item number",
    "agenda_number": "the agenda number",
}


@rule("P2.placeholder", BLOCKS, "No placeholder is left")
def no_placeholder_is_left(paper, facts):
    """XXXX, TBC in the header, "to be added", an empty bracket (validation rule P2). TBC in a table is a value of its
    own.
    """
    printed = paper.imported.header or {}
    for name, words in FIELDS.items():
        value = str(getattr(facts, name) or printed.get(name) or "")
        if IN_HEADER.search(value):
            yield Hit(f"The header still holds a placeholder for {words}: {quoted(value)}.", f"Fill in {words}.")
    date = "" if facts.paper_date else str(printed.get("date_printed") or "")
    if IN_HEADER.search(date):
        yield Hit(f"The header still holds a placeholder for the date: {quoted(date)}.", "Fill in the date.")
    for kind, text in printed.get("running") or ():
        if re.search(r"X{3,}", text) and not re.search(r"X{3,}", str(printed.get("marking"))):
            yield Hit(f"The running {kind} still holds a placeholder: {quoted(text)}.", "The portal prints its own.")
    for passage in paper.passages:
        match = _placeholder(passage)
        unsure = None if match else _undecided(passage)
        if match or unsure:
            yield Hit(
                f"A placeholder was left in the text: {quoted(_around(passage.text, match or unsure))}.",
                "Write what belongs here, or take the words out.",
                passage.block_id,
                passage.number,
                None if match else ACKNOWLEDGE,
            )


def _placeholder(passage):
    words = passage.text.lower()
    if not any(sign in words for sign in WORTH_READING):
        return None
    for pattern in IN_TEXT:
        match = pattern.search(passage.text)
        if match and not (pattern is IN_TEXT[3] and _is_a_plan(passage, match)):
            return match
    if passage.kind in ("heading", "caption", "contactOfficer", "sourceDocument"):
        return PROSE_TBC.search(passage.text)
    return None


def _undecided(passage):
    """A sentence that ends with TBC: a draft may say so, but somebody has to have meant it."""
    return ENDS_TBC.search(passage.text) if passage.kind in PROSE else None


def _is_a_plan(passage, match):
    """ "Three posts are to be added in April" is a plan; "To be added once figures are known" is a gap in the paper."""
    before = passage.text[: match.end()]
    start = re.search(r"to be \w+$", before, re.I).start()
    opening = passage.text[:start].strip(" .;:–-")
    return bool(opening) and not re.search(r"[.;:–-]\s*$", passage.text[:start])


def _around(text, match):
    start = max(0, match.start() - 20)
    return ("…" if start else "") + text[start : match.end() + 30]
