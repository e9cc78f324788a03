"""Sign-in, failed sign-in and sign-out go into the audit record."""

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from portal.audit import record


@receiver(user_logged_in)
def signed_in(sender, request, user, **kwargs) -> None:
    record("person.signed_in", by=user, target=user, summary="Signed in")


@receiver(user_logged_out)
def signed_out(sender, request, user, **kwargs) -> None:
    if user is not None:
        record("person.signed_out", by=user, target=user, summary="Signed out")


@receiver(user_login_failed)
def refused(sender, credentials, request=None, **kwargs) -> None:
    # What was typed is not kept: people type passwords into the wrong field.
    record("person.sign_in_refused", by=None, summary="A sign-in was refused")
