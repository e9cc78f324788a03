"""Reading what was typed into the plain form of a paper, which needs no script. See `plain_deeds` for its buttons.

Every function takes a document and returns a new one; ids of blocks that stay are never changed.
"""

import re
from collections.abc import Mapping

from boards.document import ids, typed

TEXT_BLOCKS = {"para", "subheading", "recommendation", "guidance", "sourceDocument"}
LISTS = {"bulletList", "orderedList"}


def attrs_of(node: dict) -> dict:
    return node.get("attrs") or {}


def block_id(node: dict) -> str:
    return attrs_of(node).get("id") or ""


def read(document: dict, posted: Mapping[str, str]) -> dict:
    """The document with every field that was posted put in. A field that was not posted leaves its block as it is."""
    return {**document, "content": [_read_section(section, posted) for section in document["content"]]}


def _read_section(section: dict, posted: Mapping[str, str]) -> dict:
    content = []
    for child in section["content"]:
        if child["type"] == "heading":
            title = posted.get(f"title-{block_id(section)}")
            content.append(child if title is None else {**child, "content": _plain(title)})
        else:
            content.append(_read_block(child, posted))
    return {**section, "content": _without_answered_guidance(content)}


def _without_answered_guidance(content: list[dict]) -> list[dict]:
    """Guidance goes as soon as the section it stands in holds words of its own."""
    answered = any(block["type"] not in {"heading", "guidance"} and _says_something(block) for block in content)
    return [block for block in content if block["type"] != "guidance"] if answered else content


def _says_something(node: dict) -> bool:
    attrs = attrs_of(node)
    if node["type"] == "contactOfficer":
        return bool(attrs.get("role") or attrs.get("mailbox"))
    if (node.get("text") or "").strip():
        return True
    return any(_says_something(child) for child in node.get("content", []))


def _plain(text: str) -> list[dict]:
    text = " ".join(text.split())
    return [{"type": "text", "text": text}] if text else []


def _read_block(block: dict, posted: Mapping[str, str]) -> dict:
    kind, name = block["type"], f"text-{block_id(block)}"
    if kind in TEXT_BLOCKS:
        block = _read_inline(block, posted.get(name))
    elif kind in LISTS and name in posted:
        block = _read_list(block, posted[name])
    elif kind == "quote" and name in posted:
        block = _read_quote(block, posted[name])
    elif kind == "tableFigure":
        block = _read_table(block, posted)
    changes = {
        key.removesuffix(f"-{block_id(block)}"): value
        for key, value in posted.items()
        if key in {f"{field}-{block_id(block)}" for field in ("verb", "role", "mailbox", "href")}
    }
    if changes:
        changes = {key: value.strip() or None if key == "href" else value.strip() for key, value in changes.items()}
        block = {**block, "attrs": {**attrs_of(block), **changes}}
    return block


def _read_inline(block: dict, text: str | None) -> dict:
    if text is None or _same(text, typed.to_text(block.get("content"))):
        return block
    return {**block, "content": typed.from_text(text.strip(), typed.kept(block.get("content")))}


def _same(one: str, other: str) -> bool:
    """A browser sends line ends as CR LF, and people leave a blank at the end: neither is a change."""
    return one.replace("\r\n", "\n").strip() == other.strip()


def list_text(block: dict, depth: int = 0) -> str:
    """A list as text: one line an item, two blanks for each level below. A line break within an item is a slash between blanks."""
    lines = []
    for item in block.get("content", []):
        plain, *lists = item["content"]
        lines.append("  " * depth + typed.to_text(plain.get("content")).replace("\n", " / "))
        lines += [list_text(inner, depth + 1) for inner in lists]
    return "\n".join(lines)


def _read_list(block: dict, text: str) -> dict:
    if _same(text, list_text(block)):
        return block
    old = _items(block)
    by_text = dict(old)
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()] or [""]
    entries = [(_depth(line), line.strip()) for line in lines]
    used: set[str] = set()
    made = []
    for place, (depth, words) in enumerate(entries):
        item = by_text.get(words) or (old[place][1] if place < len(old) and len(old) == len(entries) else None)
        made.append((depth, _item(words, item, used)))
    return {**block, "content": _nest(made, block)}


def _items(block: dict) -> list[tuple[str, dict]]:
    found = []
    for item in block.get("content", []):
        plain, *lists = item["content"]
        found.append((typed.to_text(plain.get("content")).replace("\n", " / "), item))
        for inner in lists:
            found += _items(inner)
    return found


def _depth(line: str) -> int:
    return (len(line) - len(line.lstrip(" \t"))) // 2


def _item(words: str, old: dict | None, used: set[str]) -> dict:
    """A list item from a line; the item it was before keeps its id and what a form cannot show."""
    words = re.sub(r"^[-•*]\s+", "", words) if old is None else words
    atoms = typed.kept(old["content"][0].get("content")) if old else []
    node = {"type": "plain", "content": typed.from_text(words, atoms)}
    attrs = dict(attrs_of(old)) if old else {"id": ids.new_id()}
    if attrs.get("id") in used:
        attrs["id"] = ids.new_id()
    used.add(attrs["id"])
    return {"type": "listItem", "attrs": attrs, "content": [node]}


def _nest(entries: list[tuple[int, dict]], block: dict) -> list[dict]:
    """Items with their depth as a tree. A line can only be one level deeper than the line before it."""
    top: list[dict] = []
    stack: list[list[dict]] = [top]
    for depth, item in entries:
        depth = min(depth, len(stack) if stack[-1] else len(stack) - 1)
        while len(stack) > depth + 1:
            stack.pop()
        if depth == len(stack):
            kind = block["type"]
            inner = {"type": kind, "attrs": {"id": ids.new_id()}, "content": []}
            if kind == "orderedList":
                inner["attrs"]["kind"] = (
                    "roman" if attrs_of(block).get("kind") == "alpha" else attrs_of(block).get("kind")
                )
            stack[-1][-1]["content"].append(inner)
            stack.append(inner["content"])
        stack[-1].append(item)
    return top


def quote_text(block: dict) -> str:
    return "\n\n".join(typed.to_text(plain.get("content")) for plain in block.get("content", []))


def _read_quote(block: dict, text: str) -> dict:
    if _same(text, quote_text(block)):
        return block
    atoms = [node for plain in block["content"] for node in typed.kept(plain.get("content"))]
    parts = [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))] or [""]
    return {**block, "content": [{"type": "plain", "content": typed.from_text(part, atoms)} for part in parts]}


def cell_text(cell: dict) -> str:
    return "\n".join(typed.to_text(plain.get("content")) for plain in cell.get("content", []))


def _read_table(block: dict, posted: Mapping[str, str]) -> dict:
    name = block_id(block)
    content = []
    for child in block["content"]:
        if child["type"] == "caption" and f"caption-{name}" in posted:
            child = {**child, "content": _plain(posted[f"caption-{name}"])}
        elif child["type"] == "table":
            child = {
                **child,
                "content": [_read_row(row, name, number, posted) for number, row in enumerate(child["content"])],
            }
        content.append(child)
    return {**block, "content": content}


def _read_row(row: dict, name: str, number: int, posted: Mapping[str, str]) -> dict:
    cells = []
    for column, cell in enumerate(row["content"]):
        text = posted.get(f"cell-{name}-{number}-{column}")
        if text is not None and not _same(text, cell_text(cell)):
            atoms = [node for plain in cell["content"] for node in typed.kept(plain.get("content"))]
            cell = {**cell, "content": [{"type": "plain", "content": typed.from_text(text.strip(), atoms)}]}
        cells.append(cell)
    return {**row, "content": cells}
