"""The papers of the demonstration office as plain text files, read into documents.

    date: 6 February 2017          head lines, up to the first empty line
    # Background [background]      a section with its role; `[role, landscape]` turns its pages
    Words of a paragraph.          a numbered paragraph; `..` before it makes a sub-paragraph, `~` leaves its number out
    ## Words                       a sub-heading
    - point                        bullets; `(a) point` letters
    ! note the progress made.      a recommendation: verb, then words
    !!                             the recommendations again
    > words                        a quotation
    = Caption | l r r | 40 30 30   a table: caption, alignment, widths in per cent; its rows follow as `| cell | cell`, the first one the heading
    @ Title <https://address>      a source document
    & Post <mailbox>               a contact officer

Within words, `**strong**`, `*emphasis*` and `[words](https://address)` as in the plain form, and `{Title of a section}` for a live reference to it.
"""

import datetime as dt
import re
from pathlib import Path

from boards.document import build, typed

FOLDER = Path(__file__).parent / "papers"
ROLES = {"purpose", "recommendation", "background", "body", "conclusion", "bibliography", "summary", "appendix"}


def read(name: str) -> tuple[dict[str, str], dict]:
    """(head, document) of a paper by the name of its file."""
    head, _, body = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").partition("\n\n")
    lines = [line.partition(":") for line in head.splitlines() if line.strip()]
    return {key.strip(): value.strip() for key, _, value in lines}, document(body)


def date_of(head: dict[str, str], default: dt.date) -> dt.date:
    return dt.datetime.strptime(head["date"], "%d %B %Y").date() if "date" in head else default


def document(body: str) -> dict:
    sections = []
    for part in re.split(r"(?m)^(?=# )", body):
        if part.strip():
            heading, _, rest = part.partition("\n")
            sections.append(_section(heading, rest))
    _refer({node["content"][0]["content"][0]["text"]: node["attrs"]["id"] for node in sections}, sections)
    return build.doc(*sections)


def _refer(ids: dict[str, str], nodes: list[dict]) -> None:
    """Make each `{Title}` a live reference to the section of that title."""
    for node in nodes:
        content = node.get("content", [])
        _refer(ids, content)
        if any("{" in child.get("text", "") for child in content):
            node["content"] = [part for child in content for part in _with_references(ids, child)]


def _with_references(ids: dict[str, str], node: dict) -> list[dict]:
    parts = re.split(r"\{([^}]+)\}", node.get("text", ""))
    if len(parts) == 1:
        return [node]
    words = [
        {**node, "text": part} if number % 2 == 0 else build.xref(f"block:{ids[part]}")
        for number, part in enumerate(parts)
    ]
    return [part for part in words if part.get("text") != ""]


def _section(heading: str, rest: str) -> dict:
    match = re.fullmatch(r"# (.*?)(?:\s*\[([\w, ]+)\])?", heading.strip())
    words = [word.strip() for word in (match[2] or "").split(",") if word.strip()]
    role = next((word for word in words if word in ROLES), None)
    orientation = "landscape" if "landscape" in words else "portrait"
    return build.section(match[1], *_blocks(rest), role=role, orientation=orientation)


def _inline(words: str) -> list[dict]:
    return typed.from_text(words.strip())


def _blocks(text: str) -> list[dict]:
    blocks = []
    for chunk in re.split(r"\n\s*\n", text):
        lines = [line.rstrip() for line in chunk.splitlines() if line.strip()]
        while lines:
            blocks.append(_take(lines))
    return blocks


def _take(lines: list[str]) -> dict:
    """The next block of a chunk; its lines are taken off."""
    first = lines[0]
    if first.startswith("= "):
        return _table(lines)
    for sign, make in (("- ", build.bullets), ("(", build.letters)):
        pattern = r"- " if sign == "- " else r"\([a-z]+\) "
        if re.match(pattern, first):
            points = []
            while lines and re.match(pattern, lines[0]):
                points.append(_inline(re.sub(pattern, "", lines.pop(0), count=1)))
            return make(*points)
    line = lines.pop(0)
    if line == "!!":
        return build.echo()
    if line.startswith("! "):
        verb, _, words = line[2:].partition(" ")
        return build.recommend(verb, *_inline(words))
    if line.startswith("## "):
        return build.sub(line[3:])
    if line.startswith("> "):
        return build.quote(*_inline(line[2:]))
    if line.startswith("@ "):
        match = re.fullmatch(r"@ (.*?)(?:\s*<(\S+)>)?", line)
        return build.source(match[1], href=match[2])
    if line.startswith("& "):
        match = re.fullmatch(r"& (.*?)(?:\s*<(\S+)>)?", line)
        return build.contact(match[1], match[2] or "")
    # A paragraph may run over several lines.
    while lines and not re.match(r"(- |\([a-z]+\) |!|## |> |@ |& |= |\.\. |~ )", lines[0]):
        line += " " + lines.pop(0).strip()
    if line.startswith(".. "):
        return build.para(*_inline(line[3:]), level=2)
    if line.startswith("~ "):
        return build.para(*_inline(line[2:]), numbered=False)
    return build.para(*_inline(line))


def _table(lines: list[str]) -> dict:
    caption, align, widths = ([part.strip() for part in lines.pop(0)[2:].split("|")] + ["", ""])[:3]
    rows = []
    while lines and lines[0].startswith("|"):
        rows.append([cell.strip() for cell in lines.pop(0).strip().strip("|").split("|")])
    options = {"align": align.replace(" ", "")} if align else {}
    if widths:
        options["widths"] = [int(part) for part in widths.split()]
    body = [[_inline(cell) for cell in row] for row in rows[1:]]
    return build.table(caption, rows[0], body, **options)
