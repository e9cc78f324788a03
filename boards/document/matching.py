"""Which part of the old version is which of the new one: by id, else by what generated it, by name, by its words."""

from . import text
from .records import ROOT, Record, Records, node
from .specification import TEXT_BLOCKS
from .words import likeness

_LISTS = frozenset({"bulletList", "orderedList"})
_ALIKE = 0.5
_MOST_TRIES = 400  # comparisons of words within one parent


def compatible(one: Record, two: Record) -> bool:
    """Whether the one can have become the other: a paragraph a sub-heading, a bullet list a lettered one."""
    if one.type == two.type:
        return True
    return {one.type, two.type} <= TEXT_BLOCKS or {one.type, two.type} <= _LISTS


def pair(old: Records, new: Records) -> dict[str, str]:
    """Old id -> new id of every part that is in both versions."""
    found = {ROOT: ROOT}
    found.update((key, key) for key in old if key in new and key != ROOT and compatible(old[key], new[key]))
    taken = set(found.values())
    left_old = [key for key in old if key not in found]
    left_new = [key for key in new if key not in taken]
    if not left_old or not left_new:
        return found
    for mark in (_generated, _named):
        places = {mark(new[key]): key for key in left_new if mark(new[key]) is not None and key not in taken}
        for key in left_old:
            other = places.get(mark(old[key]))
            if key not in found and other and other not in taken and compatible(old[key], new[other]):
                found[key] = other
                taken.add(other)
    _by_words(ROOT, old, new, found, taken)
    return found


def _generated(record: Record) -> object:
    gen = record.attrs.get("gen")
    return (record.type, gen["key"]) if gen else None


def _named(record: Record) -> object:
    anchor = record.attrs.get("anchor")
    return (record.type, anchor) if anchor else None


def _title(records: Records, key: str) -> str:
    record = records[key]
    if record.type == "section":
        return text.inline(record.parts["title"])
    if record.type == "tableFigure":
        return text.inline(record.parts["caption"])
    return text.of(node(records, key))


def _by_words(key: str, old: Records, new: Records, found: dict, taken: set) -> None:
    """Within a part that is in both, children left over are paired when their words are the same, then when alike."""
    mine = [child for child in old[key].children if child not in found]
    theirs = [child for child in new[found[key]].children if child not in taken]
    if mine and theirs:
        titles = {child: (new[child].type, _title(new, child)) for child in theirs}
        for child in mine:
            wanted = (old[child].type, _title(old, child))
            same = next((other for other in theirs if other not in taken and titles[other] == wanted), None)
            if same:
                found[child] = same
                taken.add(same)
        tries = 0
        for child in [child for child in mine if child not in found]:
            words = _title(old, child).split()
            for other in theirs:
                if other in taken or new[other].type != old[child].type or tries > _MOST_TRIES:
                    continue
                tries += 1
                if likeness(words, titles[other][1].split()) > _ALIKE:
                    found[child] = other
                    taken.add(other)
                    break
    for child in old[key].children:
        if child in found:
            _by_words(child, old, new, found, taken)
