"""A table block as a Word table: header rows that repeat, merged cells, column widths."""

from .. import grid

WIDTH = 9026  # twentieths of a point between A4 margins


def table_xml(writer, block):
    """`w:tbl` of a `tableFigure`. Cells merged downwards are continued in the rows below, as Word wants them."""
    rows = block["content"][1]["content"]
    columns = grid.width(rows)
    shares = block["attrs"].get("widths") or [100 / columns] * columns
    widths = [max(1, round(WIDTH * share / sum(shares))) for share in shares]
    heads = _header_rows(rows)
    held = {}  # column -> [rows still covered, columns covered]
    out = []
    for at, (row, places) in enumerate(zip(rows, grid.places(rows), strict=True)):
        writer.row(row)
        cells = dict(zip(places, row.get("content", []), strict=True))
        ids, column, line = [row["attrs"]["id"]], 0, []
        while column < columns:
            if held.get(column, (0, 0))[0] > 0:
                left, span = held[column]
                held[column] = (left - 1, span)
                line.append(_tc(widths, column, span, "<w:vMerge/>", writer._p("TableText", "", ids)))
            elif column in cells:
                cell = cells[column]
                attrs = cell.get("attrs", {})
                span, down = attrs.get("colspan") or 1, attrs.get("rowspan") or 1
                if down > 1:
                    held[column] = (down - 1, span)
                head = cell["type"] == "tableHeader"
                inner = ""
                for number, plain in enumerate(cell["content"]):
                    inner += writer.cell_line(plain, head, attrs.get("align"), [] if number else ids)
                merge = '<w:vMerge w:val="restart"/>' if down > 1 else ""
                line.append(_tc(widths, column, span, merge, inner))
            else:
                span = 1
                line.append(_tc(widths, column, 1, "", writer._p("TableText", "", ids)))
            ids = []
            column += span
        trpr = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if at < heads else ""
        out.append(f"<w:tr>{trpr}{''.join(line)}</w:tr>")
    columns_xml = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="BoardTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{columns_xml}</w:tblGrid>{''.join(out)}</w:tbl>"
    )


def _tc(widths, column, span, merge, inner):
    width = sum(widths[column : column + span])
    across = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{across}{merge}</w:tcPr>{inner}</w:tc>'


def _header_rows(rows):
    count = 0
    for row in rows:
        cells = row.get("content", [])
        if not cells or any(cell["type"] != "tableHeader" for cell in cells):
            break
        count += 1
    return count if count < len(rows) else 0
