"""P7: every appendix cited is attached."""

import re

from ..base import BLOCKS, Hit, rule
from ..citations import is_elsewhere

CITED = re.compile(
    r"\b(Appendix|Annexe?|Appendices|Annexes)\s+([A-Z]\d?|\d{1,2}|[IVX]{1,4})\b(?:\s*(?:and|&|,|to)\s*([A-Z]|\d{1,2})\b)?"
)
NAME = re.compile(r"^\W*(?:appendix|annexe?)?\W*([A-Z]\d?|\d{1,2}|[IVX]{1,4})\b", re.I)


@rule("P7.appendix", BLOCKS, "Every appendix cited is attached")
def cited_appendices_are_attached(paper, facts):
    """An appendix that the text relies on and nobody can open (validation rule P7); said at the first citation."""
    if facts.appendices is None:
        return
    attached, unnamed = _attached(paper, facts)
    said = set()
    for passage in paper.passages:
        if passage.kind in ("heading", "sourceDocument", "contactOfficer"):
            continue
        for match in CITED.finditer(passage.text):
            if is_elsewhere(passage.text, match):
                continue
            for name in filter(None, (match.group(2), match.group(3))):
                if name in attached or name in said or _counts(name, unnamed):
                    continue
                said.add(name)
                word = "Annex" if match.group(1).lower().startswith("annex") else "Appendix"
                yield Hit(
                    f"{word} {name} is cited and is not attached.",
                    "Attach it to the paper, write it as an appendix section, or take the reference out.",
                    passage.block_id,
                    passage.number,
                )


def _attached(paper, facts):
    """(names of appendices there are, how many are attached without a name)."""
    names, unnamed = set(), 0
    for section in paper.with_role("appendix"):
        for words in (section.printed, section.number, section.title):
            found = NAME.match(words or "")
            if found and re.match(r"\W*(appendix|annex)", words, re.I):
                names.add(found.group(1).upper())
    for title in facts.appendices:
        found = NAME.match(title) if re.match(r"\W*(appendix|annex)|^\W*([A-Z]|\d{1,2})\W*$", title, re.I) else None
        if found:
            names.add(found.group(1).upper())
        else:
            unnamed += 1
    return names, unnamed


def _counts(name, unnamed):
    """Whether an attachment without a name may be meant: Appendix 2 or B where two are attached."""
    place = int(name) if name.isdigit() else ord(name[0]) - ord("A") + 1
    return len(name) == 1 and place <= unnamed
