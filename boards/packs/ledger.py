"""The ledger: the one table of page numbers of a pack.

Contents page, outline, page labels, stamps, cross-references and the on-screen reader all read it. A page number is counted
from 1 through the whole pack; each supplement has a series of its own, S1, S2, ..., then T1, ..., so that published numbers
never move and “page S3” is one page.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """One line: `kind` is front, contents, item, divider, paper, section, annex-divider or annex; `page` counts from 1; `label` is as
    printed. An item begins on its divider where it has one, and on its first paper where not.
    """

    kind: str
    id: str
    number: str
    title: str
    page: int
    label: str
    parent: str = ""

    def as_dict(self):
        return dict(vars(self))


@dataclass
class Ledger:
    """Rows in pack order, and the page of every anchor (block ids, `item-<id>`, `paper-<id>`, `annex-<id>`)."""

    pages: int = 0
    series: str = ""
    rows: list = field(default_factory=list)
    anchors: dict = field(default_factory=dict)
    targets: dict = field(default_factory=dict)
    places: dict = field(default_factory=dict)

    def anchor_of(self, target):
        """The anchor a cross-reference target stands for: `block:<id>`, `item:<id>`, `annex:<id>`, `risks:SR3.1`."""
        if target in self.targets:
            return self.targets[target]
        kind, _, name = target.partition(":")
        if kind == "block":
            return name
        if kind in ("item", "paper", "annex"):
            return f"{kind}-{name}"
        return target

    def page(self, target):
        """The page (from 1) of a target, or None when it is not in this pack."""
        return self.anchors.get(self.anchor_of(target))

    def label(self, target):
        """The page label as printed (`10`, `S3`), or None."""
        page = self.page(target)
        return None if page is None else f"{self.series}{page}"

    def as_dict(self):
        return {
            "pages": self.pages, "series": self.series, "rows": [row.as_dict() for row in self.rows],
            "anchors": self.anchors, "targets": self.targets,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data):
        rows = [Row(**row) for row in data["rows"]]
        return cls(data["pages"], data["series"], rows, data["anchors"], data.get("targets", {}))


def make(specs, infos, *, series="", targets=None):
    """Ledger of fragments in pack order; `infos[i]` is None while the pages of fragment i are not known (one is assumed)."""
    ledger = Ledger(series=series, targets=targets or {})
    first = 1

    def add(kind, id_, number, title, page, parent=""):
        ledger.rows.append(Row(kind, id_, number, title, page, f"{series}{page}", parent))

    for spec, info in zip(specs, infos, strict=True):
        if spec.item is not None and f"item-{spec.item['id']}" not in ledger.anchors:
            ledger.anchors[f"item-{spec.item['id']}"] = first
            ledger.places[f"item-{spec.item['id']}"] = (first, None)
            add("item", spec.item["id"], spec.item["number"], spec.item["title"], first)
        ledger.anchors.setdefault(spec.anchor, first)
        ledger.places.setdefault(spec.anchor, (first, None))
        add(spec.kind, spec.id, spec.number, spec.title, first, spec.parent)
        if info is not None:
            for name, (page, _x, y) in info.anchors.items():
                ledger.anchors.setdefault(name, first + page)
                ledger.places.setdefault(name, (first + page, y))
            for level, title, page, _y in info.bookmarks:
                if level == 1:
                    add("section", "", "", title, first + page, spec.id)
        first += info.pages if info is not None else 1
    ledger.pages = first - 1
    return ledger
