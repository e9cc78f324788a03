"""The covering part of the strategy paper: why, what is asked, and what changed since the board last saw it."""

from boards.document import build
from finance import compare
from finance.report.parts import Facts

PURPOSES = {
    "draft": ("note", "the draft strategy"),
    "for_noting": ("note", "the draft strategy"),
    "for_approval": ("approve", "the strategy, its reserves and the assumptions beneath them"),
    "approved": ("note", "the strategy as approved"),
}
MOST_LINES = 40


def sections(facts: Facts) -> list[dict]:
    plan = facts.plan
    verb, what = PURPOSES[plan.status]
    word = "draft " if plan.status in ("draft", "for_noting") else ""
    purpose = facts.para(
        "purpose",
        f"This paper brings version {plan.number} of the {word}{_lower(plan.title)} to the {facts.context.board}.",
    )
    asked = build.recommend(
        verb, f"{what}.", id=facts.id("recommendation"), gen=build.gen("finance:recommendation", [verb, what])
    )
    return [
        facts.section("purpose", "Purpose", purpose, role="purpose"),
        facts.section("recommendation", "Recommendation", asked, role="recommendation"),
        facts.section("background", "What has changed", *_changed(facts), role="background"),
    ]


def _changed(facts: Facts) -> list[dict]:
    """Line by line against the last sealed edition of this board; at a first report, that there is none."""
    if not facts.compared:
        return [
            facts.para(
                "changed-none",
                f"This is the first report of this strategy to the {facts.context.board}, so no changes are shown.",
            )
        ]
    told = compare.news(facts.changes)
    typed = [compare.sentence(change) for change in told if not change.ref.startswith("=")]
    follows = [compare.sentence(change) for change in told if change.ref.startswith(("=reserve", "=total", "=budget"))]
    if not told:
        return [
            facts.para("changed-none", f"Nothing has changed since the board saw the strategy on {facts.baseline_day}.")
        ]
    blocks = [
        facts.para(
            "changed",
            f"Since the board saw the strategy on {facts.baseline_day}, these figures and texts were changed:",
        )
    ]
    blocks.append(facts.bullets("changed-list", _cut(typed) or ["No figure that is entered was changed."]))
    if follows:
        blocks.append(facts.para("follows", "These balances, totals and gaps follow from them:"))
        blocks.append(facts.bullets("follows-list", _cut(follows)))
    return blocks


def _cut(lines: list[str]) -> list[str]:
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[:MOST_LINES], f"and {len(lines) - MOST_LINES} more, listed on the changes page of the plan"]


def _lower(title: str) -> str:
    return title[0].lower() + title[1:]
