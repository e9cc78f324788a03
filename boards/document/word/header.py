"""The block at the top of a paper: To, From, Date, marking, agenda item and title.

Officers set it as a table, as lines with a colon or a tab, or leave half of it to the running header of the page. What
was
printed is kept word for word; only the date is also read. Source: the layout of a board paper (marking left and item
number right above To, From, Date and the title).
"""

import re
from dataclasses import asdict, dataclass, field
from datetime import date

from ..findings.dates import read_date
from .errors import WordImportError
from .lines import Cell, Grid, Line, plain, split_breaks
from .shapes import MARKING_WORDS, is_capitals, is_running

LABELS = {
    "to": r"(?:report\s+)?to",
    "from_role": r"from|report\s+of|report\s+from|report\s+by|author|report\s+author|lead\s+officer|officer",
    "date_printed": r"date|date\s+of\s+report|report\s+date",
    "meeting_date": r"meeting\s+date|date\s+of\s+meeting",
    "title": r"title|subject|report\s+title|paper\s+title|title\s+of\s+(?:report|paper)",
    "agenda_number": r"agenda\s+item(?:\s+(?:no\.?|number))?|item(?:\s+(?:no\.?|number))?",
    "marking": r"marking|protective\s+marking|classification|security\s+classification|status",
    "contact": r"contact(?:\s+officers?)?(?:\(s\))?|contact\s+details|enquiries\s+to|telephone|tel|e-?mail",
}
LABEL = {key: re.compile(rf"^\s*(?:{words})\s*(?:[:\t]\s*|$)", re.I) for key, words in LABELS.items()}
MARKING = re.compile(rf"^\s*({MARKING_WORDS})\b", re.I)
AGENDA = re.compile(
    r"\bagenda\s+item\s*(?:no\.?|number)?\s*[:.]?\s*(\d{1,2}(?:\.\d{1,2})?|X{2,}|TB[CA]|\?+)?\.?(?=\s|$|\))", re.I
)
PLACEHOLDER = re.compile(r"^\s*(X{2,}|TB[CA]|\?{2,})\s*$", re.I)
PAGE = re.compile(r"\bpage\s+\d+\s+of\s+\d+|\d+\s*\|\s*p\s*a\s*g\s*e", re.I)


@dataclass
class PrintedHeader:
    """What the paper's header prints. Texts are as printed; `paper_date` is the date read from `date_printed`."""

    to: str = ""
    from_role: str = ""
    date_printed: str = ""
    meeting_date: str = ""
    title: str = ""
    marking: str = ""
    agenda_number: str = ""
    contact: str = ""
    paper_date: date | None = None
    lines: list = field(default_factory=list)  # (what it is, text as printed), in the order of the page
    running: list = field(default_factory=list)  # ("header" or "footer", text)

    @property
    def marking_now(self):
        """The printed marking in today's terms: OFFICIAL, OFFICIAL-SENSITIVE, or nothing where it must be chosen."""
        if re.match(r"\s*official\s*[-–: ]*\s*sensitive", self.marking, re.I):
            return "OFFICIAL-SENSITIVE"
        return (
            "OFFICIAL" if re.match(r"\s*(official|not protectively marked|public report)\b", self.marking, re.I) else ""
        )

    def as_dict(self):
        """The header as plain data, the date in ISO form."""
        found = asdict(self)
        found["paper_date"] = self.paper_date.isoformat() if self.paper_date else None
        found["lines"] = [list(pair) for pair in self.lines]
        found["running"] = [list(pair) for pair in self.running]
        return found


def read_header(front, running):
    """(header, rest): the header read from the items before the first section, and the items that are not header."""
    header = PrintedHeader(running=list(running))
    rest, titles = [], []
    pending, pending_text = None, ""
    for item in _pieces(front):
        if isinstance(item, Grid):
            if not _read_table(item, header):
                rest.append(item)
            continue
        text = item.words
        if not text:
            if item.pictures:
                rest.append(item)
            continue
        if pending and not _label(item.text) and _could_be(pending, text):
            _set(header, pending, text)
            pending = None
            continue
        if pending:
            header.lines.append((pending, f"{pending_text}"))
        taken = _read_line(item, header)
        pending = taken if isinstance(taken, str) else None
        pending_text = text
        if taken is False:
            (rest if _is_prose(item) else titles).append(item)
    if pending:
        header.lines.append((pending, pending_text))
    if titles:
        _choose_title(header, titles)
    for _, text in header.running:
        for piece in re.split(r"\t+", text):
            key = _label(piece)
            value = LABEL[key].sub("", piece, count=1).strip() if key else ""
            if value and not getattr(header, key) and re.match(r"[^:]{0,30}:", piece):
                _set(header, key, value, piece)
            elif not value:
                _read_running(piece, header)
    header.paper_date = read_date(header.date_printed) or read_date(header.meeting_date)
    _refuse_higher_tiers(header)
    return header, rest


def looks_like_header(item):
    """Whether an item could only stand in a header block: used to find where a paper begins."""
    if isinstance(item, Grid):
        return _read_table(item, PrintedHeader())
    return bool(_label(item.text)) or is_running(item.text)


def _could_be(key, text):
    """Whether a line can be the value of a label that stood alone above it."""
    if key == "agenda_number":
        return bool(re.match(r"\s*(?:\d{1,2}(?:\.\d{1,2})?\.?|X{2,}|TB[CA])\s*$", text, re.I))
    if key in ("date_printed", "meeting_date"):
        return bool(re.search(r"\d|X{2,}|TB[CA]", text, re.I)) and len(text) < 40
    return not is_running(text)


def _pieces(front):
    """The front items with paragraphs that hold several header lines cut at their line breaks."""
    for item in front:
        if isinstance(item, Line) and any(n["type"] == "hardBreak" for n in item.nodes):
            parts = split_breaks(item.nodes)
            if sum(bool(_label(plain(part))) for part in parts) >= 2:
                for part in parts:
                    yield Line(nodes=part, style=item.style, bold=item.bold, align=item.align)
                continue
        yield item


def _label(text):
    return next((key for key, pattern in LABEL.items() if pattern.match(text)), None)


def _read_line(line, header):
    """Take one line into the header: True when taken, False when not, or the label that still waits for its value."""
    text = line.text.strip()
    key = _label(text)
    if key and not (key in ("to", "contact") and not re.match(r"[^:\t]{0,30}[:\t]", text) and len(text.split()) > 1):
        value = re.sub(r"\s+", " ", LABEL[key].sub("", text, count=1)).strip()
        if not value:
            return key
        _set(header, key, value, line.words)
        return True
    if _read_running(text, header):
        header.lines.append(("running", line.words))
        return True
    return False


def _set(header, key, value, printed=None):
    value = re.sub(r"[*_]+$", "", value).strip()
    if key == "agenda_number":
        match = re.match(r"(?:no\.?\s*)?(\d{1,2}(?:\.\d{1,2})?)", value)
        value = match.group(1) if match else value
    if key == "contact" and header.contact:
        header.contact = f"{header.contact}; {value}"
    elif not getattr(header, key):
        setattr(header, key, value)
    header.lines.append((key, printed or value))


def _read_running(text, header):
    """Take marking, item number or page line out of one piece of text; whether it was any of them."""
    if PLACEHOLDER.match(text):
        if not header.marking:
            header.marking = text.strip()
        return True
    if not (is_running(text) or (len(text) < 120 and (AGENDA.search(text) and not text.rstrip().endswith(".")))):
        return bool(PAGE.search(text)) and len(text) < 80
    marking = MARKING.match(text)
    if marking and not header.marking:
        header.marking = re.sub(r"\s+", " ", marking.group(1))
    item = AGENDA.search(text)
    if item and item.group(1) and not header.agenda_number:
        header.agenda_number = item.group(1)
    return True


def _read_table(grid, header):
    """Take a table of labels and values into the header; False where it is an ordinary table."""
    pairs = []
    for row in _side_by_side(grid.rows):
        cells = [cell for cell in row if cell.merged != "continue"]
        skip = False
        for index, cell in enumerate(cells):
            if skip:
                skip = False
                continue
            text = cell.words
            key = _label(text)
            if key is None:
                if text and (MARKING.match(text) or AGENDA.search(text)):
                    pairs.append(("running", text, text))
                elif text:
                    pairs.append((None, text, text))
                continue
            value = LABEL[key].sub("", text, count=1).strip()
            if not value and index + 1 < len(cells) and not _label(cells[index + 1].words):
                value, skip = cells[index + 1].words, True
                pairs.append((key, value, f"{text} {value}".strip()))
            else:
                pairs.append((key, value, text))
    labelled = sum(key not in (None, "running") for key, _, _ in pairs)
    if labelled < 1 or labelled < len([p for p in pairs if p[0] is None]):
        return bool(pairs) and all(key == "running" for key, _, _ in pairs) and _take(pairs, header)
    return _take(pairs, header)


def _side_by_side(rows):
    """The rows, those cut into one for each line that hold all labels in one cell and all values in the next."""
    for row in rows:
        lines = [_lines_of(cell) for cell in row]
        if len(row) == 2 and len(lines[0]) == len(lines[1]) > 1 and all(_label(line.text) for line in lines[0]):
            yield from ([Cell([label]), Cell([value])] for label, value in zip(*lines, strict=True))
        else:
            yield row


def _lines_of(cell):
    lines = [line for item in cell.content for line in (item.lines() if isinstance(item, Grid) else (item,))]
    pieces = [Line(nodes=part) for line in lines for part in split_breaks(line.nodes)]
    return [piece for piece in pieces if piece.words]


def _take(pairs, header):
    for key, value, printed in pairs:
        if key in (None, "running"):
            _read_running(value, header)
            header.lines.append(("running" if key else "other", printed))
        else:
            _set(header, key, value, printed)
    return True


def _choose_title(header, titles):
    """The title among unlabelled lines: styled as one, else in bold or capitals, else the last line."""
    if header.title:
        header.lines.extend(("other", line.words) for line in titles)
        return
    for rule in (
        lambda line: line.style.lower() in ("title", "subtitle"),
        lambda line: line.heading is not None,
        lambda line: line.bold,
        lambda line: is_capitals(line.text),
        lambda line: line is titles[-1],
    ):
        chosen = [line for line in titles if rule(line)]
        if chosen:
            break
    header.title = " ".join(line.words for line in chosen)
    header.lines.extend(("title" if line in chosen else "other", line.words) for line in titles)


def _is_prose(line):
    return len(line.words.split()) > 25 or (len(line.words.split()) > 14 and line.words.endswith("."))


def _refuse_higher_tiers(header):
    if re.match(r"\s*(top\s+)?secret\b", header.marking, re.I):
        raise WordImportError(
            f"The paper is marked {header.marking.upper()}. This portal holds OFFICIAL and OFFICIAL-SENSITIVE papers only."
        )
