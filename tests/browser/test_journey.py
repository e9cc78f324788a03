"""From agenda to published pack: governance, author, member and public, in a real browser with a real worker."""

import datetime as dt
import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse

from boards.models import Board, BoardMembership, Edition, Meeting, Paper
from tests.boards.world import pdf
from tests.browser import axe
from tests.browser.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SECRET = "The reserve price agreed with the valuer is nine hundred and forty thousand pounds"
OPEN_WORDS = {
    "purpose": "This paper tells the Board how the work has gone.",
    "recommendation": "the progress made.",
    "background": "The councils voted in November 2016.",
}
SECRET_WORDS = {
    "purpose": "This paper asks how to proceed with the sale.",
    "recommendation": "the advice of the valuer.",
    "background": f"{SECRET}.",
}
SECRETS = (SECRET.lower(), "sale of harbour street", "valuer")


@pytest.fixture
def people(person):
    found = {
        "governance": person("governance", title="Governance Officer", email="governance@opcc.example"),
        "author": person("author", title="Head of Policy", email="author@opcc.example"),
        "member": person(title="Police and Crime Commissioner", name="Police and Crime Commissioner", email="member@opcc.example"),
    }  # fmt: skip
    for each in found.values():
        each.set_password(PASSWORD)
        each.save()
    board = Board.objects.create(
        name="Business Coordination Board", slug="business-coordination-board", short_name="BCB"
    )
    BoardMembership.objects.create(board=board, person=found["member"], starts_on=dt.date(2016, 5, 12))
    return found


def press(page, name: str, exact: bool = True) -> None:
    page.get_by_role("button", name=name, exact=exact).first.click()


def follow(page, name: str) -> None:
    """A link, also one that looks like a button."""
    page.locator("main a").filter(has_text=name).first.click()


def add_item(page, title: str, kind: str = "Paper", lead: str = "") -> None:
    follow(page, "Add an agenda item")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Type of item").select_option(label=kind)
    page.get_by_label("Lead").fill(lead)
    page.get_by_label("The board is asked").select_option(label="To note")
    press(page, "Save")


def commission(page, item: str) -> None:
    page.get_by_role("link", name=f"Commission a paper for {item}").click()
    page.get_by_label("Head of Policy").check()
    axe.check(page)
    press(page, "Commission the paper")


def write(page, paper: Paper, words: dict[str, str], post: str, mailbox: str) -> None:
    """Fill the house template in the plain form, as an author does; scripts may be on or off."""
    page.goto(f"{page.base}/papers/{paper.pk}/edit/")
    for section in paper.document["content"]:
        for block in section["content"]:
            if block["type"] in ("para", "recommendation"):
                field = page.locator(f"#text-{block['attrs']['id']}")
                field.fill(words.get(section["attrs"]["role"], "The work will be finished in the spring."))
    bibliography = next(s for s in paper.document["content"] if s["attrs"]["role"] == "bibliography")
    block = page.locator(f"#block-{bibliography['attrs']['id']}")
    for kind in ("Source document", "Contact officer"):
        page.locator(f"#kind-{bibliography['attrs']['id']}").select_option(label=kind)
        block.locator("> .app-block__tools").get_by_role("button", name="Add at the end of this section").click()
    block.locator("textarea").last.fill("Annual report 2016")
    block.get_by_label("Post", exact=True).fill(post)
    block.get_by_label("Mailbox of the post").fill(mailbox)
    press(page, "Save and finish")


def text_of(document: pypdfium2.PdfDocument, page: int) -> str:
    return " ".join(document[page - 1].get_textpage().get_text_range().split())


def download(page, path: str) -> bytes:
    answer = page.request.get(page.base + path)
    assert answer.status == 200, path
    return answer.body()


def test_a_meeting_from_agenda_to_published_pack(site, people, celery_worker, tmp_path):
    governance = site.sign_in(people["governance"])
    governance.base = site.address

    # Governance plans the meeting and builds its agenda.
    site.visit(governance, reverse("meeting_add"))
    governance.get_by_label("Board", exact=True).select_option(label="Business Coordination Board")
    for part, value in (("Day", "6"), ("Month", "2"), ("Year", "2017")):
        governance.get_by_label(part).fill(value)
    governance.get_by_label("Place").fill("Conference room")
    press(governance, "Save")
    add_item(governance, "Apologies for absence", "Apologies for absence")
    add_item(governance, "Sale of Harbour Street", lead="Chief Finance Officer")
    add_item(governance, "Devolution update", lead="Chief Executive")
    press(governance, "Move up Devolution update")
    axe.check(governance)
    titles = governance.locator(".app-agenda__title").all_inner_texts()
    assert titles == ["Apologies for absence", "Devolution update", "Sale of Harbour Street"]
    commission(governance, "Devolution update")
    commission(governance, "Sale of Harbour Street")
    governance.get_by_role("link", name="Restrict of Sale of Harbour Street").click()
    governance.get_by_label("Open title").fill("A property matter")
    governance.get_by_label("Financial or business affairs").check()
    governance.get_by_label("Reason").fill("A buyer would learn the lowest price.")
    governance.get_by_label("Public interest test").fill("The price will be published after the sale.")
    axe.check(governance)
    press(governance, "Restrict")
    meeting = Meeting.objects.get()
    assert "has not been submitted" in governance.locator("body").inner_text()

    # The author writes both papers, one of them without any script, and submits them.
    open_paper, secret_paper = (
        Paper.objects.get(title="Devolution update"),
        Paper.objects.get(title="Sale of Harbour Street"),
    )
    author = site.sign_in(people["author"])
    author.base = site.address
    site.visit(author, f"/papers/{open_paper.pk}/edit/")
    write(author, open_paper, OPEN_WORDS, "Chief Executive", "policy@opcc.example")
    plain = site.sign_in(people["author"], script=False)
    plain.base = site.address
    write(plain, secret_paper, SECRET_WORDS, "Chief Finance Officer", "finance@opcc.example")
    for paper in (open_paper, secret_paper):
        site.visit(author, f"/papers/{paper.pk}/")
        author.get_by_label("Why the paper is late").fill("The decision came late.")
        press(author, "Submit the paper")
        assert "was submitted to governance" in author.locator("body").inner_text()

    # Governance binds an annex, gives reasons, seals and publishes.
    annex = tmp_path / "map.pdf"
    annex.write_bytes(pdf(2, "Map of the area"))
    site.visit(governance, f"/papers/{open_paper.pk}/annexes/add/")
    governance.get_by_label("Title").fill("Map of the area")
    governance.get_by_label("File").set_input_files(Path(annex))
    press(governance, "Save")
    site.visit(governance, reverse("seal", args=[meeting.pk]))
    for field in governance.locator("input[name^=ack-]").all():
        field.fill("Known to the Chief Executive.")
    press(governance, "Seal")
    edition = Edition.objects.get()
    governance.get_by_text("none was found").wait_for(timeout=90_000)
    governance.get_by_text("Open the members pack").wait_for(timeout=90_000)
    axe.check(governance)
    press(governance, "Publish")
    governance.get_by_text("The edition is published.").wait_for()

    # The member reads everything; the public only what is open.
    member = site.sign_in(people["member"])
    member.base = site.address
    place = [meeting.board.slug, meeting.date, edition.number]
    site.visit(member, meeting.get_absolute_url())
    site.visit(member, reverse("sealed_paper", args=[*place, "3.0"]))
    assert SECRET in member.locator("main").inner_text()
    public = site.open(width=390)
    public.base = site.address
    for path in ("/", reverse("meetings"), meeting.get_absolute_url(), reverse("sealed_paper", args=[*place, "2.0"])):
        site.visit(public, path)
        words = public.content().lower()
        assert not [secret for secret in SECRETS if secret in words], path
    assert public.request.get(site.address + reverse("sealed_paper", args=[*place, "3.0"])).status == 404
    feed = download(public, reverse("meeting_feed")).decode().lower()
    assert not [secret for secret in SECRETS if secret in feed]

    # The packs are what the ledger says they are.
    members_pack = download(member, reverse("pack", args=place))
    public_pack = download(public, reverse("pack", args=place))
    check_pack(members_pack, edition.builds.get(audience="members"))
    check_pack(public_pack, edition.builds.get(audience="public"))
    opened = pypdfium2.PdfDocument(public_pack)
    everything = " ".join(text_of(opened, number + 1) for number in range(len(opened)))
    assert not [secret for secret in SECRETS if secret in everything.lower()]
    assert not [secret for secret in SECRETS if secret.encode() in public_pack.lower()]
    assert [message for page in (governance, author, member, public) for message in page.refused] == []


def check_pack(data: bytes, build) -> None:
    """Pages as the ledger counts them; each line of the contents leads to its title; bookmarks lead to pages that exist."""
    document = pypdfium2.PdfDocument(data)
    assert len(document) == build.pages == build.ledger["pages"]
    for row in build.ledger["rows"]:
        if row["kind"] in ("item", "paper") and row["title"]:
            assert row["title"].lower() in text_of(document, row["page"]).lower(), row
    assert f"Page 1 of {build.pages}" in text_of(document, 1)
    contents = next(row for row in build.ledger["rows"] if row["kind"] == "contents")
    listed = text_of(document, contents["page"])
    for row in build.ledger["rows"]:
        if row["kind"] == "paper":
            assert row["title"] in listed, row
    with pikepdf.open(io.BytesIO(data)) as pdf_file:
        pages = {page.objgen for page in (each.obj for each in pdf_file.pages)}
        with pdf_file.open_outline() as outline:
            assert outline.root
            for entry in outline.root:
                target = entry.destination[0] if entry.destination is not None else entry.action.D[0]
                assert target.objgen in pages
