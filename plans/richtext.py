"""The light writing rules of a progress update, read into paragraphs, bullets and runs.

A lead on a phone types plain words: a blank line starts a paragraph, a line that begins with "- " is a bullet, **two
stars** make strong words, and a web address is a link. Names of actions and activities (O1.1) become references when
the plan has them. Nothing else is markup; everything is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape

from plans import references

_RUNS = re.compile(r"\*\*(?P<strong>[^*\n]+)\*\*|(?P<href>https?://[^\s<>\"\\]+[^\s<>\"\\.,;:)\]])")


@dataclass(frozen=True)
class Run:
    """A stretch of text with one meaning: plain, strong, a link (``href``) or a reference of the plan (``ref``)."""

    text: str
    strong: bool = False
    href: str = ""
    ref: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph (one item) or a bulleted list (one item each)."""

    is_list: bool
    items: tuple[tuple[Run, ...], ...]


def blocks(text: str, *, known: Iterable[str] = ()) -> list[Block]:
    """The paragraphs and lists of an update. Lines of a paragraph that were wrapped by hand are joined."""
    rows = frozenset(known)
    found: list[Block] = []
    for chunk in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        paragraph: list[str] = []
        bullets: list[str] = []
        for line in (part.strip() for part in chunk.split("\n")):
            if line.startswith(("- ", "* ", "• ")):
                if paragraph:
                    found.append(_block(False, [" ".join(paragraph)], rows))
                    paragraph = []
                bullets.append(line[2:].strip())
            elif line:
                if bullets:
                    found.append(_block(True, bullets, rows))
                    bullets = []
                paragraph.append(line)
        if bullets:
            found.append(_block(True, bullets, rows))
        if paragraph:
            found.append(_block(False, [" ".join(paragraph)], rows))
    return found


def html(text: str, *, known: Iterable[str] = (), url: Callable[[str], str] | None = None) -> str:
    """The update as HTML in the page's own classes. ``url`` gives the address of a reference; without it none is linked."""
    parts = []
    for block in blocks(text, known=known if url else ()):
        items = ["".join(_run_html(run, url) for run in item) for item in block.items]
        if block.is_list:
            parts.append(
                f'<ul class="govuk-list govuk-list--bullet">{"".join(f"<li>{item}</li>" for item in items)}</ul>'
            )
        else:
            parts.append(f'<p class="govuk-body">{items[0]}</p>')
    return "".join(parts)


def plain(text: str) -> str:
    """The update on one line without markup, for lists and spreadsheets that only show a beginning."""
    return " ".join("".join(run.text for run in item) for block in blocks(text) for item in block.items)


def _block(is_list: bool, items: list[str], known: frozenset[str]) -> Block:
    return Block(is_list, tuple(tuple(_runs(item, known)) for item in items))


def _runs(text: str, known: frozenset[str]) -> Iterator[Run]:
    position = 0
    for match in _RUNS.finditer(text):
        yield from _with_references(text[position : match.start()], known)
        if match["strong"]:
            yield Run(match["strong"], strong=True)
        else:
            yield Run(match["href"], href=match["href"])
        position = match.end()
    yield from _with_references(text[position:], known)


def _with_references(text: str, known: frozenset[str]) -> Iterator[Run]:
    position = 0
    for start, end, reference in references.find(text, known=known) if known else ():
        if start > position:
            yield Run(text[position:start])
        yield Run(str(reference), ref=str(reference))
        position = end
    if position < len(text):
        yield Run(text[position:])


def _run_html(run: Run, url: Callable[[str], str] | None) -> str:
    words = escape(run.text)
    if run.strong:
        return f"<strong>{words}</strong>"
    if run.href:
        return f'<a class="govuk-link" href="{escape(run.href)}" rel="noreferrer">{words}</a>'
    if run.ref and url:
        return f'<a class="govuk-link" href="{escape(url(run.ref))}">{words}</a>'
    return words


def safe_html(text: str, *, known: Iterable[str] = (), url: Callable[[str], str] | None = None):
    """``html`` marked as safe for a template: every run in it has been escaped."""
    from django.utils.safestring import mark_safe

    return mark_safe(html(text, known=known, url=url))  # noqa: S308
