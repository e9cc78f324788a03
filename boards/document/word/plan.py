"""Which line is a heading, which a paragraph, which a list item: decided for the whole paper at once.

One line alone seldom tells. `6. Scope` is a heading because `5.` came before it and `7.` comes after; `69. Good
progress`
is inside a quotation that opened two paragraphs earlier; `1.` to `24.` running on across headings are paragraph
numbers.
"""

from dataclasses import dataclass

from . import shapes
from .lines import Grid, Line
from .shapes import Mark

LONGEST_QUOTE = 15


@dataclass
class Kind:
    """What a line is. `typed` characters of its text are its number; `printed` is that number."""

    name: str  # section, subheading, numbered, plain, item, quote, caption, note
    mark: Mark | None = None
    level: int = 1
    numbered: bool = True
    starts: bool = False

    @property
    def typed(self):
        return self.mark.typed if self.mark and self.name not in ("plain", "quote", "caption", "note") else 0

    @property
    def printed(self):
        return self.mark.printed if self.mark and self.name not in ("plain", "quote", "caption", "note") else ""


class Plan:
    """The kinds of a paper's lines, by position; tables have none."""

    def __init__(self, items):
        self.items = items
        self.marks = self._marks()
        self.quoted = self._quotations()
        self.headings = self._headings()
        self.running_on = self._paragraphs_run_on()
        self.kinds = [None if isinstance(item, Grid) else self._kind(at) for at, item in enumerate(items)]

    @property
    def first_section(self):
        """Position of the first section heading, or None."""
        return next((at for at, kind in enumerate(self.kinds) if kind and kind.name == "section"), None)

    def _marks(self):
        marks, roman, letter = [], False, ""
        for item in self.items:
            mark = None
            if isinstance(item, Line):
                mark = shapes.mark_of(item, roman, letter)
                if mark is not None:
                    roman = mark.kind == "roman" and not mark.auto
                    letter = mark.printed.strip("().") if mark.kind == "alpha" else ""
                elif item.words:
                    roman, letter = False, ""
            marks.append(mark)
        return marks

    def _next(self, at):
        """Position of the next line that says something, or None where a table comes first."""
        for ahead in range(at + 1, len(self.items)):
            item = self.items[ahead]
            if isinstance(item, Grid):
                return None
            if item.words or self.marks[ahead]:
                return ahead
        return None

    def _quotations(self):
        """Positions of lines inside a quotation that spans paragraphs, or that is a whole paragraph."""
        quoted = {}
        at = 0
        while at < len(self.items):
            item = self.items[at]
            if isinstance(item, Line) and (item.style.lower() in ("quote", "intense quote", "block text")):
                quoted[at] = at - 1 not in quoted
            elif isinstance(item, Line) and self._opens(at):
                end = self._closes(at)
                if end is not None:
                    for inside in range(at, end + 1):
                        quoted[inside] = inside == at
                    at = end
            at += 1
        return quoted

    def _opens(self, at):
        text = self.items[at].words
        if text[:1] not in '“"' or not text or self.marks[at] is not None:
            return False
        return len(text.split()) > 6

    def _closes(self, at):
        opener = self.items[at].words[0]
        closer = "”" if opener == "“" else '"'
        depth = 0
        for ahead in range(at, min(at + LONGEST_QUOTE, len(self.items))):
            item = self.items[ahead]
            if isinstance(item, Grid):
                return None
            text = item.words[1:] if ahead == at else item.words
            if ahead > at and self.marks[ahead] and self.marks[ahead].kind == "dotted":
                return None
            depth += text.count(opener) if opener != closer else 0
            if text.rstrip(" .;,").endswith(closer):
                return ahead
        return None

    # headings

    def _headings(self):
        """{position: "section" or "subheading"}."""
        numbered = self._numbered_headings()
        styled = {
            at: item.heading
            for at, item in enumerate(self.items)
            if isinstance(item, Line) and item.heading and item.words and at not in self.quoted and self._is_title(at)
        }
        found = dict.fromkeys(numbered, "section")
        levels = [styled[at] for at in numbered if at in styled]
        if levels:
            section_level = min(levels)
        elif numbered:
            section_level = 0  # sections are numbered lines without a style: styled lines between them are below them
        else:
            section_level = _section_level(styled)
        for at, level in styled.items():
            if at not in found:
                special = shapes.BIBLIOGRAPHY.match(self.items[at].text) or shapes.APPENDIX.match(self.items[at].text)
                found[at] = "section" if (level <= section_level or special) else "subheading"
        for at, item in enumerate(self.items):
            if isinstance(item, Line) and at not in found and at not in self.quoted and item.words:
                kind = self._bare_heading(at, item, bool(numbered or styled))
                if kind:
                    found[at] = kind
        return found

    def _is_title(self, at):
        """A styled line that is a title and not a paragraph: many offices number paragraphs with Heading 2."""
        mark, words = self.marks[at], self.items[at].words
        if mark is not None and mark.kind == "dotted":
            return False
        return len(words.split()) <= 30 and not (len(words.split()) > 12 and words.endswith((".", ";")))

    def _numbered_headings(self):
        """Positions of lines with a whole number that head a section."""
        found = []
        last = None
        dotted = any(mark and mark.kind == "dotted" for mark in self.marks)
        for at, mark in enumerate(self.marks):
            if mark is None or mark.kind != "whole" or at in self.quoted:
                continue
            item = self.items[at]
            title = item.text[mark.typed :]
            if not shapes.title_like(title.strip().rstrip(":"), most=16) or shapes.is_running(item.text):
                continue
            number = mark.parts[0]
            after = self._next(at)
            next_mark = self.marks[after] if after is not None else None
            leads = next_mark is not None and next_mark.kind == "dotted" and next_mark.parts[0] == number
            leads = leads and (
                number != last or next_mark.parts[1] == 1
            )  # a footnote of section 5 is not another section 5
            in_list = next_mark is not None and next_mark.kind == "whole" and next_mark.parts[0] == number + 1
            sequence = (number == (last or 0) + 1 or (last is None and number <= 3)) and (dotted or bool(found))
            if (
                leads
                or item.heading
                or shapes.known_heading(title)
                or (item.bold and not in_list and (sequence or "." in mark.printed or last is None))
                or (mark.auto and self._has_sublevel(item))
                or (sequence and not in_list and len(title.split()) <= 12)
            ):
                found.append(at)
                last = number
        return found

    def _has_sublevel(self, item):
        return any(
            isinstance(other, Line)
            and other.auto is not None
            and other.auto.abstract == item.auto.abstract
            and other.auto.level.parts >= 2
            for other in self.items
        )

    def _bare_heading(self, at, item, others):
        """Headings without number or style: bold lines, capitals, and words that only head a section."""
        text, mark = item.words, self.marks[at]
        if shapes.BIBLIOGRAPHY.match(text) and (item.bold or shapes.is_capitals(text) or at + 1 < len(self.items)):
            return "section"
        title = shapes.APPENDIX.match(text)
        short = len(text.split()) <= 14 and not text.endswith((".", ",", ";"))
        if title and mark is None and short and (item.bold or shapes.is_capitals(text[: title.end()])):
            return "section"
        if mark is not None or not shapes.title_like(text.rstrip(":"), most=16) or shapes.is_running(text):
            return None
        if shapes.CAPTION.match(text) or item.source != "body":
            return None
        if item.bold:
            return "subheading" if others else "section"
        if others:
            return None
        if shapes.known_heading(text) or (shapes.is_capitals(text) and len(text.split()) <= 10):
            return "section"
        return None

    # numbers that run on

    def _paragraphs_run_on(self):
        """Whether whole numbers are paragraph numbers: 1, 2, 3 in one section, 4, 5 in the next."""
        seen, section, crossings, restarts, last = [], 0, 0, 0, None
        for at, mark in enumerate(self.marks):
            if self.headings.get(at) == "section":
                section += 1
                continue
            if mark is None or mark.kind != "whole" or at in self.quoted or at in self.headings:
                continue
            number = mark.parts[0] if mark.parts else 0
            if last is not None and seen[-1] != section:
                crossings += number == last + 1
                restarts += number == 1
            seen.append(section)
            last = number
        return crossings >= 1 and crossings > restarts

    # the answer

    def _kind(self, at):
        item, mark = self.items[at], self.marks[at]
        if at in self.quoted:
            return Kind("quote", starts=self.quoted[at])
        heading = self.headings.get(at)
        if heading == "section":
            whole = mark if mark is not None and mark.kind == "whole" else None
            return Kind("section", whole, numbered=whole is not None or not self._sections_are_numbered())
        if heading == "subheading":
            return Kind("subheading", mark if mark is not None and mark.kind == "whole" else None)
        if item.style.lower() == "caption" or (
            shapes.CAPTION.match(item.words) and len(item.words.split()) <= 25 and mark is None
        ):
            return Kind("caption")
        if mark is None:
            if shapes.NOTE.match(item.words) and at and isinstance(self.items[at - 1], Grid):
                return Kind("note")
            return Kind("plain")
        if mark.kind == "dotted":
            return Kind("numbered", mark, level=min(3, max(1, len(mark.parts) - 1)))
        if mark.kind == "whole":
            if self.running_on:
                return Kind("numbered", mark)
            return Kind("item", mark) if item.words[mark.typed :].strip() or mark.auto else Kind("plain")
        if mark.kind == "bullet" and shapes.NOTE.match(item.words) and at and isinstance(self.items[at - 1], Grid):
            return Kind("note")
        return Kind("item", mark)

    def _sections_are_numbered(self):
        return any(
            self.marks[at] is not None and self.marks[at].kind == "whole"
            for at, name in self.headings.items()
            if name == "section"
        )


def _section_level(styled):
    """The heading level of sections where none is numbered; a single first heading above the rest is the title."""
    levels = list(styled.values())
    top = min(levels, default=0)
    below = [level for level in levels if level > top]
    if levels and levels[0] == top and levels.count(top) == 1 and len(below) >= 2:
        return min(below)
    return top
