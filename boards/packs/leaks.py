"""The leak proof: everything restricted is searched for in everything public. One hit stops publication.

What is searched for is in `restricted`. Text that also stands openly in the edition (a recommendation repeated in an open paper) is not a
leak of the restricted place; what stands openly is worked out in `openly`, which does not trust the public copy.
"""

import itertools
from dataclasses import dataclass
from functools import cache, partial

from . import restricted, tree
from .openly import open_annexes, openly
from .readable import pages_of, pdf_places, text_of
from .restricted import secrets
from .words import squeezed, words

__all__ = ["Hit", "Repeated", "find", "openly", "pdf_places", "prove", "repeated", "secrets"]

FEWEST_WINDOWS = 3  # windows that follow each other, 16 words, before a repeated passage is more than a phrase
START = 12  # letters of a secret by which it is looked up; a shorter one must stand between spaces


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


class Search:
    """Looks for many texts at once: the time it takes grows with what is searched, hardly with how much is looked for."""

    def __init__(self, wanted):
        self.short, self.long = [], {}
        for text in wanted:
            close = squeezed(text)
            # Figures alone are looked for between spaces: squeezed together they could be any others.
            if len(close) < START or close.isdigit():
                self.short.append(text)
            else:
                self.long.setdefault(close[:START], []).append((close, text))

    def __call__(self, text):
        """Those of the texts that stand in this one."""
        plain = words(text)
        padded, close = f" {plain} ", squeezed(plain)
        found = {each for each in self.short if f" {each} " in padded}
        if self.long:
            starts = self.long.keys()
            for place in [at for at in range(len(close) - START + 1) if close[at : at + START] in starts]:
                for whole, each in self.long[close[place : place + START]]:
                    if close.startswith(whole, place):
                        found.add(each)
        return found


def find(content, places, *, load_file=None, spare_open=True):
    """Hits of the content's secrets in `places` ((name, text) pairs; markup is searched as text and as attributes).

    What the edition itself says openly elsewhere is no secret, unless `spare_open` is false.
    """
    return _find(content, places, load_file, spare_open)[0]


def _find(content, places, load_file, spare_open=True):
    pages = cache(partial(pages_of, load_file)) if load_file else None  # the text of an annex is read once in a proof
    wanted = {}
    for secret in secrets(content, pages):
        wanted.setdefault(secret.words, secret)
    search = Search(wanted)
    found = {}
    for place, text in places:
        if "<" in text and ">" in text:
            text = text_of(text)
        for each in search(text):
            found.setdefault(each, []).append(place)
    open_ones = _said_openly(content, {each: wanted[each] for each in found}, pages) if spare_open else ()
    hits = {
        Hit(place, wanted[each].where, wanted[each].kind, each.count(" ") + 1)
        for each, places in found.items()
        if each not in open_ones
        for place in places
    }
    return sorted(hits, key=lambda hit: (hit.place, hit.where, hit.kind)), len(wanted)


def _said_openly(content, found, pages):
    """Those of the secrets that were found which the edition says openly: asked only of these, for most proofs find none."""
    if not found:
        return set()
    shown = "  ".join(f" {words(text)} " for _, text in openly(content))
    said = {text for text in found if f" {text} " in shown}
    # An annex may be given out with parts blacked out, beside the restricted whole.
    inside = [text for text, secret in found.items() if secret.kind == restricted.ANNEX and text not in said]
    if inside and pages:
        search = Search(inside)
        for sha256 in open_annexes(content):
            for page in pages(sha256):
                said |= search(page)
    return said


@dataclass(frozen=True)
class Repeated:
    """Restricted words that somebody also put where the public reads them: `words` of `where` stand in `place`."""

    where: str
    place: str
    kind: str
    words: str


def repeated(content):
    """What is restricted in one place and said openly in another: one entry for each pair of places.

    The proof takes such words for no secret, since papers repeat each other's phrases; so somebody is to look at them before
    sealing. A phrase of fewer than three windows is taken for a turn of words that all papers share.
    """
    shown = [(place, f" {words(text)} ") for place, text in openly(content)]
    found, run = {}, []
    for secret in secrets(content):
        if secret.kind not in (restricted.TEXT, restricted.TITLE, restricted.FILE):
            continue  # the same address or picture in two papers is no news
        place = next((place for place, text in shown if f" {secret.words} " in text), None)
        here = Repeated(secret.where, place, secret.kind, secret.words)
        if secret.kind != restricted.TEXT:
            if place:
                found.setdefault((secret.words, place), here)
            continue
        run = [*(run if run and _goes_on(run[-1], here) else ()), here] if place else []
        if len(run) == FEWEST_WINDOWS:
            found.setdefault((secret.where, place), run[0])
    return list(found.values())


def _goes_on(before, after):
    """Whether two windows follow each other in one text."""
    half = restricted.WINDOW // 2
    return before.place == after.place and before.words.split()[half:] == after.words.split()[:half]


def prove(content, public_content, pdf, surfaces=(), *, load_file=None):
    """The proof of a public build: {"checked", "secrets", "hits"}. It is clean when `hits` is empty.

    Searched are the public copy as data, everything in the PDF, and the `surfaces`, (name, text) pairs of what the portal shows.
    `load_file(sha256)` gives the bytes of the annexes, so that their words are looked for too.
    """
    data = " | ".join(tree.values(public_content))
    places = itertools.chain([("the open data of the edition", data)], pdf_places(pdf), surfaces)
    checked = 0

    def counted():
        nonlocal checked
        for place in places:  # one after the other: the text of a pack is never held as a whole
            checked += 1
            yield place

    hits, count = _find(content, counted(), load_file)
    found = [{**hit.as_dict(), "sentence": hit.sentence} for hit in hits]
    return {"checked": checked, "secrets": count, "hits": found}
