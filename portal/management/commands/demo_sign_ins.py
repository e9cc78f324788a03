"""Say who one can sign in as in the demonstration office. `make run` prints it."""

from django.core.management.base import BaseCommand

from portal.demo import PASSWORD
from portal.models import User


class Command(BaseCommand):
    help = "List the demonstration's people, whose addresses end in .example, and their password."

    def handle(self, *args, **options) -> None:
        people = User.objects.filter(is_active=True, email__endswith=".example").order_by("pk")
        if not people:
            return
        self.stdout.write(f"Sign in as any of these people with the password {PASSWORD}")
        width = max(len(person.email) for person in people)
        for person in people:
            self.stdout.write(f"  {person.email:<{width}}  {person.name}")
