"""References of strategic risks: SR, the number of the objective, a stop, a number in that objective (SR3.1)."""

import re

PATTERN = re.compile(r"SR([1-9])\.([0-9]+)")


def parse(ref: str) -> tuple[int, int] | None:
    """Objective number and number within it, or None when the reference breaks the pattern."""
    match = PATTERN.fullmatch(ref or "")
    return (int(match[1]), int(match[2])) if match else None


def sort_key(ref: str) -> tuple:
    """Order as numbers, so that SR3.10 follows SR3.9; what is not a reference goes last."""
    return (0, *parse(ref), "") if parse(ref) else (1, 0, 0, ref)


def objective_of(ref: str) -> int | None:
    """The number of the objective that the reference names."""
    parsed = parse(ref)
    return parsed[0] if parsed else None
