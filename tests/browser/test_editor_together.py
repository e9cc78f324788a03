"""Two people write one paper: each sees where the other is, changes to different blocks merge, the same block shows both."""

import pytest

from boards.actions import papers
from boards.document import build
from boards.models import Paper
from tests.boards.world import document
from tests.browser import axe
from tests.browser.editor import Editor, all_words, blocks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def paper(world):
    return papers.commission(
        item=world.open_item, title="Estates strategy", by=world.governance, authors=[world.author],
        document=document("The work began in April.", "It ended in May."),
    )  # fmt: skip


def test_two_people_write_one_paper(site, world, paper):
    purpose = blocks(paper.document, "para", "This paper tells the Board how the work has gone.")[0]
    april = blocks(paper.document, "para", "The work began in April.")[0]
    may = blocks(paper.document, "para", "It ended in May.")[0]
    author = Editor(site, paper).open(world.author)
    author.cursor(april).type(" It was early.")
    author.saved()

    # The other sees who is writing where, and cannot write there by accident.
    governance = Editor(site, Paper.objects.get(pk=paper.pk)).open(world.governance)
    bar = governance.words.locator(".ed-bar--locked")
    bar.filter(has_text="Head of Policy is editing this section").wait_for()
    governance.cursor(may).type("x")
    governance.says("Head of Policy is editing this section.")
    assert "x" not in governance.block(may).inner_text()
    axe.check(governance.page)

    # Different blocks: both are in, on both pages, without a question.
    governance.cursor(purpose).type(" It asks for nothing.")
    governance.saved()
    author.cursor(april).type(" It was warm.")
    words = all_words(author.saved())
    assert "It asks for nothing." in words and "It was early. It was warm." in words
    author.block(purpose).filter(has_text="It asks for nothing.").wait_for()

    # The same block, on purpose: who saves second is shown both texts and chooses. Other changes are merged meanwhile.
    bar.get_by_role("button", name="Edit it anyway").click()
    governance.cursor(april, 0, 0).type("Governance says: ")
    governance.cursor(may).type(" Late.").press("Control+s")
    governance.state("conflict")
    mine, theirs = governance.dialog.locator(".ed-side").all_inner_texts()
    assert "Governance says: The work began in April. It was early." in mine
    assert "The work began in April. It was early. It was warm." in theirs and "Governance" not in theirs
    axe.check(governance.page)
    governance.press("Escape")
    governance.says("Somebody else changed the same part. Nothing of yours is lost.")
    governance.page.get_by_role("button", name="Choose which words to keep").click()
    governance.dialog.get_by_label("Keep both, one after the other").check()
    governance.dialog.get_by_role("button", name="Save these choices").click()
    words = all_words(governance.held())
    assert "It was early. It was warm. Governance says: The work began in April. It was early." in " ".join(
        words.split()
    )
    assert "It ended in May. Late." in words


def test_generated_words_are_taken_over_and_the_truth_is_told(site, world):
    generated = build.para("Three risks rose.", gen=build.gen("risks:summary", "three"))
    paper = papers.commission(
        item=world.open_item, title="Risks", by=world.governance, authors=[world.author],
        document=build.doc(build.section("Purpose", build.para("To note."), role="purpose"), build.section("Risks", generated)),
    )  # fmt: skip
    place = generated["attrs"]["id"]
    editor = Editor(site, paper).open(world.author)
    editor.words.get_by_text("From the register").wait_for()
    editor.cursor(place).type("No.")
    editor.says("This part comes from the register. Take it over to change it.")

    # Refused: the paper was made final meanwhile. The words stay the register's, and the reason is said.
    Paper.objects.filter(pk=paper.pk).update(state="final")
    take = editor.words.get_by_role("button", name="Take it over")
    take.click()
    editor.says("This paper is final.")
    assert take.count() == 1
    Paper.objects.filter(pk=paper.pk).update(state="draft")

    take.click()
    editor.says("This part is yours now.")
    assert take.count() == 0
    editor.cursor(place).type(" One fell.")
    held = blocks(editor.saved(), "para", "Three risks rose. One fell.", node=True)[0]
    assert held["attrs"]["gen"]["taken"] is True
