"""P7: every section cited exists."""

import re

from ..base import ACKNOWLEDGE, Hit, rule

CITED = re.compile(
    r"\bsections?\s+(\d{1,2})\b(?!\.\d)\s*(?:\((?:above|below)\)|(?:above|below)\b|of this (?:report|paper)\b)", re.I
)


@rule("P7.section", ACKNOWLEDGE, "Every section cited exists")
def cited_sections_exist(paper, facts):
    """ "Section 7 below" of this paper must be there (validation rule P7). Sections of Acts and other papers are not judged."""
    printed = {re.sub(r"\D.*$", "", section.printed) for section in paper.sections if section.printed}
    known = printed or {section.number for section in paper.sections if section.number}
    for passage in paper.passages:
        for match in CITED.finditer(passage.text) if "ection" in passage.text else ():
            if match.group(1) not in known:
                yield Hit(
                    f"Section {match.group(1)} is cited and does not exist.",
                    "Make it a live reference to the section that is meant.",
                    passage.block_id,
                    passage.number,
                )
