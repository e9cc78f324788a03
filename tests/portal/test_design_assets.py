"""Built files are up to date, carry nothing of GOV.UK's own marks, and no page breaks the security policy."""

import re
import shutil
from pathlib import Path

import pytest

from portal.design import assets

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "static" / "dist"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PRINT_ONLY = {"pdf", "print"}  # folders of what goes to the typesetter, not to a browser


def test_built_files_are_up_to_date():
    assert assets.stale() == [], assets.MEND


def test_a_changed_or_new_source_is_noticed(tmp_path):
    for name in ("static", "package.json", "package-lock.json"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    outside = [
        name
        for name in assets.json.loads((DIST / "manifest.json").read_text())["sources"]
        if not (tmp_path / name).exists()
    ]
    for name in outside:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    assert assets.stale(tmp_path) == []
    (tmp_path / "static/src/js/app.js").write_text("// changed")
    (tmp_path / "static/src/js/more.js").write_text("// new")
    (tmp_path / "static/dist/app.css").unlink()
    assert assets.stale(tmp_path) == [
        "static/src/js/app.js changed after the build.",
        "app.css is missing.",
        "static/src/js/more.js is new since the build.",
    ]


def test_no_crown_crest_or_reserved_typeface_is_shipped():
    css = (DIST / "app.css").read_text()
    assert not re.search(r"crown|crest|GDS Transport", css, re.IGNORECASE)
    assert set(re.findall(r"url\(([^)]+)\)", css)) == {
        f'"fonts/SourceSans3-{face}.woff2"' for face in ("Regular", "It", "Semibold", "SemiboldIt")
    }


def test_typeface_has_its_licence_and_files_for_the_pdf():
    assert "SIL OPEN FONT LICENSE" in (DIST / "fonts/LICENSE.md").read_text().upper()
    for face in ("Regular", "It", "Semibold", "SemiboldIt"):
        assert (DIST / f"fonts/SourceSans3-{face}.ttf").read_bytes()[:4] == b"\x00\x01\x00\x00"


def test_lock_file_has_hashes_and_no_address():
    text = (ROOT / "package-lock.json").read_text()
    assert '"integrity"' in text and '"resolved"' not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_no_page_has_an_inline_style_or_script(path):
    if PRINT_ONLY & set(path.relative_to(ROOT / "templates").parts):
        return
    text = path.read_text()
    assert not re.search(r"<style\b|\sstyle=|\son\w+=[\"']|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_every_class_of_ours_has_a_style(path):
    """A misspelt class is silent: only this finds it."""
    css = "".join(sheet.read_text() for sheet in DIST.glob("*.css"))
    words = re.sub(r"{%.*?%}|{{.*?}}", "\0", path.read_text())
    named = {name for found in re.findall(r'class="([^"]*)"', words) for name in found.split() if "\0" not in name}
    missing = {name for name in named if name.startswith("app-") and f".{name}" not in css}
    assert missing == set()
