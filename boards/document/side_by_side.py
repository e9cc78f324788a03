"""After a conflict: the merged document with my text where both of us changed the same part, to be shown beside theirs."""

from boards.document.merge import Conflict


def keep_mine(merged: dict, mine: dict, conflicts: list[Conflict]) -> dict:
    """`merged` holds their text in every conflict. The answer holds mine; a part they removed and I changed is put back."""
    by_id = {conflict.block_id: conflict for conflict in conflicts}
    present = {(node.get("attrs") or {}).get("id") for node in _walk(merged)}
    restored = {name: conflict for name, conflict in by_id.items() if name not in present and conflict.mine is not None}
    return _visit(merged, by_id, _after(mine, restored))


def _walk(node: dict):
    yield node
    for child in node.get("content", ()):
        yield from _walk(child)


def _after(mine: dict, restored: dict) -> dict[str, list[dict]]:
    """Block id → blocks that stood after it in my document and are to be put back."""
    found: dict[str, list[dict]] = {}

    def visit(node: dict) -> None:
        before = (node.get("attrs") or {}).get("id") or ""
        for child in node.get("content", ()):
            name = (child.get("attrs") or {}).get("id")
            if name in restored:
                found.setdefault(before, []).append(child)
            else:
                before = name or before
            visit(child)

    visit(mine)
    return found


def _visit(node: dict, conflicts: dict[str, Conflict], after: dict[str, list[dict]]) -> dict:
    if "content" not in node:
        return node
    content = []
    for child in node["content"]:
        name = (child.get("attrs") or {}).get("id")
        conflict = conflicts.get(name)
        if conflict is None:
            content.append(_visit(child, conflicts, after))
        elif conflict.mine is not None:
            content.append(_whole(child, conflict.mine))
        content += after.get(name, []) if child["type"] != "section" else []
    if node["type"] == "section" and (node.get("attrs") or {}).get("id") in after:
        content[1:1] = after[node["attrs"]["id"]]
    return {**node, "content": content}


def _whole(theirs: dict, mine: dict) -> dict:
    """A conflict in a section is about its title: its blocks stay."""
    if theirs["type"] == "section" and len(mine.get("content", [])) <= 1:
        return {**mine, "content": [*mine.get("content", []), *theirs["content"][1:]]}
    return mine
