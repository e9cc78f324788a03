"""The public copy of an edition: a pure function of the sealed content.

A restriction on an item, paper, annex, block or span removes exactly that. What stays in its place is the open title and the
grounds, never the reason's detail, a file name, a count of pages or the number of papers behind a restricted item. A reference that
calls what is restricted by its title calls it by its open title instead.
"""

from boards.document import public as document_public

from .referring import referring, restricted_names


def grounds_only(restriction):
    """What the public may know of a restriction: its grounds."""
    return {"grounds": list(restriction["grounds"]), "ground_titles": list(restriction.get("ground_titles", []))}


def open_title(thing):
    """The title that may be shown; a restricted thing without one is called restricted."""
    return thing.get("open_title") or "Restricted"


def public(content):
    """The content that anyone may read. `public(public(c)) == public(c)`."""
    names = restricted_names(content)
    items = [_item(item, names) for item in content["items"]]
    kept = {key: value for key, value in content.items() if key not in ("items", "registers", "assets")}
    shown = _assets_in(items)
    assets = {name: facts for name, facts in content.get("assets", {}).items() if name in shown}
    return {**kept, "items": items, "registers": {}, "assets": assets}


def _item(item, names):
    if item.get("restriction"):
        return {
            **{key: item.get(key, "") for key in ("id", "number", "agenda_number", "type")},
            "title": open_title(item), "open_title": open_title(item), "lead_role": "", "action_requested": "", "note": "",
            "late_reason": "", "restriction": grounds_only(item["restriction"]), "papers": [],
        }  # fmt: skip
    return {**item, "papers": [_paper(paper, names) for paper in item["papers"]]}


def _paper(paper, names):
    if paper.get("restriction"):
        return {
            "id": paper["id"], "number": paper["number"], "title": open_title(paper), "open_title": open_title(paper),
            "restriction": grounds_only(paper["restriction"]), "document": None, "numbers": {}, "annexes": [],
            "register": None,
        }  # fmt: skip
    document = document_public.public(paper["document"]) if paper.get("document") else paper.get("document")
    if document and names:
        document = referring(document, names)
    remaining = _ids(document) if document else set()
    numbers = {block: number for block, number in paper.get("numbers", {}).items() if block in remaining}
    return {**paper, "document": document, "numbers": numbers, "annexes": [_annex(annex) for annex in paper["annexes"]]}


def _annex(annex):
    if annex.get("restriction"):
        return {
            "id": annex["id"], "letter": annex["letter"], "title": open_title(annex), "open_title": open_title(annex),
            "restriction": grounds_only(annex["restriction"]),
        }  # fmt: skip
    return annex


def _walk(node):
    yield node
    for child in node.get("content", ()):
        yield from _walk(child)


def _ids(document):
    return {node["attrs"]["id"] for node in _walk(document) if node.get("attrs") and node["attrs"].get("id")}


def _assets_in(items):
    """SHA-256 of every picture that the remaining documents show."""
    names = set()
    for item in items:
        for paper in item["papers"]:
            for node in _walk(paper["document"]) if paper.get("document") else ():
                source = (node.get("attrs") or {}).get("src") or ""
                if source.startswith("asset:"):
                    names.add(source.removeprefix("asset:"))
    return names
