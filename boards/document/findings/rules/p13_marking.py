"""P13: the marking is of the current scheme and suits the part of the agenda."""

import re

from ..base import ADVICE, Hit, rule
from ..reading import quoted

LEGACY = re.compile(r"not protectively marked|unclassified|^\s*restricted\s*$|^\s*protect\s*$|confidential", re.I)


@rule("P13.marking", ADVICE, "The marking suits the part")
def marking_suits_the_part(paper, facts):
    """Open papers are OFFICIAL without -SENSITIVE (validation rule P13). A marking is not an exemption: neither
    follows from the other, and this rule only says that they look odd together."""
    marking = (facts.marking or "").strip()
    printed = str((paper.imported.header or {}).get("marking") or "").strip()
    if LEGACY.search(printed) or LEGACY.search(marking):
        yield Hit(
            f"The marking {quoted(printed if LEGACY.search(printed) else marking)} belongs to a scheme that ended in April 2014.",
            "Choose OFFICIAL or OFFICIAL-SENSITIVE.",
        )
    elif printed and printed.upper().startswith("OFFICIAL") and printed != printed.upper():
        yield Hit(
            f"The marking is printed as {quoted(printed)}, not in capitals.",
            "Nothing to do: the portal prints it as OFFICIAL.",
        )
    if facts.part == "open" and re.search(r"sensitive", f"{marking} {printed}", re.I):
        yield Hit(
            "The paper is in the open part and marked OFFICIAL-SENSITIVE.",
            "Check the marking, or ask for the paper to be taken in the exempt part.",
        )
