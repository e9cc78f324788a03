"""What became of one block: in which versions it changed, and putting an old one back.

A *part* is what a reader would name: a block of a section, or the section's own heading. A list or a table is one part.
"""

import json

from .errors import DocumentError

HEADING = "heading"


def parts(document: dict) -> dict[str, dict]:
    """{id: node} of every part, in order; under a section's id stands its heading."""
    found = {}
    for section in document.get("content", []):
        found[section["attrs"]["id"]] = section["content"][0]
        found |= {block["attrs"]["id"]: block for block in section["content"][1:]}
    return found


def differences(before: dict | None, after: dict) -> dict[str, str]:
    """{id: "added", "changed" or "removed"} between two versions; a part that only moved is not changed."""
    old, new = parts(before) if before else {}, parts(after)
    found = {key: "added" for key in new if key not in old}
    found |= {key: "changed" for key, node in new.items() if key in old and _same(old[key]) != _same(node)}
    return found | {key: "removed" for key in old if key not in new}


def restore(document: dict, old: dict, block_id: str) -> dict:
    """The document with one part as it was in an old version; a part removed since returns to its place.

    Raises `DocumentError` where the old version does not hold it, or where its section is gone.
    """
    found = next((s for s in old["content"] if block_id in (s["attrs"]["id"], *_ids(s))), None)
    if found is None:
        raise DocumentError("That version does not hold this part of the paper.", block_id)
    was = parts(old)[block_id]
    sections = [{**section, "content": list(section["content"])} for section in document["content"]]
    for section in sections:
        if section["attrs"]["id"] == block_id:
            section["content"][0] = was
            break
        if block_id in _ids(section):
            section["content"][1 + _ids(section).index(block_id)] = was
            break
    else:
        home = next((s for s in sections if s["attrs"]["id"] == found["attrs"]["id"]), None)
        if home is None or found["attrs"]["id"] == block_id:
            raise DocumentError("Its section is no longer in the paper. Restore the whole version instead.", block_id)
        home["content"].insert(_place(home, _ids(found), block_id), was)
    return {**document, "content": sections}


def _ids(section):
    return [block["attrs"]["id"] for block in section["content"][1:]]


def _place(home, old_order, block_id):
    """After the nearest part that stood before it and is still there; else first in the section."""
    now = _ids(home)
    for before in reversed(old_order[: old_order.index(block_id)]):
        if before in now:
            return 2 + now.index(before)
    return 1


def _same(node):
    return json.dumps(node, sort_keys=True)
