"""Two people's saves on one base, merged block by block.

Each part with an id is taken from whoever changed it. When both changed the same part in different ways, or one removed
what the other changed, it is a conflict: nothing typed is lost, theirs (saved first) stays in the document and both are
handed back to be shown side by side.
"""

from dataclasses import dataclass, replace

from .records import ROOT, Record, Records, join, node, split
from .schema import normalise

__all__ = ["Conflict", "Merge", "merge"]


@dataclass(frozen=True)
class Conflict:
    """One part that both changed. ``mine`` and ``theirs`` are nodes, or None for who removed it."""

    block_id: str
    mine: dict | None
    theirs: dict | None

    def __iter__(self):
        return iter((self.block_id, self.mine, self.theirs))


@dataclass(frozen=True)
class Merge:
    document: dict
    conflicts: list[Conflict]


def merge(base: dict, mine: dict, theirs: dict) -> Merge:
    """``theirs`` with what I changed since ``base``. Without conflicts every change of both is in the document."""
    if mine == base:
        return Merge(theirs, [])
    if theirs in (base, mine):
        return Merge(mine, [])
    return _Merger(split(base), split(mine), split(theirs)).merged()


def _said(record: Record | None) -> tuple | None:
    """What a part says itself, leaving aside what stands within it."""
    return (record.type, record.attrs, record.parts) if record else None


class _Merger:
    def __init__(self, base: Records, mine: Records, theirs: Records):
        self.base, self.mine, self.theirs = base, mine, theirs
        self.conflicts: dict[str, None] = {}
        self.records: dict[str, Record] = {}

    def merged(self) -> Merge:
        everything = dict.fromkeys([*self.theirs, *self.mine])
        kept = {key for key in everything if key == ROOT or self._keep(key)}
        parents = {key: self._parent(key) for key in kept if key != ROOT}
        self._hold_up(kept, parents)
        for key in kept:
            self.records[key] = self._choose(key)
        for key in kept:
            here = [child for child, parent in parents.items() if parent == key]
            self.records[key] = replace(self.records[key], children=self._order(key, set(here)))
        document = self._sound(parents)
        return Merge(document, [self._conflict(key) for key in self.conflicts])

    # What stays

    def _changed(self, version: Records, key: str) -> bool:
        """Whether a version changed a part: its words, or where it stands."""
        return _said(version.get(key)) != _said(self.base.get(key))

    def _keep(self, key: str) -> bool:
        if key not in self.base:
            return True
        if key in self.mine and key in self.theirs:
            return True
        other = self.mine if key in self.mine else self.theirs
        if (key in self.mine or key in self.theirs) and self._changed(other, key):
            self.conflicts[key] = None  # the one removed what the other changed
            return True
        return False

    def _parent(self, key: str) -> str:
        mine, theirs, base = (version.parents.get(key) for version in (self.mine, self.theirs, self.base))
        if theirs is None or (mine is not None and theirs == base):
            return mine
        return theirs

    def _hold_up(self, kept: set[str], parents: dict[str, str]) -> None:
        """What somebody changed or added inside a part that the other removed brings that part back."""
        waiting = list(parents.items())
        while waiting:
            key, parent = waiting.pop()
            if parent in kept:
                continue
            version = self.theirs if parent in self.theirs else self.mine
            kept.add(parent)
            self.conflicts[parent] = None
            parents[parent] = version.parents[parent]
            waiting.append((parent, parents[parent]))
        for key in list(parents):  # two moves into each other would make a ring
            seen, at = set(), key
            while at != ROOT and at not in seen:
                seen.add(at)
                at = parents[at]
            if at != ROOT:
                version = self.theirs if key in self.theirs else self.mine
                parents[key] = version.parents[key]

    def _choose(self, key: str) -> Record:
        mine, theirs = self.mine.get(key), self.theirs.get(key)
        if mine is None or theirs is None:
            return theirs or mine
        if _said(mine) == _said(theirs) or not self._changed(self.mine, key):
            return theirs
        if not self._changed(self.theirs, key):
            return mine
        if (
            key in self.base
            and mine.type == theirs.type == self.base[key].type
            and mine.parts.keys() == theirs.parts.keys()
        ):
            woven = self._woven(self.base[key], mine, theirs)
            if woven:
                return woven
        self.conflicts[key] = None
        return theirs

    @staticmethod
    def _woven(base: Record, mine: Record, theirs: Record) -> Record | None:
        """Both changed the part, but not the same attribute or words of it: the title here, the orientation there."""

        def choose(one: dict, two: dict, before: dict) -> dict | None:
            answer = {}
            for name, value in two.items():
                if one[name] in (value, before.get(name)):
                    answer[name] = value
                elif value == before.get(name):
                    answer[name] = one[name]
                else:
                    return None
            return answer

        attrs, parts = choose(mine.attrs, theirs.attrs, base.attrs), choose(mine.parts, theirs.parts, base.parts)
        return None if attrs is None or parts is None else replace(theirs, attrs=attrs, parts=parts)

    # In what order

    def _order(self, key: str, here: set[str]) -> tuple[str, ...]:
        """Theirs, with what I put or moved there after the part it follows in mine."""
        mine = [child for child in self._children(self.mine, key) if child in here]
        theirs = [child for child in self._children(self.theirs, key) if child in here]
        base = [child for child in self._children(self.base, key) if child in here]
        shared = set(mine) & set(theirs)
        if [c for c in theirs if c in shared and c in base] == [c for c in base if c in shared]:
            # they moved nothing about: my order leads, and their new parts follow what they follow
            return tuple(_insert(mine, theirs, here))
        return tuple(_insert(theirs, mine, here))

    @staticmethod
    def _children(version: Records, key: str) -> tuple[str, ...]:
        return version[key].children if key in version else ()

    # A sound document

    def _sound(self, parents: dict[str, str]) -> dict:
        """Put together, and empty lists and tables that the two removals together left behind taken out."""
        empty = True
        while empty:
            empty = [
                key
                for key, record in self.records.items()
                if record.type in ("bulletList", "orderedList", "tableFigure") and not record.children
            ]
            for key in empty:
                parent = next(at for at, record in self.records.items() if key in record.children)
                left = tuple(child for child in self.records[parent].children if child != key)
                self.records[parent] = replace(self.records[parent], children=left)
                del self.records[key]
        return normalise(join(Records(self.records)))

    def _conflict(self, key: str) -> Conflict:
        mine, theirs = (
            node(version, key) if key != ROOT and key in version else None for version in (self.mine, self.theirs)
        )
        return Conflict(key, mine, theirs)


def _insert(lead: list[str], other: list[str], here: set[str]) -> list[str]:
    """The leading order, with the other's parts put after the part that they follow there."""
    answer = list(dict.fromkeys(lead))
    held = set(answer)
    for place, child in enumerate(other):
        if child in held:
            continue
        before = next((one for one in reversed(other[:place]) if one in held), None)
        answer.insert(answer.index(before) + 1 if before else 0, child)
        held.add(child)
    answer += sorted(here - held)
    return answer
