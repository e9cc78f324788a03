"""What a reader must be told about a risk: flags worked out from its scores, dates and acceptance, and put in words.

Above tolerance means a current rating strictly greater than tolerance. *Untreated* means above tolerance with no future score and no
acceptance in force. *Stale* means that the status date is older than a review quarter.
"""

from dataclasses import dataclass
from datetime import date, timedelta

REVIEW_QUARTER = timedelta(days=92)
"""The longest quarter of a year. A risk is reviewed in every quarter."""


@dataclass(frozen=True)
class Flag:
    """One flag: its code, the words shown, and the tone of its tag."""

    code: str
    words: str
    tone: str


def flags(risk: dict, *, matrices: dict, as_at: date, last_reported: dict | None = None) -> list[Flag]:
    """Flags of a risk in its snapshot form. `matrices` are the snapshot's; `last_reported` is the risk as the board last saw it."""
    if risk["closed"]:
        return [Flag("closed", "Closed", "neutral")]
    found = []
    current, inherent, future = risk["current"], risk["inherent"], risk["future"]
    tolerance = matrices[current["matrix"]]["tolerance"]
    accepted = acceptance_in_force(risk, as_at)
    if current["rating"] > tolerance:
        found.append(Flag("above_tolerance", "Above tolerance", "critical"))
        if accepted:
            found.append(Flag("accepted", "Accepted above tolerance", "neutral"))
        elif future is None:
            found.append(Flag("untreated", "Above tolerance with no target and no acceptance", "critical"))
    elif current["rating"] == tolerance:
        found.append(Flag("at_tolerance", "At tolerance", "medium"))
    if current["matrix"] == inherent["matrix"] and current["rating"] == inherent["rating"]:
        found.append(Flag("no_control_effect", "Controls have not lowered the rating", "mediumHigh"))
    if current["matrix"] == inherent["matrix"] and current["rating"] > inherent["rating"]:
        found.append(Flag("rose_with_controls", "Rated higher with controls than without", "high"))
    if future and future["matrix"] == current["matrix"] and future["rating"] > current["rating"]:
        found.append(Flag("target_higher", "Target is higher than the current rating", "high"))
    if future is None:
        found.append(Flag("no_target", "No target", "neutral"))
    if is_stale(risk, as_at):
        found.append(Flag("stale", "Not reviewed this quarter", "mediumHigh"))
    if review_overdue(risk, as_at):
        found.append(Flag("review_overdue", "Review overdue", "mediumHigh"))
    step = movement(risk, last_reported)
    if step:
        found.append(Flag("movement", movement_words(step), "mediumHigh" if step > 0 else "low"))
    return found


SHARPER = {"untreated": {"above_tolerance", "no_target"}, "review_overdue": {"stale"}}
"""Flags that say, and more, what others say."""


def sharpest(found: list[Flag]) -> list[Flag]:
    """For a page: a sharper flag stands for the plainer ones."""
    plainer = set().union(*(SHARPER.get(flag.code, set()) for flag in found))
    return [flag for flag in found if flag.code not in plainer]


def codes(risk: dict, *, matrices: dict, as_at: date, last_reported: dict | None = None) -> set[str]:
    """Only the codes, for filters and counts."""
    return {flag.code for flag in flags(risk, matrices=matrices, as_at=as_at, last_reported=last_reported)}


def acceptance_in_force(risk: dict, as_at: date) -> bool:
    """Someone accepted the risk above tolerance, and the time they accepted it for has not run out."""
    acceptance = risk["acceptance"]
    if not acceptance:
        return False
    until = acceptance["until"]
    return not until or date.fromisoformat(until) >= as_at


def is_stale(risk: dict, as_at: date) -> bool:
    """The status date is older than a review quarter, or there is none."""
    dated = risk["status"]["date"]
    return not dated or as_at - date.fromisoformat(dated) > REVIEW_QUARTER


def review_overdue(risk: dict, as_at: date) -> bool:
    """The date set for the next review has passed."""
    due = risk["review"]["next"]
    return bool(due) and date.fromisoformat(due) < as_at


def movement(risk: dict, last_reported: dict | None) -> int | None:
    """Current rating now less the current rating at the last report; None when there is nothing to compare with.

    Ratings of two matrix versions are not on one scale, so there is no movement between them.
    """
    if last_reported is None or last_reported["current"]["matrix"] != risk["current"]["matrix"]:
        return None
    return risk["current"]["rating"] - last_reported["current"]["rating"]


def movement_words(step: int | None) -> str:
    """Movement as a reader hears it."""
    if step is None:
        return "Nothing to compare with"
    if step == 0:
        return "No change since the last report"
    return f"{'Up' if step > 0 else 'Down'} {abs(step)} since the last report"
