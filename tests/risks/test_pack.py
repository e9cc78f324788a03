"""The report in a built pack: the page given for a risk is the page on which that risk is printed."""

import datetime as dt
import re

import pytest

from boards.actions import reporting
from boards.models import AgendaItem, Board, Meeting
from boards.packs.pack import build_pack_bytes
from boards.sealing.content import build_content
from risks.demo import loading
from risks.report.shown import changes_shown

pdfium = pytest.importorskip("pypdfium2", reason="pypdfium2 reads the text of pages: install the development packages")


@pytest.fixture
def pack(db, officer):
    """The pack of one meeting whose only paper is the report of the demonstration register."""
    loading.load_register(by=officer)
    board = Board.objects.create(
        name="Business Coordination Board", slug="business-coordination-board", short_name="BCB"
    )
    meeting = Meeting.objects.create(board=board, date=dt.date(2017, 2, 6))
    item = AgendaItem.objects.create(meeting=meeting, number_major=4, title="Strategic risk management", kind="paper")
    reporting.draft_report(item=item, register="risks", by=officer)
    content = build_content(meeting, number=1, kind="agenda", sealed_at="2017-01-30T10:00:00")

    def no_file(digest):
        raise KeyError(digest)

    return meeting, build_pack_bytes(content, audience="members", load_file=no_file)


def pages_of(built) -> list[str]:
    document = pdfium.PdfDocument(built.bytes)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_every_page_reference_is_the_page_where_that_risk_is_printed(pack):
    _, built = pack
    pages = pages_of(built)
    given = {ref: int(page) for text in pages for ref, page in re.findall(r"(SR\d\.\d+) \(page (\d+)\)", text)}
    assert len(given) == 16
    for ref, page in given.items():
        printed = next(
            number
            for number, text in enumerate(pages, 1)
            if f"Objective: {ref[2]} " in text and f"{ref}: scores" in text
        )
        assert page == printed == int(built.ledger.label(f"risks:{ref}")), ref


def test_the_changes_are_told_with_their_pages_once_a_pack_is_built(pack):
    from django.utils import timezone

    from boards.models import PackBuild

    meeting, built = pack
    assert changes_shown("BCB", meeting.date) == []
    PackBuild.objects.create(
        meeting=meeting, audience="members", state="complete", file="x", sha256="0" * 64, pages=1, ledger=built.ledger.as_dict(),
        finished_at=timezone.now(),
    )  # fmt: skip
    from risks.report.shown import ledger_of

    assert ledger_of(meeting, None).label("risks:SR3.1") == built.ledger.label("risks:SR3.1")


def test_the_printed_register_restates_the_reference_on_every_page_of_a_risk(db, officer):
    from risks.actions import rows
    from risks.models import Risk
    from risks.printing import register_pdf
    from risks.snapshot import take

    loading.load_register(by=officer)
    risk = Risk.objects.get(ref="SR3.1")
    for number in range(60):
        rows.add_row(
            risk=risk,
            name="controls",
            text=f"Control number {number} of a very long list of controls.",
            by=officer,
            reason="x",
        )
    pdf = register_pdf(take(dt.date(2017, 2, 6), refs=["SR3.1", "SR3.2"]), stamp="Working copy")
    document = pdfium.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    spilled = [text for text in texts if "Control number" in text]
    assert len(spilled) > 1
    assert all("SR3.1" in text for text in spilled)


def test_a_register_with_an_untreated_risk_above_tolerance_cannot_be_sealed(db, officer, person):
    from boards.actions import sealing, workflow
    from boards.models import Paper
    from boards.preflight import preflight
    from portal.policy import Refusal
    from risks.actions import scores
    from risks.models import Risk

    loading.load_register(by=officer)
    governance = person("governance", title="Governance Officer")
    board = Board.objects.create(name="Audit Committee", slug="audit", short_name="AC")
    meeting = Meeting.objects.create(board=board, date=dt.date(2017, 2, 6), start_time=dt.time(14), venue="Room")
    item = AgendaItem.objects.create(meeting=meeting, number_major=4, title="Risks", kind="paper", action_requested="note",
                                     lead_role="Chief Executive")  # fmt: skip
    scores.withdraw_acceptance(risk=Risk.objects.get(ref="SR3.3"), by=officer, reason="No longer accepted")
    paper = reporting.draft_report(item=item, register="risks", by=officer)
    with pytest.raises(Refusal, match=r"cannot be submitted yet. SR3\.3 is above tolerance"):
        workflow.check_may_submit(paper)
    paper.state = Paper.State.FINAL
    paper.save()

    def answers():
        return {f.key: "Known to the board." for f in preflight(meeting) if f.severity != "advice"}

    with pytest.raises(sealing.NotReady, match=r"SR3\.3 is above tolerance"):
        sealing.seal(meeting=meeting, by=governance, acknowledged=answers())
    assert not meeting.editions.exists()
    scores.accept_risk(
        risk=Risk.objects.get(ref="SR3.3"), accepted_by="Commissioner", reason="Too dear to mend.", by=officer
    )
    reporting.refresh(paper=paper, by=officer)
    workflow.check_may_submit(paper)
    assert sealing.seal(meeting=meeting, by=governance, acknowledged=answers()).sha256
