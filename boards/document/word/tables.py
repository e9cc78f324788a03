"""Word tables: data tables become table blocks, layout tables become the lines they lay out."""

import re
from dataclasses import replace

from .. import ids
from .lines import Grid, Line, tidy
from .shapes import BIBLIOGRAPHY_ROW, DOTTED, NUMBER_ALONE

NUMERIC = re.compile(r"^[\s(£$€+-]*[\d,.\s]+[)%mk*]*\s*$|^\s*[-–—]\s*$|^\s*$")


def unwrapped(items):
    """The items with layout tables replaced by their lines: boxes round text, and numbers set in a column of their
    own.
    """
    for item in items:
        if not isinstance(item, Grid):
            yield item
        elif item.is_empty:
            continue
        elif (at := _bibliography_from(item)) is not None:
            yield from unwrapped([replace(item, rows=item.rows[:at]), replace(item, rows=item.rows[at:], blocks=[])])
        elif max((len(row) for row in item.rows), default=0) == 1:
            yield from unwrapped([inner for row in item.rows for cell in row for inner in cell.content])
        elif _is_number_column(item):
            yield from unwrapped(_numbered_lines(item))
        else:
            yield item


def _bibliography_from(grid):
    """The row at which a bibliography begins that follows numbered paragraphs in one layout table, or None."""
    at = next((at for at, row in enumerate(grid.rows) if row and BIBLIOGRAPHY_ROW.match(row[0].words)), 0)
    return at if at and _is_number_column(replace(grid, rows=grid.rows[:at])) else None


def _is_number_column(grid):
    if grid.header_rows or any(len(row) != 2 for row in grid.rows):
        return False
    left = [row[0].words for row in grid.rows]
    dotted = sum(bool(NUMBER_ALONE.match(text)) for text in left)
    right = sum(len(row[1].words.split()) for row in grid.rows)
    return (
        dotted > 0
        and all(not text or NUMBER_ALONE.match(text) for text in left)
        and any(DOTTED.match(text) for text in left)
        and right >= 4 * dotted
    )


def _numbered_lines(grid):
    for row in grid.rows:
        number = row[0].words
        for item in row[1].content:
            if number and isinstance(item, Line) and item.words:
                item.nodes.insert(0, {"type": "text", "text": number + " "})
                number = ""
            yield item
        if number:
            yield Line(nodes=[{"type": "text", "text": number}])


def table_block(grid, caption=""):
    """A `tableFigure` of a Word table. Merged cells become spans; the first rows become headers where Word or bold
    says so.
    """
    headers = grid.header_rows or (1 if _first_row_is_header(grid) else 0)
    row_headers = headers > 0 and _first_column_is_bold(grid, headers)
    rows = []
    for index, row in enumerate(grid.rows):
        cells = []
        for cell in row:
            if cell.merged == "continue" and index:
                continue
            head = index < headers or (row_headers and cell.column == 0)
            cells.append(_cell(cell, head, _rowspan(grid, index, cell)))
        rows.append({"type": "tableRow", "attrs": {"id": None}, **({"content": cells} if cells else {})})
    return {
        "type": "tableFigure",
        "attrs": {"id": ids.new(), "widths": _widths(grid)},
        "content": [
            {"type": "caption", **({"content": [{"type": "text", "text": caption}]} if caption else {})},
            {"type": "table", "content": rows},
        ],
    }


def _cell(cell, head, rowspan):
    plains = []
    for item in cell.content:
        for line in item.lines() if isinstance(item, Grid) else (item,):
            nodes = tidy(line.nodes, drop_marks=("strong",) if head else ())
            if line.auto is not None and line.auto.text and nodes:
                nodes = tidy([{"type": "text", "text": line.auto.text + " "}, *nodes])
            elif line.auto is not None and nodes and line.auto.level.format == "bullet":
                nodes = tidy([{"type": "text", "text": "\u2022 "}, *nodes])
            if nodes:
                plains.append({"type": "plain", "content": nodes})
    aligned = [line.align for line in cell.content if isinstance(line, Line) and line.words]
    align = aligned[0] if aligned and len(set(aligned)) == 1 else None
    attrs = {"colspan": cell.colspan, "rowspan": rowspan, "align": align}
    return {"type": "tableHeader" if head else "tableCell", "attrs": attrs, "content": plains or [{"type": "plain"}]}


def _rowspan(grid, index, cell):
    if cell.merged != "restart":
        return 1
    span = 1
    for row in grid.rows[index + 1 :]:
        if not any(c.column == cell.column and c.merged == "continue" for c in row):
            break
        span += 1
    return span


def _first_row_is_header(grid):
    if len(grid.rows) < 2 or len(grid.rows[0]) < 2:
        return False
    first = [cell for cell in grid.rows[0] if cell.words]
    if len(first) < 2:
        return False
    lines = [line for cell in first for line in cell.content if isinstance(line, Line) and line.words]
    if lines and all(line.bold for line in lines):
        return True
    numbers_below = sum(bool(NUMERIC.match(c.words)) and bool(c.words) for row in grid.rows[1:] for c in row)
    return not any(NUMERIC.match(cell.words) for cell in first) and numbers_below >= len(grid.rows) - 1


def _first_column_is_bold(grid, headers):
    first = [row[0] for row in grid.rows[headers:] if row and row[0].words]
    lines = [line for cell in first for line in cell.content if isinstance(line, Line) and line.words]
    return len(lines) > 1 and all(line.bold for line in lines)


def _widths(grid):
    total = sum(grid.widths)
    if not total or len(grid.widths) < 2 or any(w <= 0 for w in grid.widths):
        return None
    shares = [max(1, round(width * 100 / total)) for width in grid.widths]
    shares[shares.index(max(shares))] += 100 - sum(shares)
    return shares if min(shares) >= 1 else None
