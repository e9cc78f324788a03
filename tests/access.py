"""Who gets which answer at which address: the pieces of the table that `tests/boards/test_every_address.py` holds the portal to.

Each app has a file `tests/<app>/access.py` with `ROWS`: the name of an address → `Row`. An address that is in no table fails the test.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

OPEN, SIGN_IN, REFUSED, ABSENT, WRONG_METHOD = 200, 302, 403, 404, 405

#: Everybody the table asks for, in the order of its columns.
PEOPLE = ("public", "member", "author", "governance", "administrator")


@dataclass(frozen=True)
class Row:
    """Answers to a GET by each of PEOPLE. `args` gives the address's arguments from the world of the test."""

    answers: tuple[int, int, int, int, int]
    args: Callable[[object], list] = field(default=lambda world: [])
    query: str = ""
