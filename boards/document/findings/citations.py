"""Citations in running text: which are this paper's own, and which belong to some other document."""

import re

ELSEWHERE = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:,\s*)?(?:of|in|to|from|under)\s+"
    r"(?!(?:this|the|our)\s+(?:present\s+)?(?:report|paper|document|cover)\b|\d)"
    r"(?:the|its|that|their|his|her|our|an?|schedule|part|annex|appendix|section|[A-Z“\"‘])",
)
BEFORE = re.compile(r"(?:’s|'s|schedule|act(?: \d{4})?,?|guidance,?|order,?|code,?|regulations?,?)\s*$", re.I)


def is_elsewhere(text, match):
    """Whether a citation belongs to another document: "Appendix A of the Financial Regulations", "the Act's section
    25".
    """
    return bool(ELSEWHERE.match(text[match.end() :])) or bool(BEFORE.search(text[: match.start()]))


def significant(text):
    """The words of a title that tell it from another: lower case, without small and shared words."""
    words = re.findall(r"[a-z]{3,}", text.lower())
    return {_stem(word) for word in words if word not in _COMMON}


def _stem(word):
    for ending in ("ation", "ment", "ial", "ing", "ies", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


_COMMON = frozenset(
    "the and for with that this from has have had not are was were will would could should been its their his her any all into"
    " out off over under upon there which who whom whose what when where how page pages risk risks theoretical potential"
    " commissioner chief constable constabulary police crime fail fails failure failing effective effectively achieve update"
    " added additional also notes note noting includes under controls control place future actions action causes cause".split()
)
