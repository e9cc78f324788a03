"""What stands beside the text: the headers and footers of the pages, and our own part of an exported file."""

from collections import Counter
from copy import copy

from .errors import WordImportError
from .lines import Cell, Grid


def running_lines(package, styles_from):
    """The text lines of headers and footers, first met first, without repeats: (kind, text)."""
    found = []
    relations = package.relations(package.main)
    for relation in relations.values():
        if relation.kind not in ("header", "footer") or relation.external or not package.has(relation.target):
            continue
        walker = copy(styles_from)  # the same styles and numbering, counting nothing of its own
        walker.part, walker.dropped, walker.said = relation.target, Counter(), []
        walker._waiting, walker._fields, walker._joining = [], [], None
        for item in walker.blocks(package.xml(relation.target)):
            rows = item.rows if isinstance(item, Grid) else [[item]]
            for row in rows:
                pieces = [piece.words if isinstance(piece, Cell) else piece.text for piece in row]
                text = "\t".join(p.strip() for p in pieces if p.strip())
                if text and (relation.kind, text) not in found:
                    found.append((relation.kind, text))
    return found


def custom_part(package, namespace, root_name):
    """The text of our own part in an exported file, or None."""
    for name in package.related("customXml"):
        try:
            root = package.xml(name)
        except WordImportError:  # a foreign custom part may hold anything; only ours matters
            root = None
        if root is not None and root.tag == f"{{{namespace}}}{root_name}":
            return root.text or ""
    return None
