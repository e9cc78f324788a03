"""Findings: the linter of board papers. `check(document, facts)` answers with what a reader of the paper would stumble
over.
"""

from functools import cache

from .base import ACKNOWLEDGE, ADVICE, BLOCKS, REGISTRY, SEVERITIES, Finding, Hit, Rule, load_rules, rule
from .facts import ImportFacts, PaperFacts, PrintedLink
from .reading import Paper

__all__ = [
    "ACKNOWLEDGE", "ADVICE", "BLOCKS", "REGISTRY", "SEVERITIES", "Finding", "Hit", "ImportFacts", "Paper", "PaperFacts",
    "PrintedLink", "Rule", "all_rules", "check", "rule",
]  # fmt: skip


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every registered rule, in order of its id."""
    return tuple(load_rules())


def check(document: dict, facts: PaperFacts | None = None, only: tuple[str, ...] = ()) -> list[Finding]:
    """Every finding of a paper, in the order of the paper; within one block the gravest first.

    `facts` is what is known besides the document; `only` limits the rules by id ("P3" also takes "P3.duplicate").
    """
    paper = Paper(document, facts or PaperFacts(header_checked=False))
    places = {block_id: at for at, block_id in enumerate(_order(document))}
    found = []
    for registered in all_rules():
        if only and not any(registered.id == name or registered.id.startswith(name + ".") for name in only):
            continue
        for hit in registered.function(paper, paper.facts):
            severity = hit.severity or registered.severity
            number = hit.number or (paper.number(hit.block_id) if hit.block_id else None)
            found.append(Finding(registered.id, severity, hit.block_id, number, hit.sentence, hit.mend))
    return sorted(found, key=lambda f: (places.get(f.block_id, -1), SEVERITIES.index(f.severity)))


def _order(node):
    attrs = node.get("attrs") or {}
    if attrs.get("id"):
        yield attrs["id"]
    for child in node.get("content", ()):
        if child["type"] != "text":
            yield from _order(child)
