"""P11: the parts of a number make the number."""

import re
from decimal import Decimal

from ..base import ACKNOWLEDGE, Hit, rule
from ..figures import WORDS, count_of, figures, plain

NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})*|{'|'.join(w for w, n in WORDS.items() if n)})"
COUNTED = re.compile(
    rf"\b(?P<whole>{NUMBER})\s+(?:[a-z’'-]+\s+){{0,4}}?[a-z’'-]+\s*(?:[:(–]|,?\s+(?:comprising|made up of|consisting of)\s)\s*"
    rf"(?P<parts>{NUMBER}\s[^.;:()]+?)\s*(?:[.;)]|$)",
    re.I,
)
OF_THE = re.compile(
    rf"\bof (?:the|these|those)\s+(?P<whole>{NUMBER})\b(?:\s+[a-z’'-]+){{0,4}},\s*(?P<parts>{NUMBER}\s[^.;:()]+?)\s*(?:[.;]|$)",
    re.I,
)
SIGNS = (":", "(", "–", "comprising", "made up of", "consisting of")
NEAR = Decimal("0.15")  # beyond that the parts are taken for some of the whole, or for overlapping ones


@rule("P11.parts", ACKNOWLEDGE, "Parts make the whole")
def parts_make_the_whole(paper, facts):
    """ "24 actions: 10 in prevention, 8 in visibility and 7 in engagement" (validation rule P11).

    Judged only where every part begins with its number, there are three or more, and their sum comes near the whole: it is
    then a slip, and not a selection.
    """
    for passage in paper.prose:
        text = passage.text
        counted = COUNTED.finditer(text) if any(sign in text for sign in SIGNS) else ()
        of_the = OF_THE.finditer(text) if "f the" in text and "," in text else ()
        for found in (counted, of_the):
            for match in found:
                whole, parts = _value(match["whole"]), _parts(match["parts"])
                if len(parts) < 3 or max(parts) >= whole:
                    continue
                made = sum(parts, Decimal(0))
                if made != whole and abs(made - whole) <= NEAR * whole:
                    yield Hit(
                        f"The parts given of {match['whole']} make {plain(made)}.",
                        "Correct the figure that is wrong.",
                        passage.block_id,
                        passage.number,
                    )


def _parts(text):
    """The number at the head of each part; nothing where a part has none, or has two."""
    found = []
    for piece in re.split(r",\s*(?:and\s+)?|\s+and\s+", text):
        match = re.match(rf"(?:with\s+|a further\s+)?({NUMBER})\b(?!\s*(?:%|per cent))", piece.strip(), re.I)
        if not match or len(figures(piece)) > 1:
            return []
        found.append(_value(match.group(1)))
    return found


def _value(text):
    counted = count_of(text)
    return Decimal(counted) if counted is not None else Decimal(text.replace(",", ""))
