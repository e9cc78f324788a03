"""A paper on its way: comments beside the words, submitted, returned with comments, written on, cleared."""

import pytest
from django.urls import reverse

from boards.actions import papers
from boards.models import Comment, Paper
from tests.boards.world import document
from tests.browser import axe
from tests.browser.editor import Editor, blocks, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def paper(world):
    return papers.commission(
        item=world.open_item, title="Estates strategy", by=world.governance, authors=[world.author],
        document=document("The work began in April.", "It ended in May."),
    )  # fmt: skip


def comment(editor, words: str) -> None:
    editor.press("Control+Alt+m")
    editor.page.get_by_label("Comment", exact=True).fill(words)
    editor.page.get_by_role("button", name="Add the comment").click()
    editor.page.locator(".ed-card").filter(has_text=words).wait_for()


def test_comments_stand_beside_the_words_they_are_about(site, world, paper):
    april, may = blocks(paper.document, "para")[1:3]
    author = Editor(site, paper).open(world.author)
    author.cursor(april)
    comment(author, "Is April right?")
    author.cursor(may, 3, 8)
    comment(author, "Say when in May.")
    author.block(april).and_(author.page.locator(".has-comment")).wait_for()
    assert author.page.locator(".ed-quote").inner_text() == "ended"
    axe.check(author.page)

    governance = Editor(site, paper).open(world.governance)
    page = governance.page
    page.get_by_role("tab", name="Comments").click()
    thread = page.locator(".ed-card").filter(has_text="Is April right?")
    thread.get_by_role("button", name="paragraph 3.1").click()
    governance.type("x").press("Control+z")
    thread.locator("summary").click()
    thread.get_by_label("Reply").fill("It was the third of April.")
    thread.get_by_role("button", name="Send the reply").click()
    thread.locator(".ed-card__reply").filter(has_text="It was the third of April.").wait_for()
    thread.get_by_role("button", name="Resolve").click()
    page.get_by_text("1 resolved").wait_for()
    assert page.get_by_role("tab", name="Comments").inner_text().split()[:2] == ["Comments", "1"]
    found = Comment.objects.get(text="Is April right?")
    assert found.block_id == april and found.resolved_by == world.governance
    assert found.replies.get().text == "It was the third of April."
    page.get_by_text("1 resolved").click()
    page.get_by_role("button", name="Open again").click()
    page.get_by_text("1 resolved").wait_for(state="detached")


def act(page, verb: str, note: str = "") -> None:
    """One step of the workflow, on the page of the paper."""
    if note:
        page.get_by_label("Note", exact=False).first.fill(note)
    page.get_by_role("button", name=verb, exact=True).click()


def test_a_paper_is_submitted_returned_and_cleared(site, world, paper):
    place = blocks(paper.document, "para")[2]
    author = Editor(site, paper).open(world.author)
    author.cursor(place).type(" It was on time.")
    author.page.get_by_role("link", name="Done: check and submit").click()
    author.page.get_by_label("Why the paper is late").fill("The decision came late.")
    act(author.page, "Submit the paper")
    author.page.get_by_text("The paper was submitted to governance.").wait_for()
    paper.refresh_from_db()
    assert paper.state == Paper.State.SUBMITTED and "It was on time." in str(paper.document)

    # With its reviewers it is not the author's to write in; returned, it is, and the reason stands on its page.
    author.page.goto(f"{site.address}{reverse('paper_write', args=[paper.pk])}")
    author.page.get_by_text("The paper is with its reviewers.").first.wait_for()
    governance = sign_in(site, world.governance)
    home = f"{site.address}{reverse('paper', args=[paper.pk])}"
    governance.goto(home)
    act(governance, "Return to the author", "Say what it cost.")
    governance.get_by_text("The paper was returned to its author.").wait_for()
    author.page.goto(home)
    author.page.get_by_text("Say what it cost.").first.wait_for()
    author.open().cursor(place).type(" It cost nothing.")
    author.page.get_by_role("link", name="Done: check and submit").click()
    act(author.page, "Submit the paper")
    author.page.get_by_text("The paper was submitted to governance.").wait_for()

    # Governance sends it on, the Chief Executive clears it, and nobody writes in it any more.
    governance.goto(home)
    act(governance, "Send for clearance")
    governance.get_by_text("The paper is with the Chief Executive for clearance.").wait_for()
    chief = sign_in(site, world.chief_executive)
    chief.goto(home)
    act(chief, "Clear the paper")
    chief.get_by_text("The paper is cleared and final.").wait_for()
    paper.refresh_from_db()
    assert paper.state == Paper.State.FINAL and "It was on time. It cost nothing." in str(paper.document)
    steps = [step.verb for step in paper.steps.order_by("at") if step.verb != "start"]
    assert steps == ["submit", "return", "submit", "send_to_clearance", "clear"]
    author.page.goto(f"{site.address}{reverse('paper_write', args=[paper.pk])}")
    author.page.get_by_text("This paper is final.").first.wait_for()
