"""How a document is told, in a pack, what its references, pictures and charts are (see `boards.document.context`)."""

from boards import addressing, grounds, reports
from boards.document.context import Place
from boards.document.schema import walk

ELSEWHERE = "a part that is not in this pack"  # said where a reference has no words of its own


class Directory:
    """Every place in the pack that a reference may lead to, by target. Made once for the content."""

    def __init__(self, content):
        self.items, self.annexes, self.blocks, self.names = {}, {}, {}, {}
        self.board_kind = (content.get("board") or {}).get("kind", "")
        for item in content["items"]:
            self.items[item["id"]] = item
            for paper in item["papers"]:
                for annex in paper["annexes"]:
                    self.annexes[annex["id"]] = (paper, annex)
                for node in _blocks(paper.get("document")):
                    self.blocks[node["attrs"]["id"]] = paper
                    if name := node["attrs"].get("anchor"):
                        self.names.setdefault(name, node["attrs"]["id"])


def _blocks(document):
    """Every node of a document that has a permanent id, in reading order."""
    return (node for node in walk(document) if (node.get("attrs") or {}).get("id")) if document else ()


class PackContext:
    """Given to `boards.document.html.render`. Links go to places in the pack by name; pages come from the ledger."""

    def __init__(self, directory, paper, references):
        self.directory, self.paper, self.references = directory, paper, references

    def addressee(self, to):
        return addressing.addressee(self.directory.board_kind, to)

    def resolve_target(self, target):
        kind, _, name = target.partition(":")
        label = self._label(kind, name, target)
        if label is None:
            return Place(name if reports.get(kind) else ELSEWHERE)
        if not self._is_bound(kind, name):
            return Place(label)
        return Place(label, self.references.href(target), self.references.page(target))

    def _is_bound(self, kind, name):
        """Whether the place has pages of its own in this pack: an item without papers and a restricted annex have none."""
        if kind == "item":
            return any(paper.get("document") for paper in self.directory.items[name]["papers"])
        return kind != "annex" or bool(self.directory.annexes[name][1].get("sha256"))

    def _label(self, kind, name, target):
        directory = self.directory
        if kind == "item" and name in directory.items:
            item = directory.items[name]
            return f"item {item['number']}, {item['title']}"
        if kind == "annex" and name in directory.annexes:
            paper, annex = directory.annexes[name]
            where = "" if paper is self.paper else f" to item {paper['number']}"
            return f"Annex {annex['letter']}{where}"
        if kind == "block" and name in directory.blocks:
            paper = directory.blocks[name]
            label = (paper.get("numbers", {}).get(name) or {}).get("label") or paper["title"]
            return label if paper is self.paper else f"{label} of item {paper['number']}"
        return name if target in directory.names else None

    def image_src(self, src):
        return src

    def chart(self, kind, data, caption, alt):
        return reports.draw_chart(kind, data, caption, alt)

    def bound_text(self, register, path, text):
        return text

    def ground(self, code):
        return grounds.title_of(code)
