"""P7: a section is cited by its own number."""

import re

from ..base import ACKNOWLEDGE, Hit, rule

CITED = re.compile(r"(.{2,120}?),?\s+(?:in|at|under)\s+section\s+(\d{1,2})\b(?!\.\d)(?!\s+of\b(?! this))", re.I | re.S)
FEWEST_LETTERS = 6  # a shorter title ("Costs") is a common word and names nothing


@rule("P7.title", ACKNOWLEDGE, "A section is cited by its own number")
def sections_are_cited_by_their_own_number(paper, facts):
    """ "The draft terms of reference in section 5" must mean the section of that title (validation rule P7)."""
    numbers = {}
    for section in paper.sections:
        number = re.sub(r"\D.*$", "", section.printed or "") or section.number
        if number and len(section.title) >= FEWEST_LETTERS:
            numbers.setdefault(_plain(section.title), number)
    for passage in paper.passages:
        for match in CITED.finditer(passage.text) if "section" in passage.text else ():
            named = next((title for title in numbers if f" {_plain(match[1])}".endswith(f" {title}")), None)
            if named and numbers[named] != match[2]:
                yield Hit(
                    f"Section {match[2]} is cited; the section of the title it names is {numbers[named]}.",
                    "Make it a live reference to the section that is meant.",
                    passage.block_id,
                    passage.number,
                )


def _plain(words):
    """Words in small letters without a leading article."""
    return re.sub(r"^(?:the|a|an)\s+", "", " ".join(words.casefold().split()))
