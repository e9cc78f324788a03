"""Editing a document through a plain form, without any script: read what was typed, add, move and remove blocks.

Every function takes a document and returns a new one; ids of blocks that stay are never changed.
"""

import copy
import re
from collections.abc import Callable, Mapping

from boards.document import build, ids, typed

TEXT_BLOCKS = {"para", "subheading", "recommendation", "guidance", "sourceDocument"}
LISTS = {"bulletList", "orderedList"}

#: What can be added below a block: key → (words for the menu, how it is made).
ADDABLE: dict[str, tuple[str, Callable[[], dict]]] = {
    "para": ("Paragraph", lambda: build.para("")),
    "para2": ("Sub-paragraph", lambda: build.para("", level=2)),
    "plain": ("Paragraph without a number", lambda: build.para("", numbered=False)),
    "subheading": ("Sub-heading", lambda: build.sub("")),
    "bullets": ("Bullet list", lambda: build.bullets("")),
    "letters": ("Lettered list (a), (b)", lambda: build.letters("")),
    "table": ("Table", lambda: build.table("", ["Heading 1", "Heading 2", "Heading 3"], [["", "", ""], ["", "", ""]])),
    "quote": ("Quotation", lambda: build.quote("")),
    "recommend": ("Recommendation", lambda: build.recommend("note", "")),
    "source": ("Source document", lambda: build.source("")),
    "contact": ("Contact officer", lambda: build.contact("", "")),
    "section": ("New section", lambda: build.section("New section", build.para(""))),
}


def _attrs(node: dict) -> dict:
    return node.get("attrs") or {}


def block_id(node: dict) -> str:
    return _attrs(node).get("id") or ""


# Reading what was typed


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
    attrs = _attrs(node)
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
        block = {**block, "attrs": {**_attrs(block), **changes}}
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
    attrs = dict(_attrs(old)) if old else {"id": ids.new_id()}
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
                inner["attrs"]["kind"] = "roman" if _attrs(block).get("kind") == "alpha" else _attrs(block).get("kind")
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


# Adding, moving, removing


def perform(document: dict, deed: str, posted: Mapping[str, str]) -> dict:
    """Carry out a button's deed, such as `up:b12…`, `remove:…`, `add:…` or `row:…`. An unknown one changes nothing."""
    verb, _, name = deed.partition(":")
    document = copy.deepcopy(document)
    deeds = {
        "up": lambda: _shift(document, name, -1),
        "down": lambda: _shift(document, name, 1),
        "remove": lambda: _remove(document, name),
        "add": lambda: _add(document, name, posted.get(f"kind-{name}", "para")),
        "row": lambda: _grow(document, name, rows=True),
        "column": lambda: _grow(document, name, rows=False),
        "drop-row": lambda: _shrink(document, name, rows=True),
        "drop-column": lambda: _shrink(document, name, rows=False),
    }
    if verb in deeds:
        deeds[verb]()
    return document


def _find(document: dict, name: str) -> tuple[list[dict], int] | None:
    """The list that holds a section or a block, and its place there."""
    for place, section in enumerate(document["content"]):
        if block_id(section) == name:
            return document["content"], place
        for inner, block in enumerate(section["content"]):
            if block_id(block) == name:
                return section["content"], inner
    return None


def _shift(document: dict, name: str, steps: int) -> None:
    found = _find(document, name)
    if found is None:
        return
    siblings, place = found
    first = 0 if siblings is document["content"] else 1  # the heading stays first
    there = place + steps
    if first <= there < len(siblings):
        siblings[place], siblings[there] = siblings[there], siblings[place]
    elif siblings is not document["content"]:
        _to_neighbour(document, siblings, place, steps)


def _to_neighbour(document: dict, siblings: list[dict], place: int, steps: int) -> None:
    """A block moved past the end of its section goes to the section beside it."""
    sections = document["content"]
    here = next(index for index, section in enumerate(sections) if section["content"] is siblings)
    if 0 <= here + steps < len(sections):
        block = siblings.pop(place)
        target = sections[here + steps]["content"]
        target.insert(1 if steps > 0 else len(target), block)


def _remove(document: dict, name: str) -> None:
    found = _find(document, name)
    if found is None:
        return
    siblings, place = found
    if siblings is document["content"] and len(siblings) == 1:
        return  # a paper has at least one section
    siblings.pop(place)


def _add(document: dict, name: str, kind: str) -> None:
    found = _find(document, name)
    if found is None or kind not in ADDABLE:
        return
    siblings, place = found
    made = ADDABLE[kind][1]()
    if kind == "section":
        sections = document["content"]
        here = next(
            index
            for index, section in enumerate(sections)
            if section["content"] is siblings or (sections is siblings and index == place)
        )
        sections.insert(here + 1, made)
    elif siblings is document["content"]:
        siblings[place]["content"].append(made)
    else:
        siblings.insert(place + 1, made)


def _table(document: dict, name: str) -> tuple[dict, dict] | None:
    found = _find(document, name)
    if found is None or found[0][found[1]]["type"] != "tableFigure":
        return None
    figure = found[0][found[1]]
    return figure, next(child for child in figure["content"] if child["type"] == "table")


def _merged(table: dict) -> bool:
    return any(
        _attrs(c).get("colspan", 1) > 1 or _attrs(c).get("rowspan", 1) > 1
        for row in table["content"]
        for c in row["content"]
    )


def _grow(document: dict, name: str, *, rows: bool) -> None:
    found = _table(document, name)
    if found is None or (not rows and _merged(found[1])):
        return
    figure, table = found
    if rows:
        width = sum(_attrs(cell).get("colspan", 1) for cell in table["content"][0]["content"])
        table["content"].append(
            {"type": "tableRow", "attrs": {"id": ids.new_id()}, "content": [_empty("tableCell") for _ in range(width)]}
        )
    else:
        for row in table["content"]:
            heads = all(cell["type"] == "tableHeader" for cell in row["content"])
            row["content"].append(_empty("tableHeader" if heads else "tableCell"))
        figure["attrs"] = {**_attrs(figure), "widths": None}


def _empty(kind: str) -> dict:
    return {"type": kind, "content": [{"type": "plain"}]}


def _shrink(document: dict, name: str, *, rows: bool) -> None:
    found = _table(document, name)
    if found is None or _merged(found[1]):
        return
    figure, table = found
    if rows and len(table["content"]) > 2:
        table["content"].pop()
    elif not rows and len(table["content"][0]["content"]) > 1:
        for row in table["content"]:
            row["content"].pop()
        figure["attrs"] = {**_attrs(figure), "widths": None}
