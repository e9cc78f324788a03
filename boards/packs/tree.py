"""The words of a document's parts and what is restricted of them, for the leak proof.

It asks nothing of `boards.document.public` or `public`: a mistake there must not be a mistake here too.
"""

LEAVES = {
    "para", "subheading", "plain", "heading", "caption", "tableNote", "recommendation", "sourceDocument", "footnote", "guidance",
}  # fmt: skip
PIECES = {"table", "bulletList", "orderedList"}  # whose rows or items are often too short to say much alone


def closes(node):
    """Whether a restriction on this node, or a mark of it, keeps it and everything beneath it from the public."""
    marked = any(mark["type"] == "restricted" for mark in node.get("marks", ()))
    return marked or bool((node.get("attrs") or {}).get("restricted"))


def inline(node, *, without=None):
    """The words of a leaf, footnotes apart. Children for which `without(child)` holds are left out."""
    if node["type"] == "text":
        return node["text"]
    if node["type"] == "hardBreak":
        return " "
    own = (node.get("attrs") or {}).get("text") if node["type"] in ("xref", "bound", "tag") else ""
    kept = [
        child for child in node.get("content", ()) if child["type"] != "footnote" and not (without and without(child))
    ]
    return (own or "") + "".join(inline(child) for child in kept)


def leaves(node, hidden=False):
    """(leaf, whether it is hidden) of everything beneath a node, in reading order; footnotes come after what they stand in."""
    hidden = hidden or closes(node)
    if node["type"] in LEAVES:
        yield node, hidden
    for child in node.get("content", ()):
        yield from leaves(child, hidden)


def addresses(node):
    """Every address a node itself gives: of a mailbox, a source, a link."""
    attributes = node.get("attrs") or {}
    for name in ("mailbox", "href"):
        if attributes.get(name):
            yield attributes[name]
    for mark in node.get("marks", ()):
        if mark["type"] == "link":
            yield mark["attrs"]["href"]


def drawn(node):
    """What a chart or picture says in words: caption, alternative, and every text among its figures."""
    attributes = node.get("attrs") or {}
    for name in ("caption", "alt"):
        if isinstance(attributes.get(name), str):
            yield attributes[name]
    yield from (value for value in values(attributes.get("data")) if not value.isdigit())


def figures(node):
    """All that a chart was drawn from, one value after the other as the open data gives them."""
    return " ".join(values((node.get("attrs") or {}).get("data")))


def values(value):
    """Every value in something JSON-able as text, in canonical order."""
    if isinstance(value, dict):
        for key in sorted(value):
            yield from values(value[key])
    elif isinstance(value, list):
        for each in value:
            yield from values(each)
    elif value is not None:
        yield str(value)
