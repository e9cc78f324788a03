"""Bringing a Word paper in: `read_docx(file, save_asset=...)`.

The answer holds the tree, the header, what Word printed beside what the portal computes, and warnings that say what was
changed, dropped or doubted. The file itself is not kept here: its SHA-256 ties the answer to the original.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from .. import schema
from ..findings.facts import ImportFacts
from . import exported
from .assemble import Assembler
from .body import TooLong, Walker
from .errors import WordImportError
from .header import PrintedHeader, looks_like_header, read_header
from .lines import Grid, Line, plain, split_breaks
from .numbers import q
from .package import open_package
from .plan import Plan
from .running import custom_part, running_lines
from .shapes import DOTTED, NUMBER_ALONE, WHOLE, known_heading, mark_of, role_of, title_like
from .tables import unwrapped
from .warnings import sentences

FRONT = 30  # a header block ends within the first lines of a paper


@dataclass
class Imported:
    """A Word paper brought in. `printed_numbers` maps block ids to the numbers Word printed."""

    document: dict
    header: PrintedHeader
    warnings: list = field(default_factory=list)
    printed_numbers: dict = field(default_factory=dict)
    original_sha256: str = ""
    facts: ImportFacts = field(default_factory=ImportFacts)


def read_docx(file, *, save_asset: Callable | None = None) -> Imported:
    """Read a .docx file (path, bytes or binary file object).

    `save_asset(data, content_type, name)` is called with every picture, re-encoded; without it pictures are named by
    their SHA-256 only. Raises `WordImportError` with a sentence for the author.
    """
    package, data = open_package(file)
    try:
        imported = _read(package, save_asset)
    except (WordImportError, schema.DocumentError) as problem:
        raise problem if isinstance(problem, WordImportError) else WordImportError(str(problem)) from None
    except TooLong:
        raise WordImportError(
            "The document has more paragraphs than a paper can have. Attach it as an annex."
        ) from None
    except RecursionError:
        raise WordImportError("The document is nested too deeply to be read. Save it again in Word.") from None
    except (etree.LxmlError, KeyError, ValueError, AttributeError, TypeError, IndexError) as problem:
        raise WordImportError("The Word file is damaged. Open it in Word, save it again and retry.") from problem
    imported.original_sha256 = hashlib.sha256(data).hexdigest()
    return imported


def _read(package, save_asset):
    ours = _our_part(package)
    walker = Walker(package, ours)
    body = package.xml(package.main).find(q("body"))
    if body is None:
        raise WordImportError("The Word file has no text. Choose the paper's own document.")
    items = list(walker.blocks(body))
    running = running_lines(package, walker)
    warnings = []
    if ours:
        document, header, facts = exported.rebuild(package, items, ours, save_asset, warnings.append)
    else:
        document, header, facts = _read_foreign(package, items, running, walker, save_asset, warnings.append)
    warnings += sentences(walker.dropped, facts)
    document = schema.normalise(document)
    schema.check(document)
    facts.header = header.as_dict()
    printed = {**facts.printed, **{key: text.rstrip(".") for key, text in facts.headings.items()}, **facts.captions}
    return Imported(document, header, warnings, printed, facts=facts)


def _read_foreign(package, items, running, walker, save_asset, say):
    items = _merge_lone_numbers([line for item in unwrapped_after_header(items) for line in _broken_up(item)])
    plan = Plan(items)
    start = _front_end(items, plan)
    header, rest = read_header(items[:start], running)
    if not any(isinstance(i, Grid) or i.words or i.pictures for i in items[start:]) and not rest:
        raise WordImportError("The Word file has no text below its header. Choose the paper's own document.")
    assembler = Assembler(package, save_asset, say)
    assembler.build(rest + items[start:])
    assembler.tie_links(walker.said)
    return {"type": "doc", "content": assembler.sections}, header, assembler.facts


def unwrapped_after_header(items):
    """Layout tables become lines, except tables of To, From and Date at the top."""
    for at, item in enumerate(items):
        if at < FRONT and isinstance(item, Grid) and looks_like_header(item):
            yield item
        else:
            yield from unwrapped([item])


def _broken_up(item):
    """A paragraph that holds several numbered ones, parted by line breaks only, as those paragraphs."""
    if isinstance(item, Grid) or not any(node["type"] == "hardBreak" for node in item.nodes):
        return [item]
    parts, out = split_breaks(item.nodes), []
    if not any(DOTTED.match(plain(part)) for part in parts[1:]):
        return [item]
    for part in parts:
        starts = bool(DOTTED.match(plain(part))) or bool(WHOLE.match(plain(part)) and title_like(plain(part)))
        if out and not starts and not (out[-1].words and WHOLE.match(out[-1].text) and title_like(out[-1].words)):
            out[-1].nodes += [{"type": "hardBreak"}, *part]
        else:
            out.append(replace(item, nodes=part, pictures=[], auto=item.auto if not out else None))
    out[-1].pictures = item.pictures
    return out


def _merge_lone_numbers(items):
    """A number typed in a paragraph of its own belongs to the line that follows."""
    out, waiting, last = [], None, 0
    for item in items:
        if waiting is not None:
            if isinstance(item, Line) and not item.words and not item.pictures:
                continue
            if _can_carry(item, waiting):
                item.nodes = [{"type": "text", "text": waiting.words + " "}, *item.nodes]
                last = _section_number(waiting.words) or last
                waiting = None
            else:
                out.append(waiting)
                waiting = None
        if isinstance(item, Line) and NUMBER_ALONE.match(item.text) and item.auto is None and not item.pictures:
            waiting = item
            continue
        out.append(item)
    if waiting is not None:
        out.append(waiting)
    return out


def _can_carry(item, number):
    if isinstance(item, Grid) or not item.words or (mark_of(item) is not None and not item.auto):
        return False
    if "." in number.words.strip(".") and not number.words.endswith(".0"):
        return not (item.heading or (item.bold and title_like(item.words)))
    return title_like(item.words)


def _section_number(words):
    return int(words.strip(".")) if words.strip(".").isdigit() else None


def _front_end(items, plan):
    """How many items belong to the header block and title."""
    header_lines = [at for at, item in enumerate(items[:FRONT]) if looks_like_header(item)]
    sections = [at for at, kind in enumerate(plan.kinds) if kind and kind.name == "section"]
    numbered = [at for at in sections if plan.kinds[at].printed]
    limit = min(numbered[:1] or [len(items)])
    last_header = max([at for at in header_lines if at < limit], default=-1)
    for at in sections:
        if at <= last_header:
            continue
        text = items[at].words
        if plan.kinds[at].printed or known_heading(text) or role_of(text) != "body":
            return at
        following = next((n for n in range(at + 1, len(items)) if isinstance(items[n], Grid) or items[n].words), None)
        if following in plan.headings:
            continue
        return at
    end = last_header + 1
    while (
        end < len(items) and isinstance(items[end], Line) and plan.kinds[end].name in ("plain", "section", "subheading")
    ):
        words = items[end].words
        if words and not title_like(words, most=20):
            break
        end += 1
    return end if end < len(items) else last_header + 1


def _our_part(package):
    text = custom_part(package, exported.NAMESPACE, exported.ROOT)
    if not text:
        return None
    try:
        data = json.loads(text)
    except ValueError:
        return None
    return data if isinstance(data, dict) and data.get("format") == 1 and isinstance(data.get("blocks"), dict) else None


__all__ = ["Imported", "WordImportError", "read_docx"]
