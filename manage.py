#!/usr/bin/env python
"""Run a management command, starting the embedded database for it when none is running."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from portal.launcher.database import ensure_running

    with ensure_running(sys.argv):
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
