"""The statuses of a plan version and who moves it: a table, so that the page and the action cannot disagree."""

TRANSITIONS = {
    ("draft", "for_noting"): "Send for noting",
    ("draft", "for_approval"): "Send for approval",
    ("for_noting", "draft"): "Take back to draft",
    ("for_noting", "for_approval"): "Send for approval",
    ("for_approval", "draft"): "Take back to draft",
    ("for_approval", "approved"): "Record the approval",
}


def next_steps(status: str) -> list[tuple[str, str]]:
    return [(after, label) for (before, after), label in TRANSITIONS.items() if before == status]
