"""`make bench`: run every tests/benchmarks/*.py and print one table.

A benchmark module has `run()`, which returns or yields rows: (what, value, unit) or (what, value, unit, limit). A value
over its limit is marked, and the exit code is 1. Each runs on a blank, migrated database of its own.
"""

import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main(wanted: list[str]) -> int:
    from portal.launcher import throwaway

    names = sorted(path.stem for path in (ROOT / "tests" / "benchmarks").glob("*.py") if not path.stem.startswith("_"))
    if wanted:
        names = [name for name in names if any(word in name for word in wanted)]
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder, throwaway.database() as url:
        os.environ |= {"DATABASE_URL": url, "PORTAL_VAR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, check=True)
        import django

        django.setup()
        rows = [row for name in names for row in measure(name)]
    return table(rows)


def measure(name: str) -> list[tuple]:
    print(f"{name} …", file=sys.stderr, flush=True)
    found = importlib.import_module(f"tests.benchmarks.{name}").run() or []
    return [(name.removeprefix("bench_"), *as_row(row)) for row in found]


def as_row(row: dict | tuple) -> tuple:
    """A row may also be a mapping with `measure`, `milliseconds` and `limit`."""
    if isinstance(row, dict):
        return row["measure"], row["milliseconds"], "ms", row.get("limit")
    return row


def table(rows: list[tuple]) -> int:
    slow = 0
    width = max([len(str(row[1])) for row in rows], default=10)
    for module, what, value, *rest in rows:
        unit, limit = (*rest, None, None)[:2]
        over = limit is not None and value > limit
        slow += over
        number = f"{value:,.3f}" if isinstance(value, float) else str(value)
        tail = f"  limit {limit:g}{'  OVER' if over else ''}" if limit is not None else ""
        print(f"{module:<20} {what!s:<{width}} {number:>12} {unit or ''}{tail}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
