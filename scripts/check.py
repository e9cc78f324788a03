"""`make check`: everything about the code that can be told without running its tests."""

import ast
import os
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

REGISTERS = ("risks", "plans", "finance")
# What each package may not import: risks | plans | finance → boards → portal.
CLOSED = {
    "portal": {"boards", *REGISTERS},
    "boards": set(REGISTERS),
    **{one: set(REGISTERS) - {one} for one in REGISTERS},
}
PLAIN = ("boards/document",)  # works without Django


def command(*arguments: str, environ: dict[str, str] | None = None) -> list[str]:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | (environ or {}),
        text=True,
        check=False,
    )
    return [] if done.returncode == 0 else [done.stdout.strip()]


def mistakes() -> list[str]:
    return command("-m", "ruff", "check", "--quiet", ".")


def layout() -> list[str]:
    return command("-m", "ruff", "format", "--check", "--quiet", ".")


def templates() -> list[str]:
    return command("-m", "djlint", "--lint", "--quiet", "templates")


def migrations() -> list[str]:
    """Models and migrations agree. Asked of a blank database, so that nobody's own is touched."""
    from portal.launcher import throwaway

    with throwaway.database() as url:
        return command("manage.py", "makemigrations", "--check", "--dry-run", environ={"DATABASE_URL": url})


def django() -> list[str]:
    return command("manage.py", "check", "--fail-level", "WARNING")


def built_files() -> list[str]:
    return command("scripts/assets.py", "check")


def directions() -> Iterator[str]:
    """Imports point one way."""
    for package, closed in CLOSED.items():
        for path in sorted((ROOT / package).rglob("*.py")):
            for line, name in imports(path):
                if name.split(".")[0] in closed:
                    yield f"{path.relative_to(ROOT)}:{line} imports {name}"
    for folder in PLAIN:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for line, name in imports(path):
                if name.split(".")[0] == "django":
                    yield f"{path.relative_to(ROOT)}:{line} imports {name}; {folder} is plain Python"


def imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module


def lock_files() -> Iterator[str]:
    """Exact versions with hashes, every dependency among them, and no address of an index."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lists = {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-dev.txt": project["project"]["dependencies"] + project["dependency-groups"]["dev"],
    }
    for name, wanted in lists.items():
        text = (ROOT / name).read_text()
        if re.search(r"https?://|--(extra-)?index-url|--find-links", text):
            yield f"{name} holds an address"
        pinned = set(re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE))
        asked = {re.match(r"[a-z0-9._-]+", line.lower()).group().replace("_", "-") for line in wanted}
        yield from (f"{name} lacks {one}: run `make lock`" for one in sorted(asked - pinned))
        entries = re.split(r"\n(?=\S)", text)
        yield from (f"{name}: {one.split()[0]} has no hash" for one in entries if "==" in one and "--hash=" not in one)
    if '"resolved"' in (ROOT / "package-lock.json").read_text():
        yield "package-lock.json holds addresses"


CHECKS = {
    "Python without mistakes": mistakes,
    "Python in one layout": layout,
    "Templates without mistakes": templates,
    "Imports point one way": directions,
    "Django's own checks": django,
    "Migrations agree with models": migrations,
    "Lock files": lock_files,
    "Built styles and scripts": built_files,
}


def main() -> int:
    failed = []
    for name, check in CHECKS.items():
        started = time.monotonic()
        found = list(check())
        print(f"{'passed' if not found else 'FAILED'}  {name} ({time.monotonic() - started:.1f} s)", flush=True)
        if found:
            failed.append(name)
            print("\n".join(found), flush=True)
    print(
        f"{len(CHECKS) - len(failed)} checks passed, {len(failed)} failed"
        + (f": {', '.join(failed)}" if failed else "")
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
