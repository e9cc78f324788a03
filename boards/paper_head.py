"""The block at the head of a paper, as its template lays it out: the same rows in print, on the reading page and while it is written.

A paper is the plain dictionary that an edition holds; of a live paper the same names are enough.
"""

from collections.abc import Iterator
from typing import Any

from boards.dates import long_date
from boards.paper_templates import PaperTemplate, template


def layout(paper: dict[str, Any]) -> PaperTemplate:
    return template(paper.get("template") or "")


def rows(paper: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and words of each row that has any, in the order of the template."""
    kind = layout(paper)
    found = [("To", paper.get("to") or "")]
    if kind.number_label:
        found.insert(0, (kind.number_label, paper.get("number") or ""))
    found.append((kind.from_label, paper.get("from_role") or ""))
    date = ("Date", long_date(paper["paper_date"]) if paper.get("paper_date") else "")
    if kind.contact_first:
        officers = list(_contacts(paper.get("document") or {}))
        found += [
            date,
            ("Contact officer", "; ".join(role for role, _ in officers if role)),
            ("Contact details", "; ".join(mailbox for _, mailbox in officers if mailbox)),
        ]
    else:
        found.append(date)
    return [(label, words) for label, words in found if words]


def body(paper: dict[str, Any]) -> dict[str, Any]:
    """The document below the head. Contact officers that stand in the head are not told again beside the sources."""
    document = paper["document"]
    if not layout(paper).contact_first:
        return document
    return {**document, "content": [_without_contacts(section) for section in document["content"]]}


def _contacts(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Role and mailbox of each contact officer; nothing of what is restricted is told at the head."""
    attrs = node.get("attrs") or {}
    if attrs.get("restricted"):
        return
    if node.get("type") == "contactOfficer":
        yield attrs.get("role") or "", attrs.get("mailbox") or ""
    for child in node.get("content", ()):
        yield from _contacts(child)


def _without_contacts(section: dict[str, Any]) -> dict[str, Any]:
    blocks = section.get("content", [])
    if not any(block["type"] == "sourceDocument" for block in blocks):
        return section
    kept = [block for block in blocks if block["type"] != "contactOfficer" or block["attrs"].get("restricted")]
    return {**section, "content": kept}
