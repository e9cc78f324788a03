"""The numbers an imported paper printed, and how they run: shared by the numbering rules.

Only printed numbers are judged. A paper written here has none, and its computed numbers cannot be wrong.
"""

import re
from dataclasses import dataclass

PARAGRAPHS = ("para", "recommendation", "echo")


@dataclass(frozen=True)
class Step:
    """One printed paragraph number, the section it stands in and the one before it in that section."""

    passage: object
    parts: tuple
    before: tuple | None
    first_place: object | None  # an earlier passage with the same number

    @property
    def text(self):
        return ".".join(map(str, self.parts))

    @property
    def heading(self):
        """The whole number of the section's own heading, or None."""
        return section_number(self.passage.section)

    @property
    def is_outside(self):
        """Whether the number belongs to another section than the one it stands in."""
        return len(self.parts) > 1 and self.heading is not None and self.parts[0] != self.heading

    @property
    def expected(self):
        """The numbers that may follow the one before: deeper, beside it, or one level up."""
        if self.before is None:
            return {(self.parts[0], *([1] * depth)) for depth in (1, 2, 3)}
        allowed = {(*self.before, 1), (*self.before, 1, 1)}
        for depth in range(1, len(self.before)):
            allowed.add((*self.before[:depth], self.before[depth] + 1))
        return allowed


def section_number(section):
    found = re.match(r"\d+", section.printed or "")
    return int(found.group()) if found else None


def steps(paper):
    """Every printed dotted paragraph number, in order; worked out once for a paper."""
    if "steps" not in paper.worked_out:
        paper.worked_out["steps"] = _steps(paper)
    return paper.worked_out["steps"]


def _steps(paper):
    seen, out = {}, []
    for section in paper.sections:
        before = None
        for passage in section.passages:
            if passage.kind not in PARAGRAPHS:
                continue
            printed = passage.number if passage.kind == "echo" else paper.imported.printed.get(passage.block_id)
            if not printed or not re.fullmatch(r"\d+(\.\d+)+", printed.strip(".")):
                continue
            parts = tuple(map(int, printed.strip(".").split(".")))
            step = Step(passage, parts, before, seen.get(parts))
            out.append(step)
            seen.setdefault(parts, passage)
            if not step.is_outside:
                before = parts
    return out


def whole_numbers(paper):
    """[(passage, number, number before)] where paragraphs are numbered 1, 2, 3 right through the paper."""
    found = []
    for passage in paper.passages:
        if passage.kind not in PARAGRAPHS:
            continue
        printed = passage.number if passage.kind == "echo" else paper.imported.printed.get(passage.block_id)
        match = re.fullmatch(r"(\d{1,3})[.)]?", printed or "")
        if match:
            before = found[-1][1] if found else None
            found.append((passage, int(match.group(1)), before))
    return found if len(found) >= 3 else []


def are_numbered(paper):
    """Whether the paper numbers its paragraphs: most sections with text hold a printed number."""
    with_numbers = {id(step.passage.section) for step in steps(paper)}
    return len(with_numbers) >= 2
