"""Sentences of the plan: dates, lists, counts and changes as the board reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PATH = re.compile(
    r"""(?:file:///?\S+                         # a file address
      | \\\\[\w.$-]+(?:\\[^\\/:*?"<>|\r\n]+)+   # a network share
      | \b[A-Za-z]:[\\/](?:[^\\/:*?"<>|\r\n]+[\\/])*[^\\/:*?"<>|\r\n]*   # a drive
      | (?:\.\.?[\\/])+(?:[^\\/:*?"<>|\r\n]+[\\/])*[^\\/:*?"<>|\r\n]*    # a relative path
      | (?<![\w:/])/(?:home|mnt|srv|Users|Volumes|media|shares?)/[^\r\n]*?(?=\s{2}|[;,]\s|$)  # a mounted folder
      )""",
    re.VERBOSE,
)
_EXTENSION_END = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|msg|txt|csv|rtf|vsdx?)\b", re.IGNORECASE)


_CLAUSE_END = re.compile(r"(?=[.;,]\s)|(?=[.;,]$)|(?=\s{2})")


def day(value: date | str | None) -> str:
    """A date in the one printed style: 6 February 2017. Nothing for no date."""
    if not value:
        return ""
    moment = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{moment.day} {moment:%B %Y}"


def month(value: date | str | None) -> str:
    """The as-at month of a report: October 2018."""
    if not value:
        return ""
    moment = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{moment:%B %Y}"


def number(count: int) -> str:
    """A small whole number in words, others in figures with a thousands separator."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def count(amount: int, noun: str, plural: str = "") -> str:
    """ "one activity", "three activities", "44 activities"."""
    many = plural or (f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s")
    return f"{number(amount)} {noun if amount == 1 else many}"


def times(amount: int) -> str:
    """ "once", "twice", "three times"."""
    return {0: "never", 1: "once", 2: "twice"}.get(amount, f"{number(amount)} times")


def listing(items: Sequence[str], last: str = "and") -> str:
    """ "V1", "V1 and V2", "V1, V2 and O3"."""
    things = [str(item) for item in items]
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} {last} {things[-1]}"


def capital(text: str) -> str:
    """The first letter in capitals, the rest as it is."""
    return text[:1].upper() + text[1:]


def body_noun(name: str) -> str:
    """What a paper calls the body it is addressed to: the Panel, the Committee, the Group, else the Board."""
    spoken = name.casefold()
    return next((noun for noun in ("Panel", "Committee", "Group") if noun.casefold() in spoken), "Board")


def split_leads(printed: str) -> list[str]:
    """The people named in a lead cell: joint leads are written with a slash, with or without spaces."""
    return [part.strip() for part in re.split(r"\s*[/;]\s*", printed or "") if part.strip()]


def looks_like_initials(text: str) -> bool:
    """Whether a delivery lead is printed as a person's initials where a body or group belongs.

    Two letters only: bodies with three-letter names (PSB) and offices (OPCC) are bodies.
    """
    return bool(re.fullmatch(r"[A-Z]{2}", text.strip()))


def without_paths(text: str) -> tuple[str, list[str]]:
    """The text without addresses of internal files and folders, and the addresses that were taken out.

    A published plan once carried the folder names of an internal drive. They are removed on import and reported.
    """
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        path = match.group(0)
        end = _EXTENSION_END.search(path) or _CLAUSE_END.search(path)
        keep = path[end.end() :] if end else ""
        found.append(path[: len(path) - len(keep)].strip())
        return keep

    cleaned = text
    for _ in range(20):
        changed = _PATH.sub(take, cleaned)
        if changed == cleaned:
            break
        cleaned = changed
    if not found:
        return text, []
    lines = [re.sub(r"[ \t]{2,}", " ", line).strip() for line in cleaned.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), found


def sentence_of(change_words: Iterable[str]) -> str:
    """Clauses joined into one sentence with a capital and a full stop."""
    text = "; ".join(change_words)
    return f"{capital(text)}." if text else ""
