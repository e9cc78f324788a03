"""P16: nothing is said by colour alone."""

import re

from ..base import ADVICE, Hit, rule

COLOURS = r"red|green|amber|yellow|blue|bold|orange|purple"
ALONE = re.compile(
    rf"\b(?:highlighted|shown|marked|indicated|denoted|identified|flagged|printed)\s+(?:up\s+)?(?:in|by)\s+(?:the\s+)?(?:{COLOURS})\b"
    rf"(?:\s+(?:text|type|font|print|ink))?|\b(?:text|changes|amendments)\s+(?:shown\s+)?in\s+(?:{COLOURS})\b",
    re.I,
)


NAMED = re.compile(rf"\b(?:in|by)\s+(?:the\s+)?(?:{COLOURS})\b", re.I)


@rule("P16.colour", ADVICE, "Nothing is said by colour alone")
def nothing_is_said_by_colour_alone(paper, facts):
    """Changes "in red text" are lost on paper, in a copy and for many readers (WCAG 2.2, 1.4.1)."""
    for passage in paper.prose:
        match = ALONE.search(passage.text) if NAMED.search(passage.text) else None
        if match and "bold" not in match.group().lower():
            yield Hit(
                f"The text says something by colour: “{match.group()}”.",
                "Say it in words as well: new, changed, removed.",
                passage.block_id,
                passage.number,
            )
