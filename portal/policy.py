"""Permission in one voice: `check_x` raises a sentence a person can read, `can_x` is its bool."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied


class Refusal(PermissionDenied):
    """A refusal with its reason. A page shows the sentence; a view that is not prepared for it answers 403."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


def as_can(check: Callable[..., None]) -> Callable[..., bool]:
    """The bool of a check: `can_seal = as_can(check_seal)`."""

    @wraps(check)
    def can(*args, **kwargs) -> bool:
        return reason(check, *args, **kwargs) == ""

    return can


def reason(check: Callable[..., None], *args, **kwargs) -> str:
    """Why the person may not, as a sentence; empty when they may."""
    try:
        check(*args, **kwargs)
    except Refusal as refusal:
        return refusal.sentence
    return ""


def check_role(person, *roles: str, to: str) -> None:
    """Refuse unless the person holds one of the roles; `to` completes “Only … may …”."""
    if getattr(person, "is_authenticated", False) and person.has_role(*roles):
        return
    from portal.roles import Role

    names = [Role(role).label for role in roles]
    listed = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " or " + names[-1]
    raise Refusal(f"Only a person appointed as {listed} may {to}.")
