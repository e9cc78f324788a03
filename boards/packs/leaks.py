"""The leak proof: everything restricted is searched for in everything public. One hit stops publication.

Searched for: every restricted run of words longer than a few words, every restricted title, file name and name of an annex.
Text that also stands openly in the public copy (a recommendation repeated in an open paper) is not a leak of the
restricted place, and is left out of the search.
"""

import html as html_module
import io
import re
import unicodedata
from dataclasses import dataclass

import pikepdf
import pypdfium2

FEWEST_WORDS = 4  # "longer than a few words"
FEWEST_WINDOWS = 3  # windows that follow each other, 16 words, before a repeated passage is more than a phrase
WINDOW = 8  # words of a longer text that are searched for together
SHORTEST_TITLE = 6  # characters: a shorter title ("Fees") is a common word and proves nothing

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Secret:
    """Something the public may not see: its normalised words and where in the edition it stands."""

    words: str
    where: str
    kind: str


@dataclass(frozen=True)
class Hit:
    """A secret that was found: in which public place, and from which restricted place. The words themselves are not kept."""

    place: str
    where: str
    kind: str
    words: int

    def as_dict(self):
        return dict(vars(self))

    @property
    def sentence(self):
        return f"{self.kind[:1].upper()}{self.kind[1:]} from {self.where} was found in {self.place}."


def words(text):
    """Text as lower-case words with single spaces, so that line breaks, ligatures, hyphens and quotes do not hide a match."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold()
    return " ".join(_WORD.findall(text))


def squeezed(text):
    """Words without any space: a title broken across lines by a hyphen is still found."""
    return text.replace(" ", "")


def secrets(content):
    """Everything in the members' content that the public copy leaves out."""
    for item in content["items"]:
        where = f"item {item['number']}"
        if item.get("restriction"):
            yield from _titles(item, where)
            for name in ("note", "late_reason"):
                yield from _text(item.get(name), where)
            yield from _text(item["restriction"].get("reason"), where)
        for paper in item["papers"]:
            place = f"paper {paper['number']}"
            hidden = bool(item.get("restriction") or paper.get("restriction"))
            if hidden:
                yield from _titles(paper, place)
                yield from _text((paper.get("restriction") or {}).get("reason"), place)
            if paper.get("document"):
                yield from _document(paper["document"], place, hidden)
            for annex in paper["annexes"]:
                name = f"Annex {annex['letter']} to {place}"
                if hidden or annex.get("restriction"):
                    yield from _titles(annex, name)
                    yield from _file(annex, name)
                    yield from _text((annex.get("restriction") or {}).get("reason"), name)


def _titles(thing, where):
    title, shown = thing.get("title") or "", thing.get("open_title") or ""
    if title and words(title) not in words(shown) and len(title) >= SHORTEST_TITLE:
        yield Secret(words(title), where, "a restricted title")


def _file(annex, where):
    for name in (annex.get("original_name"), annex.get("file"), annex.get("sha256")):
        stem = (name or "").rsplit("/", 1)[-1].rsplit(".", 1)[0]
        if len(stem) >= SHORTEST_TITLE:
            yield Secret(words(stem), where, "a file name")


def _text(text, where, kind="restricted text"):
    """A text in overlapping windows of words, so that a part of it is found too."""
    found = words(text or "").split()
    if len(found) < FEWEST_WORDS:
        return
    if len(found) <= WINDOW:
        yield Secret(" ".join(found), where, kind)
        return
    for start in range(0, len(found) - WINDOW + 1, WINDOW // 2):
        yield Secret(" ".join(found[start : start + WINDOW]), where, kind)
    yield Secret(" ".join(found[-WINDOW:]), where, kind)


_LEAVES = {
    "para",
    "subheading",
    "plain",
    "heading",
    "caption",
    "tableNote",
    "recommendation",
    "sourceDocument",
    "footnote",
    "guidance",
}


def _document(node, where, hidden):
    """Restricted blocks and spans of a document; all of it when the whole paper is restricted."""
    attributes = node.get("attrs") or {}
    hidden = hidden or bool(attributes.get("restricted"))
    if node["type"] in _LEAVES:
        if hidden:
            yield from _text(_inline(node), where)
        else:
            for run in _restricted_runs(node):
                yield from _text(run, where)
    elif hidden:
        for name in ("caption", "alt"):
            yield from _text(attributes.get(name) if isinstance(attributes.get(name), str) else "", where)
    for child in node.get("content", ()):
        marked = any(
            mark["type"] == "restricted" for mark in child.get("marks", ())
        )  # a footnote among restricted words
        yield from _document(child, where, hidden or marked)


def _inline(node):
    if node["type"] == "text":
        return node["text"]
    own = (node.get("attrs") or {}).get("text") if node["type"] in ("xref", "bound", "tag") else ""
    return (own or "") + "".join(_inline(child) for child in node.get("content", ()) if child["type"] != "footnote")


def _restricted_runs(node):
    run = ""
    for child in node.get("content", ()):
        if any(mark["type"] == "restricted" for mark in child.get("marks", ())):
            run += _inline(child)
        elif run:
            yield run
            run = ""
    if run:
        yield run


def pdf_places(pdf, name="the public pack"):
    """(place, text) of everything in a PDF (bytes, or a file) that can hold words."""
    source = io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf
    document = pypdfium2.PdfDocument(source)
    try:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            yield f"page {number + 1} of {name}", text.get_text_bounded()
            text.close()
            page.close()
    finally:
        document.close()
    source.seek(0)
    with pikepdf.open(source) as opened:
        yield f"the document properties of {name}", " \n".join(str(value) for value in opened.docinfo.values())
        if "/Metadata" in opened.Root:
            yield f"the metadata of {name}", _strip(opened.Root.Metadata.read_bytes().decode("utf-8", "replace"))
        yield f"the bookmarks of {name}", " \n".join(_bookmarks(opened.Root.get("/Outlines")))
        for key, attached in opened.attachments.items():
            yield f"an attachment of {name}", f"{key} {attached.filename}"
        yield f"the tags, links and names inside {name}", " \n".join(_strings(opened))


def _bookmarks(node):
    entry = node.get("/First") if node is not None else None
    while entry is not None:
        yield str(entry.get("/Title", ""))
        yield from _bookmarks(entry)
        entry = entry.get("/Next")


def _strings(pdf):
    """Every string in dictionaries that are not pages' content: alternatives, link descriptions, names, titles of tags."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary):
            for key in ("/Alt", "/ActualText", "/E", "/T", "/Contents", "/TU", "/Title", "/F", "/UF", "/Desc"):
                value = thing.get(key)
                if isinstance(value, pikepdf.String):
                    yield str(value)
            action = thing.get("/A")
            if isinstance(action, pikepdf.Dictionary) and "/URI" in action:
                yield str(action.URI)


def _strip(markup):
    """The text of markup, then its attributes, then all of it with nothing but entities resolved."""
    markup = markup.replace("<![CDATA[", " ").replace("]]>", " ")
    inside = " | ".join(re.findall(r'="([^"]*)"', markup))
    return html_module.unescape(f"{_TAG.sub('', markup)} | {_TAG.sub(' ', markup)} | {inside} | {markup}")


def find(content, places, *, public_content=None):
    """Hits of `content`'s secrets in `places` ((name, text) pairs; markup is searched as text and as attributes).

    What the public copy itself says openly elsewhere (`public_content`) is no secret.
    """
    wanted = {}
    for secret in secrets(content):
        wanted.setdefault(secret.words, secret)
    if public_content is not None:
        shown = "  ".join(f" {words(text)} " for _, text in openly(public_content))
        wanted = {text: secret for text, secret in wanted.items() if f" {text} " not in shown}
    hits = []
    for place, text in places:
        if "<" in text and ">" in text:
            text = _strip(text)
        plain = words(text)
        close = squeezed(plain)
        padded = f" {plain} "
        for text_of, secret in wanted.items():
            long = len(text_of) >= 16
            if (f" {text_of} " in padded) or (long and squeezed(text_of) in close):
                hits.append(Hit(place, secret.where, secret.kind, text_of.count(" ") + 1))
    return sorted(set(hits), key=lambda hit: (hit.place, hit.where, hit.kind))


def openly(content):
    """(place, text) of everything that a public copy shows."""
    for item in content["items"]:
        where = f"item {item['number']}"
        for name in ("title", "note", "late_reason"):
            yield where, item.get(name) or ""
        for paper in item["papers"]:
            place = f"paper {paper['number']}" if "number" in paper else where
            yield place, paper["title"]
            if paper.get("document"):
                yield from ((place, text) for text in _plain(paper["document"]))
            for annex in paper["annexes"]:
                yield f"Annex {annex['letter']} to {place}", annex["title"]


def _plain(node):
    if node["type"] in _LEAVES:
        yield _inline(node)
    attributes = node.get("attrs") or {}
    for name in ("caption", "alt"):
        if isinstance(attributes.get(name), str):
            yield attributes[name]
    for child in node.get("content", ()):
        yield from _plain(child)


@dataclass(frozen=True)
class Repeated:
    """Restricted words that somebody also put where the public reads them: `words` of `where` stand in `place`."""

    where: str
    place: str
    kind: str
    words: str


def repeated(content, public_content):
    """What is restricted in one place and said openly in another: one entry for each pair of places.

    The proof takes such words for no secret, since papers repeat each other's phrases; so somebody is to look at them before
    sealing. A phrase of fewer than three windows is taken for a turn of words that all papers share.
    """
    shown = [(place, f" {words(text)} ") for place, text in openly(public_content)]
    found, run = {}, []
    for secret in secrets(content):
        place = next((place for place, text in shown if f" {secret.words} " in text), None)
        here = Repeated(secret.where, place, secret.kind, secret.words)
        if secret.kind != "restricted text":
            if place:
                found.setdefault((secret.words, place), here)
            continue
        run = [*(run if run and _goes_on(run[-1], here) else ()), here] if place else []
        if len(run) == FEWEST_WINDOWS:
            found.setdefault((secret.where, place), run[0])
    return list(found.values())


def _goes_on(before, after):
    """Whether two windows follow each other in one text."""
    half = WINDOW // 2
    return before.place == after.place and before.words.split()[half:] == after.words.split()[:half]


def prove(content, public_content, pdf, surfaces=()):
    """The proof of a public build: {"checked", "secrets", "hits"}. It is clean when `hits` is empty."""
    checked, places = 0, []
    for place in (*pdf_places(pdf), *surfaces):
        checked += 1
        places.append(place)
    hits = find(content, places, public_content=public_content)
    count = len({secret.words for secret in secrets(content)})
    return {"checked": checked, "secrets": count, "hits": [{**hit.as_dict(), "sentence": hit.sentence} for hit in hits]}
