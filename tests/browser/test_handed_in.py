"""An office file handed in on the page of a paper becomes an annex while one looks on, on a desk and on a phone."""

import pytest
from django.db import connection
from django.urls import reverse

from boards import workers as announced
from boards.models import AnnexConversion, Paper, WorkerNotice
from tests.boards.office import StandIn, office_file
from tests.boards.packs.working import PATIENCE, Workers, empty_broker_folder
from tests.browser import axe
from tests.browser.conftest import PASSWORD
from tests.databases import url_of
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def libreoffice(tmp_path):
    made = StandIn(tmp_path / "libreoffice")
    yield made
    made.go_on()


@pytest.fixture
def workers(world, own_files, libreoffice):
    empty_broker_folder()
    made = Workers(own_files.parent, DATABASE_URL=url_of(connection), FILES_ROOT=str(own_files), PATH=libreoffice.path)
    yield made
    made.stop()
    empty_broker_folder()


@pytest.fixture
def draft(world) -> Paper:
    world.paper.state = Paper.State.DRAFT
    world.paper.save()
    world.author.set_password(PASSWORD)
    world.author.save()
    return world.paper


@pytest.fixture
def survey(tmp_path):
    file = tmp_path / "survey.docx"
    file.write_bytes(office_file())
    return file


@pytest.mark.parametrize("width", [1280, 390])
def test_a_word_file_becomes_an_annex_before_ones_eyes(site, world, draft, workers, libreoffice, survey, width):
    libreoffice.hold()
    workers("one")
    until(announced.office_formats, "The worker says what it can", PATIENCE)
    page = site.sign_in(world.author, width=width)
    site.visit(page, reverse("annex_add", args=[draft.pk]))
    page.get_by_text("an office document (.docx,").wait_for()
    page.get_by_label("Title").fill("Survey of members")
    page.get_by_label("File").set_input_files(survey)
    page.get_by_role("button", name="Save").click()
    card = page.locator("#annexes")
    card.get_by_text("A worker is turning it into PDF.").wait_for()
    page.get_by_label("Note").fill("Typed meanwhile")
    page.locator("#findings").get_by_text("is not turned into PDF yet").wait_for()
    axe.check(page)
    libreoffice.go_on()
    card.get_by_role("link", name="Annex B: Survey of members").wait_for()
    assert "is not turned into PDF yet" not in page.locator("#findings").inner_text()
    assert "B Survey of members" in page.locator("#annex-news").inner_text()
    assert page.get_by_label("Note").input_value() == "Typed meanwhile"
    axe.check(page)
    assert page.refused == []


def test_without_scripts_the_page_is_read_again_by_hand(site, world, draft, workers, libreoffice, survey):
    workers("one")
    until(announced.office_formats, "The worker says what it can", PATIENCE)
    libreoffice.hold()
    page = site.sign_in(world.author, script=False)
    page.goto(f"{site.address}{reverse('annex_add', args=[draft.pk])}")
    page.get_by_label("Title").fill("Survey of members")
    page.get_by_label("File").set_input_files(survey)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Reload to see how far it is").wait_for()
    libreoffice.go_on()
    until(lambda: not AnnexConversion.objects.exists(), "The annex", PATIENCE)
    page.get_by_role("link", name="Reload to see how far it is").click()
    page.get_by_role("link", name="Annex B: Survey of members").wait_for()


def test_a_file_that_cannot_be_turned_is_removed_on_the_page(site, world, draft, survey):
    announced.announce("office@test", [".docx"], ["office-writer"])
    page = site.sign_in(world.author, width=390)
    site.visit(page, reverse("annex_add", args=[draft.pk]))
    page.get_by_label("Title").fill("Survey of members")
    page.get_by_label("File").set_input_files(survey)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Waiting for a worker to turn it into PDF.").wait_for()
    AnnexConversion.objects.update(
        state="failed", error="This file took more than 45 seconds to turn into PDF.", can_retry=True
    )
    page.locator("#annexes").get_by_text("took more than 45 seconds").wait_for()
    axe.check(page)
    page.get_by_role("button", name="Try again Survey of members").click()
    page.get_by_text("“Survey of members” is tried again.").wait_for()
    WorkerNotice.objects.all().delete()
    page.locator("#annexes").get_by_text("No worker that is running can turn it into PDF.").wait_for()
    axe.check(page)
    page.get_by_role("button", name="Remove Survey of members").click()
    page.get_by_text("“Survey of members” is removed.").wait_for()
    assert not AnnexConversion.objects.exists()
    world.governance.set_password(PASSWORD)
    world.governance.save()
    officer = site.sign_in(world.governance, width=390)
    announced.announce("office@test", [".docx"], ["office-writer"])
    site.visit(officer, reverse("workers"))
