"""Findings about the words of a paper: typed figures that contradict the computed ones (F13)."""

from decimal import Decimal

from finance import money, words
from finance.findings.base import Finding


def check_texts(texts: list[tuple[str, str]], known: dict[str, Decimal], about: dict[str, str]) -> list[Finding]:
    """Percentages typed in a paper that contradict the computed one beside which they stand.

    `texts` are (block id, text); `known` the computed percentages by name; `about` words that tie a text to a name
    (“band d” → the rise in band D). A percentage is only questioned in a text that speaks of that figure.
    """
    found = []
    for block_id, text in texts:
        lowered = text.lower()
        for name, value in known.items():
            if not all(word in lowered for word in about[name].split("|")):
                continue
            typed = words.percentages(text)
            if typed and not any(_same(each, value) for each in typed):
                found.append(
                    Finding(
                        "F13",
                        "acknowledge",
                        block_id,
                        f"The text gives {words.listed([f'{each}%' for each in typed])}, but the {name} works out at {value}%.",
                        "Correct the figure, or put in the live figure.",
                        {"typed": [str(each) for each in typed], "computed": str(value)},
                    )
                )
    return found


def _same(typed: Decimal, value: Decimal) -> bool:
    """Whether a typed percentage is the computed one to the places it was typed with."""
    places = max(0, -typed.as_tuple().exponent)
    return money.half_up(value, places) == typed
