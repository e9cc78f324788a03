"""Tables with merged cells: which cells stand in which column, and whether the spans make a rectangle."""

from .errors import DocumentError


def _span(cell: dict, name: str) -> int:
    return (cell.get("attrs") or {}).get(name) or 1


def places(rows: list[dict]) -> list[list[int]]:
    """The column, counted from 0, of each cell of each row."""
    held: dict[int, int] = {}  # column -> rows still covered from above
    answer = []
    for row in rows:
        column, line, fresh = 0, [], {}
        for cell in row.get("content", ()):
            while held.get(column):
                column += 1
            line.append(column)
            for _ in range(_span(cell, "colspan")):
                fresh[column] = max(fresh.get(column, 0), _span(cell, "rowspan"))
                column += 1
        answer.append(line)
        for key in list(held):
            held[key] -= 1
            if held[key] <= 0:
                del held[key]
        for key, rowspan in fresh.items():
            if rowspan > 1:
                held[key] = rowspan - 1
    return answer


def width(rows: list[dict]) -> int:
    """The number of columns."""
    lines = places(rows)
    return max(
        (
            column + _span(cell, "colspan")
            for row, line in zip(rows, lines, strict=True)
            for cell, column in zip(row.get("content", ()), line, strict=True)
        ),
        default=0,
    )


def _coverage(rows: list[dict]) -> list[list[int]]:
    lines, columns = places(rows), width(rows)
    covered = [[0] * columns for _ in rows]
    for index, (row, line) in enumerate(zip(rows, lines, strict=True)):
        for cell, column in zip(row.get("content", ()), line, strict=True):
            for below in range(index, min(index + _span(cell, "rowspan"), len(rows))):
                for across in range(column, column + _span(cell, "colspan")):
                    covered[below][across] += 1
    return covered


def check(rows: list[dict], widths: list[int] | None, block_id: str | None) -> None:
    """Every place of the rectangle is covered once, no cell reaches below the last row, widths match the columns."""
    total = len(rows)
    simple = all(
        _span(cell, "colspan") == 1 and _span(cell, "rowspan") == 1 for row in rows for cell in row.get("content", ())
    )
    columns = len(rows[0].get("content", ())) if simple else width(rows)
    if columns == 0:
        raise DocumentError("A table has no cells.", block_id)
    if columns > 60:
        raise DocumentError("A table has more than 60 columns.", block_id)
    if simple:
        if any(len(row.get("content", ())) != columns for row in rows):
            raise DocumentError("The rows of a table have different numbers of cells.", block_id)
    else:
        for index, row in enumerate(rows):
            if any(index + _span(cell, "rowspan") > total for cell in row.get("content", ())):
                raise DocumentError("A merged cell reaches below the last row of its table.", block_id)
        if any(count != 1 for line in _coverage(rows) for count in line):
            raise DocumentError("The merged cells of a table overlap or leave a gap.", block_id)
    if widths is not None and len(widths) != columns:
        raise DocumentError(f"A table has {columns} columns but widths for {len(widths)}.", block_id)


def mended(rows: list[dict]) -> list[dict]:
    """The same rows as a rectangle: spans cut at the last row, gaps filled with empty cells, no word dropped."""
    if len({len(row.get("content", ())) for row in rows}) == 1 and all(
        _span(cell, "colspan") == 1 and _span(cell, "rowspan") == 1 for row in rows for cell in row.get("content", ())
    ):
        return rows
    total = len(rows)
    rows = [
        {**row, "content": [_cut(cell, total - index) for cell in row.get("content", ())]}
        for index, row in enumerate(rows)
    ]
    covered = _coverage(rows)
    if any(count > 1 for line in covered for count in line):  # overlapping spans say nothing sure: unmerge downwards
        rows = [{**row, "content": [_cut(cell, 1) for cell in row["content"]]} for row in rows]
        covered = _coverage(rows)
    lines = places(rows)
    answer = []
    for row, line, counts in zip(rows, lines, covered, strict=True):
        gaps = [column for column, count in enumerate(counts) if count == 0]
        cells = sorted(
            [*zip(line, row["content"], strict=True), *((column, _empty()) for column in gaps)],
            key=lambda pair: pair[0],
        )
        content = [cell for _, cell in cells]
        mended_row = {key: value for key, value in row.items() if key != "content"}
        answer.append({**mended_row, "content": content} if content else mended_row)
    return answer


def _cut(cell: dict, most: int) -> dict:
    if _span(cell, "rowspan") <= most:
        return cell
    return {**cell, "attrs": {**cell["attrs"], "rowspan": most}}


def _empty() -> dict:
    attrs = {"colspan": 1, "rowspan": 1, "align": None, "tone": None}
    return {"type": "tableCell", "attrs": attrs, "content": [{"type": "plain"}]}
