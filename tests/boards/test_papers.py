"""Papers: saving without loss, and the way to the board."""

import datetime as dt

import pytest
import time_machine

from boards import states
from boards.actions import saving, workflow
from boards.document import build, plain_edit, schema
from boards.models import Paper
from portal.policy import Refusal
from tests.boards.world import document


def with_words(source: dict, place: int, words: str) -> dict:
    """The document with other words in its n-th paragraph of the background."""
    found = schema.normalise(source)
    section = next(each for each in found["content"] if each["attrs"]["role"] == "background")
    section["content"][place]["content"] = [{"type": "text", "text": words}]
    return found


@pytest.fixture
def draft(world) -> Paper:
    world.paper.state = Paper.State.DRAFT
    world.paper.document = document("First paragraph as it was.", "Second paragraph as it was.")
    world.paper.version += 1
    world.paper.save()
    saving.keep_version(world.paper, by=world.author, reason="")
    return world.paper


def save(paper, changed, by, base, **header):
    return saving.save(paper=paper, document=changed, header=header, base_version=base, by=by)


def test_each_save_is_a_version_of_its_own(world, draft):
    saved = save(draft, with_words(draft.document, 1, "Better words."), world.author, draft.version)
    assert saved.paper.version == draft.version + 1
    assert saved.paper.versions.filter(number=draft.version).exists()


def test_saving_the_same_again_makes_no_version(world, draft):
    assert save(draft, draft.document, world.author, draft.version).unchanged


def test_two_saves_of_different_paragraphs_are_merged(world, draft):
    base, before = draft.version, draft.document
    save(draft, with_words(before, 1, "Governance changed the first."), world.governance, base)
    saved = save(draft, with_words(before, 2, "The author changed the second."), world.author, base)
    text = str(saved.paper.document)
    assert saved.merged
    assert "Governance changed the first." in text
    assert "The author changed the second." in text


def test_two_saves_of_the_same_paragraph_show_both_and_save_neither_over_the_other(world, draft):
    base, before = draft.version, draft.document
    save(draft, with_words(before, 1, "Theirs."), world.governance, base)
    with pytest.raises(saving.SaveConflict) as raised:
        save(draft, with_words(before, 1, "Mine."), world.author, base)
    (conflict,) = raised.value.conflicts
    assert "Mine." in str(conflict.mine)
    assert "Theirs." in str(conflict.theirs)
    draft.refresh_from_db()
    assert "Theirs." in str(draft.document)


def test_two_titles_at_once_are_a_conflict_too(world, draft):
    base = draft.version
    save(draft, draft.document, world.governance, base, title="Their title")
    with pytest.raises(saving.SaveConflict) as raised:
        save(draft, draft.document, world.author, base, title="My title")
    assert raised.value.conflicts == [("title", "My title", "Their title")]


def test_restoring_makes_the_old_version_the_newest(world, draft):
    first = draft.version
    save(draft, with_words(draft.document, 1, "Worse words."), world.author, draft.version)
    restored = saving.restore(paper=draft, number=first, by=world.author)
    assert "First paragraph as it was." in str(restored.document)
    assert restored.version == first + 2


def test_a_stranger_does_not_find_the_paper(world, draft, person, client):
    stranger = person("author", email="stranger@opcc.example")
    client.force_login(stranger)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert not Paper.objects.visible_to(stranger).exists()


def test_author_cannot_clear_own_paper(world, draft, person):
    both = person("author", "chief_executive", email="both@opcc.example")
    draft.authors.add(both)
    Paper.objects.filter(pk=draft.pk).update(state="clearance")
    draft.refresh_from_db()
    with pytest.raises(Refusal, match="author of this paper"):
        workflow.move(paper=draft, verb="clear", by=both)


def go(paper, verb, by, **options):
    workflow.move(paper=paper, verb=verb, by=by, **options)
    paper.refresh_from_db()
    return paper.state


@time_machine.travel(dt.date(2017, 1, 10))
def test_the_way_from_draft_to_final(world, draft):
    assert go(draft, "submit", world.author) == "submitted"
    assert go(draft, "send_to_clearance", world.governance) == "clearance"
    assert go(draft, "clear", world.chief_executive) == "final"
    assert [step.verb for step in draft.steps.all()] == ["submit", "send_to_clearance", "clear"]
    assert draft.steps.last().by_title == "Chief Executive"


@time_machine.travel(dt.date(2017, 1, 10))
def test_required_reviews_come_before_clearance(world, draft, person):
    world.board.reviews = ["finance", "legal"]
    world.board.save()
    finance = person("finance_reviewer", email="f@opcc.example")
    go(draft, "submit", world.author)
    go(draft, "send_to_review", world.governance)
    go(draft, "approve_review", finance)
    with pytest.raises(Refusal, match="legal review is still to be given"):
        go(draft, "send_to_clearance", world.governance)
    go(draft, "approve_review", world.monitoring)
    assert go(draft, "send_to_clearance", world.governance) == "clearance"


@time_machine.travel(dt.date(2017, 1, 10))
def test_returning_a_paper_needs_a_note_and_a_new_submission_needs_new_reviews(world, draft, person):
    world.board.reviews = ["finance"]
    world.board.save()
    finance = person("finance_reviewer", email="f@opcc.example")
    go(draft, "submit", world.author)
    go(draft, "send_to_review", world.governance)
    go(draft, "approve_review", finance)
    with pytest.raises(Refusal, match="Say why"):
        go(draft, "return", world.governance)
    go(draft, "return", world.governance, note="The costs are missing.")
    go(draft, "submit", world.author)
    assert workflow.reviews_given(draft) == set()


@time_machine.travel(dt.date(2017, 2, 3))
def test_a_late_paper_asks_for_a_reason_and_keeps_it(world, draft):
    with pytest.raises(Refusal, match="reason why this one is late"):
        go(draft, "submit", world.author)
    assert go(draft, "submit", world.author, late_reason="The settlement came late") == "submitted"
    assert draft.late_reason == "The settlement came late"


@time_machine.travel(dt.date(2017, 1, 10))
def test_reviews_may_differ_by_template(world, draft):
    world.board.reviews, world.board.template_reviews = (
        ["finance"],
        {"decision-notice": ["legal", "equality"], "minutes": []},
    )
    draft.board = world.board
    found = {}
    for template in ("board-paper", "decision-notice", "minutes"):
        draft.template = template
        found[template] = workflow.required_reviews(draft)
    assert found == {"board-paper": ["finance"], "decision-notice": ["legal", "equality"], "minutes": []}


def test_a_finding_that_may_stand_needs_a_reason_that_is_kept(world, draft):
    from boards.preflight.papers import of_paper, to_acknowledge

    draft.paper_date = draft.item.meeting.date - dt.timedelta(days=40)
    draft.save()
    (finding,) = to_acknowledge(draft)
    for reasons in ({}, {finding.key: "  "}, {"another": "Because."}):
        with pytest.raises(Refusal, match="Put this right, or give the reason"):
            workflow.move(paper=draft, verb="submit", by=world.author, acknowledged=reasons)
    assert Paper.objects.get(pk=draft.pk).state == "draft"
    typed = {finding.key: "It was agreed early."}
    moved = workflow.move(paper=draft, verb="submit", by=world.author, acknowledged=typed, late_reason="Late advice")
    kept = moved.steps.get(verb="submit").acknowledged
    assert [(each["rule"], each["reason"]) for each in kept] == [("P6.date", "It was agreed early.")]
    assert [each.given for each in of_paper(moved) if each.rule == "P6.date"] == ["It was agreed early."]


def test_the_reason_that_was_typed_comes_back_with_a_refusal(client, world, draft):
    from boards.preflight.papers import to_acknowledge

    draft.paper_date = draft.item.meeting.date - dt.timedelta(days=40)
    draft.marking = "OFFICIAL-SENSITIVE"
    draft.save()
    finding = to_acknowledge(draft)[0]
    draft.document = with_words(draft.document, 1, "See https://www.example.org/x for it.")
    draft.save()
    client.force_login(world.author)
    page = client.post(f"/papers/{draft.pk}/move/", {"verb": "submit", f"ack-{finding.key}": "It was agreed early."})
    assert page.status_code == 422
    assert "It was agreed early." in page.content.decode()


def test_a_paper_with_a_placeholder_cannot_be_submitted(world, draft):
    draft.document = document("The figure is XXXX for now.")
    draft.save()
    with pytest.raises(Refusal, match="cannot be submitted"):
        go(draft, "submit", world.author)


def test_deadlines_count_working_days_and_bank_holidays_of_england(world):
    from boards.working_days import clear_days_before, days_before

    assert days_before(dt.date(2017, 4, 18), 1) == dt.date(2017, 4, 13)  # Good Friday and Easter Monday between
    assert clear_days_before(dt.date(2017, 2, 6), 5) == dt.date(2017, 1, 27)


def test_every_state_has_an_owner_and_every_move_leads_to_a_state():
    known = set(Paper.State.values)
    assert set(states.OWNER) == known
    for move in states.TRANSITIONS:
        assert {*move.sources, move.target} <= known, move.verb


# The plain form


def test_a_form_sent_back_untouched_changes_nothing(draft):
    posted = {}
    for section in draft.document["content"]:
        for block in section["content"]:
            if block["type"] in plain_edit.TEXT_BLOCKS:
                from boards.document import typed

                posted[f"text-{block['attrs']['id']}"] = typed.to_text(block.get("content")) + "\r\n"
    assert plain_edit.read(draft.document, posted) == draft.document


def test_what_a_form_cannot_show_survives_a_change_of_the_words_around_it():
    para = build.para("See ", build.xref("risks:SR3.1", "SR3.1", page=True), " for the ", build.strong("reasons"), ".")
    found = schema.normalise(build.doc(build.section("Background", para)))
    name = found["content"][0]["content"][1]["attrs"]["id"]
    changed = plain_edit.read(found, {f"text-{name}": "Read [[1: SR3.1]] for the **causes**."})
    content = changed["content"][0]["content"][1]["content"]
    assert [node["type"] for node in content] == ["text", "xref", "text", "text", "text"]
    assert content[1]["attrs"]["page"] is True


def test_buttons_of_the_form_save_what_was_typed_before_they_act(client, world, draft):
    client.force_login(world.author)
    section = draft.document["content"][2]
    block = section["content"][1]["attrs"]["id"]
    response = client.post(
        f"/papers/{draft.pk}/edit/",
        {
            "base_version": draft.version, "title": draft.title, "to": draft.to, "marking": "OFFICIAL", "paper_date": "6 February 2017",
            f"text-{block}": "Typed just now.", f"kind-{block}": "bullets", "do": f"add:{block}",
        },
    )  # fmt: skip
    assert response.status_code == 302
    draft.refresh_from_db()
    kinds = [each["type"] for each in draft.document["content"][2]["content"]]
    assert "Typed just now." in str(draft.document)
    assert kinds[:3] == ["heading", "para", "bulletList"]


def test_a_conflict_in_the_form_shows_both_and_saving_again_keeps_mine(client, world, draft):
    block = draft.document["content"][2]["content"][1]["attrs"]["id"]
    base = draft.version
    save(draft, with_words(draft.document, 1, "Theirs, saved first."), world.governance, base)
    client.force_login(world.author)
    form = {"title": draft.title, "to": draft.to, "marking": "OFFICIAL", "paper_date": "6 February 2017", "do": "save"}
    response = client.post(
        f"/papers/{draft.pk}/edit/", {**form, "base_version": base, f"text-{block}": "Mine, typed meanwhile."}
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "Mine, typed meanwhile." in page
    assert "Theirs, saved first." in page
    again = client.post(
        f"/papers/{draft.pk}/edit/", {**form, "base_version": base + 1, f"text-{block}": "Mine, typed meanwhile."}
    )
    assert again.status_code == 302
    draft.refresh_from_db()
    assert "Mine, typed meanwhile." in str(draft.document)


def test_bad_input_comes_back_as_it_was_typed(client, world, draft):
    client.force_login(world.author)
    block = draft.document["content"][2]["content"][1]["attrs"]["id"]
    response = client.post(
        f"/papers/{draft.pk}/edit/",
        {
            "base_version": draft.version,
            "title": "",
            "marking": "OFFICIAL",
            f"text-{block}": "Words worth keeping.",
            "do": "save",
        },
    )
    assert response.status_code == 422
    assert "Words worth keeping." in response.content.decode()
    draft.refresh_from_db()
    assert "Words worth keeping." not in str(draft.document)


def test_a_lost_session_gives_back_what_was_typed(client, draft):
    response = client.post(f"/papers/{draft.pk}/edit/", {"text-b1": "An hour of writing.", "password": "never shown"})
    page = response.content.decode()
    assert response.status_code == 401
    assert "An hour of writing." in page
    assert "never shown" not in page


def test_an_upload_that_is_no_pdf_is_refused_in_a_sentence_and_changes_nothing(client, world, draft):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(world.author)
    before = draft.annexes.count()
    response = client.post(
        f"/papers/{draft.pk}/annexes/add/",
        {"title": "Plan", "marking": "OFFICIAL", "file": SimpleUploadedFile("plan.pdf", b"MZ not a pdf")},
    )
    assert response.status_code == 422
    assert draft.annexes.count() == before
