"""Print the workflow of a paper as a diagram, from the table that the portal itself goes by."""

from django.core.management.base import BaseCommand

from boards.diagram import workflow


class Command(BaseCommand):
    help = "Print the workflow of a paper as a Mermaid diagram."

    def handle(self, *args, **options) -> None:
        self.stdout.write(workflow())
