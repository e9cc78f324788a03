"""Inline content as text that can be typed into a plain form, and back.

`**strong**`, `*emphasis*`, `[words](https://address)`, a new line for a line break, and a backslash before a sign
that is meant as it stands. What a plain form cannot show (a cross-reference, a live figure, a footnote, words with
another mark) stands as `[[1]]` or `[[1: its words]]` and comes back unchanged; taking it out of the text takes it
out of the paper.
"""

import re
from typing import Any

Inline = list[dict[str, Any]]

_SPECIAL = re.compile(r"([\\*\[\]])")
_SHOWN = {"strong", "em", "link"}
_TOKEN = re.compile(
    r"\\(?P<plain>.)|\[\[(?P<atom>\d+)(?::[^\]]*)?\]\]|\[(?P<words>(?:\\.|[^\]\\])+)\]\((?P<href>[^)\s]+)\)"
    r"|(?P<both>\*\*\*)|(?P<strong>\*\*)|(?P<em>\*)|(?P<line>\n)",
    re.DOTALL,
)


def kept(content: Inline | None) -> Inline:
    """The nodes that stand as `[[n]]`, in order: the n-th of them is number n."""
    return [node for node in content or [] if not _is_shown(node)]


def _is_shown(node: dict) -> bool:
    if node["type"] == "hardBreak":
        return True
    return node["type"] == "text" and all(mark["type"] in _SHOWN for mark in node.get("marks", []))


def to_text(content: Inline | None) -> str:
    """The text to put into a form."""
    out, number = [], 0
    for node in content or []:
        if not _is_shown(node):
            number += 1
            words = _words(node)
            out.append(f"[[{number}: {words}]]" if words else f"[[{number}]]")
        elif node["type"] == "hardBreak":
            out.append("\n")
        else:
            out.append(_marked(node))
    return "".join(out)


def _words(node: dict) -> str:
    attrs = node.get("attrs") or {}
    words = node.get("text") or attrs.get("text") or "".join(child.get("text", "") for child in node.get("content", []))
    return re.sub(r"[\[\]\n]", " ", words or attrs.get("target") or "").strip()[:60]


def _marked(node: dict) -> str:
    marks = {mark["type"]: mark for mark in node.get("marks", [])}
    text = _SPECIAL.sub(r"\\\1", node["text"])
    if "link" in marks:
        text = f"[{text}]({marks['link']['attrs']['href']})"
    # Marks may not begin or end with a space in the text form: spaces stay outside.
    lead, core, trail = re.fullmatch(r"(\s*)(.*?)(\s*)", text, re.DOTALL).groups()
    if not core:
        return text
    if "em" in marks:
        core = f"*{core}*"
    if "strong" in marks:
        core = f"**{core}**"
    return f"{lead}{core}{trail}"


def from_text(text: str, atoms: Inline = ()) -> Inline:
    """Inline content from typed text; `atoms` are those of `kept` for the block as it was. Unpaired stars are plain text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    out: Inline = []
    on: list[str] = []
    position = 0

    def put(words: str, *more: dict) -> None:
        if not words:
            return
        marks = [*({"type": name} for name in ("strong", "em") if name in on), *more]
        node = {"type": "text", "text": words}
        if marks:
            node["marks"] = marks
        out.append(node)

    paired = _pairs(text)
    for match in _TOKEN.finditer(text):
        put(text[position : match.start()])
        position = match.end()
        kind = match.lastgroup if match.lastgroup != "href" else "words"
        if kind == "plain":
            put(match["plain"])
        elif kind == "atom":
            index = int(match["atom"]) - 1
            out.append(atoms[index]) if 0 <= index < len(atoms) else put(match[0])
        elif kind == "words":
            put(re.sub(r"\\(.)", r"\1", match["words"]), {"type": "link", "attrs": {"href": match["href"]}})
        elif kind == "line":
            out.append({"type": "hardBreak"})
        elif match.start() in paired:
            for name in ("strong", "em") if kind == "both" else (kind,):
                on.remove(name) if name in on else on.append(name)
        else:
            put(match[0])
    put(text[position:])
    return _joined(out)


def _pairs(text: str) -> set[int]:
    """Where stars open or close something; a star without a partner is a star."""
    waiting: dict[str, int] = {}
    paired: set[int] = set()
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind in {"both", "strong", "em"}:
            if kind in waiting:
                paired |= {waiting.pop(kind), match.start()}
            else:
                waiting[kind] = match.start()
    return paired


def _joined(content: Inline) -> Inline:
    out: Inline = []
    for node in content:
        last = out[-1] if out else None
        if last and node["type"] == last["type"] == "text" and node.get("marks") == last.get("marks"):
            out[-1] = {**last, "text": last["text"] + node["text"]}
        else:
            out.append(node)
    return out
