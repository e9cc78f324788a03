"""The history of a paper: which version changed which part, and putting one part back."""

import io

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse

from boards.actions import saving
from boards.document import block_history, schema
from boards.models import Paper
from boards.presenters.paper_history import PartHistory, rows
from portal.policy import Refusal
from tests.boards.world import document

FIRST, SECOND = "First paragraph as it was.", "Second paragraph as it was."


@pytest.fixture
def draft(world) -> Paper:
    world.paper.state = Paper.State.DRAFT
    world.paper.document = schema.normalise(document(FIRST, SECOND))
    world.paper.version += 1
    world.paper.save()
    saving.keep_version(world.paper, by=world.author, reason="")
    return world.paper


def background(source):
    return next(each for each in source["content"] if each["attrs"]["role"] == "background")


def changed(source, place, words):
    """The document with other words in a paragraph of the background, or without it where there are none."""
    found = schema.normalise(source)
    blocks = background(found)["content"]
    if words is None:
        del blocks[place]
    else:
        blocks[place]["content"] = [{"type": "text", "text": words}]
    return found


def save(paper, source, by):
    paper.refresh_from_db()
    return saving.save(paper=paper, document=source, header={}, base_version=paper.version, by=by).paper


def block_id(paper, place):
    return background(paper.document)["content"][place]["attrs"]["id"]


def words(paper, place):
    return background(paper.document)["content"][place]["content"][0]["text"]


def test_history_says_who_changed_which_part(world, draft):
    first, old = block_id(draft, 1), draft.version
    save(draft, changed(draft.document, 1, "The author’s words."), world.author)
    draft.refresh_from_db()
    save(draft, changed(draft.document, 1, "Governance’s words."), world.governance)
    history = PartHistory(Paper.objects.get(pk=draft.pk), first)
    assert [(m.version.number, m.version.saved_by, m.kind) for m in history.moments] == [
        (old + 2, world.governance, "changed"),
        (old + 1, world.author, "changed"),
        (old, world.author, "added"),
    ]
    assert "Governance’s" in history.moments[0].body
    assert [m.is_current for m in history.moments] == [True, False, False]


def test_each_version_names_the_parts_it_changed(world, draft):
    first, second = block_id(draft, 1), block_id(draft, 2)
    source = changed(changed(draft.document, 2, None), 1, "Better words.")
    saved = save(draft, source, world.author)
    row = rows(saved, list(saved.versions.order_by("-number")[:1]))[0]
    assert {(part.block_id, part.kind) for part in row.parts} == {(first, "changed"), (second, "removed")}
    assert row.more == 0


def test_restoring_one_part_leaves_every_other_as_it_is(world, draft):
    first, old = block_id(draft, 1), draft.version
    save(draft, changed(changed(draft.document, 1, "Worse."), 2, "Kept."), world.author)
    restored = saving.restore_block(paper=draft, number=old, block_id=first, by=world.author)
    assert (words(restored, 1), words(restored, 2)) == (FIRST, "Kept.")
    assert restored.version == old + 2
    assert restored.versions.get(number=restored.version).reason.startswith("Restored paragraph")


def test_a_part_removed_since_comes_back_where_it_stood(world, draft):
    second, old = block_id(draft, 2), draft.version
    save(draft, changed(draft.document, 2, None), world.author)
    restored = saving.restore_block(paper=draft, number=old, block_id=second, by=world.author)
    assert (words(restored, 1), words(restored, 2)) == (FIRST, SECOND)


def test_a_part_whose_section_is_gone_is_refused_in_a_sentence(world, draft):
    first, old = block_id(draft, 1), draft.version
    source = schema.normalise(draft.document)
    source["content"] = [section for section in source["content"] if section["attrs"]["role"] != "background"]
    gone = save(draft, source, world.author)
    with pytest.raises(Refusal, match="section is no longer"):
        saving.restore_block(paper=draft, number=old, block_id=first, by=world.author)
    assert Paper.objects.get(pk=draft.pk).version == gone.version


def test_restoring_what_reads_so_already_makes_no_version(world, draft):
    with pytest.raises(Refusal, match="already reads"):
        saving.restore_block(paper=draft, number=draft.version, block_id=block_id(draft, 1), by=world.author)


def test_a_heading_is_a_part_of_its_own():
    before = schema.normalise(document(FIRST))
    after = schema.normalise(before)
    section = background(after)
    section["content"][0]["content"] = [{"type": "text", "text": "Another title"}]
    key = section["attrs"]["id"]
    assert block_history.differences(before, after) == {key: "changed"}
    assert block_history.restore(after, before, key) == before


def test_a_part_is_restored_from_its_page(client, world, draft):
    first, old = block_id(draft, 1), draft.version
    save(draft, changed(draft.document, 1, "Worse."), world.author)
    client.force_login(world.author)
    page = client.get(reverse("paper_part", args=[draft.pk, first]))
    url = reverse("paper_part_restore", args=[draft.pk, old, first])
    assert url in page.content.decode()
    client.post(url)
    assert words(Paper.objects.get(pk=draft.pk), 1) == FIRST
    client.post(url)  # the button pressed twice
    assert Paper.objects.get(pk=draft.pk).version == old + 2


def test_a_part_that_no_version_holds_is_not_there(client, world, draft):
    client.force_login(world.author)
    assert client.get(reverse("paper_part", args=[draft.pk, "bnothing000"])).status_code == 404
    assert client.get(reverse("paper_history", args=[draft.pk])).status_code == 200


def test_the_comparison_as_pdf_carries_the_papers_marking_and_a_list_of_links(client, world, draft):
    old = draft.version
    draft.marking = "OFFICIAL-SENSITIVE"
    draft.save()
    save(draft, changed(changed(draft.document, 1, "Better words."), 2, None), world.author)
    client.force_login(world.author)
    data = client.get(reverse("paper_compare_pdf", args=[draft.pk]), {"from": old, "to": old + 1}).content
    with pikepdf.open(io.BytesIO(data)) as pdf:
        links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    words = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded()
    assert len(links) >= 2
    assert "2 changes" in words
    assert words.splitlines()[:2] == ["OFFICIAL-SENSITIVE Changes", "OFFICIAL-SENSITIVE"]  # at the top and the bottom


def test_a_new_title_is_said_beside_the_words(client, world, draft):
    old = draft.version
    saving.save(
        paper=draft, document=draft.document, header={"title": "Another title"}, base_version=old, by=world.author
    )
    client.force_login(world.author)
    page = client.get(reverse("paper_compare", args=[draft.pk]), {"from": old, "to": old + 1}).content.decode()
    assert "At the head of the paper" in page
    assert "Another title" in page
    assert "Title changed" in client.get(reverse("paper_history", args=[draft.pk])).content.decode()
