"""P7: every table and figure cited exists."""

import re

from ..base import ACKNOWLEDGE, Hit, rule
from ..citations import is_elsewhere

CITED = re.compile(r"\b(Table|Figure)\s+(\d{1,2})\b(?![.\d])")


@rule("P7.table", ACKNOWLEDGE, "Every table and figure cited exists")
def cited_tables_exist(paper, facts):
    """ "Table 2 below" with no Table 2 in the paper (validation rule P7); said once for each."""
    known = set(paper.imported.captions.values())
    blocks = paper.blocks_of("tableFigure", "figure", "chart")
    known |= {paper.numbers.number(block["attrs"]["id"]) for _, block in blocks}
    known |= {m.group() for p in paper.passages if (m := CITED.match(p.text)) and _is_caption(p.text)}
    if any(block["attrs"].get("id") not in paper.imported.captions for _, block in blocks) and paper.imported.captions:
        known |= {f"{word} {n}" for word in ("Table", "Figure") for n in range(1, len(blocks) + 1)}
    for passage in paper.passages:
        if "Table" not in passage.text and "Figure" not in passage.text:
            continue
        for match in CITED.finditer(passage.text):
            name = f"{match.group(1)} {match.group(2)}"
            if name in known or is_elsewhere(passage.text, match):
                continue
            known.add(name)
            yield Hit(
                f"{name} is cited and is not in the paper.",
                "Add it, or make the reference a live one to the table or figure that is meant.",
                passage.block_id,
                passage.number,
            )


def _is_caption(text):
    """ "Table 2: Estimated position" names a table; "Table 2 shows the position." speaks of one."""
    return len(text.split()) < 25 and not text.rstrip().endswith((".", ";", "?"))
