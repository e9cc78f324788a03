"""The recommendations at the end of a paper: shown again from the record of the first, where both say the same."""

import re

from .. import ids
from . import recommend
from .lines import plain


def echo(assembler):
    """Turn closing recommendations into an echo of the record; keep what they said where it differs."""
    facts = assembler.facts
    places = [s for s in assembler.sections if s["attrs"]["role"] == "recommendation"]
    if not places:
        return
    facts.opening = [text for _, text in _sentences(places[0], facts)]
    if len(places) < 2:
        return
    closing = places[-1]
    printed = _sentences(closing, facts)
    facts.closing, facts.closing_printed = [text for _, text in printed], printed
    body = closing["content"][1:]
    records = [b for b in places[0]["content"] if b["type"] == "recommendation"]
    near = recommend.same(facts.opening, facts.closing)
    plain_body = all(b["type"] in ("para", "recommendation", "bulletList", "orderedList") for b in body)
    few = sum(len(t.split()) for t in facts.closing) <= 2 * sum(len(t.split()) for t in facts.opening) + 10
    if not body or not records or not plain_body or not (near or few):
        facts.closing_block = body[0]["attrs"]["id"] if body else closing["attrs"]["id"]
        return
    echo = {"type": "recommendationEcho", "attrs": {"id": ids.new()}}
    facts.closing_block = echo["attrs"]["id"]
    if printed and printed[0][0]:
        facts.printed[echo["attrs"]["id"]] = printed[0][0]
    closing["content"] = [closing["content"][0], echo]
    if not near:
        assembler.say(
            "The recommendations at the end differ from those at the start. The first are kept as the record and shown again"
            " at the end; the wording that was printed there is in this report."
        )


def _sentences(section, facts):
    """(printed number, sentence) of each recommendation line of a section, list items one by one."""
    found = []
    for block in section["content"][1:]:
        if block["type"] in ("para", "recommendation"):
            words = facts.wording.get(block["attrs"]["id"]) or _words(block)
            found.append((facts.printed.get(block["attrs"]["id"], ""), words))
        elif block["type"] in ("bulletList", "orderedList"):
            found += _items(block, facts)
    return [(number, text) for number, text in found if text]


def _items(block, facts):
    found = []
    for item in block["content"]:
        found.append((facts.printed.get(item["attrs"]["id"], ""), _words(item["content"][0])))
        for nested in item["content"][1:]:
            found += _items(nested, facts)
    return found


def _words(block):
    return re.sub(r"\s+", " ", plain(block.get("content", []))).strip()
