"""The plan's entry in the main navigation."""

from portal import navigation


def register() -> None:
    """Everybody who signs in may open the plan: what they then see is live or sealed, by their role."""
    navigation.register("Plan", "plans:start", order=50, visible=lambda person: person.is_authenticated)
