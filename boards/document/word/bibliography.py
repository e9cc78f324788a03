"""The two rows at the end of a paper: source documents and contact officers, as a table or as lines."""

import re

from .. import ids
from .lines import Cell, Grid, Line, plain, split_breaks, tidy
from .shapes import BIBLIOGRAPHY

ROW = {
    "source": re.compile(r"^\s*((?:source|background)\s+(?:documents?|papers?)(?:\(s\))?)\s*[:\t]?\s*", re.I),
    "contact": re.compile(r"^\s*(contact\s+officers?(?:\(s\))?|contact\s+details)\s*[:\t]?\s*", re.I),
}
TYPED_NUMBER = re.compile(r"^\s*\d{1,2}\.?\s+")
MAIL = re.compile(r"[^\s@<>\"(),;]+@[^\s@<>\"(),;]+\.[a-z]{2,}", re.I)


def read(items, at, assembler):
    """Read a bibliography that begins at a position; answers how many items it took, 0 where there is none."""
    item = items[at]
    if isinstance(item, Grid):
        if not _is_bibliography(item):
            return 0
        _open(assembler)
        _table(item, assembler)
        return 1
    if BIBLIOGRAPHY.match(TYPED_NUMBER.sub("", item.words)):
        return _after_heading(items, at, assembler)
    near_the_end = at >= len(items) / 2 and len(items) - at <= 12
    apart = ":" in item.text or "\t" in item.text or _is_split_label(items, at) or _is_label_line(item, len(items) - at)
    if _row(item.words) and near_the_end and apart:
        _open(assembler)
        return _lines(items, at, assembler)
    return 0


def _is_label_line(line, left):
    """ "Contact Officer Chief Executive" among the last lines: a label and what belongs to it, and no sentence."""
    text = line.words
    return left <= 8 and text[:1].isupper() and not text.endswith(".") and len(text.split()) <= 25


def _after_heading(items, at, assembler):
    heading = items[at]
    words = TYPED_NUMBER.sub("", heading.words)
    number = heading.words[: len(heading.words) - len(words)].strip() or (heading.auto.text if heading.auto else None)
    following = items[at + 1] if at + 1 < len(items) else None
    single = ROW["source"].match(words)
    if single and not (heading.bold or heading.heading) and not isinstance(following, Grid):
        if at >= len(items) / 2 and len(items) - at <= 12:
            _open(assembler)
            return _lines(items, at, assembler)
        return 0
    assembler.section(re.sub(r"\s*:$", "", words), "bibliography", number, numbered=False, line=heading)
    if isinstance(following, Grid) and _is_bibliography(following):
        _table(following, assembler)
        return 2
    if isinstance(following, Line) and (_row(following.words) or _is_split_label(items, at + 1)):
        return 1 + _lines(items, at + 1, assembler)
    if re.match(r"\W*(background|source)\b", words, re.I):
        return 1 + _plain_sources(items, at + 1, assembler)
    return 1


def _plain_sources(items, at, assembler):
    """Lines straight under a heading "Background documents": one source each, until a heading or a table."""
    used = 0
    for item in items[at:]:
        if isinstance(item, Grid) or item.heading or item.bold or item.pictures or _row(item.words):
            break
        _rows("source", "", [item], assembler)
        used += 1
    return used


def _is_split_label(items, at):
    """`Contact` on one line and `Officers` on the next."""
    if at + 1 >= len(items) or not isinstance(items[at], Line) or not isinstance(items[at + 1], Line):
        return False
    return bool(_row(f"{items[at].words} {items[at + 1].words}")) and len(items[at].words.split()) == 1


def _open(assembler):
    if not assembler.sections or assembler.sections[-1]["attrs"]["role"] != "bibliography":
        assembler.section("Bibliography", "bibliography", numbered=False)
    assembler.flush()


def _row(text):
    return next((key for key, pattern in ROW.items() if pattern.match(text)), None)


def _is_bibliography(grid):
    rows = [row for row in grid.rows if any(cell.words for cell in row)]
    labelled = [row for row in rows if row and _row(row[0].words)]
    return bool(labelled) and len(rows) <= 8 and len(labelled) * 2 >= len(rows)


def _table(grid, assembler):
    key = None
    for row in grid.rows:
        cells = [cell for cell in row if isinstance(cell, Cell)]
        if not any(cell.words for cell in cells):
            continue
        found = _row(cells[0].words)
        if found:
            key, label = found, cells[0].words
            rest = ROW[found].sub("", label, count=1).strip()
            lines = [Line(nodes=[{"type": "text", "text": rest}])] if rest else []
            label = label[: len(label) - len(rest)].strip() if rest else label
            lines += [line for cell in cells[1:] for item in cell.content for line in _flat(item)]
            _rows(key, label, lines, assembler)
        else:
            _rows(key, "", [line for cell in cells for item in cell.content for line in _flat(item)], assembler)


def _flat(item):
    return item.lines() if isinstance(item, Grid) else (item,)


def _lines(items, at, assembler):
    """Rows typed as lines: a label, then what belongs to it until the next label."""
    key, label, waiting, used = None, "", [], 0
    while at + used < len(items) and isinstance(items[at + used], Line):
        line = items[at + used]
        if _is_split_label(items, at + used):
            words = f"{line.words} {items[at + used + 1].words}"
            found, size, rest = _row(words), 2, []
        else:
            words, size = line.words, 1
            found = _row(words)
            match = ROW[found].match(line.text) if found else None
            rest = tidy(_cut(line, match.end())) if match else []
        if found:
            if key:
                _rows(key, label, waiting, assembler)
            label = ROW[found].match(words).group(1)
            key, waiting = found, [Line(nodes=rest)] if rest else []
        elif line.heading or not key:
            break
        else:
            waiting.append(line)
        used += size
    if key:
        _rows(key, label, waiting, assembler)
    return used


def _cut(line, count):
    from .lines import cut

    return cut(line.nodes, count)


def _rows(key, label, lines, assembler):
    """Put the entries of one row into the section; a row without entries is remembered as empty."""
    made = 0
    for line in lines:
        for nodes in split_breaks(line.nodes):
            nodes = tidy(nodes, drop_marks=("strong",))
            text = plain(nodes).strip()
            if not text:
                continue
            block = {"type": "sourceDocument", "content": nodes} if key == "source" else None
            block = _contact(text) if key == "contact" else block
            if block is None:
                block = {"type": "para", "attrs": {"numbered": False}, "content": nodes}
            block.setdefault("attrs", {})["id"] = ids.new()
            block_id = assembler.push(block)
            assembler.line_ids[id(line)] = block_id
            if label:
                assembler.facts.labels[block_id] = label
                label = ""
            made += 1
    if not made and label:
        assembler.facts.empty_rows.append(label)


def _contact(text):
    if len(text) > 200:
        return None
    mail = MAIL.search(text)
    role = text
    if mail:
        role = re.sub(r"[\s,;:(<-]*(?:e-?mail)?[\s:]*$", "", text[: mail.start()]) + text[mail.end() :].rstrip(" )>")
    attrs = {"role": role.strip() or text, "mailbox": mail.group() if mail else ""}
    return {"type": "contactOfficer", "attrs": attrs}
