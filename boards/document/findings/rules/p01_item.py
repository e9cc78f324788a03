"""P1: the item number printed in the header is the one on the agenda."""

from ..base import ACKNOWLEDGE, Hit, rule


@rule("P1.item", ACKNOWLEDGE, "The item number agrees with the agenda")
def item_number_agrees(paper, facts):
    """A paper printed under one number and put on the agenda under another misleads whoever looks for it."""
    printed = (paper.imported.header or {}).get("agenda_number") or ""
    if not printed or not facts.agenda_number or not printed[0].isdigit():
        return
    if _pair(printed) != _pair(facts.agenda_number):
        yield Hit(
            f"The paper's header prints agenda item {printed}, the agenda has it as {facts.agenda_number}.",
            "The portal prints the number of the agenda. Check that the paper is under the right item.",
        )


def _pair(number):
    major, _, minor = str(number).strip(". ").partition(".")
    return major.lstrip("0"), minor.strip("0")
