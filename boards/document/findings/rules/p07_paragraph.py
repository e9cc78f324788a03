"""P7: every paragraph cited exists."""

import re

from ..base import ACKNOWLEDGE, Hit, rule
from ..citations import is_elsewhere

CITED = re.compile(
    r"\b(?:paragraphs?|paras?\.?)\s+(\d{1,2}(?:\.\d{1,2}){1,3})(?:\s*(?:and|to|-|–|,|&)\s*(\d{1,2}(?:\.\d{1,2}){1,3}))?",
    re.I,
)


@rule("P7.paragraph", ACKNOWLEDGE, "Every paragraph cited exists")
def cited_paragraphs_exist(paper, facts):
    """A typed reference to a paragraph of this paper that is not there (validation rule P7)."""
    printed = {n.strip(".") for n in paper.imported.printed.values() if "." in n.strip(".")}
    known = printed or {entry["number"] for entry in paper.numbers.as_dict().values()}
    for passage in paper.passages:
        for match in CITED.finditer(passage.text) if "ara" in passage.text else ():
            if is_elsewhere(passage.text, match):
                continue
            for number in filter(None, match.groups()):
                if number not in known:
                    yield Hit(
                        f"Paragraph {number} is cited and does not exist.",
                        "Make it a live reference to the paragraph that is meant.",
                        passage.block_id,
                        passage.number,
                    )
