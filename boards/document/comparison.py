"""What a comparison of two versions says: its changes for people, and exactly what became what."""

from dataclasses import dataclass, field

from .records import Record


@dataclass(frozen=True)
class Change:
    """One change for people.

    ``kind`` is added, removed, moved or changed; ``details`` what of it changed: words, formatting, type, attributes by
    name, title, caption, note, cells, picture. ``block_id`` is the id in the new version; of what was removed, the old.
    """

    kind: str
    block_id: str
    type: str
    details: tuple[str, ...]
    sentence: str
    number: str | None = None
    old_number: str | None = None


@dataclass(frozen=True)
class CellEdit:
    """``op`` is same, changed, added or removed; ``lines`` are the words' segments, a list for each line."""

    op: str
    old: dict | None
    new: dict | None
    lines: list = field(default_factory=list)


@dataclass(frozen=True)
class Edit:
    """How one part became another: what it is, its attributes and its words. Values are (old, new) or segments."""

    type: tuple[str, str] | None
    attrs: dict
    parts: dict


@dataclass(frozen=True)
class Comparison:
    """``pairs`` old id -> new id; ``edits``, ``added``, ``order`` under new ids; ``removed`` under old ids."""

    changes: list[Change]
    pairs: dict[str, str]
    added: dict[str, Record]
    removed: dict[str, Record]
    edits: dict[str, Edit]
    order: dict[str, tuple[str, ...]]  # the parts within a part, where they are not what they were
    moved: dict[str, str]  # new id of a part that moved -> its old id

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.edits or self.order) or any(
            a != b for a, b in self.pairs.items()
        )
