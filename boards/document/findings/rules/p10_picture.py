"""P10: pictures and charts have words."""

import re

from ..base import BLOCKS, Hit, rule

NOTHING = re.compile(
    r"^\s*(?:(?:image|picture|graphic|diagram|chart|figure|photo|screenshot|img|table)[\s_-]*\d*"
    r"|[\w -]+\.(?:png|jpe?g|gif|bmp|emf|wmf|tiff?))\s*$",
    re.I,
)
MACHINE = re.compile(r"description automatically generated\s*$", re.I)


@rule("P10.picture", BLOCKS, "Pictures and charts have words")
def pictures_have_words(paper, facts):
    """Whoever cannot see the picture must learn what it shows (validation rule P10; WCAG 2.2, 1.1.1)."""
    for _, block in paper.blocks_of("figure", "chart"):
        attrs = block["attrs"]
        alt = (attrs.get("alt") if block["type"] == "chart" else block["content"][1]["attrs"].get("alt")) or ""
        label = paper.numbers.number(attrs["id"]) or "The picture"
        if not alt.strip() or NOTHING.match(alt):
            yield Hit(
                f"{label} has no alternative in words.",
                "Say in a sentence what it shows. If it shows a number, give the number.",
                attrs["id"],
                label if label.startswith("Figure") else None,
            )
        elif MACHINE.search(alt):
            yield Hit(
                f"The alternative of {label} was made by a machine.",
                "Say in your own words what it shows.",
                attrs["id"],
                label if label.startswith("Figure") else None,
            )
