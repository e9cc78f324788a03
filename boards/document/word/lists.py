"""Lists: from marked lines to nested bullet and lettered lists."""

from .. import ids

KIND = {"alpha": "alpha", "roman": "roman", "decimal": "decimal", "whole": "decimal"}


class ListBuilder:
    """Takes list lines in order and gives back the finished top-level list.

    Word says a depth; a typed list is nested where its kind of mark changes under a deeper indent, as (i) under (a).
    """

    def __init__(self, printed):
        self.printed = printed  # block id -> number as printed
        self.stack = []  # [(list node, kind, indent, depth)]
        self.root = None
        self.base = None

    @property
    def open(self):
        return self.root is not None

    def take(self):
        """The finished list, and start afresh."""
        root, self.root, self.stack, self.base = self.root, None, [], None
        return root

    def add(self, mark, nodes, indent):
        """Add one item and answer its id, or None where it begins another list (the caller takes this one first)."""
        kind = KIND.get(mark.kind, "bullet")
        if self.base is None:
            self.base = mark.depth
        depth = min(self._depth(mark, kind, indent), len(self.stack))
        if depth == 0 and self.root is not None and self.stack[0][1] != kind:
            return None
        self.stack = self.stack[: depth + 1]
        item = {"type": "listItem", "attrs": {"id": ids.new()}, "content": [_plain(nodes)]}
        if mark.printed and mark.kind != "bullet":
            self.printed[item["attrs"]["id"]] = mark.printed
        if len(self.stack) == depth + 1 and self.stack[depth][1] == kind:
            self.stack[depth][0]["content"].append(item)
            return item["attrs"]["id"]
        self.stack = self.stack[:depth]
        node = _list(kind, item)
        if depth == 0:
            self.root = node
        else:
            self.stack[-1][0]["content"][-1]["content"].append(node)
        self.stack.append((node, kind, indent, mark))
        return item["attrs"]["id"]

    def _depth(self, mark, kind, indent):
        if not self.stack:
            return 0
        if mark.auto or mark.depth:
            deeper = max(0, mark.depth - (self.base or 0))
            if deeper or (mark.auto and self.stack[0][3].auto):
                return deeper
        for depth, (_, known, _, first) in enumerate(self.stack):
            if known == kind and not (kind == "bullet" and first.printed != mark.printed and mark.depth > first.depth):
                return depth
        nested = {
            ("alpha", "roman"),
            ("alpha", "bullet"),
            ("roman", "bullet"),
            ("decimal", "alpha"),
            ("decimal", "bullet"),
        }
        nested |= {("decimal", "roman")}
        if (self.stack[-1][1], kind) in nested and (kind != "bullet" or indent > self.stack[-1][2]):
            return len(self.stack)
        if indent > self.stack[-1][2]:
            return len(self.stack)
        return 0


def _list(kind, item):
    if kind == "bullet":
        return {"type": "bulletList", "attrs": {"id": ids.new()}, "content": [item]}
    return {"type": "orderedList", "attrs": {"id": ids.new(), "kind": kind}, "content": [item]}


def _plain(nodes):
    return {"type": "plain", **({"content": nodes} if nodes else {})}
