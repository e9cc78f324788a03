"""Abbreviations and the words they stand for, as a paper introduces them: "Local Policing Review (LPR)", "STRA
(Strategic …)".
"""

import re
from dataclasses import dataclass

SMALL = frozenset("of the and for in to on a an by with &".split())
TAIL = frozenset(("limited", "ltd", "plc", "ltd.", "board", "panel", "scheme", "programme", "system", "group", "plan"))
AFTER_WORDS = re.compile(r"\(\s*(?:the\s+|or\s+)?[“\"'‘]?([A-Z][A-Za-z&]{0,9}[A-Z]|[A-Z]{2,}s?)[”\"'’]?\s*\)")
BEFORE_WORDS = re.compile(r"\b([A-Z]{2,8})\s*\(\s*([A-Z][^()]{4,90})\)")


@dataclass(frozen=True)
class Expansion:
    """One place where an abbreviation is introduced. `start` is where its words begin in the passage."""

    short: str
    words: str
    passage: object
    at: int
    start: int
    end: int

    @property
    def meaning(self):
        """The words without what does not tell one meaning from another: case, plural, small words, company endings."""
        found = [w.lower() for w in re.findall(r"[\w’']+", self.words)]
        found = [re.sub(r"(?<=[a-z]{3})s$", "", w.replace("’s", "").replace("'s", "")) for w in found]
        return tuple(w for w in found if w not in SMALL and w not in ("limited", "ltd", "plc"))


def expansions(paper):
    """Every place where an abbreviation is introduced, in order."""
    found = []
    for at, passage in enumerate(paper.passages):
        if passage.kind == "heading":
            continue
        text = passage.text
        if "(" not in text:
            continue
        for match in AFTER_WORDS.finditer(text):
            span = _words_before(text, match.start(), match.group(1))
            if span:
                short = match.group(1).rstrip("s") if re.fullmatch(r"[A-Z]{2,}s", match.group(1)) else match.group(1)
                found.append(Expansion(short, text[span[0] : span[1]], passage, at, span[0], match.end()))
        for match in BEFORE_WORDS.finditer(text):
            words = re.findall(r"[A-Za-z][\w’'-]*", match.group(2))
            if _initials(words, exact=False) == sorted(match.group(1)):
                found.append(Expansion(match.group(1), match.group(2), passage, at, match.start(), match.end()))
    return found


def _words_before(text, end, short):
    """(start, end) of the shortest run of words before the bracket whose initials are the abbreviation's letters."""
    letters = [c for c in short if c.isupper()]
    near = max(0, end - 300)  # no name is longer
    tokens = [(near + m.start(), near + m.end(), m.group()) for m in re.finditer(r"[A-Za-z&][\w’']*", text[near:end])]
    gap = text[tokens[-1][1] : end] if tokens else "x"
    if not tokens or gap.strip(" “\"'’"):
        return None
    for drop in (0, 1):
        if drop and (len(tokens) < 2 or tokens[-1][2].lower() not in TAIL):
            break
        usable = tokens[: len(tokens) - drop]
        for size in range(len(letters), min(len(usable), len(letters) * 2 + 4) + 1):
            run = usable[-size:]
            if re.search(r"[.;:]", text[run[0][0] : run[-1][1]]):
                break
            if run[0][2].lower() in SMALL and run[0][2].islower():
                continue
            words = [word for _, _, word in run]
            for keep_small in (False, True):
                initials = [w[0].upper() for w in words if keep_small or w.lower() not in SMALL]
                if initials == letters:
                    return run[0][0], tokens[-1][1]
    return None


def _initials(words, exact):
    return sorted(w[0].upper() for w in words if w.lower() not in SMALL)
