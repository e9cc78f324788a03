"""The diagram in the guide is the one that the table draws."""

from pathlib import Path

from boards.diagram import workflow

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "user" / "papers.md"


def test_the_guide_shows_the_workflow_of_the_table():
    assert workflow() in GUIDE.read_text(encoding="utf-8")
