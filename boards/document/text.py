"""The words of a document, for searching, reading age, e-mail and tests."""

from typing import NamedTuple

from .specification import BLOCKS

_WORDS_ATTRIBUTES = {"chart": ("caption", "alt"), "contactOfficer": ("role", "mailbox"), "image": ("alt",)}


class Block(NamedTuple):
    """One block: its permanent id, its node type and its words."""

    id: str
    type: str
    text: str


def inline(nodes: list[dict] | None, *, footnotes: bool = True) -> str:
    """The words of inline content. A cross-reference without words of its own is silent."""
    return "".join(_inline(node, footnotes) for node in nodes or ())


def _inline(node: dict, footnotes: bool) -> str:
    name = node["type"]
    if name == "text":
        return node["text"]
    if name == "hardBreak":
        return "\n"
    if name == "footnote":
        words = inline(node.get("content"))
        return f" [{words}]" if footnotes and words else ""
    return (node.get("attrs") or {}).get("text") or ""


def _lines(node: dict) -> list[str]:
    name = node["type"]
    content = node.get("content", [])
    if name in _WORDS_ATTRIBUTES:
        attrs = node.get("attrs") or {}
        return [attrs[key] for key in _WORDS_ATTRIBUTES[name] if attrs.get(key)]
    if name == "tableRow":
        return ["\t".join(" ".join(filter(None, map(of, cell.get("content", [])))) for cell in content)]
    if name == "recommendation":
        verb = (node.get("attrs") or {}).get("verb") or ""
        return [f"{verb} {inline(content)}".strip()]
    if any(child["type"] in ("text", "hardBreak", "xref", "bound", "tag", "footnote") for child in content):
        return [inline(content)]
    return [line for child in content for line in _lines(child)]


def of(node: dict) -> str:
    """The words of one node and all beneath it, a line for each part that starts one."""
    return "\n".join(line for line in _lines(node) if line)


def blocks(document: dict) -> list[Block]:
    """Every block with its own words, in reading order. A section's words are its title; its blocks follow."""
    answer = []
    for section in document.get("content", []):
        title, *rest = section.get("content", [{}])
        answer.append(Block(section["attrs"]["id"], "section", inline(title.get("content"))))
        answer += [Block(node["attrs"]["id"], node["type"], of(node)) for node in rest if node["type"] in BLOCKS]
    return answer


def plain(document: dict, numbers: object = None) -> str:
    """The whole paper as plain text, a blank line between blocks; with ``numbers`` (a Numbering) the numbers lead."""
    parts = []
    for block in blocks(document):
        number = numbers.number(block.id) if numbers else None
        words = f"{number} {block.text}".strip() if number else block.text
        if words:
            parts.append(words)
    return "\n\n".join(parts)
