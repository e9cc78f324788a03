"""P5: what is asked for is what the agenda says, and a decision has its record."""

from ..base import ACKNOWLEDGE, Hit, rule

DECIDING = ("approve", "sign")


@rule("P5.action", ACKNOWLEDGE, "The recommendation fits the agenda")
def recommendation_fits_the_agenda(paper, facts):
    """The verb matches the agenda's action; what the Commissioner approves or signs needs a decision record (rule P5)."""
    found = paper.blocks_of("recommendation")
    verbs = {block["attrs"].get("verb") for _, block in found}
    if facts.action_requested and found and facts.action_requested not in verbs:
        block_id = found[0][1]["attrs"]["id"]
        yield Hit(
            f"The agenda asks the board to {facts.action_requested}, the paper to {_list(verbs)}.",
            "Change the recommendation or the action on the agenda.",
            block_id,
        )
    if facts.decision_linked is not False:
        return
    for _, block in found:
        attrs = block["attrs"]
        if attrs.get("verb") in DECIDING or attrs.get("to") == "commissioner":
            yield Hit(
                f"The recommendation to {attrs.get('verb')} needs a decision record, and none is linked.",
                "Link the decision notice, or start one.",
                attrs.get("id"),
            )


def _list(verbs):
    words = sorted(v for v in verbs if v)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
