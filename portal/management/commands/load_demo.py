"""Load the demonstration office: each app's own data, in order. Loading twice adds nothing."""

import time

from django.core.management.base import BaseCommand

from portal import demo


class Command(BaseCommand):
    help = "Load the demonstration office (safe to run again)."

    def handle(self, *args, **options) -> None:
        for name, load in demo.in_order():
            started = time.monotonic()
            load()
            self.stdout.write(f"{name}: loaded in {time.monotonic() - started:.1f} s")
