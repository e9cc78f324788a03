"""Sign-in. People are given an account by an administrator; nobody signs themselves up."""

from allauth.account.adapter import DefaultAccountAdapter


class ClosedAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        return False

    def populate_username(self, request, user) -> None:
        """Our people have no user name: they sign in with their e-mail address."""
