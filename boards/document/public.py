"""The public copy of a document: every restricted block and every restricted word taken out. A pure function.

Nothing of what is taken out stays: not its words, its ids, its name, its number of blocks or its figures. Where the
caller asks, "[Restricted: ground]" stands in its place. References that led into it become plain words.
"""

from collections.abc import Callable, Iterator

from . import ids, numbering
from .schema import defaults, normalise, walk
from .specification import NODES

__all__ = ["grounds", "is_restricted", "public"]


def grounds(document: dict) -> Iterator[str]:
    """The ground of every restricted block and run of words, in reading order."""
    for node in walk(document):
        if ground := (node.get("attrs") or {}).get("restricted"):
            yield ground
        yield from (mark["attrs"]["ground"] for mark in node.get("marks", ()) if mark["type"] == "restricted")


def is_restricted(document: dict) -> bool:
    """Whether the public copy of a document, or of a block, would differ from it."""
    return any(True for _ in grounds(document))


def public(document: dict, *, placeholder: bool | Callable[[str], str] = False) -> dict:
    """The document that anyone may read. ``public(public(d)) == public(d)``.

    ``placeholder`` True leaves "[Restricted: 3]" for each thing removed (neighbours with one ground leave one); a
    function gets the code of the ground and gives the words.
    """
    words = None
    if callable(placeholder):
        words = placeholder
    elif placeholder:
        words = lambda ground: f"[Restricted: {ground}]"  # noqa: E731
    return _Public(document, words).copy()


class _Public:
    def __init__(self, document: dict, words: Callable[[str], str] | None):
        self.document, self.words = document, words
        self.labels = numbering.number(document)
        self.gone: set[str] = set()  # targets that lead into what was taken out
        self.count = 0

    def copy(self) -> dict:
        if not is_restricted(self.document):
            return self.document
        for node in walk(self.document):
            if (node.get("attrs") or {}).get("restricted"):
                self._lose(node)
        sections = self._children(self.document)
        if not sections:  # a paper has at least one section
            sections = [self._section([])]
        return normalise({"type": "doc", "content": sections})

    def _lose(self, node: dict) -> None:
        for inner in walk(node):
            attrs = inner.get("attrs") or {}
            if attrs.get("id"):
                self.gone.add(f"block:{attrs['id']}")
            if attrs.get("anchor"):
                self.gone.add(attrs["anchor"])

    def _fresh(self) -> str:
        self.count += 1
        first = self.document["content"][0]["attrs"].get("id")
        return ids.from_key("public", first, self.count)

    def _children(self, node: dict) -> list[dict]:
        answer: list[dict] = []
        last = None  # the ground of the placeholder that was put last
        for child in node.get("content", ()):
            ground = (child.get("attrs") or {}).get("restricted")
            if ground:
                if self.words and ground != last:
                    answer += self._stand_in(child, ground)
                last = ground
                continue
            made = self._node(child)
            if made is not None:
                answer.append(made)
                last = None
        return answer

    def _node(self, node: dict) -> dict | None:
        kind = NODES[node["type"]]
        if kind.inline or "content" not in node:
            return node
        content = self._inline(node["content"]) if kind.marks or _holds_inline(node) else self._children(node)
        if not content and node["type"] in ("bulletList", "orderedList", "table"):
            return None
        if node["type"] == "tableFigure" and not any(child["type"] == "table" for child in content):
            return None
        made = {key: value for key, value in node.items() if key != "content"}
        return {**made, "content": content} if content else made

    def _inline(self, nodes: list[dict]) -> list[dict]:
        answer: list[dict] = []
        last = None
        for node in nodes:
            ground = next((m["attrs"]["ground"] for m in node.get("marks", ()) if m["type"] == "restricted"), None)
            if ground:
                if self.words and ground != last:
                    answer.append({"type": "text", "text": self.words(ground)})
                last = ground
                continue
            last = None
            if node["type"] == "xref":
                answer += self._reference(node)
            elif node["type"] == "footnote" and "content" in node:
                answer.append({**node, "content": self._inline(node["content"])})
            else:
                answer.append(node)
        return answer

    def _reference(self, node: dict) -> list[dict]:
        if node["attrs"]["target"] not in self.gone:
            return [node]
        words = node["attrs"].get("text") or "a restricted part of this paper"
        return [{**{key: value for key, value in node.items() if key == "marks"}, "type": "text", "text": words}]

    # What stands in the place of what was taken out

    def _section(self, words: list[dict]) -> dict:
        attrs = {**defaults("section"), "id": self._fresh(), "numbered": False}
        heading = {"type": "heading", "content": [{"type": "text", "text": "Restricted"}]}
        return {"type": "section", "attrs": attrs, "content": [heading, *words]}

    def _para(self, ground: str) -> dict:
        attrs = {**defaults("para"), "id": self._fresh(), "numbered": False}
        return {"type": "para", "attrs": attrs, "content": [{"type": "text", "text": self.words(ground)}]}

    def _stand_in(self, node: dict, ground: str) -> list[dict]:
        name = node["type"]
        words = [{"type": "text", "text": self.words(ground)}]
        if name == "section":
            return [self._section([self._para(ground)])]
        if name == "listItem":
            attrs = {**defaults("listItem"), "id": self._fresh()}
            return [{"type": "listItem", "attrs": attrs, "content": [{"type": "plain", "content": words}]}]
        if name == "tableRow":
            width = sum(cell["attrs"]["colspan"] for cell in node.get("content", ())) or 1
            cell = {"type": "tableCell", "attrs": {**defaults("tableCell"), "colspan": width}}
            cell["content"] = [{"type": "plain", "content": words}]
            return [{"type": "tableRow", "attrs": {**defaults("tableRow"), "id": self._fresh()}, "content": [cell]}]
        return [self._para(ground)]


def _holds_inline(node: dict) -> bool:
    return any(NODES[child["type"]].inline for child in node["content"])
