"""Styles and scripts: `build` makes them anew, `check` proves that the committed ones belong to the committed sources.

Without Node the recorded hashes are compared; with Node the build is also repeated and must give the same bytes.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "static" / "dist"
sys.path.insert(0, str(ROOT))

from portal.design.assets import stale


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"


def run(*command: str) -> bool:
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode == 0


def build() -> bool:
    if not shutil.which("npm"):
        print("Node with npm is needed to build styles and scripts: sudo apt-get install nodejs npm")
        return False
    installed = ROOT / "node_modules" / ".package-lock.json"
    stale = not installed.exists() or installed.stat().st_mtime < (ROOT / "package-lock.json").stat().st_mtime
    if stale and not run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"):
        return False
    return run("npm", "run", "--silent", "build")


def check() -> bool:
    wrong = stale()
    if not wrong and shutil.which("npm"):
        before = {path: digest(path) for path in DIST.rglob("*") if path.is_file()}
        if not build():
            return False
        after = {path: digest(path) for path in DIST.rglob("*") if path.is_file()}
        wrong = sorted(
            str(path.relative_to(ROOT)) for path in before.keys() | after.keys() if before.get(path) != after.get(path)
        )
    if wrong:
        print("Built files do not belong to their sources. Run `make build` and commit static/dist.")
        print("\n".join(f"  {name}" for name in wrong[:20]))
    return not wrong


if __name__ == "__main__":
    sys.exit(0 if {"build": build, "check": check}[sys.argv[1]]() else 1)
