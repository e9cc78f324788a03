"""Generated blocks: refreshed while the facts move, until somebody makes them their own.

A register's draft gives every generated block a key that is stable between refreshes (`risks:cover:SR3.1`).
Refreshing puts the fresh block in the place of the old one, keeps its permanent id, adds blocks that are new and
takes out those that are gone. A block that was taken over, and anything an officer wrote between generated blocks,
is left alone.
"""

import copy
from collections.abc import Callable


def _gen(block: dict) -> dict | None:
    return (block.get("attrs") or {}).get("gen")


def _key(block: dict) -> str | None:
    gen = _gen(block)
    return gen["key"] if gen else None


def keys(document: dict) -> dict[str, dict]:
    """Every generated block by its key."""
    found = {}

    def visit(node: dict) -> None:
        key = _key(node)
        if key:
            found[key] = node
        for child in node.get("content", ()):
            visit(child)

    visit(document)
    return found


def refresh(document: dict, fresh: dict) -> dict:
    """The document with its generated blocks as in `fresh`; sections are matched first, then the blocks within each."""
    return {**document, "content": _refresh_list(document.get("content", []), fresh.get("content", []), sections=True)}


def _refresh_list(old: list[dict], new: list[dict], *, sections: bool) -> list[dict]:
    new_by_key = {_key(block): block for block in new if _key(block)}
    old_keys = {_key(block) for block in old if _key(block)}
    result: list[dict] = []
    for block in old:
        key = _key(block)
        if key is None:
            result.append(_inside(block, new) if sections else block)
        elif _gen(block).get("taken"):
            result.append(block)
        elif key in new_by_key:
            result.append(_successor(block, new_by_key[key]))
    # A block that is new stands after the generated block it follows in the fresh draft.
    previous = None
    for block in new:
        key = _key(block)
        if key and key not in old_keys:
            at = next((index + 1 for index, each in enumerate(result) if previous and _key(each) == previous), None)
            result.insert(len(result) if at is None else at, copy.deepcopy(block))
        if key:
            previous = key
    return result


def _inside(section: dict, new_sections: list[dict]) -> dict:
    """A section that is the officer's own, with generated blocks inside: refresh those."""
    role = (section.get("attrs") or {}).get("role")
    held = {_key(block) for block in section.get("content", []) if _key(block)}
    own = [candidate for candidate in new_sections if _key(candidate) is None]
    offers = [(candidate, {_key(block) for block in candidate.get("content", []) if _key(block)}) for candidate in own]
    # Keys in common are sure; a common role is only a guess, and none where two sections have it.
    match = next((candidate for candidate, offered in offers if held & offered), None)
    if match is None and role:
        same = [candidate for candidate, offered in offers if offered and candidate["attrs"].get("role") == role]
        match = same[0] if len(same) == 1 else None
    if match is None:
        return section
    return {**section, "content": _refresh_list(section.get("content", []), match.get("content", []), sections=False)}


def _successor(old: dict, new: dict) -> dict:
    """The fresh block under the old one's permanent id; within a section, block by block."""
    attrs = {**(new.get("attrs") or {}), "id": (old.get("attrs") or {}).get("id")}
    block = {**copy.deepcopy(new), "attrs": attrs}
    if new.get("type") == "section":
        block["content"] = _refresh_list(old.get("content", []), new.get("content", []), sections=False)
        heading = [child for child in new.get("content", []) if child.get("type") == "heading"]
        rest = [child for child in block["content"] if child.get("type") != "heading"]
        plain_new = [
            child for child in new.get("content", []) if child.get("type") != "heading" and _key(child) is None
        ]
        if plain_new and not any(_key(child) for child in new.get("content", [])):
            rest = copy.deepcopy(plain_new)  # the whole section is generated as one
        block["content"] = [*copy.deepcopy(heading), *rest]
    return block


def take_over(document: dict, block_id: str) -> dict:
    """The document with one generated block marked as the officer's own."""

    def visit(node: dict) -> dict:
        attrs = node.get("attrs") or {}
        if attrs.get("id") == block_id and attrs.get("gen"):
            node = {**node, "attrs": {**attrs, "gen": {**attrs["gen"], "taken": True}}}
        if "content" in node:
            node = {**node, "content": [visit(child) for child in node["content"]]}
        return node

    return visit(document)


def outdated(document: dict, fresh: dict) -> list[tuple[str, str]]:
    """(block id, key) of blocks taken over whose facts have changed since, or are gone."""
    facts = {key: block["attrs"]["gen"].get("facts") for key, block in keys(fresh).items()}
    return [
        (block["attrs"].get("id", ""), key)
        for key, block in keys(document).items()
        if block["attrs"]["gen"].get("taken") and facts.get(key) != block["attrs"]["gen"].get("facts")
    ]


def bind(document: dict, sources: dict[str, Callable[[str], str | None]]) -> dict:
    """The document with every bound figure of these registers showing what it is now."""

    def visit(node: dict) -> dict:
        if node.get("type") == "bound":
            attrs = node["attrs"]
            source = sources.get(attrs["register"])
            text = source(attrs["path"]) if source else None
            return (
                {**node, "attrs": {**attrs, "text": text}} if text is not None and text != attrs.get("text") else node
            )
        if "content" in node:
            node = {**node, "content": [visit(child) for child in node["content"]]}
        return node

    return visit(document)
