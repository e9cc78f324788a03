"""What an author is shown after bringing a Word paper in: the outline, the warnings and the findings, as plain data."""

from collections.abc import Callable

from .. import findings, numbering, text
from ..findings.facts import PaperFacts
from ..numbering import ordinal
from .reader import Imported

HEADER_WORDS = {"running": "header", "other": "header", "title": "title"}


def outline(imported: Imported) -> list[dict]:
    """Every part of the paper in order, header lines first.

    Each row has `type`, `id` (None for header lines), `depth`, `computed_number`, `printed_number` and `text`: the
    words as printed, so that the outline can be read against the Word file line by line.
    """
    facts = imported.facts
    numbers = numbering.number(imported.document)
    rows = [_row(HEADER_WORDS.get(kind, "header"), None, 0, None, None, words) for kind, words in imported.header.lines]
    for section in imported.document["content"]:
        section_id = section["attrs"]["id"]
        title = text.inline(section["content"][0].get("content"))
        computed, printed = numbers.number(section_id), facts.headings.get(section_id)
        rows.append(_row("section", section_id, 0, computed, printed, title))
        empty = facts.empty_rows if section["attrs"]["role"] == "bibliography" else ()
        rows += [_empty("sourceDocument", label) for label in empty if "contact" not in label.lower()]
        for block in section["content"][1:]:
            rows += _block(block, facts, numbers)
        rows += [_empty("contactOfficer", label) for label in empty if "contact" in label.lower()]
    return rows


def _empty(kind, label):
    """A row of the bibliography that was printed with its label only."""
    return _row(kind, None, 1, None, None, label)


def _row(kind, block_id, depth, computed, printed, words, **more):
    row = {
        "type": kind,
        "id": block_id,
        "depth": depth,
        "computed_number": computed,
        "printed_number": printed or None,
        "text": " ".join((words or "").split()),
    }
    return {**row, **more}


def _block(block, facts, numbers):
    kind, block_id = block["type"], block["attrs"]["id"]
    computed = numbers.number(block_id)
    printed = facts.printed.get(block_id) or facts.captions.get(block_id)
    depth = block["attrs"].get("level", 1)
    if kind in ("bulletList", "orderedList"):
        return _list(block, facts, 2)
    if kind == "recommendationEcho":
        said = facts.closing_printed or [("", "")]
        return [_row(kind, block_id, 1, None, number or printed, words) for number, words in said]
    if kind == "recommendation":
        words = facts.wording.get(block_id) or text.of(block)
        return [_row(kind, block_id, 1, computed, printed, words, verb=block["attrs"]["verb"])]
    if kind in ("sourceDocument", "contactOfficer"):
        words = f"{facts.labels.get(block_id, '')} {text.of(block)}"
        return [_row(kind, block_id, 1, computed, printed, words)]
    if kind in ("tableFigure", "figure"):
        caption = text.inline(block["content"][0].get("content"))
        row = _row(kind, block_id, 1, computed, printed, f"{facts.captions.get(block_id, '')} {caption}")
        return [row, *(_rows_of_table(block) if kind == "tableFigure" else [])]
    if kind == "quote":
        return [_row(kind, block_id, 1, None, None, text.of(line)) for line in block["content"]]
    return [_row(kind, block_id, depth, computed, printed, text.of(block))]


def _list(block, facts, depth):
    rows = []
    kind = block["attrs"].get("kind")
    for count, item in enumerate(block["content"], 1):
        item_id = item["attrs"]["id"]
        computed = ordinal(kind, count) if kind else None
        words = text.inline(item["content"][0].get("content"))
        rows.append(_row("listItem", item_id, depth, computed, facts.printed.get(item_id), words))
        for nested in item["content"][1:]:
            rows += _list(nested, facts, depth + 1)
    return rows


def _rows_of_table(block):
    rows = [
        _row("tableRow", row["attrs"]["id"], 2, None, None, text.of(row))
        for row in block["content"][1].get("content", [])
    ]
    if len(block["content"]) > 2:
        rows.append(_row("tableNote", None, 2, None, None, text.inline(block["content"][2].get("content"))))
    return rows


def report(imported: Imported, facts: PaperFacts | None = None, check: Callable = findings.check) -> dict:
    """`{"title", "header", "outline", "warnings", "findings", "original_sha256"}` of a paper brought in."""
    facts = facts or facts_of(imported)
    found = check(imported.document, facts)
    return {
        "title": imported.header.title,
        "header": imported.header.as_dict(),
        "outline": outline(imported),
        "warnings": list(imported.warnings),
        "findings": [finding.as_dict() for finding in found],
        "original_sha256": imported.original_sha256,
    }


def facts_of(imported: Imported, **known) -> PaperFacts:
    """The facts a Word file gives about itself; `known` (the meeting, the board, the register) comes on top."""
    header = imported.header
    facts = {
        "to": header.to,
        "from_role": header.from_role,
        "paper_date": header.paper_date,
        "title": header.title,
        "marking": header.marking,
        "agenda_number": header.agenda_number,
        "appendices": (),
        "imported": imported.facts,
    }
    return PaperFacts(**{**facts, **known})


def as_text(data: dict) -> str:
    """The report for a terminal: one line for each part, then warnings, then findings."""
    lines = [data["title"] or "(no title)", ""]
    for row in data["outline"]:
        computed, printed = row["computed_number"] or "", row["printed_number"] or ""
        lines.append(f"{row['type']:<18} {computed:<10} {printed:<8} {'  ' * row['depth']}{row['text'][:100]}".rstrip())
    lines += ["", f"Warnings: {len(data['warnings'])}", *(f"- {sentence}" for sentence in data["warnings"])]
    lines += ["", f"Findings: {len(data['findings'])}"]
    for finding in data["findings"]:
        place = f" [{finding['printed_number']}]" if finding["printed_number"] else ""
        lines.append(f"- {finding['severity']}: {finding['sentence']}{place} ({finding['rule']})")
    return "\n".join(lines)
