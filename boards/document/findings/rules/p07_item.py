"""P7: every agenda item cited is on the agenda."""

import re

from ..base import ACKNOWLEDGE, Hit, rule

CITED = re.compile(
    r"\b(?:agenda\s+)?item\s+(\d{1,2}(?:\.\d{1,2})?)\s+(?:on|of|elsewhere on)\s+(?:this|today’s|today's|the same|the present)\s+agenda",
    re.I,
)


@rule("P7.item", ACKNOWLEDGE, "Every agenda item cited is on the agenda")
def cited_items_are_on_the_agenda(paper, facts):
    """ "Item 7 on this agenda" must be there (validation rule P7). Items of other meetings are not judged."""
    if facts.agenda_items is None:
        return
    known = {_pair(number) for number in facts.agenda_items}
    for passage in paper.passages:
        for match in CITED.finditer(passage.text) if "agenda" in passage.text else ():
            if _pair(match.group(1)) not in known:
                yield Hit(
                    f"Item {match.group(1)} is cited and is not on this agenda.",
                    "Make it a live reference to the item that is meant.",
                    passage.block_id,
                    passage.number,
                )


def _pair(number):
    major, _, minor = str(number).strip(". ").partition(".")
    return major, minor.strip("0")
