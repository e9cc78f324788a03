"""P9: the board's name is spelt in one way."""

import re

from ..base import ACKNOWLEDGE, Hit, rule

NAME = re.compile(
    r"\b((?:[A-Z][\w’]*(?:-\s?[A-Za-z][\w’]*)*\s+(?:(?:and|of|for|the|&)\s+)?){1,6}(?:Board|Committee|Panel|Group|Partnership))\b"
)
KINDS = ("Board", "Committee", "Panel", "Group", "Partnership")
LEADING = re.compile(r"^(?:(?:The|This|That|At|In|On|To|For|By|From|With|Both|And|Of|A|An)\s+)+")


@rule("P9.board", ACKNOWLEDGE, "The board's name is spelt in one way")
def board_is_spelt_in_one_way(paper, facts):
    """ "Coordination" and "Co-ordination" are found by different searches; the board has one proper name (validation
    rule P9).
    """
    places = {}
    for words, block_id, number in _texts(paper, facts):
        if not any(kind in words for kind in KINDS):
            continue
        for match in NAME.finditer(words):
            name = LEADING.sub("", _spelling(match.group(1)))
            if len(name.split()) >= 2:
                places.setdefault(_bare(name), {}).setdefault(name, (block_id, number))
    known = {
        _bare(name): [_spelling(n) for n in facts.board_names if _bare(n) == _bare(name)] for name in facts.board_names
    }
    for bare, spellings in places.items():
        names = list(spellings)
        proper = known.get(bare)
        wrong = [name for name in names if proper and name not in proper]
        if wrong:
            block_id, number = spellings[wrong[0]]
            yield Hit(
                f"The paper writes “{wrong[0]}”; the board's name is “{proper[0]}”.",
                "Use the board's proper name throughout.",
                block_id,
                number,
            )
        elif len(names) > 1 and not proper:
            block_id, number = spellings[names[1]]
            yield Hit(
                f"A name is spelt two ways: “{names[0]}” and “{names[1]}”.",
                "Use the proper name throughout.",
                block_id,
                number,
            )


def _texts(paper, facts):
    for value in (facts.to, facts.title):
        if value:
            yield value, None, None
    for passage in paper.passages:
        if passage.kind not in ("heading", "sourceDocument"):
            yield passage.text, passage.block_id, passage.number


def _spelling(name):
    return re.sub(r"\s+", " ", re.sub(r"-\s+", "-", name)).strip()


def _bare(name):
    return re.sub(r"[^a-z]", "", name.lower())
