"""The plan of a pack: which fragments it is made of, and how the HTML of each is made.

Front sheet (the agenda), contents, then each paper followed by its annexes, in agenda order; where the board wants dividers, one
before each item that has papers in this copy, and one before each annex.
"""

import functools
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from . import papers
from .context import Directory
from .pages import render_page
from .stamps import Stamp
from .typesetting import engine_digest

RANK = {"OFFICIAL": 0, "OFFICIAL-SENSITIVE": 1}
WAITING = ("front", "contents", "divider")  # ask for the pages of what comes behind them, so they are made last


@dataclass(frozen=True)
class FragmentSpec:
    """One fragment to be. `html(references)` gives its HTML; an annex has `file`, the SHA-256 of its PDF, instead."""

    kind: str
    id: str
    number: str
    title: str
    stamp: Stamp
    html: Callable | None = None
    file: str = ""
    item: dict | None = None
    parent: str = ""

    @property
    def anchor(self):
        return f"{self.kind}-{self.id}" if self.id else self.kind

    @property
    def name(self):
        """What an officer calls it, for sentences about failures."""
        if self.kind == "front":
            return "the front sheet"
        if self.kind == "contents":
            return "the contents page"
        if self.kind == "divider":
            return f"the divider of item {self.number}, “{self.title}”"
        if self.kind == "annex-divider":
            return f"the divider of Annex {self.number}, “{self.title}”"
        if self.kind == "annex":
            return f"Annex {self.number}, “{self.title}”"
        return f"paper {self.number}, “{self.title}”"


@dataclass(frozen=True)
class Job:
    """Everything a worker needs to make one fragment, and the key it is stored under."""

    key: str
    name: str
    html: str = ""
    file: str = ""
    title: str = ""
    measure: bool = False  # page references are not known yet: count pages and find anchors, draw nothing


def job(spec, references):
    """The job of a fragment under these references; the key covers everything that can change its bytes."""
    html = spec.html(references) if spec.html else ""
    title = f"Annex {spec.number}: {spec.title}" if spec.file else spec.title
    measure = references.is_guessing
    facts = json.dumps([engine_digest(), spec.kind, html, spec.file, title, measure])
    return Job(hashlib.sha256(facts.encode()).hexdigest(), spec.name, html, spec.file, title, measure)


def highest_marking(content):
    """The marking of the pack: the highest of its contents (domain rule: a marking is not an exemption)."""
    found = [paper.get("marking") or "OFFICIAL" for item in content["items"] for paper in item["papers"]]
    return max(found, key=lambda marking: RANK.get(marking, 0), default="OFFICIAL")


def plan(content, audience, *, directory=None, series="", watermark="", digest=""):
    """The fragments of the pack in order. `content` is what this audience may see: pass `public(content)` for the public."""
    board, date = content["board"]["name"], papers.long_date(content["meeting"]["date"])
    footer = f"{board}, {date}"
    directory = directory or Directory(content)
    stamp = functools.partial(Stamp, footer=footer, watermark=watermark)
    marking = highest_marking(content)
    label = papers.edition_label(content)
    chosen = content["board"].get("dividers", "none")
    facts = {"content": content, "audience": audience, "marking": marking, "date": date, "label": label, "series": series,
             "dividers": "" if chosen == "none" else chosen, "digest": digest,
             "sealed": papers.long_date((content.get("edition") or {}).get("sealed_at"))}  # fmt: skip
    specs = [
        FragmentSpec("front", "", "", "Agenda", stamp(marking, label), functools.partial(_front, facts)),
        FragmentSpec("contents", "", "", "Contents", stamp(marking, label), functools.partial(_contents, facts)),
    ]
    for item in content["items"]:
        if facts["dividers"] and any(paper.get("document") for paper in item["papers"]):
            specs.append(FragmentSpec(
                "divider", item["id"], item["number"], item["title"], stamp(_marking(item), f"Agenda Item: {item['number']}"),
                functools.partial(_divider, item), item=item,
            ))  # fmt: skip
        for paper in item["papers"]:
            if paper.get("document"):
                specs += _paper(content, directory, item, paper, stamp, annex_dividers=facts["dividers"] == "annexes")
    return specs


def _paper(content, directory, item, paper, stamp, *, annex_dividers):
    """A paper, and its annexes in the order of their letters."""
    right = f"Agenda Item: {paper['number']}"
    mark = paper.get("marking_label") or paper.get("marking") or "OFFICIAL"
    build = functools.partial(papers.html, content, directory, item, paper)
    yield FragmentSpec("paper", paper["id"], paper["number"], paper["title"], stamp(mark, right), build, item=item)
    for annex in paper["annexes"]:
        if not annex.get("sha256"):
            continue
        named = (annex["id"], annex["letter"], annex["title"])
        own = stamp(annex.get("marking") or mark, f"{right}, Annex {annex['letter']}")
        if annex_dividers:
            build = functools.partial(_annex_divider, item, paper, annex)
            yield FragmentSpec("annex-divider", *named, own, build, item=item, parent=paper["id"])
        yield FragmentSpec("annex", *named, own, file=annex["sha256"], item=item, parent=paper["id"])


def _marking(item):
    """The marking of an item's divider: what all its papers carry, else the highest of theirs."""
    labels = {paper.get("marking_label") or paper.get("marking") or "OFFICIAL" for paper in item["papers"]}
    return labels.pop() if len(labels) == 1 else highest_marking({"items": [item]})


def _divider(item, references):
    return render_page("divider.html", item=item, references=references)


def _annex_divider(item, paper, annex, references):
    return render_page("annex_divider.html", item=item, paper=paper, annex=annex, references=references)


def _front(facts, references):
    return render_page("front.html", references=references, **facts, **papers.office(facts["content"]))


def _contents(facts, references):
    return render_page("contents.html", references=references, **facts, **papers.office(facts["content"]))
