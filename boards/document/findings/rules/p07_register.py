"""P7: every risk, plan action and reserve named by its reference exists and is what the text says it is."""

import re
from collections.abc import Mapping

from ..base import ACKNOWLEDGE, BLOCKS, Hit, rule
from ..citations import significant

RISK = re.compile(r"\bSR\s?(\d\.\d{1,2})\b")
ACTION = re.compile(r"\b([VOCT])\s?(\d{1,2}(?:\.\d)?)\b(?=[\s,.;:)]|$)")
PLAN_WORDS = re.compile(r"\b(action|activity|priority|objective|delivery plan)\b", re.I)
STATEMENT = 500  # characters after a reference that say what it is
CLAUSE_ENDS = re.compile(r"(?<=[a-z]{3})\.\s|;|\bon pages?\b|\b(?:includes?|notes?|has|have|shows?|deletes?)\s")
DESCRIBES = re.compile(r"\W*(?:\d\s+)?(?:the|there|a|that|is|has|risk|theoretical)\b", re.I)


@rule("P7.register", BLOCKS, "Every register reference exists")
def register_references_exist(paper, facts):
    """A risk or plan action that the register does not hold, or holds under another reference (rules P7 and R7).

    Judged only where the registers are known: silence means "not checked", never "correct".
    """
    targets = facts.known_targets
    if not targets:
        return
    for passage in paper.passages:
        for key, match in _cited(passage, targets):
            ref = key.partition(":")[2]
            title = _title(targets, key)
            if title is None:
                yield Hit(
                    f"{ref} is cited and is not in the register.",
                    "Choose the reference from the register.",
                    passage.block_id,
                    passage.number,
                )
                continue
            better = _better(passage.text[match.end() : match.end() + STATEMENT], title, key, targets)
            if better:
                said = (
                    f"The words after {ref} are those of {better}"
                    if better is not True
                    else f"The words after {ref} are not its own"
                )
                yield Hit(
                    f"{said}: the register has {ref} as “{title}”.",
                    "Choose the reference from the register, so that number and title agree.",
                    passage.block_id,
                    passage.number,
                    ACKNOWLEDGE,
                )


def _cited(passage, targets):
    for match in RISK.finditer(passage.text) if "SR" in passage.text else ():
        if _knows(targets, "risks"):
            yield f"risks:SR{match.group(1)}", match
    if _knows(targets, "plans") and PLAN_WORDS.search(passage.text):
        for match in ACTION.finditer(passage.text):
            yield f"plans:{match.group(1)}{match.group(2)}", match


def _knows(targets, register):
    return not isinstance(targets, Mapping) or any(key.startswith(register + ":") for key in targets)


def _title(targets, key):
    return targets.get(key) if isinstance(targets, Mapping) else targets(key)


def _better(following, title, key, targets):
    """The reference whose title the first clause fits far better, True where nothing of the title is said, or None.

    The reference's own title is looked for in all that follows; another's must be said at once, most of it.
    """
    clause = CLAUSE_ENDS.split(following, maxsplit=1)[0]
    words, own = significant(clause), significant(title)
    if len(words) < 2 or not own or not DESCRIBES.match(clause):
        return None
    fit = len(significant(following) & own) / len(own)
    if not isinstance(targets, Mapping):
        return True if fit == 0 else None
    prefix = key.partition(":")[0] + ":"
    best, best_fit = None, max(0.6, fit + 0.4)
    for other, other_title in targets.items():
        theirs = significant(str(other_title))
        shared = words & theirs
        if other != key and other.startswith(prefix) and len(shared) >= 2 and len(shared) / len(theirs) >= best_fit:
            best, best_fit = other.partition(":")[2], len(shared) / len(theirs)
    return best
