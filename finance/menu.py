"""The entries that finance adds to the main navigation."""

from finance import policy
from portal import navigation


def register() -> None:
    navigation.register("Finance", "finance", order=60, visible=policy.can_see_live)
    navigation.register(
        "Reserves", "reserves_strategy", order=70, visible=lambda person: not policy.can_see_live(person)
    )
