"""The entries that boards add to the main navigation."""

from boards import policy
from portal import navigation
from portal.roles import Role


def register() -> None:
    navigation.search_with("search")
    navigation.register("Meetings", "meetings", order=10, visible=lambda person: True)
    navigation.register(
        "Papers",
        "papers",
        order=20,
        visible=lambda person: person.is_authenticated and person.is_staff,
    )
    navigation.register("Prepare meetings", "prepare", order=30, visible=policy.can_see_working_pages)
    navigation.register("Organisation", "organisation", order=85, visible=policy.can_organise)
    navigation.register(
        "People",
        "people",
        order=90,
        visible=lambda person: person.is_authenticated and person.has_role(Role.ADMINISTRATOR),
    )
