"""The text of real board papers, read from the folder of source papers beside the checkout, as paragraphs.

The papers are not part of this repository. Where they are absent the tests that need them are skipped with a reason.
The texts come from PDFs: lines are wrapped, bullets may have lost their sign, and page furniture stands between them.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

SHARED = Path(__file__).resolve().parents[4].parent / "shared" / "papers"
MISSING = "the source papers are not beside this checkout (../shared/papers): put them there to run this test"

# name -> file, first line, line after the last (None: to the end)
CUTS = {
    "resource group": ("S001.txt", r"^\*\*To:\*\*", None),
    "delivery of the plan": ("S003.txt", r"^(?=Official Agenda)", None),
    "risk cover": ("S002.txt", r"^\s*To: Business Co-ordination", r"^\s*Strategic Risks Summary"),
    "devolution": ("S002.txt", r"^NOT PROTECTIVELY MARKED", r"^\s*To: Business Coordination Board"),
    "performance": ("S002.txt", r"^\s*PERFORMANCE UPDATE", r"^\s*To: Business Coordination Board"),
    "offending": ("S002.txt", r"^Offending Prevention", r"^\s*To: Business Coordination Board"),
    "local policing review": ("S002.txt", r"^Cambridgeshire Constabulary Local Policing Review", r"^\s*To: Business"),
    "auditor": ("S002.txt", r"^PUBLIC SECTOR AUDITOR", None),
    "delivery plan cover": ("S004.txt", r"^\s*XXXX", r"^\s*WORK IN PROGRESS"),
    "mtfs cover": ("S004.txt", r"^\s*Official Agenda Item 6.0", r"^\s*2 Overview and Purpose"),
    "stra": ("S000.txt", r"^\s*UPDATE ON STRA", None),
}
HEADED_ABOVE = ("performance", "offending", "local policing review", "auditor")  # To, From and Date stand above the cut

NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2})+)\.?(?:\s+(?!days)|$)")
HEADING = re.compile(r"^(\d{1,2}(?:\.0)?\.?)\s+([A-Z].*)$")
LABEL = re.compile(r"^(To|From|Date):\s*(.*)$")
FURNITURE = re.compile(
    r"^(NOT PROTECTIVELY MARKED|Official)?\s*(Business Coordination Board)?\s*Agenda Item|Page \d of \d|^XXXX$"
)
BULLET = re.compile(r"^([•\uf0b7o])\s+(?=\S)")
ROW = re.compile(r"^(Source Documents?(?:\(s\))?|Contact Officers?(?:\(s\))?)\s*(.*)$")


@dataclass
class Paragraph:
    """One paragraph (or table) of a source: what it is, its printed number and its words."""

    kind: str  # furniture, label, title, heading, numbered, bullet, nested, plain, bibliography, row, table
    text: str
    number: str = ""
    rows: list = field(default_factory=list)  # of a table

    @property
    def printed(self):
        return f"{self.number} {self.text}".strip()


def available():
    return SHARED.is_dir()


def paragraphs(name):
    """The paragraphs of one source paper, in order."""
    lines = _lines(name)
    found, blank = [], True
    for raw in lines:
        line = re.sub(r"</?b>|[*#]+", "", raw)
        text = re.sub(r"\s+", " ", line.replace("\xa0", " ")).strip()
        if not text:
            blank = True
            continue
        text = re.sub(r"^- (?=\d|[a-z])", "", text)
        _take(found, text, blank, line.startswith((" ", "\uf0b7")), name)
        blank = False
    return [p for p in found if p.text or p.number or p.rows]


def _lines(name):
    file, first, last = CUTS[name]
    lines = (SHARED / file).read_text(encoding="utf-8").split("\n")
    start = next(
        at for at, line in enumerate(lines) if re.search(first, re.sub(r"^.*?Commission(?=Official)", "", line))
    )
    end = len(lines)
    if last:
        end = next(at for at in range(start + 10, len(lines)) if re.search(last, lines[at]))
    if name in HEADED_ABOVE:
        start = max(at for at in range(start) if lines[at].strip().startswith("To:"))
    return lines[start:end]


def _take(found, text, blank, indented, name):
    last = found[-1] if found else None
    label, row = LABEL.match(text), ROW.match(text)
    number, heading, bullet = NUMBER.match(text), HEADING.match(text), BULLET.match(text)
    body = any(p.kind == "heading" for p in found)
    if FURNITURE.search(text) and len(text) < 70:
        found.append(Paragraph("furniture", text))
    elif label and not body:
        found.append(Paragraph("label", text))
    elif re.fullmatch(r"\d{1,2}\.", text):
        found.append(Paragraph("heading", "", text))
    elif (last and last.kind == "heading" and not last.text) or (last and last.kind == "numbered" and not last.text):
        last.text = text
    elif number and not number.group(1).endswith(".0"):
        found.append(Paragraph("numbered", text[number.end() :], number.group(1)))
    elif heading and body_heading(heading, found):
        found.append(Paragraph("heading", heading.group(2), heading.group(1)))
    elif text.upper().startswith("BIBLIOGRAPHY"):
        found.append(Paragraph("bibliography", text))
    elif text == "Activity Target Date":
        found.append(Paragraph("table", "", ""))
        found[-1].rows = [("Activity", "Target Date")]
    elif last and last.kind == "table":
        at = re.search(r"\d\d?/", text).start()
        last.rows.append((text[:at].strip(), text[at:].strip()))
    elif row and body:
        found.append(Paragraph("row", row.group(2), row.group(1)))
    elif bullet:
        found.append(Paragraph("nested" if bullet.group(1) == "o" else "bullet", text[bullet.end() :]))
    elif not body:
        found.append(Paragraph("title", text))
    elif last and last.kind == "row":
        last.text = f"{last.text} {text}".strip()
    elif (
        indented
        and blank
        and re.search(r"[.;:,]$|^(?!.*[.]$).{0,90}$", last.text if last else "")
        and last.kind in _LISTS
    ):
        found.append(Paragraph("bullet", text))
    elif last and last.kind in ("numbered", "bullet", "nested", "plain") and not _begins(last.text, text, blank):
        last.text = f"{last.text} {text}"
    else:
        found.append(Paragraph("plain", text))


_LISTS = ("bullet", "nested", "numbered")


def body_heading(match, found):
    words = match.group(2).split()
    last = next((p.number for p in reversed(found) if p.kind == "heading"), None)
    if last and int(float(match.group(1).rstrip("."))) != int(float(last.rstrip("."))) + 1:
        return False  # a heading comes in its turn: the others are footnotes and quoted paragraphs
    return len(words) <= 12 and not match.group(2).endswith(".") and "|" not in match.group(2)


def _begins(before, text, blank):
    """Whether a line begins a paragraph rather than carrying on the one before."""
    if not blank and not re.match(r"^[“\"]", text):
        return before.endswith((".", "”")) and re.match(r"^(The |To |It |Activity )", text) and len(before) < 60
    return bool(re.search(r"[.:;”]$", before)) and bool(re.match(r"^[“\"A-Z0-9]", text))
