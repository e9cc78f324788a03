"""Tables as HTML: caption, head and body, headings with their scope, columns of a fixed width."""

from . import grid, text
from .inline import InlineWriter, attribute

WIDE = 6  # columns from which a table needs fixed widths (speed of typesetting) and its own scroll bar


def width_rules() -> str:
    """The style rules of the column classes w-1 to w-100, for a style sheet: no element carries a style of its own."""
    return "".join(f".w-{n}{{width:{n}%}}" for n in range(1, 101))


def estimated_widths(rows: list[dict]) -> list[int]:
    """Column widths in whole per cent from the words themselves: long words must fit, long texts get more."""
    columns = grid.width(rows)
    longest, total = [2] * columns, [0] * columns
    for row, line in zip(rows, grid.places(rows), strict=True):
        for cell, column in zip(row.get("content", ()), line, strict=True):
            if cell["attrs"]["colspan"] == 1:
                words = text.of(cell)
                longest[column] = max(longest[column], *(len(word) for word in words.split()), 2)
                total[column] = max(total[column], len(words))
    weights = [word + min(whole, 240) ** 0.5 * 2 for word, whole in zip(longest, total, strict=True)]
    shares = [max(3, int(100 * weight / sum(weights))) for weight in weights]
    shares[shares.index(max(shares))] += 100 - sum(shares)
    return shares if min(shares) > 0 else [max(1, 100 // columns)] * columns


class TableWriter:
    """Writes one ``tableFigure``'s table; ``row_hook(row)`` gives (class, words to lead the first cell)."""

    def __init__(self, inline: InlineWriter, *, anchor, row_hook):
        self.inline, self.anchor, self.row_hook = inline, anchor, row_hook

    def write(self, node: dict, caption: str, *, landscape: bool) -> str:
        rows = node["content"][1].get("content", [])
        columns = grid.width(rows)
        widths = node["attrs"].get("widths") or (estimated_widths(rows) if columns >= WIDE or landscape else None)
        heads = self._heads(rows)
        block_id = attribute(node["attrs"]["id"])
        parts = [f'<table class="table{" table--fixed" if widths else ""}">']
        parts.append(f'<caption id="{block_id}-caption">{caption}</caption>')
        if widths:
            columns_html = "".join(f'<col class="w-{width}">' for width in widths)
            parts.append(f"<colgroup>{columns_html}</colgroup>")
        if heads:
            parts.append(f"<thead>{''.join(self._row(row, True) for row in rows[:heads])}</thead>")
        if rows[heads:]:
            parts.append(f"<tbody>{''.join(self._row(row, False) for row in rows[heads:])}</tbody>")
        parts.append("</table>")
        html = "".join(parts)
        if columns >= WIDE:
            region = f'role="region" aria-labelledby="{block_id}-caption" tabindex="0"'
            html = f'<div class="table-scroll" {region}>{html}</div>'
        return html

    @staticmethod
    def _heads(rows: list[dict]) -> int:
        """How many rows at the top head the columns: all their cells are headings and none reaches below them."""
        count = 0
        while (
            count < len(rows)
            and rows[count].get("content")
            and all(cell["type"] == "tableHeader" for cell in rows[count]["content"])
        ):
            count += 1
        if count == len(rows):
            count = min(count, 1)
        while count and any(
            index + cell["attrs"]["rowspan"] > count
            for index in range(count)
            for cell in rows[index].get("content", ())
        ):
            count -= 1
        return count

    def _row(self, row: dict, head: bool) -> str:
        name, lead = self.row_hook(row)
        lead = self.anchor(row) + lead
        cells = []
        for cell in row.get("content", ()):
            cells.append(self._cell(cell, head, lead))
            lead = ""
        attrs = row.get("attrs") or {}
        css = f' class="{name}"' if name else ""
        return f'<tr id="{attribute(attrs["id"])}"{css}>{"".join(cells)}</tr>'

    def _cell(self, cell: dict, head: bool, lead: str) -> str:
        attrs = cell["attrs"]
        lines = [self.inline.write(line.get("content")) for line in cell["content"]]
        words = lines[0] if len(lines) == 1 else "".join(f"<p>{line}</p>" for line in lines if line)
        # An empty heading would be announced as a heading of nothing.
        heading = cell["type"] == "tableHeader" and bool(words)
        across, down = attrs["colspan"], attrs["rowspan"]
        marks = ""
        if heading:
            scope = ("colgroup" if across > 1 else "col") if head else ("rowgroup" if down > 1 else "row")
            marks += f' scope="{scope}"'
        if across > 1:
            marks += f' colspan="{across}"'
        if down > 1:
            marks += f' rowspan="{down}"'
        classes = [f"align-{attrs['align']}"] if attrs.get("align") in ("right", "centre") else []
        classes += ["tone", f"tone--{attrs['tone']}"] if attrs.get("tone") else []
        if classes:
            marks += f' class="{" ".join(classes)}"'
        tag = "th" if heading else "td"
        return f"<{tag}{marks}>{lead}{words}</{tag}>"
