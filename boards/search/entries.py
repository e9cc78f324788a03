"""What can be found in an edition: a pure function of its content.

The members' entries are made of the members' content and the public's of `public(content)`; nothing is filtered afterwards. One entry is
a numbered paragraph, table or figure with the unnumbered blocks that follow it, so that a list is found with the sentence it belongs to.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from boards.document import text
from boards.document.public import is_restricted

TITLE_TYPES = {"subheading"}  # a sub-heading leads what comes after it


@dataclass
class Entry:
    """`anchor` is the place in the reader and in the ledger of pages; `name` is a title that is found by its own words."""

    kind: str  # item, paper, block or annex
    anchor: str
    item_id: str
    item_number: str
    title: str
    paper_number: str = ""
    annex_id: str | None = None
    name: str = ""
    heading: str = ""
    label: str = ""
    restricted: bool = False
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(part for part in self.parts if part)

    @property
    def words(self) -> str:
        """All that a reader may find or be shown of it."""
        return " \n".join(filter(None, [self.title, self.name, self.heading, self.label, self.text]))


def entries(content: dict[str, Any]) -> Iterator[Entry]:
    """Every entry of an edition's content, in the order of its agenda."""
    for item in content["items"]:
        own = {"item_id": item["id"], "item_number": item["number"]}
        hidden = bool(item.get("restriction"))
        yield Entry(
            "item", f"item-{item['id']}", title=item["title"], name=item["title"], restricted=hidden,
            parts=[item.get("note") or "", item.get("late_reason") or "", item.get("lead_role") or ""], **own,
        )  # fmt: skip
        for paper in item["papers"]:
            yield from _paper(paper, own, hidden)


def _paper(paper: dict, own: dict, hidden: bool) -> Iterator[Entry]:
    hidden = hidden or bool(paper.get("restriction"))
    own = {**own, "title": paper["title"], "paper_number": paper["number"]}
    if not paper.get("document"):
        yield Entry("item", f"item-{own['item_id']}", name=paper["title"], restricted=hidden, **own)
        return
    header = [paper.get(name) or "" for name in ("to", "from_role")]
    yield Entry("paper", f"paper-{paper['id']}", name=paper["title"], restricted=hidden, parts=header, **own)
    yield from _blocks(paper["document"], paper.get("numbers", {}), own, hidden)
    for annex in paper["annexes"]:
        yield Entry(
            "annex", f"annex-{annex['id']}", annex_id=annex["id"] if annex.get("sha256") else None,
            name=annex["title"], label=f"Annex {annex['letter']}",
            restricted=hidden or bool(annex.get("restriction")), **own,
        )  # fmt: skip


def _blocks(document: dict, numbers: dict, own: dict, hidden: bool) -> Iterator[Entry]:
    for section in document["content"]:
        heading, *blocks = section["content"]
        title = text.inline(heading.get("content"))
        current = _entry(section, title, numbers, own, hidden)
        leading = ""
        for block in blocks:
            if block["type"] == "guidance":
                continue
            words = text.of(block).replace("\t", " | ")  # between the cells of a table
            if block["type"] in TITLE_TYPES:
                leading = words
                continue
            if block["attrs"]["id"] in numbers or leading:
                if current.text:
                    yield current
                current = _entry(block, title, numbers, own, hidden or bool(section["attrs"].get("restricted")))
            current.parts += [leading, words]
            current.restricted = current.restricted or is_restricted(block)
            leading = ""
        if leading:
            current.parts.append(leading)
        if current.text or current.anchor == section["attrs"]["id"]:
            yield current


def _entry(node: dict, heading: str, numbers: dict, own: dict, hidden: bool) -> Entry:
    block = node["attrs"]["id"]
    label = (numbers.get(block) or {}).get("label", "")
    hidden = hidden or bool(node["attrs"].get("restricted"))
    return Entry("block", block, heading=heading, label=label[:1].upper() + label[1:], restricted=hidden, **own)
