"""References of priority actions and delivery activities: one normal form for every printed form.

The normal form of an action is a theme letter and a number (``V1``, ``O10``); of an activity, the same and a second
number (``O2.3``). Printed plans mix styles: ``V2.`` for the only activity of V2, ``O10`` and ``T1`` for the only
activity of O10 and T1, ``O 1.1`` with a space, ``10.1`` with no letter at all, ``section C1`` in running text. All are
accepted on import and in links; the printed form is kept beside the normal one.

Numbers are numbers: O2 comes before O10. Themes come in the order of the plan, not of the alphabet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

THEME_ORDER = ("V", "O", "C", "T")
THEME_WORDS = {"VICTIMS": "V", "OFFENDERS": "O", "COMMUNITIES": "C", "TRANSFORMATION": "T"}

_LEAD_IN = r"(?:(?:see\s+also|see|section|sections|action|activity|priority\s+action|ref|reference|para|plans:)\s*)*"
_PRINTED = re.compile(
    rf"^\s*[(\[]?\s*{_LEAD_IN}(?P<theme>[A-Za-z]+)?\s*[-.]?\s*(?P<number>\d{{1,3}})"
    r"(?:\s*[.,]\s*(?P<activity>\d{1,3}))?\s*[.:;,]?\s*[)\]]?\s*$",
    re.IGNORECASE,
)
_IN_TEXT = re.compile(
    r"(?<![A-Za-z0-9.])(?P<theme>[A-Z])\s?(?P<number>\d{1,2})(?:\.(?P<activity>\d{1,2}))?(?![A-Za-z0-9])(?!\.\d)"
)
_BARE_IN_TEXT = re.compile(r"(?<=section )(?P<number>\d{1,2})\.(?P<activity>\d{1,2})(?![0-9])", re.IGNORECASE)


class ReferenceError(ValueError):
    """A printed reference that cannot be read, or that fits more than one row. Carries one plain sentence."""


@dataclass(frozen=True)
class Reference:
    """A reference in normal form. ``activity`` is None for a priority action."""

    theme: str
    number: int
    activity: int | None = None

    def __str__(self) -> str:
        return self.action if self.activity is None else f"{self.action}.{self.activity}"

    @property
    def action(self) -> str:
        """The reference of the priority action: ``O2`` for ``O2.3``."""
        return f"{self.theme}{self.number}"

    @property
    def is_activity(self) -> bool:
        return self.activity is not None


def sort_key(ref: str | Reference, themes: Iterable[str] = THEME_ORDER) -> tuple[int, str, int, int]:
    """The order of the plan: theme by theme, then by number, an action before its activities.

    A theme that the plan does not list comes last, by its letter.
    """
    reference = ref if isinstance(ref, Reference) else parse(ref)
    order = list(themes)
    place = order.index(reference.theme) if reference.theme in order else len(order)
    return (place, reference.theme, reference.number, reference.activity or 0)


def in_order(refs: Iterable[str], themes: Iterable[str] = THEME_ORDER) -> list[str]:
    """References sorted V, O, C, T and by number within a theme."""
    order = tuple(themes)
    return sorted(refs, key=lambda ref: sort_key(ref, order))


def parse(printed: str, *, known: Iterable[str] = (), themes: Iterable[str] = THEME_ORDER) -> Reference:
    """Read one printed reference of an action or an activity.

    ``known`` holds the normal references of the plan's activities. It is needed only for a form without a theme
    letter: ``10.1`` is the row that fits, and where several themes have a tenth action it is the one whose action has
    more than one activity, because only such actions have their activities printed with a second number.

    Raises ReferenceError with a sentence for people.
    """
    text = str(printed).replace("\u00a0", " ").replace("\u2009", " ").strip()
    match = _PRINTED.match(text)
    if not match:
        raise ReferenceError(f"“{text}” is not a reference. Write a theme letter and a number, such as V1 or V1.1.")
    number = int(match["number"])
    activity = int(match["activity"]) if match["activity"] else None
    if number == 0 or activity == 0:
        raise ReferenceError(f"“{text}” is not a reference: numbers start at 1.")
    if match["theme"]:
        return Reference(_theme(match["theme"], text, tuple(themes)), number, activity)
    if activity is None:
        raise ReferenceError(f"“{text}” has no theme letter. Write V, O, C or T before the number.")
    return _without_letter(number, activity, text, known)


def parse_action(printed: str, **options) -> Reference:
    """Read the reference of a priority action; a reference of one of its activities names the action too."""
    reference = parse(printed, **options)
    return Reference(reference.theme, reference.number)


def parse_activity(printed: str, **options) -> Reference:
    """Read the reference of an activity. ``V2.``, ``O10`` and ``T1`` name the only activity of their action: V2.1."""
    reference = parse(printed, **options)
    return reference if reference.is_activity else Reference(reference.theme, reference.number, 1)


def is_normal(ref: str) -> bool:
    """Whether the text is already in normal form."""
    try:
        return str(parse(ref)) == ref
    except ReferenceError:
        return False


def find(text: str, *, known: Iterable[str]) -> Iterator[tuple[int, int, Reference]]:
    """Where a running text names actions or activities that exist: start, end and the normal reference.

    Only rows of the plan are found, so that ``A14`` (a road) or ``T20`` (a game) never becomes a link.
    """
    rows = frozenset(known)
    actions = _actions_of(rows)
    spans = []
    for pattern in (_IN_TEXT, _BARE_IN_TEXT):
        for match in pattern.finditer(text):
            try:
                reference = parse(match.group(0), known=rows)
            except ReferenceError:
                continue
            if str(reference) in rows or str(reference) in actions:
                spans.append((match.start(), match.end(), reference))
    yield from sorted(spans, key=lambda span: span[0])


@lru_cache(maxsize=8)
def _actions_of(rows: frozenset[str]) -> frozenset[str]:
    """The actions of these activities; kept, because a report looks through hundreds of texts with the same rows."""
    return frozenset(parse(ref).action for ref in rows)


def _theme(letters: str, text: str, themes: tuple[str, ...]) -> str:
    word = letters.upper()
    code = THEME_WORDS.get(word, word)
    if len(code) > 1 and code not in themes:
        raise ReferenceError(f"“{text}” is not a reference: “{letters}” is not a theme of the plan.")
    return code


def _without_letter(number: int, activity: int, text: str, known: Iterable[str]) -> Reference:
    rows = [parse(ref) for ref in known]
    fits = [row for row in rows if (row.number, row.activity) == (number, activity)]
    if len(fits) > 1:
        printed_with_two_numbers = [row for row in fits if sum(1 for other in rows if other.action == row.action) > 1]
        fits = printed_with_two_numbers or fits
    if len(fits) == 1:
        return fits[0]
    if not fits:
        raise ReferenceError(f"“{text}” has no theme letter and fits no activity of the plan.")
    choices = " or ".join(str(row) for row in fits)
    raise ReferenceError(f"“{text}” has no theme letter and could be {choices}.")
