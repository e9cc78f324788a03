"""Inline content as HTML: marks, references, figures, tags, footnotes, added and removed words."""

from html import escape

from . import text
from .context import Place, anchor_id, ask
from .specification import MARK_ORDER

HIDDEN = "govuk-visually-hidden"
_SIMPLE = {"definition": "dfn", "strong": "strong", "em": "em", "sub": "sub", "sup": "sup"}
NOT_FOUND = "[reference not found]"


def hidden(words: str) -> str:
    """Words for readers who do not see colour, underlining or a line through the text."""
    return f'<span class="{HIDDEN}">{escape(words, quote=False)}</span>'


def attribute(value: object) -> str:
    return escape(str(value), quote=True)


def added(html: str) -> str:
    return f"<ins>{hidden('[added: ')}{html}{hidden('] ')}</ins>"


def removed(html: str) -> str:
    return f"<del>{hidden('[removed: ')}{html}{hidden('] ')}</del>"


class InlineWriter:
    """Writes inline content of one document; keeps the footnotes met on the way."""

    def __init__(self, *, numbers, context, places: dict[str, Place]):
        self.numbers, self.context, self.places = numbers, context, places
        self.footnotes: list[tuple[str, list]] = []
        self.block_id = "x"
        self.quiet = False  # a repeated passage shows neither footnotes nor anchors again

    def write(self, nodes: list[dict] | None) -> str:
        return self._run(nodes or [], 0)

    def _run(self, nodes: list[dict], depth: int) -> str:
        """Neighbours that share their outermost mark are written inside one element."""
        parts, index = [], 0
        while index < len(nodes):
            mark = self._mark(nodes[index], depth)
            end = index + 1
            while end < len(nodes) and self._mark(nodes[end], depth) == mark:
                end += 1
            if mark is None:
                parts += [self._node(node) for node in nodes[index:end]]
            else:
                parts.append(self._wrap(mark, self._run(nodes[index:end], depth + 1)))
            index = end
        return "".join(parts)

    @staticmethod
    def _mark(node: dict, depth: int) -> dict | None:
        marks = node.get("marks") or ()
        if len(marks) > 1:
            marks = sorted(marks, key=lambda mark: MARK_ORDER[mark["type"]])
        return marks[depth] if depth < len(marks) else None

    def _wrap(self, mark: dict, html: str) -> str:
        name = mark["type"]
        if name in _SIMPLE:
            return f"<{_SIMPLE[name]}>{html}</{_SIMPLE[name]}>"
        if name == "link":
            if "<a " in html:  # a reference or footnote inside: a link cannot hold a link
                return html
            return f'<a href="{attribute(mark["attrs"]["href"])}">{html}</a>'
        if name == "inserted":
            return added(html)
        if name == "deleted":
            return removed(html)
        ground = ask(self.context, "ground")(mark["attrs"]["ground"])
        before = hidden(f"[not for publication, {ground}: ")
        return f'<span class="restricted-words">{before}{html}{hidden("] ")}</span>'

    def _node(self, node: dict) -> str:
        name, attrs = node["type"], node.get("attrs") or {}
        if name == "text":
            return escape(node["text"], quote=False)
        if name == "hardBreak":
            return "<br>"
        if name == "xref":
            return self.xref(attrs)
        if name == "bound":
            words = ask(self.context, "bound_text")(attrs["register"], attrs["path"], attrs["text"])
            return (
                f'<span class="bound">{escape(str(words if words is not None else attrs["text"]), quote=False)}</span>'
            )
        if name == "tag":
            return f'<span class="tag tag--{attrs["tone"]}">{escape(attrs["text"], quote=False)}</span>'
        return self._footnote(node)

    def xref(self, attrs: dict) -> str:
        target, words = attrs["target"], attrs.get("text")
        here = self.places.get(target)
        found = ask(self.context, "resolve_target")(target)
        there = Place(*found) if found is not None else None
        if here is None and there is None:
            return f'<span class="xref xref--missing">{escape(words or NOT_FOUND, quote=False)}</span>'
        label = words or (there.label if there and not (here and target.startswith("block:")) else here.label)
        if attrs.get("page") and there and there.page is not None:
            label = f"{label} (page {there.page})"
        href = there.href if there and there.href else here.href if here else None
        label = escape(label, quote=False)
        return f'<a class="xref" href="{attribute(href)}">{label}</a>' if href else f'<span class="xref">{label}</span>'

    def _footnote(self, node: dict) -> str:
        if self.quiet:
            return ""
        self.footnotes.append((self.block_id, node.get("content", [])))
        count = len(self.footnotes)
        key = f"{self.block_id}-{count}"
        return f'<sup class="footnote-ref"><a id="fnref-{key}" href="#fn-{key}">{hidden("footnote ")}{count}</a></sup>'

    def notes(self) -> str:
        """The list of footnotes for the end of the paper."""
        items = []
        for count, (block_id, content) in enumerate(self.footnotes, start=1):
            key = f"{block_id}-{count}"
            back = f'<a class="footnote-back" href="#fnref-{key}">Back{hidden(f" to footnote {count}")}</a>'
            items.append(f'<li id="fn-{key}"><span class="num">{count}</span> {self.write(content)} {back}</li>')
        return "".join(items)


def local_places(document: dict, numbers) -> dict[str, Place]:
    """The places inside a document that references may name: ``block:<id>`` and every anchor."""
    answer: dict[str, Place] = {}

    def visit(node: dict) -> None:
        attrs = node.get("attrs") or {}
        block_id = attrs.get("id")
        if block_id:
            label = numbers.label(block_id)
            if label is None:
                words = " ".join(_title(node).split())
                label = f"“{words[:57].rstrip()}…”" if len(words) > 60 else f"“{words}”" if words else "this paper"
            answer[f"block:{block_id}"] = Place(label, f"#{block_id}")
            if attrs.get("anchor"):
                answer[attrs["anchor"]] = Place(attrs["anchor"].partition(":")[2], f"#{anchor_id(attrs['anchor'])}")
        for child in node.get("content", ()):
            visit(child)

    visit(document)
    return answer


def _title(node: dict) -> str:
    first = node["content"][0] if node["type"] in ("section", "tableFigure", "figure") and node.get("content") else node
    return text.of(first)
