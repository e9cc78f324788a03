"""A part that cannot be made is named, alone, and the others are made all the same."""

import hashlib

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from boards import tasks
from boards.document import build as blocks
from boards.models import Fragment, FragmentJob, PackBuild
from boards.packs import builder, fragments, pack, sharing, typesetting
from tests.boards.packs import sample
from tests.boards.packs.test_builder import finish, start

pytestmark = pytest.mark.django_db

ODD = "Quarterly figures of the odd fellow"


@pytest.fixture(params=["here", "handed out"])
def way(request, monkeypatch):
    """Few missing parts are made on the spot, many are handed out: the same must hold of both."""
    monkeypatch.setattr(builder, "INLINE", {"here": 100, "handed out": 0}[request.param])
    return request.param


def three_papers(**facts):
    content, load_file = sample.meeting(3, 3, annexes=2, annex_pages=1, **facts)
    content["items"][2]["papers"][0]["title"] = ODD
    return content, load_file


def breaks(monkeypatch, error, name="typeset", words=ODD):
    """Whatever is laid out with these words raises the error."""
    make = getattr(typesetting, name)

    def broken(html, load_file=None):
        if words in html and "Contents</title>" not in html and "Agenda</title>" not in html:
            raise error
        return make(html, load_file)

    monkeypatch.setattr(typesetting, name, broken)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ValueError("Negative width of “the secret cell”"), "It cannot be laid out in pages."),
        (RecursionError(), "It cannot be laid out in pages."),
        (ZeroDivisionError(), "It cannot be laid out in pages."),
        (OSError("image file is truncated"), "It cannot be laid out in pages."),
        (MemoryError(), "There was not enough memory to make it."),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_an_error_inside_the_typesetter_names_the_paper(edition, worker, monkeypatch, caplog, way, error, said):
    breaks(monkeypatch, error)
    build = finish(worker, start(edition(*three_papers())))
    assert build.state == "failed"
    assert build.error.startswith(f"Paper 5.0, “{ODD}”, could not be put in the pack. {said}")
    assert "secret cell" not in build.error + caplog.text
    assert not FragmentJob.objects.exists()


def test_a_paper_that_takes_too_long_is_named(edition, worker, monkeypatch, way):
    breaks(monkeypatch, SoftTimeLimitExceeded())
    build = finish(worker, start(edition(*three_papers())))
    assert build.error == f"It took too long to make paper 5.0, “{ODD}”. Split its longest table or section."


def test_an_annex_that_takes_too_long_is_named(edition, worker, monkeypatch, way):
    def slow(data, heading):
        raise SoftTimeLimitExceeded

    monkeypatch.setattr(pack.annexes, "render", slow)
    content, load_file = sample.meeting(2, 3, annexes=1, annex_pages=1)
    build = finish(worker, start(edition(content, load_file)))
    assert build.error == "It took too long to make Annex A, “Consultant report 1”. Upload it in smaller parts."


def test_two_bad_annexes_are_both_named_and_the_rest_is_kept(edition, worker, way):
    content, load_file = three_papers()
    sealed = edition(content, load_file)
    for item in content["items"][1:3]:
        default_storage.delete(item["papers"][0]["annexes"][0]["file"])
    build = finish(worker, start(sealed))
    assert build.state == "failed"
    assert "Consultant report 1" in build.error and "Consultant report 2" in build.error
    assert build.error.count("Its file is missing from the file store.") == 2
    assert Fragment.objects.count() == 3, "the three papers are stored for the next try"


def test_an_annex_that_is_no_pdf_is_named(edition, worker, way):
    content, _ = sample.meeting(2, 3, annexes=0)
    maker = sample.Maker()
    annex = {**maker.annex("A", "Survey", sample.annex_pdf(1))}
    junk = b"%PDF-1.7\nnothing of the kind"
    annex["sha256"] = hashlib.sha256(junk).hexdigest()
    content["items"][1]["papers"][0]["annexes"].append(annex)
    sealed = edition(content, lambda digest: junk)
    build = finish(worker, start(sealed))
    assert build.error == (
        "Annex A, “Survey”, could not be put in the pack. It is not a PDF that can be read. Save it again as PDF and upload that."
    )


def test_a_bad_picture_fails_its_paper_by_name(edition, worker, way):
    content, load_file = three_papers()
    bad = b"\x89PNG\r\n\x1a\n and then nothing"
    digest = hashlib.sha256(bad).hexdigest()
    paper = content["items"][2]["papers"][0]
    paper["document"]["content"][0]["content"].append(
        {
            "type": "figure",
            "attrs": {"id": "bfigurefig1"},
            "content": [
                {"type": "caption", "content": [{"type": "text", "text": "The site"}]},
                {"type": "image", "attrs": {"src": f"asset:{digest}", "alt": "The site from above", "width": None}},
            ],
        }
    )
    content["assets"][digest] = {
        "name": default_storage.save("assets/bad.png", ContentFile(bad)),
        "content_type": "image/png",
    }
    build = finish(worker, start(edition(content, load_file)))
    assert build.state == "failed"
    assert build.error.startswith(f"Paper 5.0, “{ODD}”, could not be put in the pack. A picture in it cannot be read.")


def test_an_impossible_table_ends_in_a_pack_or_in_a_sentence(edition, worker, way):
    """Forty columns of long words on one page: however it looks, it ends."""
    content, load_file = three_papers()
    wide = blocks.table("All of it", [f"Heading{n}" * 4 for n in range(40)], [["Incomprehensibility" * 6] * 40] * 2)
    content["items"][2]["papers"][0]["document"]["content"].append(blocks.section("Figures", wide))
    build = finish(worker, start(edition(content, load_file)))
    assert build.state == "complete" or f"Paper 5.0, “{ODD}”" in build.error


def test_a_paper_whose_words_cannot_be_written_is_named_and_the_others_are_made(edition, worker, monkeypatch, way):
    """Before anything is laid out, a broken block stops the paper's own page from being written."""
    write = fragments.papers.html

    def broken(content, directory, item, paper, references):
        if paper["title"] == ODD:
            raise KeyError("attrs")
        return write(content, directory, item, paper, references)

    monkeypatch.setattr(fragments.papers, "html", broken)
    build = finish(worker, start(edition(*three_papers())))
    assert build.state == "failed"
    assert build.error.startswith(f"Paper 5.0, “{ODD}”, could not be put in the pack.")
    assert Fragment.objects.count() == 4, "two papers and two annexes are stored for the next try"


def test_a_title_of_any_length_does_not_stop_a_build(edition, worker):
    content, load_file = sample.meeting(2, 3, annexes=0)
    content["items"][1]["papers"][0]["title"] = "Long " * 40
    assert finish(worker, start(edition(content, load_file))).state == "complete"


def test_a_fragment_that_kills_its_worker_three_times_fails_and_the_others_are_made(edition, worker):
    build = start(edition(*three_papers()))
    worker.deaf = True
    finish(worker, build)
    worker.deaf = False
    PackBuild.objects.filter(pk=build.pk).update(attempts=0)
    killer = build.jobs.get(name__contains=ODD)
    build.jobs.filter(pk=killer.pk).update(attempts=sharing.MOST_ATTEMPTS)
    for _ in range(build.jobs.count()):
        worker.run(tasks.render_fragment, str(build.pk))
    build.refresh_from_db()
    assert build.error == (
        f"A worker stopped 3 times while it made paper 5.0, “{ODD}”. It may need too much memory, or too much time."
    )
    assert Fragment.objects.count() == 4


def test_the_last_parts_of_others_are_left_to_them(edition, worker):
    """A second message in mid-build makes nothing twice, and ends nothing before the others have spoken."""
    build = start(edition(*three_papers()))
    worker.deaf = True
    finish(worker, build)
    while build.jobs.filter(state="queued").count() > builder.INLINE:
        builder.render_next(build.pk)
    made = Fragment.objects.count()
    builder.advance(build.pk)
    assert Fragment.objects.count() == made
    assert build.jobs.filter(state="queued").count() == builder.INLINE


def test_a_store_that_always_gives_back_damaged_files_ends_the_build(edition, worker, monkeypatch):
    monkeypatch.setattr(
        builder.pack.assembly.Writer, "finish", lambda *args: pytest.fail("a damaged fragment was bound")
    )
    monkeypatch.setattr(
        builder.DatabaseStore, "load", lambda self, key: Fragment.objects.filter(key=key).delete() and None
    )
    monkeypatch.setattr(builder, "INLINE", 0)
    build = finish(worker, start(edition(*three_papers())))
    assert build.state == "failed" and "damaged files" in build.error


def test_a_paper_with_page_references_is_typeset_once_in_a_cold_build(edition, worker, monkeypatch):
    """Its pages are counted first, under references that are not known yet; only then is it drawn."""
    sealed = edition(*sample.meeting(4, 3, annexes=0))  # the first paper refers to a page of the second
    counted, drawn = [], []
    measure, typeset = typesetting.measure, typesetting.typeset
    title = sealed.content["items"][1]["papers"][0]["title"]
    own = "This paper follows"
    monkeypatch.setattr(
        typesetting, "measure", lambda html, load_file=None: counted.append(own in html) or measure(html, load_file)
    )
    monkeypatch.setattr(
        typesetting, "typeset", lambda html, load_file=None: drawn.append(own in html) or typeset(html, load_file)
    )
    build = start(sealed)
    worker.deaf = True
    finish(worker, build)
    assert [job.measure for job in build.jobs.filter(name__contains=title)] == [True]
    worker.deaf = False
    for _ in range(build.jobs.count()):
        worker.run(tasks.render_fragment, str(build.pk))
    build.refresh_from_db()
    assert build.state == "complete"
    assert (counted.count(True), drawn.count(True)) == (1, 1)
