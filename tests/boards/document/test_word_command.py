"""`manage.py import_paper`: what it prints, what it keeps, and how it refuses."""

import io
import json

import docx
import pytest
from django.core.management import CommandError, call_command

from boards.actions import agenda
from boards.models import Paper

LINES = (
    "OFFICIAL\tAgenda Item: 6.0",
    "To: Business Coordination Board",
    "From: Chief Executive",
    "Date: 6 February 2017",
    "DEVOLUTION UPDATE",
    "1. Purpose",
    "1.1 To update the board.",
    "2. Recommendation",
    "2.1 The Board is recommended to note this report.",
    "3. Background",
    "3.1 First.",
    "3.1 Second.",
    "4. Recommendation",
    "4.1 The Board is recommended to note this report.",
)


@pytest.fixture
def paper_file(tmp_path):
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    path = tmp_path / "paper.docx"
    document.save(path)
    return path


@pytest.fixture
def item(world):
    return agenda.add_item(meeting=world.meeting, title="Devolution", by=world.governance, number=(6, 0))


def run(*arguments, **options):
    out = io.StringIO()
    call_command("import_paper", *map(str, arguments), stdout=out, **options)
    return out.getvalue()


def test_a_dry_run_prints_outline_warnings_and_findings_and_touches_no_row(paper_file, item):
    before = Paper.objects.count()
    data = json.loads(run(paper_file, "--meeting", item.meeting_id, "--item", "6.0", "--dry-run", "--json"))
    assert Paper.objects.count() == before
    found = [(f["rule"], f["severity"], f["printed_number"]) for f in data["findings"]]
    assert ("P3.duplicate", "acknowledge", "3.1") in found
    assert all(f["sentence"] for f in data["findings"])
    row = next(r for r in data["outline"] if r["text"] == "Second.")
    assert (row["computed_number"], row["printed_number"]) == ("3.2", "3.1")
    assert [r["text"] for r in data["outline"]][1:5] == list(LINES[1:5])
    assert data["warnings"] == []


def test_a_dry_run_needs_no_meeting(paper_file, db):
    data = json.loads(run(paper_file, "--dry-run", "--json"))
    assert data["outline"]
    unknown = json.loads(run(paper_file, "--meeting", "2001-01-01", "--item", "6.0", "--dry-run", "--json"))
    assert "There is no meeting 2001-01-01. The paper was read without it." in unknown["warnings"]


def test_a_meeting_is_known_by_every_name_a_person_would_try(paper_file, item):
    board, day = item.meeting.board, item.meeting.date
    names = [
        item.meeting_id,
        day.isoformat(),
        f"{day.day} {day:%B %Y}",
        f"{board.short_name} {day}",
        f"{board.slug}/{day}",
    ]
    for name in [*names, f"{board.short_name.lower()}-{day}", f"{board.name}, {day}", f"/meetings/{board.slug}/{day}/"]:
        for number in ("6.0", "6", "6.", "06.0"):
            data = json.loads(run(paper_file, "--meeting", name, "--item", number, "--dry-run", "--json"))
            assert data["warnings"] == [], name


def test_the_outline_is_printed_for_people_too(paper_file, db):
    text = run(paper_file, "--dry-run")
    assert "Findings:" in text
    assert "is printed twice" in text


def test_an_import_keeps_the_document_the_original_and_the_printed_numbers(paper_file, item):
    run(paper_file, "--meeting", item.meeting_id, "--item", "6.0")
    paper = item.papers.get()
    assert paper.title == "DEVOLUTION UPDATE"
    assert paper.original_name == "paper.docx"
    assert "3.1" in paper.imported["printed"].values()
    run(paper_file, "--meeting", item.meeting_id, "--item", "6.0")
    assert item.papers.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"%PDF-1.4", "PDF"), (b"", "empty"), (b"PK\x03\x04nonsense", "damaged"), (None, "could not be opened")],
)
def test_a_file_that_is_no_word_paper_gets_a_sentence_and_exit_2(tmp_path, content, said, db):
    path = tmp_path / "x.docx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=said) as refused:
        run(path, "--meeting", "2017-02-06", "--item", "6.0", "--dry-run")
    assert refused.value.returncode == 2


def test_an_import_for_no_meeting_or_item_is_refused_with_exit_2(paper_file, item):
    for arguments in (
        (),
        ("--meeting", "2001-01-01", "--item", "6.0"),
        ("--meeting", item.meeting_id, "--item", "77.0"),
    ):
        with pytest.raises(CommandError) as refused:
            run(paper_file, *arguments)
        assert refused.value.returncode == 2
