"""References from open papers to what is restricted: where an author called it by its restricted title, the open title stands instead.

Other words of an author's stay: “as reported before” tells nothing.
"""

from boards.document.schema import walk

from .words import words


def restricted_names(content):
    """Target → (restricted titles, open title) of every restricted item and annex, and of every block of a restricted paper."""
    found = {}
    for item in content["items"]:
        closed = bool(item.get("restriction"))
        if closed:
            _add(found, [f"item:{item['id']}"], [item, *item["papers"]])
        for paper in item["papers"]:
            around = [item, paper] if closed else [paper] if paper.get("restriction") else []
            if around and paper.get("document"):
                _add(found, _places(paper["document"]), around)
            for annex in paper["annexes"]:
                if around or annex.get("restriction"):
                    _add(found, [f"annex:{annex['id']}"], [*around, annex])
    return found


def _add(found, targets, things):
    """The open title is that of the first, the outermost that is restricted. A title that it says too is not restricted."""
    open_title = things[0].get("open_title") or "Restricted"
    told = f" {words(open_title)} "
    titles = {title for thing in things if (title := words(thing.get("title") or "")) and f" {title} " not in told}
    if titles:
        found.update(dict.fromkeys(targets, (titles, open_title)))


def _places(document):
    for node in walk(document):
        attributes = node.get("attrs") or {}
        if attributes.get("id"):
            yield f"block:{attributes['id']}"
        if attributes.get("anchor"):
            yield attributes["anchor"]


def referring(node, names):
    """The document with these names taken out of its references; the same document where there are none."""
    if node["type"] == "xref":
        attributes = node["attrs"]
        titles, open_title = names.get(attributes["target"], ((), ""))
        told = f" {words(attributes.get('text') or '')} "
        if any(f" {title} " in told for title in titles):
            return {**node, "attrs": {**attributes, "text": open_title}}
        return node
    if not node.get("content"):
        return node
    content = [referring(child, names) for child in node["content"]]
    changed = any(after is not before for after, before in zip(content, node["content"], strict=True))
    return {**node, "content": content} if changed else node
