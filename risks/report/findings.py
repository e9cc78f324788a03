"""What a reader of the draft must put right or acknowledge before it goes to a board."""

import re
from collections.abc import Iterable

from boards.document import generated
from boards.document.findings.base import Finding
from risks import flags, words
from risks.report.facts import Facts

LONGEST_BETWEEN_REPORTS = 184
"""Days: the longest six months of a year."""

REFERENCE = re.compile(r"\bSR[1-9]\.[0-9]+\b")


def of(facts: Facts, document: dict, fresh: dict | None = None) -> list:
    """Findings of a report: typed references, risks above tolerance, scores, reviews, matrix, and blocks that were taken over."""
    return [
        *typed_references(document, facts.now),
        *_risks(facts),
        *_late_report(facts),
        *_matrix(facts),
        *(_taken_over(document, fresh) if fresh else ()),
    ]


def _finding(rule: str, severity: str, sentence: str, mend: str, block: str = ""):
    return Finding(rule, severity, block or None, None, sentence, mend)


def typed_references(document: dict, now: dict) -> Iterable:
    """R7: a reference typed in the words of an officer whose title is another risk's, or which no risk has.

    A typed reference is right only when the title that the register gives it stands in the same block.
    """
    titles = {risk["ref"]: risk["title"] for risk in now["risks"]}
    for identity, text in _own_words(document):
        for ref in dict.fromkeys(REFERENCE.findall(text)):
            if ref not in titles:
                yield _finding(
                    "R7",
                    "acknowledge",
                    f"{ref} is not in the register.",
                    "Put in a cross-reference to the right risk.",
                    identity,
                )
                continue
            other = next((r for r, title in titles.items() if r != ref and title.lower() in text.lower()), None)
            if titles[ref].lower() not in text.lower() and other:
                yield _finding(
                    "R7",
                    "acknowledge",
                    f"{ref} is “{titles[ref]}”, but the words beside it are the title of {other}.",
                    f"If {other} is meant, put in a cross-reference to it in place of {ref}.",
                    identity,
                )


def _own_words(document: dict) -> Iterable[tuple[str, str]]:
    """(block id, text) of every block that an officer wrote or made their own."""

    def visit(node: dict, owner: str, mine: bool):
        attrs = node.get("attrs") or {}
        owner = attrs.get("id") or owner
        if attrs.get("gen"):
            mine = bool(attrs["gen"].get("taken"))
        if node["type"] in ("para", "listItem", "recommendation", "subheading", "quote", "tableCell"):
            if mine:
                yield owner, _text(node)
            return
        for child in node.get("content", ()):
            yield from visit(child, owner, mine)

    for section in document.get("content", ()):
        yield from visit(section, "", True)


def _text(node: dict) -> str:
    """Only what was typed: the words of a cross-reference are the register's."""
    if node["type"] == "text":
        return node["text"]
    return "".join(_text(child) for child in node.get("content", ()))


def _risks(facts: Facts) -> Iterable:
    as_at = facts.context.meeting_date
    for risk in facts.open:
        codes = flags.codes(risk, matrices=facts.now["matrices"], as_at=as_at)
        ref, now = risk["ref"], words.score(risk["current"])
        place = f"Open {ref} in the register."
        if "untreated" in codes:
            yield _finding(
                "R2", "blocks", f"{ref} is above tolerance at {now}, with no target and {_no_acceptance(risk)}.",
                f"{place} Set a future score, or record who accepts it, why and until when.",
            )  # fmt: skip
        if "above_tolerance" in codes and not [row for row in risk["actions"] if not row["done_on"]]:
            yield _finding(
                "R8",
                "acknowledge",
                f"{ref} is above tolerance and has no future action.",
                f"{place} Add what is to be done.",
            )
        if "rose_with_controls" in codes:
            yield _finding(
                "R3",
                "acknowledge",
                f"The current rating of {ref} is higher than its inherent rating.",
                f"{place} Look at both scores again.",
            )
        if "target_higher" in codes:
            yield _finding(
                "R3",
                "acknowledge",
                f"The target of {ref} is higher than its current rating.",
                f"{place} Look at both scores.",
            )
        if "stale" in codes:
            dated = words.day(risk["status"]["date"])
            yield _finding(
                "R6",
                "acknowledge",
                f"{ref} was last reviewed on {dated}, more than a quarter before the meeting.",
                f"{place} Review it.",
            )


def _no_acceptance(risk: dict) -> str:
    """An acceptance that ran out is none, but a reader looks for it."""
    if risk["acceptance"]:
        return f"an acceptance that ran out on {words.day(risk['acceptance']['until'])}"
    return "no acceptance"


def _late_report(facts: Facts) -> Iterable:
    """R6: a board hears of the register at least every six months."""
    last = facts.context.baseline_date
    if last and (facts.context.meeting_date - last).days > LONGEST_BETWEEN_REPORTS:
        yield _finding(
            "R6",
            "advice",
            f"The {facts.board} last saw the register on {facts.baseline_day}, more than six months before this meeting.",
            "Say in the covering paper why it comes late.",
        )


def _matrix(facts: Facts) -> Iterable:
    if facts.matrix_changed:
        yield _finding(
            "R10", "acknowledge",
            f"The board last saw ratings from matrix {facts.baseline['matrix']['version']}; "
            f"the one in force is now {facts.now['matrix']['version']}.",
            "Say so in the covering paper: ratings of the two cannot be set side by side.",
        )  # fmt: skip
    older = sorted({risk["current"]["matrix"] for risk in facts.open} - {facts.now["matrix"]["version"]})
    if older:
        yield _finding(
            "R11",
            "advice",
            f"Some risks are still scored with matrix {', '.join(older)}.",
            "Score them again with the matrix in force.",
        )


def _taken_over(document: dict, fresh: dict) -> Iterable:
    for block, key in generated.outdated(document, fresh):
        about = key.removeprefix("risks:cover:").removeprefix("risks:register:")
        yield _finding(
            "R12", "acknowledge", f"You took over the part about {about}, and the register has changed beneath it since.",
            "Read it against the register, then put it right or let it be generated again.", block,
        )  # fmt: skip
