"""The buttons of the plain form of a paper: add, move and remove blocks, rows and columns."""

import copy
from collections.abc import Callable, Mapping

from boards.document import build, ids
from boards.document.plain_edit import attrs_of, block_id

#: What can be added below a block: key → (words for the menu, how it is made).
ADDABLE: dict[str, tuple[str, Callable[[], dict]]] = {
    "para": ("Paragraph", lambda: build.para("")),
    "para2": ("Sub-paragraph", lambda: build.para("", level=2)),
    "plain": ("Paragraph without a number", lambda: build.para("", numbered=False)),
    "subheading": ("Sub-heading", lambda: build.sub("")),
    "bullets": ("Bullet list", lambda: build.bullets("")),
    "letters": ("Lettered list (a), (b)", lambda: build.letters("")),
    "table": ("Table", lambda: build.table("", ["Heading 1", "Heading 2", "Heading 3"], [["", "", ""], ["", "", ""]])),
    "quote": ("Quotation", lambda: build.quote("")),
    "recommend": ("Recommendation", lambda: build.recommend("note", "")),
    "source": ("Source document", lambda: build.source("")),
    "contact": ("Contact officer", lambda: build.contact("", "")),
    "section": ("New section", lambda: build.section("New section", build.para(""))),
}


def perform(document: dict, deed: str, posted: Mapping[str, str]) -> dict:
    """Carry out a button's deed, such as `up:b12…`, `remove:…`, `add:…` or `row:…`. An unknown one changes nothing."""
    verb, _, name = deed.partition(":")
    document = copy.deepcopy(document)
    deeds = {
        "up": lambda: _shift(document, name, -1),
        "down": lambda: _shift(document, name, 1),
        "remove": lambda: _remove(document, name),
        "add": lambda: _add(document, name, posted.get(f"kind-{name}", "para")),
        "row": lambda: _grow(document, name, rows=True),
        "column": lambda: _grow(document, name, rows=False),
        "drop-row": lambda: _shrink(document, name, rows=True),
        "drop-column": lambda: _shrink(document, name, rows=False),
    }
    if verb in deeds:
        deeds[verb]()
    return document


def _find(document: dict, name: str) -> tuple[list[dict], int] | None:
    """The list that holds a section or a block, and its place there."""
    for place, section in enumerate(document["content"]):
        if block_id(section) == name:
            return document["content"], place
        for inner, block in enumerate(section["content"]):
            if block_id(block) == name:
                return section["content"], inner
    return None


def _shift(document: dict, name: str, steps: int) -> None:
    found = _find(document, name)
    if found is None:
        return
    siblings, place = found
    first = 0 if siblings is document["content"] else 1  # the heading stays first
    there = place + steps
    if first <= there < len(siblings):
        siblings[place], siblings[there] = siblings[there], siblings[place]
    elif siblings is not document["content"]:
        _to_neighbour(document, siblings, place, steps)


def _to_neighbour(document: dict, siblings: list[dict], place: int, steps: int) -> None:
    """A block moved past the end of its section goes to the section beside it."""
    sections = document["content"]
    here = next(index for index, section in enumerate(sections) if section["content"] is siblings)
    if 0 <= here + steps < len(sections):
        block = siblings.pop(place)
        target = sections[here + steps]["content"]
        target.insert(1 if steps > 0 else len(target), block)


def _remove(document: dict, name: str) -> None:
    found = _find(document, name)
    if found is None:
        return
    siblings, place = found
    if siblings is document["content"] and len(siblings) == 1:
        return  # a paper has at least one section
    siblings.pop(place)


def _add(document: dict, name: str, kind: str) -> None:
    found = _find(document, name)
    if found is None or kind not in ADDABLE:
        return
    siblings, place = found
    made = ADDABLE[kind][1]()
    if kind == "section":
        sections = document["content"]
        here = next(
            index
            for index, section in enumerate(sections)
            if section["content"] is siblings or (sections is siblings and index == place)
        )
        sections.insert(here + 1, made)
    elif siblings is document["content"]:
        siblings[place]["content"].append(made)
    else:
        siblings.insert(place + 1, made)


def _table(document: dict, name: str) -> tuple[dict, dict] | None:
    found = _find(document, name)
    if found is None or found[0][found[1]]["type"] != "tableFigure":
        return None
    figure = found[0][found[1]]
    return figure, next(child for child in figure["content"] if child["type"] == "table")


def _merged(table: dict) -> bool:
    return any(
        attrs_of(c).get("colspan", 1) > 1 or attrs_of(c).get("rowspan", 1) > 1
        for row in table["content"]
        for c in row["content"]
    )


def _grow(document: dict, name: str, *, rows: bool) -> None:
    found = _table(document, name)
    if found is None or (not rows and _merged(found[1])):
        return
    figure, table = found
    if rows:
        width = sum(attrs_of(cell).get("colspan", 1) for cell in table["content"][0]["content"])
        table["content"].append(
            {"type": "tableRow", "attrs": {"id": ids.new_id()}, "content": [_empty("tableCell") for _ in range(width)]}
        )
    else:
        for row in table["content"]:
            heads = all(cell["type"] == "tableHeader" for cell in row["content"])
            row["content"].append(_empty("tableHeader" if heads else "tableCell"))
        figure["attrs"] = {**attrs_of(figure), "widths": None}


def _empty(kind: str) -> dict:
    return {"type": kind, "content": [{"type": "plain"}]}


def _shrink(document: dict, name: str, *, rows: bool) -> None:
    found = _table(document, name)
    if found is None or _merged(found[1]):
        return
    figure, table = found
    if rows and len(table["content"]) > 2:
        table["content"].pop()
    elif not rows and len(table["content"][0]["content"]) > 1:
        for row in table["content"]:
            row["content"].pop()
        figure["attrs"] = {**attrs_of(figure), "widths": None}
