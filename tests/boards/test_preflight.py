"""What the preflight finds on an agenda before it is sealed: numbers, the paper's own meeting, files of annexes, notice."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.actions import agenda, annexes, papers, sealing
from boards.models import Meeting, Paper
from boards.packs import annexes as bound
from boards.preflight import preflight
from tests.boards.world import Upload, document, pdf


def found(world, rule):
    return [finding for finding in preflight(world.meeting) if finding.rule == rule]


def add_paper(world, item, title="A further paper", state=Paper.State.FINAL):
    paper = papers.commission(item=item, title=title, by=world.governance, authors=[world.author], document=document())
    paper.state = state
    paper.save()
    return paper


def add_item(world, title="Estates", number=None, **fields):
    return agenda.add_item(meeting=world.meeting, title=title, number=number, by=world.governance, **fields)


# M1: a number stands for one thing


def test_two_papers_of_one_number_block_sealing(world):
    add_paper(world, world.open_item)
    other = add_item(world, number=(2, 1))
    add_paper(world, other, "Estates")
    [clash] = found(world, "M1")
    assert clash.severity == "blocks"
    assert "2.1" in clash.sentence and "Estates" in clash.sentence and "A further paper" in clash.sentence
    assert "Number without gaps" in clash.mend
    with pytest.raises(sealing.NotReady, match=r"2\.1"):
        sealing.seal(meeting=world.meeting, by=world.governance)


def test_an_oral_item_of_a_papers_number_blocks_sealing(world):
    add_paper(world, world.open_item)
    add_item(world, number=(2, 1), kind="oral")
    assert [finding.severity for finding in found(world, "M1")] == ["blocks"]


def test_further_papers_of_an_item_clash_with_nothing(world):
    add_paper(world, world.open_item)
    add_item(world, number=(2, 2), kind="oral")
    assert found(world, "M1") == []


def test_a_withdrawn_paper_takes_no_number(world):
    paper = add_paper(world, world.open_item)
    paper.state = Paper.State.WITHDRAWN
    paper.save()
    add_item(world, number=(2, 1), kind="oral")
    assert found(world, "M1") == []


def test_numbering_without_gaps_leaves_room_for_further_papers(world):
    add_paper(world, world.open_item)
    other = add_item(world, number=(2, 1))
    agenda.close_gaps(meeting=world.meeting, by=world.governance)
    other.refresh_from_db()
    assert other.number == "2.2"
    assert found(world, "M1") == []


def test_an_item_added_under_another_counts_on_from_its_further_papers(world):
    add_paper(world, world.open_item)
    assert add_item(world, under=world.open_item).number == "2.2"


# M2: numbers left out


def test_an_agenda_that_does_not_begin_at_one_must_be_explained(world):
    world.meeting.items.get(number_major=1).delete()
    [gap] = found(world, "M2")
    assert gap.severity == "acknowledge"
    assert "begins with item 2" in gap.sentence


def test_a_further_paper_whose_number_skips_must_be_explained(world):
    add_item(world, number=(2, 2), kind="oral")
    [gap] = found(world, "M2")
    assert "2.1" in gap.sentence


def test_further_papers_fill_the_numbers_under_their_item(world):
    add_paper(world, world.open_item)
    add_item(world, number=(2, 2), kind="oral")
    assert found(world, "M2") == []


# M6: a paper of another meeting


def test_a_paper_of_another_board_must_be_explained(world):
    from boards.models import Board

    panel = Board.objects.create(name="Police and Crime Panel", slug="panel")
    Paper.objects.filter(pk=world.paper.pk).update(board=panel)
    assert "Police and Crime Panel" in found(world, "M6")[0].sentence


def test_a_paper_dated_for_another_meeting_of_the_board_must_be_explained(world):
    agenda.plan_meeting(board=world.board, date=dt.date(2017, 1, 30), by=world.governance)
    Paper.objects.filter(pk=world.paper.pk).update(paper_date=dt.date(2017, 1, 30))
    [finding] = found(world, "M6")
    assert finding.severity == "acknowledge"
    assert "30 January 2017" in finding.sentence


def test_a_paper_that_was_before_another_meeting_must_be_explained(world):
    sealing.seal(meeting=world.meeting, by=world.governance)
    later = agenda.plan_meeting(board=world.board, date=dt.date(2017, 3, 6), by=world.governance)
    item = agenda.add_item(meeting=later, title="Devolution update", by=world.governance)
    Paper.objects.filter(pk=world.paper.pk).update(item=item, paper_date=later.date)
    sentences = [finding.sentence for finding in preflight(later) if finding.rule == "M6"]
    assert len(sentences) == 1 and "6 February 2017" in sentences[0]


def test_a_paper_sealed_for_this_meeting_is_at_its_own(world):
    sealing.seal(meeting=world.meeting, by=world.governance)
    assert found(world, "M6") == []


# A1: an annex that cannot be bound


def replaced(annex, data):
    """The file of an annex changed behind the portal's back."""
    annex.file.storage.delete(annex.file.name)
    annex.file.storage.save(annex.file.name, ContentFile(data))


def test_an_annex_whose_file_is_garbage_blocks_sealing(world):
    annex = world.paper.annexes.get()
    replaced(annex, b"not a PDF")
    [finding] = found(world, "A1")
    assert finding.severity == "blocks" and "annex A of “Devolution update”" in finding.sentence
    with pytest.raises(sealing.NotReady, match="annex A"):
        sealing.seal(meeting=world.meeting, by=world.governance)


def test_an_annex_whose_file_is_another_pdf_than_was_handed_in_blocks_sealing(world):
    replaced(world.paper.annexes.get(), pdf(1, "Something else"))
    assert "is not the one that was handed in" in found(world, "A1")[0].sentence


def test_an_annex_that_is_kept_as_it_came_and_cannot_be_opened_blocks_sealing(world):
    """The hash says only that the file is the same; what was never a PDF stays none."""
    import hashlib

    annex = world.paper.annexes.get()
    replaced(annex, b"%PDF-1.7 garbage")
    annex.sha256 = hashlib.sha256(b"%PDF-1.7 garbage").hexdigest()
    annex.save()
    assert [finding.severity for finding in found(world, "A1")] == ["blocks"]


def test_the_preflight_page_reads_an_annex_once(world, monkeypatch):
    asked = []
    real = bound.unreadable
    monkeypatch.setattr(bound, "unreadable", lambda data: asked.append(1) or real(data))
    preflight(world.meeting)
    preflight(world.meeting)
    assert len(asked) == 2  # two annexes, looked at once each
    sealing.seal(meeting=world.meeting, by=world.governance)
    assert len(asked) == 4, "what is sealed is looked at afresh"


# U4: notice


@pytest.mark.parametrize(
    ("today", "severity", "words"),
    [
        (dt.date(2017, 1, 20), None, ""),
        (dt.date(2017, 1, 26), "advice", "by 27 January 2017, in 1 working day"),
        (dt.date(2017, 1, 27), "advice", "today"),
        (dt.date(2017, 1, 28), "acknowledge", "were to be published by 27 January 2017"),
    ],
)
def test_notice_that_is_near_or_missed_is_named(world, monkeypatch, today, severity, words):
    from django.utils import timezone

    monkeypatch.setattr(timezone, "localdate", lambda *_: today)
    findings = found(world, "U4")
    assert [finding.severity for finding in findings] == ([severity] if severity else [])
    assert all(words in finding.sentence for finding in findings)


# Cost


def test_queries_of_the_preflight_do_not_grow_with_the_papers(world):
    def count():
        meeting = Meeting.objects.get(pk=world.meeting.pk)
        with CaptureQueriesContext(connection) as queries:
            preflight(meeting)
        return len(queries)

    def add(number):
        """A paper with an annex, a part that is kept from the public, and a finding that asks for a reason."""
        paper = add_paper(world, add_item(world, title=f"Report {number}"), f"Report {number}", state=Paper.State.DRAFT)
        annexes.add(paper=paper, title="Map", file=Upload(pdf(1)), by=world.governance)
        paper.paper_date = dt.date(2016, 12, 1)
        paper.state = Paper.State.SUBMITTED
        paper.save()

    add(0)
    count()  # what a process learns once
    before = count()
    for number in range(1, 7):
        add(number)
    assert count() == before
