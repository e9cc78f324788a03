"""What a line looks like: a typed number, a bullet, a heading, a caption, a running header.

Officers type numbers by hand as often as they let Word make them, so the same questions are asked of both. The rules
prefer doubt to loss: a line that could be either prose or furniture stays prose.
"""

import re
from dataclasses import dataclass

from ..findings.dates import LONG
from .lines import Line

UNITS = (
    r"(?:million|billion|thousand|per\s?cent|percent|percentage|ppts?\b|m\b|bn\b|k\b|%|days?\b|hours?\b|minutes?\b|weeks?\b"
    r"|months?\b|years?\b|times\b|points?\b|FTEs?\b|miles\b|per\b|and\s+\d|to\s+\d|[-–]\s*\d)"
)
DOTTED = re.compile(rf"^\s*(\d{{1,2}}(?:\.\d{{1,3}}){{1,3}})[.)]?(?:\s+(?!{UNITS})|(?=[A-Z“\"(])|\s*$)")
WHOLE = re.compile(r"^\s*(\d{1,2}(?:\.0)?[.)]?)(?:\s+|$)(?!\|)")
LETTER = re.compile(r"^\s*(\(?([a-z]{1,2})[.)])\s+", re.U)
ROMAN = re.compile(r"^\s*(\(?([ivx]{1,5})[.)])\s+", re.U)
BULLET = re.compile(
    r"^\s*([\u2022\u00b7\u25aa\u25ab\u25e6\u2023\u25cf\u25cb\u2219\uf000-\uf0ff\uf0b7\u27a2\u2013\u2014*>-]|o(?=\s))\s+"
)
NUMBER_ALONE = re.compile(r"^\s*(\d{1,2}\.|\d{1,2}(?:\.\d{1,3}){1,3}\.?)\s*$")
CAPTION = re.compile(
    r"^\s*((?:table|figure|chart|graph)\s+[A-Z]?\d{1,3}[a-z]?)\s*(?:[:.–—-]+\s*|\s+(?=[A-Z(])|$)", re.I
)
NOTE = re.compile(r"^\s*(\*|notes?\s*[:.]|source\s*:|†|‡)", re.I)
APPENDIX = re.compile(r"^\s*((?:appendix|annex)\s+(?:[A-Z]|\d{1,2}))\b\s*[:.–—-]*\s*", re.I)
BIBLIOGRAPHY = re.compile(
    r"^\s*(bibliography|background (documents|papers)|source documents?|references)\s*:?\s*$", re.I
)
BIBLIOGRAPHY_ROW = re.compile(
    r"^\s*(?:(?:source|background)\s+(?:documents?|papers?)|contact\s+(?:officers?|details))(?:\(s\))?\s*:?\s*$", re.I
)
PRESENT_MARKINGS = r"official(?:\s*[-–:]?\s*sensitive)?|not protectively marked|public report"
MARKING_WORDS = rf"{PRESENT_MARKINGS}|restricted|protect|unclassified|top secret|secret"
RUNNING = re.compile(
    rf"""^\s*(?:
        (?:{PRESENT_MARKINGS}|top\s+secret|secret)\s*(?:\(?open\)?\s*)?(?:agenda\s+item\b.{{0,14}})?
      | (?:{MARKING_WORDS})\s*agenda\s+item\b.{{0,14}}
      | (?:[A-Z][\w&-]+\s+){{1,6}}(?:agenda\s+item)\s*(?:no\.?)?\s*:?\s*[\dX.]+
      | agenda\s+item\s*(?:no\.?)?\s*:?\s*[\dX.]+
      | (?:\d{{1,2}}\s+\w+\s+\d{{4}}\s+)?page\s+\d+\s+of\s+\d+
      | \d+\s*\|\s*p\s*a\s*g\s*e
      | p\s*a\s*g\s*e\s*\|?\s*\d+
    )\s*$""",
    re.I | re.X,
)
KNOWN_HEADINGS = frozenset(
    "purpose|purpose of report|purpose of the report|purpose of this report|recommendation|recommendations|background|introduction|summary"
    "|executive summary|conclusion|conclusions|terms of reference|timeline|timescale|timescales|governance|scope|next steps"
    "|update|risk|risks|risk assessment|financial implications|legal implications|implications|equality implications"
    "|appendices|context|overview".split("|")
)


@dataclass(frozen=True)
class Mark:
    """The number or bullet in front of a line. `typed` is how many characters of the text it takes up."""

    kind: str  # dotted, whole, alpha, roman, decimal, bullet
    printed: str
    typed: int = 0
    depth: int = 0
    auto: bool = False

    @property
    def parts(self):
        return tuple(int(n) for n in re.findall(r"\d+", self.printed))


def mark_of(line: Line, roman_run=False, after=""):
    """The `Mark` of a line, or None. `after` is the letter of the item before, to tell (i) after (h) from roman one."""
    text = line.text
    if line.auto is None and is_running(text):
        return None
    if line.auto is not None:
        found = _auto_mark(line)
        if found is not None and found.kind == "bullet":
            inner = DOTTED.match(text)
            return Mark("dotted", inner.group(1), inner.end()) if inner else found
        if found is not None:
            return found
    bullet = BULLET.match(text)
    rest = bullet.end() if bullet else 0
    dotted = DOTTED.match(text[rest:])
    if dotted:
        parts = dotted.group(1).split(".")
        if not (len(parts) == 2 and parts[1] == "0"):
            return Mark("dotted", dotted.group(1), rest + dotted.end())
    whole = None if LONG.match(text[rest:].lstrip()) else WHOLE.match(text[rest:])  # "6 February 2017" is a date
    punctuated = bool(whole) and bool(re.search(r"[.)]$|\.0$", whole.group(1)))
    if whole and (dotted or not rest) and (punctuated or _could_be_title(text[whole.end() :])):
        return Mark("whole", whole.group(1), rest + whole.end())
    if bullet:
        return Mark("bullet", bullet.group(1), bullet.end(), depth=1 if bullet.group(1) == "o" else 0)
    roman, letter = ROMAN.match(text), LETTER.match(text)
    goes_on = roman and letter and _follows(after, roman.group(2))  # (i) after (h)
    starts = roman and (len(roman.group(2)) > 1 or roman.group(2) == "i")
    if roman and _closes(roman.group(1)) and (roman_run or (starts and not goes_on)):
        return Mark("roman", roman.group(1), roman.end())
    if letter and _closes(letter.group(1)):
        return Mark("alpha", letter.group(1), letter.end())
    if line.bullet_style:
        level = re.search(r"\d", line.style)
        kind = "bullet" if line.bullet_style == "bullet" else "decimal"
        return Mark(kind, "", 0, depth=int(level.group()) - 1 if level else 0)
    return None


def _auto_mark(line):
    level, printed = line.auto.level, line.auto.text
    if level.format == "bullet":
        return Mark("bullet", "", depth=line.auto.depth, auto=True)
    if level.format == "none" or not printed:
        return None
    if level.format in ("lowerLetter", "upperLetter"):
        return Mark("alpha", printed, depth=line.auto.depth, auto=True)
    if level.format in ("lowerRoman", "upperRoman"):
        return Mark("roman", printed, depth=line.auto.depth, auto=True)
    if re.fullmatch(r"\d+(?:\.\d+)+\.?", printed) and not printed.rstrip(".").endswith(".0"):
        return Mark("dotted", printed.rstrip("."), depth=line.auto.depth, auto=True)
    return Mark("whole", printed, depth=line.auto.depth, auto=True)


def _closes(printed):
    """`(a)`, `a)` and `a.` count; a bracket opened must be closed by a bracket."""
    return not printed.startswith("(") or printed.endswith(")")


def _follows(before, letter):
    return len(before) == 1 and len(letter) == 1 and ord(letter) == ord(before) + 1


def _could_be_title(text):
    text = text.strip().rstrip(":")
    return bool(text) and text[0].isupper() and title_like(text)


def title_like(text, most=14):
    """Short, begins with a capital, does not end as a sentence does."""
    words = text.split()
    if not words or len(words) > most or not re.search(r"[A-Za-z]", text):
        return False
    first = re.search(r"[^\W_]", text)
    return not re.search(r"[.;:,?!]\s*$", text) and bool(first) and (first.group().isupper() or first.group().isdigit())


def is_capitals(text):
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 4 and sum(c.isupper() for c in letters) / len(letters) > 0.9


def is_running(text):
    """Whether a line is page furniture: marking with item number, `Page 1 of 3`, `4 | P a g e`."""
    return bool(text.strip()) and len(text) < 120 and bool(RUNNING.match(text))


def known_heading(text):
    return re.sub(r"[\s:.]+$", "", re.sub(r"\s+", " ", text)).strip().lower() in KNOWN_HEADINGS


def role_of(title):
    """The role a section plays, from its title."""
    words = title.lower()
    if re.search(r"\brecommendations?\b", words) and len(words.split()) <= 6:
        return "recommendation"
    for role, pattern in (
        ("purpose", r"^\W*(purpose|aim)\b"),
        ("background", r"^\W*background\b(?! (documents|papers))"),
        ("bibliography", BIBLIOGRAPHY.pattern),
        ("summary", r"^\W*(executive )?summary\b"),
        ("conclusion", r"^\W*conclusions?\b"),
        ("appendix", r"^\W*(appendix|annex)\b"),
    ):
        if re.search(pattern, words, re.I):
            return role
    return "body"
