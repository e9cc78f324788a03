"""Proves, with hashes alone, that static/dist was built from static/src: `python -m portal.design.assets`.

`npm run build` writes static/dist/manifest.json with the SHA-256 of every source and every built file. A machine
without Node can therefore tell whether the committed files are up to date, though it cannot build them.
"""

import hashlib
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MEND = "Run `make build` and commit static/dist."


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _sources(root: Path) -> set[str]:
    """Files that count as sources by their place alone; the build adds what they import from elsewhere."""
    src = root / "static" / "src"
    found = [
        path for path in src.rglob("*") if path.is_file() and path.suffix != ".md" and src / "pdf" not in path.parents
    ]
    return {path.relative_to(root).as_posix() for path in found}


def _differences(folder: Path, recorded: dict[str, str]) -> list[str]:
    lines = []
    for name, known in recorded.items():
        path = folder / name
        if not path.exists():
            lines.append(f"{name} is missing.")
        elif _sha256(path) != known:
            lines.append(f"{name} changed after the build.")
    return lines


def stale(root: Path = ROOT) -> list[str]:
    """What does not agree with the manifest, one sentence each; empty when all is up to date."""
    manifest_path = root / "static" / "dist" / "manifest.json"
    if not manifest_path.exists():
        return ["static/dist/manifest.json is missing."]
    manifest = json.loads(manifest_path.read_text())
    dist = manifest_path.parent
    lines = _differences(root, manifest["sources"]) + _differences(dist, manifest["built"])
    lines += [f"{name} is new since the build." for name in sorted(_sources(root) - set(manifest["sources"]))]
    built = {path.relative_to(dist).as_posix() for path in dist.rglob("*") if path.is_file()} - {"manifest.json"}
    lines += [f"static/dist/{name} was not made by the build." for name in sorted(built - set(manifest["built"]))]
    return lines


def main() -> int:
    lines = stale()
    for line in lines:
        print(line, file=sys.stderr)
    print(MEND if lines else "static/dist is up to date.", file=sys.stderr if lines else sys.stdout)
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
