"""Everything in the members' content that the public may not be told: what the leak proof searches for.

Every restricted run of words longer than a few words, every restricted title, address, picture, file name and name of an annex, and
the words inside a restricted annex.
"""

from dataclasses import dataclass
from itertools import groupby

from . import tree
from .words import windows, words

FEWEST_WORDS = 4  # "longer than a few words"
WINDOW = 8  # words of a longer text that are searched for together
ANNEX_WINDOW = 16  # of an annex: letterheads and forms repeat shorter runs
ANNEX_PAGES = 60  # of one annex that are searched for; what leaks of a longer one leaks of its first pages too
SHORTEST_TITLE = 6  # characters: a shorter title ("Fees") is a common word, and says something only with its number
TEXT, TITLE, FILE = "restricted text", "a restricted title", "a file name"
PIECE, ADDRESS, PICTURE = "a part of a restricted table or list", "a restricted address", "a restricted picture"
ANNEX = "text of a restricted annex"


@dataclass(frozen=True)
class Secret:
    """Something the public may not see: its normalised words and where in the edition it stands."""

    words: str
    where: str
    kind: str


def secrets(content, pages=None):
    """Every secret of the content; `pages(sha256, most)` gives the text of an annex's pages, which is left out without it."""
    for item in content["items"]:
        where = f"item {item['number']}"
        closed = bool(item.get("restriction"))
        if closed:
            yield from _titles(item, where, item["number"], item.get("agenda_number"))
            yield from _facts(item, where)
        for paper in item["papers"]:
            yield from _paper(paper, closed, pages)


def _paper(paper, closed, pages):
    place = f"paper {paper['number']}"
    closed = closed or bool(paper.get("restriction"))
    if closed:
        yield from _titles(paper, place, paper["number"])
        yield from _facts(paper, place)
    if paper.get("document"):
        yield from _document(paper["document"], place, closed)
    for annex in paper["annexes"]:
        name = f"Annex {annex['letter']} to {place}"
        if closed or annex.get("restriction"):
            yield from _titles(annex, name, f"Annex {annex['letter']}")
            yield from _facts(annex, name)
            yield from _file(annex, name)
            if pages and annex.get("sha256"):
                yield from _inside(pages(annex["sha256"], ANNEX_PAGES), name)


def _titles(thing, where, *numbers):
    """The title, unless the open title says it too; a short one only together with the number it stands behind."""
    title, shown = words(thing.get("title") or ""), words(thing.get("open_title") or "")
    if not title or f" {title} " in f" {shown} ":
        return
    if len(title) >= SHORTEST_TITLE:
        yield Secret(title, where, TITLE)
    else:
        yield from (Secret(f"{words(number)} {title}", where, TITLE) for number in numbers if number)


def _facts(thing, where):
    reason = (thing.get("restriction") or {}).get("reason")
    for text in (thing.get("note"), thing.get("late_reason"), reason):
        yield from _text(text, where)


def _file(annex, where):
    for name in (annex.get("original_name"), annex.get("file"), annex.get("sha256")):
        stem = (name or "").rsplit("/", 1)[-1].rsplit(".", 1)[0]
        if len(stem) >= SHORTEST_TITLE:
            yield Secret(words(stem), where, FILE)


def _inside(pages, where):
    """The words of an annex's own pages, page by page."""
    for page in pages:
        yield from (Secret(each, where, ANNEX) for each in windows(page, ANNEX_WINDOW, WINDOW))


def _text(text, where, fewest=FEWEST_WORDS, kind=TEXT):
    yield from (Secret(each, where, kind) for each in windows(text, WINDOW, fewest))


def _document(node, where, hidden):
    """Restricted blocks and spans of a document; all of it when the whole paper is restricted."""
    hidden = hidden or tree.closes(node)
    if node["type"] in tree.LEAVES:
        for run in [tree.inline(node)] if hidden else _restricted_runs(node):
            yield from _text(run, where)
    elif node["type"] in tree.PIECES:
        yield from _pieces(node, where, hidden)
    if hidden:
        yield from _told_otherwise(node, where)
    for child in node.get("content", ()):
        yield from _document(child, where, hidden)


def _told_otherwise(node, where):
    """What a hidden node says beside its text: addresses, a picture, a chart."""
    for address in tree.addresses(node):
        said = words(address)
        if said.count(" ") and len(said) >= 2 * SHORTEST_TITLE:
            yield Secret(said, where, ADDRESS)
    if src := (node.get("attrs") or {}).get("src"):
        yield Secret(words(src.removeprefix("asset:")), where, PICTURE)
    for text in tree.drawn(node):
        yield from _text(text, where)
    yield from _text(tree.figures(node), where, WINDOW)


def _pieces(node, where, hidden):
    """Rows of a table or items of a list, each as one text and those that follow each other as one: alone their words may be few."""
    told = [_wholly_hidden(piece, hidden) for piece in node.get("content", ())]
    for closed, group in groupby(told, key=bool):
        if not closed:
            continue
        rows = list(group)
        for row in rows:
            if any(letter.isalpha() for letter in row):  # a row of nothing but years or figures may stand in any table
                yield from _text(row, where, kind=PIECE)
        yield from _text(" ".join(rows), where, WINDOW, PIECE)


def _wholly_hidden(piece, hidden):
    """The words of a row or item of which nothing is open; else nothing."""
    texts = []
    for leaf, closed in tree.leaves(piece, hidden):
        text = tree.inline(leaf)
        if not closed and words(tree.inline(leaf, without=tree.closes)):
            return ""
        texts.append(text)
    return " ".join(texts).strip()


def _restricted_runs(node):
    for closed, group in groupby(node.get("content", ()), key=tree.closes):
        if closed:
            yield "".join(tree.inline(child) for child in group)
