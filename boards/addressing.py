"""Whom a recommendation is made to, in the body's own word."""

BODIES = {"panel": "The Panel", "committee": "The Committee", "group": "The Group"}


def addressee(kind: str, to: str) -> str:
    """ "The Panel" for a panel's paper, whoever wrote it; "The Commissioner" where the decision is theirs."""
    return "The Commissioner" if to == "commissioner" else BODIES.get(kind, "The Board")
