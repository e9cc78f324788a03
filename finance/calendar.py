"""The precept calendar: what must be done, by when, for the budget of one financial year.

Dates of the precept are law (Police Reform and Social Responsibility Act 2011, Schedule 5, and the Police and Crime
Panels (Precepts and Chief Constable Appointments) Regulations 2012); those of the office's own planning are custom and
are labelled so. All dates fall before the financial year begins on 1 April.
"""

from dataclasses import dataclass
from datetime import date, timedelta

WARN_DAYS = 14
"""How many days before a date the calendar starts to warn."""


@dataclass(frozen=True)
class Step:
    """One step: `key` is permanent, `due` its last day, `statutory` whether the day is law."""

    key: str
    title: str
    due: date
    owner: str
    statutory: bool
    only_if_vetoed: bool = False


def steps(year: int) -> list[Step]:
    """The steps for the budget of the financial year that ends in `year` (2020: the budget of 2019/20)."""
    autumn, spring = year - 2, year - 1
    return [
        Step("start", "Start budget setting", date(autumn, 9, 30), "Chief Finance Officer", False),
        Step("draft", "Draft strategy to the board", date(autumn, 11, 30), "Chief Finance Officer", False),
        Step(
            "settlement", "Provisional grant settlement received", date(spring, 1, 31), "Chief Finance Officer", False
        ),
        Step("proposed", "Proposed precept to the Police and Crime Panel", date(spring, 2, 1), "Commissioner", True),
        Step(
            "panel",
            "Panel reviews the proposed precept and reports",
            date(spring, 2, 8),
            "Police and Crime Panel",
            True,
        ),
        Step("revised", "Answer a veto with a revised precept", date(spring, 2, 15), "Commissioner", True, True),
        Step("second", "Panel reviews the revised precept", date(spring, 2, 22), "Police and Crime Panel", True, True),
        Step(
            "section25",
            "Report on robustness and reserves (section 25)",
            date(spring, 2, 28),
            "Chief Finance Officer",
            False,  # The report is a duty, but its day is not set by law.
        ),
        Step(
            "issue", "Issue the precept, with the final response to the Panel", date(spring, 3, 1), "Commissioner", True
        ),
        Step(
            "publish",
            "Publish the budget and the reserves strategy",
            date(spring, 3, 31),
            "Chief Finance Officer",
            True,
        ),
    ]


def state(step: Step, *, done_on: date | None, today: date, vetoed: bool = False) -> tuple[str, str]:
    """Where a step stands, as a word and a sentence: done, late, due, waiting or not needed."""
    if done_on:
        if done_on > step.due:
            late = (done_on - step.due).days
            return "done_late", f"Done on {day(done_on)}, {_days(late)} late."
        return "done", f"Done on {day(done_on)}."
    if step.only_if_vetoed and not vetoed:
        return "not_needed", "Needed only if the Panel vetoes the precept."
    if today > step.due:
        duty = "The statutory date has passed" if step.statutory else "The planned date has passed"
        return "late", f"{duty}: {_days((today - step.due).days)} late."
    left = (step.due - today).days
    if step.due - today <= timedelta(days=WARN_DAYS):
        return "due", "Due today." if left == 0 else f"Due in {_days(left)}."
    return "waiting", f"Due by {day(step.due)}."


def warnings(year: int, done: dict[str, date], *, today: date, vetoed: bool = False) -> list[str]:
    """The sentences to show at the top of the finance pages: steps late or near."""
    found = []
    for step in steps(year):
        word, sentence = state(step, done_on=done.get(step.key), today=today, vetoed=vetoed)
        if word in ("late", "due"):
            found.append(f"{step.title}: {sentence[0].lower()}{sentence[1:]}")
    return found


def day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count:,} days"
