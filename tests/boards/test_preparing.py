"""What changes in a meeting is rendered once it is left alone, whatever verb changed it."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from boards import preparing, tasks
from boards.actions import agenda, annexes, builds, papers, saving, sealing, workflow
from boards.document import build as blocks
from boards.models import Fragment, Paper, Preparation
from boards.packs import builder, pack, prepare, sharing, typesetting
from portal.celery import app
from tests.boards.world import Upload, document, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    """Messages that leave for nobody: pairs of a meeting's id and the seconds after which it is looked at."""
    found = []
    monkeypatch.setattr(
        tasks.prepare_meeting, "apply_async", lambda args, countdown: found.append((args[0], countdown))
    )
    assert app.tasks["boards.tasks.prepare_meeting"].name == tasks.prepare_meeting.name
    return found


@pytest.fixture
def done(django_capture_on_commit_callbacks):
    """Run what is queued after commit: `with done(): …`."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def quiet(monkeypatch):
    """What was changed just now counts as left alone."""
    monkeypatch.setattr(preparing, "QUIET", dt.timedelta(0))


def later(seconds):
    return time_machine.travel(timezone.now() + dt.timedelta(seconds=seconds), tick=False)


def an_annex(world):
    annexes.add(paper=world.paper, title="Survey", file=Upload(pdf(1, "Survey")), by=world.governance)


CHANGES = {
    "an annex is added": an_annex,
    "an annex is moved": lambda world: (
        an_annex(world),
        annexes.move(annex=world.paper.annexes.first(), steps=1, by=world.governance),
    ),
    "an annex is removed": lambda world: annexes.remove(annex=world.paper.annexes.get(), by=world.governance),
    "an annex is restricted": lambda world: agenda.restrict(
        target=world.paper.annexes.get(), grounds=["12A-3"], reason="Commercial", by=world.governance
    ),
    "a paper is saved": lambda world: saving.save(
        paper=world.paper,
        document=document("Other words."),
        header={},
        base_version=world.paper.version,
        by=world.governance,
    ),
    "a paper is commissioned": lambda world: papers.commission(
        item=world.open_item, title="A further paper", by=world.governance, document=document()
    ),
    "an item is moved": lambda world: agenda.move_item(item=world.open_item, steps=1, by=world.governance),
    "an item has another title": lambda world: agenda.change_item(item=world.open_item, by=world.governance),
    "an item is restricted": lambda world: agenda.restrict(
        target=world.open_item, grounds=["12A-3"], reason="Commercial", by=world.governance
    ),
    "an item is released": lambda world: agenda.release(
        target=world.restricted_item, reason="Settled", by=world.governance
    ),
    "an item is removed": lambda world: agenda.remove_item(item=world.open_item, by=world.governance),
    "the meeting has another date": lambda world: agenda.change_meeting(meeting=world.meeting, by=world.governance),
}


@pytest.fixture
def edited(world):
    """The open paper as its author has it, so that it may be changed."""
    Paper.objects.filter(pk=world.paper.pk).update(state="draft")
    world.paper.refresh_from_db()
    return world


@pytest.mark.parametrize("change", CHANGES)
def test_a_meeting_is_rendered_ahead_when(edited, sent, done, change):
    with done():
        CHANGES[change](edited)
    assert sent == [(str(edited.meeting.pk), 3.0)], "one message, however many rows were written"


def test_a_withdrawn_paper_changes_the_pack(edited, sent, done):
    with done():
        workflow.move(paper=edited.paper, verb="withdraw", by=edited.governance, note="No longer needed")
    assert len(sent) == 1


def test_a_further_change_puts_the_rendering_off(edited, sent, done, monkeypatch):
    """Somebody who types saves again and again; the meeting is rendered when they pause."""
    rendered = []
    monkeypatch.setattr(prepare, "prepare", lambda meeting: rendered.append(meeting) or True)
    with done():
        an_annex(edited)
    with later(2), done():
        an_annex(edited)
    assert len(sent) == 1
    with later(4):
        tasks.prepare_meeting.run(sent[0][0])
    assert rendered == [] and len(sent) == 2, "two seconds after the last change it is put off"
    with later(7):
        tasks.prepare_meeting.run(sent[1][0])
        tasks.prepare_meeting.run(sent[1][0])
    assert rendered == [edited.meeting] and len(sent) == 2, "once, though the message came twice"


def test_a_message_that_was_lost_is_sent_again_with_the_next_change(edited, sent, done):
    with done():
        an_annex(edited)
    with later(300), done():
        an_annex(edited)
    assert len(sent) == 2


def test_nothing_is_rendered_ahead_while_the_packs_are_built(edited, sent, quiet):
    preparing.note(pk=edited.meeting.pk)
    build = builds.request(meeting=edited.meeting, audience="members", by=edited.governance)
    assert preparing.take(edited.meeting.pk) == (False, preparing.BUSY)
    builds.cancel(build=build, by=edited.governance)
    assert preparing.take(edited.meeting.pk) == (True, None)


def test_after_preparing_a_sealed_pack_wants_only_its_front_sheet(edited, sent, quiet, monkeypatch):
    """Also a paper that refers to pages is drawn with the numbers it has in the pack."""
    world = edited
    words = document("The work began in April.")
    words["content"][2]["content"].append(
        blocks.para("See ", blocks.xref(f"item:{world.restricted_item.pk}", page=True), ".")
    )
    saving.save(paper=world.paper, document=words, header={}, base_version=world.paper.version, by=world.governance)
    Paper.objects.filter(pk=world.paper.pk).update(state="final")
    preparing.note(pk=world.meeting.pk)
    tasks.prepare_meeting.run(str(world.meeting.pk))
    assert not Preparation.objects.exists()
    edition = sealing.seal(meeting=world.meeting, by=world.governance)
    made = []
    render = pack.render_job
    monkeypatch.setattr(pack, "render_job", lambda work, files: made.append(work.name) or render(work, files))
    for build in edition.builds.all():
        builder.advance(build.pk)
        build.refresh_from_db()
        assert build.state == "complete", build.error
    assert made == ["the front sheet", "the front sheet"]


def test_preparing_stops_when_the_meeting_changes_again(edited, monkeypatch, sent):
    render = sharing.render

    def changed_meanwhile(work, files, store):
        preparing.note(pk=edited.meeting.pk)
        return render(work, files, store)

    monkeypatch.setattr(sharing, "render", changed_meanwhile)
    assert prepare.prepare(edited.meeting)
    assert Fragment.objects.count() == 1


def test_preparing_gives_way_to_what_somebody_waits_for(edited, sent, quiet, monkeypatch):
    """When its time is up it goes to the end of the queue, and goes on from there."""
    monkeypatch.setattr(prepare.prepare, "__defaults__", (-1,))
    preparing.note(pk=edited.meeting.pk)
    tasks.prepare_meeting.run(str(edited.meeting.pk))
    assert len(sent) == 2 and Preparation.objects.exists() and not Fragment.objects.exists()


def test_a_paper_that_cannot_be_rendered_does_not_keep_the_others_from_it(edited, monkeypatch):
    typeset = typesetting.typeset

    def broken(html, load_file=None):
        if "Devolution update" in html and "Contents</title>" not in html:
            raise ValueError
        return typeset(html, load_file)

    monkeypatch.setattr(typesetting, "typeset", broken)
    assert prepare.prepare(edited.meeting)
    assert Fragment.objects.count() == 3, "the other paper and two annexes"


def test_preparing_never_stands_before_builds_and_the_sweep():
    route = app.amqp.router.route
    assert route({}, "boards.tasks.prepare_meeting")["queue"].name == "render"
    assert route({}, "boards.tasks.render_fragment")["queue"].name == "render"
    for name in ("build_pack", "requeue_stale_builds"):
        assert route({}, f"boards.tasks.{name}")["queue"].name == "default"
