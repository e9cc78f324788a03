"""The numbers Word prints in front of paragraphs that it numbers itself.

Word keeps no number in the text: `numbering.xml` says how a list counts and the reader must count as Word does.
Counters belong to the abstract list, so two lists that share one go on counting, unless a list starts a level again.
"""

import re
from dataclasses import dataclass

from .package import W

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"))
_ROMAN += ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def q(name):
    """The full name of a Word element or attribute: `q("p")`."""
    return f"{{{W}}}{name}"


def value(element, name):
    """The `w:val` of a child, or None."""
    child = element.find(q(name)) if element is not None else None
    return child.get(q("val")) if child is not None else None


@dataclass(frozen=True)
class Level:
    """How one level of a list counts and prints."""

    format: str  # decimal, lowerLetter, lowerRoman, bullet, none, ...
    text: str  # "%1.%2"
    start: int
    style: str | None
    legal: bool = False  # the counters of upper levels are printed in figures, whatever their own shape

    @property
    def parts(self):
        """How many counters are printed: 2 for `%1.%2`."""
        return len(re.findall(r"%\d", self.text))


@dataclass(frozen=True)
class Printed:
    """What Word prints before one paragraph, with what is needed to tell headings, paragraphs and lists apart."""

    text: str
    level: Level
    depth: int  # 0 is the outermost level of its list
    list_id: str
    abstract: str


class Numbering:
    """The lists of a document. `printed()` must be called once for each numbered paragraph, in order."""

    def __init__(self, root=None):
        self.abstract = {}
        self.lists = {}
        self.overrides = {}
        self._counters = {}
        self._started = set()
        if root is not None:
            self._read(root)

    def _read(self, root):
        by_style_link = {}
        linked = {}
        for item in root.findall(q("abstractNum")):
            key = item.get(q("abstractNumId"))
            self.abstract[key] = {int(level.get(q("ilvl"), 0)): _level(level) for level in item.findall(q("lvl"))}
            if value(item, "styleLink"):
                by_style_link[value(item, "styleLink")] = key
            if value(item, "numStyleLink"):
                linked[key] = value(item, "numStyleLink")
        for key, style in linked.items():
            if style in by_style_link and not self.abstract[key]:
                self.abstract[key] = self.abstract[by_style_link[style]]
        for item in root.findall(q("num")):
            key = item.get(q("numId"))
            self.lists[key] = value(item, "abstractNumId")
            for override in item.findall(q("lvlOverride")):
                depth = int(override.get(q("ilvl"), 0))
                level = override.find(q("lvl"))
                start = value(override, "startOverride")
                self.overrides[key, depth] = (_level(level) if level is not None else None, _int(start))

    def level(self, list_id, depth):
        """The `Level` of a list at a depth, or None where the file does not define it."""
        levels = self.abstract.get(self.lists.get(list_id), {})
        override = self.overrides.get((list_id, depth), (None, None))[0]
        return override or levels.get(depth)

    def depth_of_style(self, list_id, style):
        """The depth a paragraph style is tied to in a list (Word numbers by style without saying the depth)."""
        levels = self.abstract.get(self.lists.get(list_id), {})
        return next((depth for depth, level in levels.items() if level.style == style), None)

    def printed(self, list_id, depth):
        """Count one paragraph and return what Word prints before it, or None for an unknown list."""
        level = self.level(list_id, depth)
        if level is None:
            return None
        abstract = self.lists[list_id]
        counts = self._counters.setdefault(abstract, {})
        for above in range(depth):
            upper = self.level(list_id, above)
            counts.setdefault(above, upper.start if upper else 1)
        self._start_again(list_id, depth, counts)
        counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        return Printed(self._print(list_id, level, counts), level, depth, list_id, abstract)

    def _start_again(self, list_id, depth, counts):
        for at in range(depth + 1):
            start = self.overrides.get((list_id, at), (None, None))[1]
            if start is not None and (list_id, at) not in self._started:
                self._started.add((list_id, at))
                counts[at] = start if at < depth else start - 1

    def _print(self, list_id, level, counts):
        if level.format in ("bullet", "none"):
            return ""

        def one(match):
            at = int(match.group(1)) - 1
            own = self.level(list_id, at)
            shape = "decimal" if own is None or level.legal else own.format
            return spell(counts.get(at, own.start if own else 1), shape)

        return re.sub(r"%(\d)", one, level.text).strip()


def spell(number, shape):
    """A counter in the shape of its level: 3 → `3`, `c`, `C`, `iii`, `III`."""
    if shape in ("lowerLetter", "upperLetter"):
        letters = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if shape == "lowerLetter" else letters.upper()
    if shape in ("lowerRoman", "upperRoman"):
        left, out = number, ""
        for size, sign in _ROMAN:
            while left >= size:
                out, left = out + sign, left - size
        return out if shape == "lowerRoman" else out.upper()
    if shape == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _level(element):
    return Level(
        format=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        start=_int(value(element, "start"), 1),
        style=value(element, "pStyle"),
        legal=element.find(q("isLgl")) is not None,
    )


def _int(text, default=None):
    try:
        return int(text)
    except (TypeError, ValueError):
        return default
