"""What an edition says openly, worked out from the members' content: only what stands under no restriction of its own, of anything
it is part of, or of a mark on it.

The leak proof takes such words for no secret. It does not ask the public copy, for a mistake in making that is what it has to find.
"""

from boards import paper_head

from . import tree


def openly(content):
    """(place, text) of everything that may be said to everybody."""
    closed = closed_targets(content)
    for facts in (content.get("office"), content.get("board")):
        yield "the agenda", " | ".join(str(fact) for fact in (facts or {}).values())
    for item in content["items"]:
        where = f"item {item['number']}"
        if item.get("restriction"):
            yield where, item.get("open_title") or ""
            continue
        for name in ("title", "note", "late_reason"):
            yield where, item.get(name) or ""
        for paper in item["papers"]:
            yield from _paper(paper, f"paper {paper['number']}", closed)


def open_annexes(content):
    """The SHA-256 of every annex that everybody may open."""
    for paper in _papers(content):
        if not paper["closed"]:
            yield from (
                each["sha256"] for each in paper["annexes"] if each.get("sha256") and not each.get("restriction")
            )


def closed_targets(content):
    """Targets of references that lead into something restricted, and into nothing else."""
    inside, outside = set(), set()
    for item in content["items"]:
        (inside if item.get("restriction") else outside).add(f"item:{item.get('id')}")
    for paper in _papers(content):
        for annex in paper["annexes"]:
            (inside if paper["closed"] or annex.get("restriction") else outside).add(f"annex:{annex.get('id')}")
        if paper.get("document"):
            _targets(paper["document"], paper["closed"], inside, outside)
    return inside - outside


def _papers(content):
    for item in content["items"]:
        for paper in item["papers"]:
            yield {**paper, "closed": bool(item.get("restriction") or paper.get("restriction"))}


def _targets(node, hidden, inside, outside):
    hidden = hidden or tree.closes(node)
    attributes = node.get("attrs") or {}
    found = [f"block:{attributes['id']}"] if attributes.get("id") else []
    (inside if hidden else outside).update(found + ([attributes["anchor"]] if attributes.get("anchor") else []))
    for child in node.get("content", ()):
        _targets(child, hidden, inside, outside)


def _paper(paper, place, closed):
    if paper.get("restriction"):
        yield place, paper.get("open_title") or ""
        return
    yield place, paper["title"]
    yield place, paper.get("late_reason") or ""
    yield place, " ".join(f"{label} {said}" for label, said in paper_head.rows(paper))
    if paper.get("document"):
        yield from ((place, text) for text in _document(paper["document"], closed))
    for annex in paper["annexes"]:
        shown = annex.get("open_title") if annex.get("restriction") else annex["title"]
        yield f"Annex {annex['letter']} to {place}", shown or ""
        if not annex.get("restriction"):
            for name in (annex.get("original_name"), annex.get("file"), annex.get("sha256")):
                yield f"Annex {annex['letter']} to {place}", name or ""


def _document(node, closed):
    """The texts of a document without its restricted blocks and spans, and without what references to something restricted say."""
    if tree.closes(node):
        return
    if node["type"] in tree.LEAVES:
        yield _said(node, closed)
    elif node["type"] in tree.PIECES:
        yield " ".join(_said(leaf, closed) for leaf, hidden in tree.leaves(node) if not hidden)
    yield from tree.addresses(node)
    if src := (node.get("attrs") or {}).get("src"):
        yield src
    yield from tree.drawn(node)
    yield tree.figures(node)
    for child in node.get("content", ()):
        yield from _document(child, closed)


def _said(leaf, closed):
    def unsaid(child):
        leads_in = child["type"] == "xref" and (child.get("attrs") or {}).get("target") in closed
        return leads_in or tree.closes(child)

    return tree.inline(leaf, without=unsaid)
