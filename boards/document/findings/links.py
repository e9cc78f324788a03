"""Addresses in a paper: links with their words, and addresses typed into the text."""

import re
from dataclasses import dataclass

TYPED = re.compile(r"\b(?:https?://|www\.)[^\s<>\"”’)\]]+", re.I)
SHARE = re.compile(r"(?:file:/+\S+|\\\\[\w.$-]+\\[^\s,;]+|\b[A-Z]:\\[^\s,;][^,;\n]{0,80}|(?<![\w./])\.\./[\w./%-]+)")
BROKEN = re.compile(
    r"\b(https?://\S*[-/_])\s+([\w%-]+(?:[/.][\w%-]+)*\.(?:pdf|docx?|xlsx?|html?|aspx?|uk|org|com)\S*)", re.I
)
BROKEN_HOST = re.compile(r"\b(https?://[\w.-]+-)\s+([\w-]+(?:\.[\w-]+)+\S*)", re.I)


@dataclass(frozen=True)
class Address:
    """One address with the words that carry it; `words` is None for an address typed as plain text."""

    address: str
    words: str | None
    passage: object
    in_footnote: bool = False


def addresses(paper):
    """Every link, and every address typed into the text, in order; worked out once for a paper."""
    if "addresses" not in paper.worked_out:
        paper.worked_out["addresses"] = list(_addresses(paper))
    return paper.worked_out["addresses"]


def _addresses(paper):
    for passage in paper.passages:
        yield from _of_nodes(passage.nodes, passage, False)
        if passage.kind == "contactOfficer" or not passage.nodes:
            yield from _typed(passage.text, passage, False)
        if passage.block.get("type") == "sourceDocument" and passage.block.get("attrs", {}).get("href"):
            yield Address(passage.block["attrs"]["href"], passage.text, passage)


def _of_nodes(nodes, passage, in_footnote):
    carried = None
    for node in nodes:
        if node["type"] == "footnote":
            yield from _of_nodes(node.get("content", []), passage, True)
        if node["type"] != "text":
            continue
        href = next((m["attrs"]["href"] for m in node.get("marks", ()) if m["type"] == "link"), None)
        if href is None:
            if carried:
                yield carried
                carried = None
            yield from _typed(node["text"], passage, in_footnote)
        elif carried and carried.address == href:
            carried = Address(href, carried.words + node["text"], passage, in_footnote)
        else:
            if carried:
                yield carried
            carried = Address(href, node["text"], passage, in_footnote)
    if carried:
        yield carried


def _typed(text, passage, in_footnote):
    if "http" not in text.lower() and "www" not in text.lower():
        return
    for match in TYPED.finditer(text):
        yield Address(match.group().rstrip(".,;"), None, passage, in_footnote)
