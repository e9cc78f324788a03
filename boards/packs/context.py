"""How a document is told, in a pack, what its references, pictures and charts are (see `boards.document.context`)."""

from dataclasses import dataclass

from boards import addressing, grounds, reports
from boards.document.context import Place
from boards.document.schema import walk

ELSEWHERE = "a part that is not in this pack"  # said where a reference has no words of its own


@dataclass(frozen=True)
class Found:
    """What a reference means, for the pack and the on-screen reader alike: its words, and the paper and place it leads to.

    `kind` is item, annex, block or name; `paper` is None where there is nothing to lead to: an item without papers, or what is
    restricted in this copy.
    """

    label: str
    kind: str
    id: str
    paper: dict | None


class Directory:
    """Every place in the pack that a reference may lead to, by target. Made once for the content.

    A name that two papers use stands for its place in the first of them, and an item for its first paper.
    """

    def __init__(self, content):
        self.items, self.annexes, self.blocks, self.names = {}, {}, {}, {}
        self.board_kind = (content.get("board") or {}).get("kind", "")
        for item in content["items"]:
            self.items[item["id"]] = item
            for paper in item["papers"]:
                for annex in paper["annexes"]:
                    self.annexes[annex["id"]] = (paper, annex)
                for node in _blocks(paper.get("document")):
                    self.blocks.setdefault(node["attrs"]["id"], paper)
                    if name := node["attrs"].get("anchor"):
                        self.names.setdefault(name, node["attrs"]["id"])

    def find(self, target, here):
        """What a target means in the paper `here`, or None when it is not in this copy."""
        kind, _, name = target.partition(":")
        if kind == "item" and name in self.items:
            item = self.items[name]
            papers = (paper for paper in item["papers"] if paper.get("document"))
            return Found(f"item {item['number']}, {item['title']}", "item", name, next(papers, None))
        if kind == "annex" and name in self.annexes:
            paper, annex = self.annexes[name]
            where = "" if _is(paper, here) else f" to item {paper['number']}"
            bound = bool(annex.get("sha256"))
            return Found(f"Annex {annex['letter']}{where}", "annex", name, paper if bound else None)
        if kind == "block" and name in self.blocks:
            paper = self.blocks[name]
            label = (paper.get("numbers", {}).get(name) or {}).get("label") or paper["title"]
            label = label if _is(paper, here) else f"{label} of item {paper['number']}"
            return Found(label, "block", name, paper)
        if target in self.names:
            return Found(name, "name", self.names[target], self.blocks[self.names[target]])
        return None

    def words_for(self, target):
        """What is said of a target that is not in this copy."""
        kind, _, name = target.partition(":")
        return name if reports.get(kind) else ELSEWHERE


def _is(paper, here):
    return here is not None and paper["id"] == here["id"]


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
        found = self.directory.find(target, self.paper)
        if found is None:
            return Place(self.directory.words_for(target))
        if found.paper is None:
            return Place(found.label)
        return Place(found.label, self.references.href(target), self.references.page(target))

    def image_src(self, src):
        return src

    def chart(self, kind, data, caption, alt):
        return reports.draw_chart(kind, data, caption, alt)

    def bound_text(self, register, path, text):
        return text

    def ground(self, code):
        return grounds.title_of(code)
