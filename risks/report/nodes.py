"""The long tables of a report, put together directly.

`boards.document.build` reads well but looks at every value; a register of two thousand risks holds eighty thousand rows. This
shape is the one that repeats. It gives exactly what `build` gives, which a test holds it to.
"""

from base64 import b32encode
from hashlib import blake2b

from boards.document import build
from boards.document.schema import defaults

_ROW, _CELL, _HEADER, _FIGURE = (defaults(name) for name in ("tableRow", "tableCell", "tableHeader", "tableFigure"))


def identity(*key: str) -> str:
    """A permanent id that is the same for the same key, of the shape that `boards.document.ids` asks for.

    Made without a loop in Python, because a long register asks for a hundred thousand.
    """
    return "b" + b32encode(blake2b("\x1f".join(key).encode(), digest_size=7).digest())[:10].decode().lower()


def _plain(parts: list) -> dict:
    """One line. The common case, a single text, is made without looking further."""
    if not parts:
        return {"type": "plain"}
    if len(parts) == 1 and type(parts[0]) is str:
        content = [{"type": "text", "text": parts[0]}] if parts[0] else []
    else:
        content = build.inline(*parts)
    return {"type": "plain", "content": content} if content else {"type": "plain"}


class Cells:
    """A table with one row of headings, filled row by row."""

    def __init__(self, headings: list[str], header_id: str):
        cells = [{"type": "tableHeader", "attrs": dict(_HEADER), "content": [_plain([text])]} for text in headings]
        self.rows = [{"type": "tableRow", "attrs": {**_ROW, "id": header_id}, "content": cells}]

    def add(self, identity: str, cells: list[list], *, headed: bool = False) -> None:
        """A row of cells; `headed` makes the first the heading of its row."""
        content = [{"type": "tableCell", "attrs": dict(_CELL), "content": [_plain(parts)]} for parts in cells]
        if headed:
            content[0] = {**content[0], "type": "tableHeader", "attrs": dict(_HEADER)}
        self.rows.append({"type": "tableRow", "attrs": {**_ROW, "id": identity}, "content": content})

    def figure(self, caption: str, widths: list[int], identity: str) -> dict:
        """The captioned table, without a number of its own."""
        return {
            "type": "tableFigure",
            "attrs": {**_FIGURE, "id": identity, "numbered": False, "widths": widths},
            "content": [
                {"type": "caption", "content": [{"type": "text", "text": caption}]},
                {"type": "table", "content": self.rows},
            ],
        }
