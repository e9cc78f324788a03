"""The workflow of a paper as a table: who may move it from where to where, and what that is called.

The diagram in docs/user/papers.md is made from this table (`manage.py paper_workflow`) and a test holds the two together.
"""

from dataclasses import dataclass

AUTHOR, GOVERNANCE, REVIEWER, CHIEF_EXECUTIVE = "author", "governance", "reviewer", "chief executive"


@dataclass(frozen=True)
class Transition:
    """One move. `by` are the parties who may make it; `note` says whether a note must go with it."""

    verb: str
    label: str
    sources: tuple[str, ...]
    target: str
    by: tuple[str, ...]
    event: str
    note: bool = False
    done: str = ""


TRANSITIONS: tuple[Transition, ...] = (
    Transition("start", "Start writing", ("commissioned",), "draft", (AUTHOR, GOVERNANCE), "paper.started", done="The paper is in draft."),
    Transition(
        "submit", "Submit the paper", ("commissioned", "draft"), "submitted", (AUTHOR, GOVERNANCE), "paper.submitted",
        done="The paper was submitted to governance.",
    ),
    Transition(
        "send_to_review", "Send for professional review", ("submitted",), "review", (GOVERNANCE,), "paper.sent_to_review",
        done="The paper is with its reviewers.",
    ),
    Transition(
        "approve_review", "Approve this review", ("review",), "review", (REVIEWER,), "paper.review_given",
        done="Your review is recorded.",
    ),
    Transition(
        "send_to_clearance", "Send for clearance", ("submitted", "review"), "clearance", (GOVERNANCE,), "paper.sent_to_clearance",
        done="The paper is with the Chief Executive for clearance.",
    ),
    Transition(
        "clear", "Clear the paper", ("clearance",), "final", (CHIEF_EXECUTIVE,), "paper.cleared",
        done="The paper is cleared and final.",
    ),
    Transition(
        "return", "Return to the author", ("submitted", "review", "clearance", "final"), "draft",
        (GOVERNANCE, REVIEWER, CHIEF_EXECUTIVE), "paper.returned", note=True, done="The paper was returned to its author.",
    ),
    Transition(
        "withdraw", "Withdraw the paper", ("commissioned", "draft", "submitted", "review", "clearance", "final"), "withdrawn",
        (GOVERNANCE,), "paper.withdrawn", note=True, done="The paper was withdrawn.",
    ),
    Transition(
        "bring_back", "Bring the paper back", ("withdrawn",), "draft", (GOVERNANCE,), "paper.brought_back",
        done="The paper is in draft again.",
    ),
)  # fmt: skip

BY_VERB = {transition.verb: transition for transition in TRANSITIONS}

#: What a step is called once it is done.
DONE = {
    "start": "Started", "submit": "Submitted", "send_to_review": "Sent for professional review", "approve_review": "Review given",
    "send_to_clearance": "Sent for clearance", "clear": "Cleared", "return": "Returned to the author", "withdraw": "Withdrawn",
    "bring_back": "Brought back",
}  # fmt: skip

#: Who has the paper in hand in each state.
OWNER = {
    "commissioned": "The author",
    "draft": "The author",
    "submitted": "Governance",
    "review": "The professional reviewers",
    "clearance": "The Chief Executive",
    "final": "Governance",
    "withdrawn": "Nobody",
}
