"""Imports point one way: risks | plans | finance → boards → portal; the block tree knows nothing of Django."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
REGISTERS = ("risks", "plans", "finance")
FORBIDDEN = {
    "portal": ("boards", *REGISTERS),
    "boards": REGISTERS,
    "boards/document": ("django", "boards.models", "portal", *REGISTERS),
    "risks": ("plans", "finance"),
    "plans": ("risks", "finance"),
    "finance": ("risks", "plans"),
}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_imports_point_one_way(folder):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for name in imported(path)
        if any(name == banned or name.startswith(f"{banned}.") for banned in FORBIDDEN[folder])
    ]
    assert wrong == []


def test_the_arrow_is_really_looked_for():
    """The reader of imports finds one of each form."""
    found = imported(ROOT / "boards" / "apps.py")
    assert {"django.apps", "boards"} <= found


@pytest.mark.parametrize("library", ["weasyprint", "openpyxl"])
def test_pages_are_served_without_the_large_libraries(library):
    """They are for workers, and for the few requests that need them: loaded with the pages, every process would hold them."""
    code = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        f"sys.exit({library!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, check=False).returncode == 0
