"""The entry that the register adds to the main navigation."""

from portal import navigation
from risks import policy


def _visible(person) -> bool:
    return person.is_authenticated and (policy.can_see_register(person) or policy.boards_of(person).exists())


def register() -> None:
    navigation.register("Risks", "risks:home", order=40, visible=_visible)
