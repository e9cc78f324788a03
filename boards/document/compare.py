"""What changed between two versions of a paper.

Blocks are matched by their permanent id, so a block that moves is the same block and a change of number is no change.
A :class:`Comparison` says it twice: ``changes`` for people, in reading order and in sentences, and the rest exactly, so
that ``apply(before, compare(before, after)) == after``. Both documents must be in their normal shape.
"""

from bisect import bisect_left
from difflib import SequenceMatcher

from . import matching, words
from .changes import describe
from .comparison import CellEdit, Change, Comparison, Edit
from .records import ROOT, Record, Records, join, split, with_children
from .text import of

__all__ = ["CellEdit", "Change", "Comparison", "Edit", "apply", "compare"]


def compare(before: dict, after: dict) -> Comparison:
    """The typed changes from one version to the other."""
    old, new = split(before), split(after)
    pairs = matching.pair(old, new)
    back = {there: here for here, there in pairs.items()}
    edits, order = {}, {}
    for key, record in new.items():
        if key not in back:
            continue
        was = old[back[key]]
        edit = _edit(was, record)
        if edit:
            edits[key] = edit
        if tuple(pairs.get(child, "") for child in was.children) != record.children:
            order[key] = record.children
    comparison = Comparison(
        changes=[],
        pairs={here: there for here, there in pairs.items() if here != ROOT},
        added={key: record for key, record in new.items() if key not in back},
        removed={key: record for key, record in old.items() if key not in pairs},
        edits=edits,
        order=order,
        moved=_moved(old, new, pairs, back),
    )
    comparison.changes.extend(describe(before, after, old, new, comparison))
    return comparison


def _edit(old: Record, new: Record) -> Edit | None:
    if old.type == new.type and old.attrs == new.attrs and old.parts == new.parts:
        return None
    names = [*old.attrs, *(name for name in new.attrs if name not in old.attrs)]
    missing = object()
    attrs = {
        name: (old.attrs.get(name, missing), new.attrs.get(name, missing))
        for name in names
        if old.attrs.get(name, missing) != new.attrs.get(name, missing)
    }
    # An attribute that only one of the two kinds has is written as a one-sided pair.
    attrs = {
        name: tuple(side for side in (("old", a), ("new", b)) if side[1] is not missing)
        for name, (a, b) in attrs.items()
    }
    parts = {
        name: _part(name, old.parts.get(name), new.parts.get(name))
        for name in dict.fromkeys([*old.parts, *new.parts])
        if old.parts.get(name) != new.parts.get(name) or (name in old.parts) != (name in new.parts)
    }
    return Edit((old.type, new.type) if old.type != new.type else None, attrs, parts)


def _part(name: str, old: object, new: object) -> object:
    if old is None or new is None or name == "image":
        return (old, new)
    if name == "cells":
        return _cells(old, new)
    if name == "lines":
        return _lines(old, new)
    return words.difference(old, new)


def _lines(old: list, new: list) -> list:
    """Segments line by line; a line that is only on one side is None on the other."""
    count = max(len(old), len(new))
    pad = [None] * count
    pairs = zip((old + pad)[:count], (new + pad)[:count], strict=True)
    return [(a is None, b is None, words.difference(a or [], b or [])) for a, b in pairs]


def _cell_lines(cell: dict) -> list:
    return [line.get("content", []) for line in cell.get("content", [])]


def _cells(old: list[dict], new: list[dict]) -> list[CellEdit]:
    if len(old) == len(new):
        couples = list(zip(old, new, strict=True))
    else:  # a column came or went, or cells were merged: keep those with the same words together
        couples = []
        for op, a, b, c, d in SequenceMatcher(
            None, list(map(of, old)), list(map(of, new)), autojunk=False
        ).get_opcodes():
            here, there = old[a:b], new[c:d]
            both = min(len(here), len(there)) if op != "equal" else len(here)
            couples += list(zip(here[:both], there[:both], strict=True))
            couples += [(cell, None) for cell in here[both:]] + [(None, cell) for cell in there[both:]]
    answer = []
    for a, b in couples:
        if a is None or b is None:
            answer.append(CellEdit("added" if a is None else "removed", a, b))
        elif a == b:
            answer.append(CellEdit("same", a, b))
        else:
            answer.append(CellEdit("changed", a, b, _lines(_cell_lines(a), _cell_lines(b))))
    return answer


def _longest_rising(values: list[int]) -> set[int]:
    """The values of one longest rising run: what stayed in place when the rest was moved around it."""
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(values)
    for index, value in enumerate(values):
        place = bisect_left(tails, value)
        before[index] = ends[place - 1] if place else -1
        tails[place:] = [value, *tails[place + 1 :]]
        ends[place:] = [index, *ends[place + 1 :]]
    kept, index = set(), ends[-1] if ends else -1
    while index >= 0:
        kept.add(values[index])
        index = before[index]
    return kept


def _moved(old: Records, new: Records, pairs: dict, back: dict) -> dict[str, str]:
    answer = {}
    for parent, record in new.items():
        home = back.get(parent)
        here = {child: place for place, child in enumerate(old[home].children)} if home else {}
        stayed = [(child, here[back[child]]) for child in record.children if back.get(child) in here]
        keep = _longest_rising([place for _, place in stayed])
        answer.update((child, back[child]) for child, place in stayed if place not in keep)
        for child in record.children:
            was = back.get(child)
            if was is not None and was not in here:
                answer[child] = was
    return answer


# Applying


def apply(before: dict, comparison: Comparison) -> dict:
    """The new version made from the old one. Raises ValueError when the comparison was not made from this version."""
    old = split(before)
    records: dict[str, Record] = {}
    pairs = {ROOT: ROOT, **comparison.pairs}
    if set(old) != set(pairs) | set(comparison.removed):
        raise ValueError("This comparison was made from another version of the paper.")
    for key, record in old.items():
        if key not in pairs:
            continue
        there = pairs[key]
        children = tuple(pairs[child] for child in record.children if child in pairs)
        if there in comparison.order:
            children = comparison.order[there]
        edit = comparison.edits.get(there)
        records[there] = with_children(_edited(record, edit) if edit else record, children)
    records.update(comparison.added)
    return join(Records(records))


def _edited(record: Record, edit: Edit) -> Record:
    attrs = dict(record.attrs)
    for name, sides in edit.attrs.items():
        sides = dict(sides)
        if attrs.get(name) != sides.get("old"):
            raise ValueError("This comparison was made from another version of the paper.")
        attrs.pop(name, None)
        if "new" in sides:
            attrs[name] = sides["new"]
    parts = dict(record.parts)
    for name, change in edit.parts.items():
        old, new = _sides(name, change)
        if parts.get(name) != old:
            raise ValueError("This comparison was made from another version of the paper.")
        parts.pop(name, None)
        if new is not None:
            parts[name] = new
    return Record(edit.type[1] if edit.type else record.type, attrs, parts, record.children)


def _sides(name: str, change: object) -> tuple:
    """The old and the new value of a part from how it changed."""
    if isinstance(change, tuple):
        return change
    if name == "cells":
        return [cell.old for cell in change if cell.old is not None], [
            cell.new for cell in change if cell.new is not None
        ]
    if name == "lines":
        return (
            [words.before(segments) for no_old, _, segments in change if not no_old],
            [words.after(segments) for _, no_new, segments in change if not no_new],
        )
    return words.before(change), words.after(change)
