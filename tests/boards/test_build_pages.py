"""The pages of a build: how far it is, how long it takes, stopping it and trying it again."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from boards.actions import builds, sealing
from boards.models import Fragment, FragmentJob, PackBuild
from boards.packs import builder, upkeep
from boards.presenters.build import BuildView
from tests.boards.publishing import complete

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(world):
    return sealing.seal(meeting=world.meeting, by=world.governance)


@pytest.fixture
def build(sealed):
    """The members' build, handed out to workers that have not begun."""
    made = sealed.builds.get(audience="members")
    builder.advance(made.pk)
    made.refresh_from_db()
    return made


@pytest.fixture
def officer(client, world):
    client.force_login(world.governance)
    return client


def page_of(build):
    return reverse("build", args=[build.pk])


def test_the_page_shows_how_far_a_build_is(officer, build, no_undefined_variable):
    page = officer.get(page_of(build)).content.decode()
    assert "<html" in page
    assert f"{build.done} of {build.total} parts are ready" in page
    assert f'action="{reverse("build_cancel", args=[build.pk])}"' in page


def test_what_moves_is_asked_for_alone_and_asks_again(officer, build):
    answer = officer.get(page_of(build), headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert "<html" not in part and part.strip().startswith('<div id="build"')
    assert f'hx-get="{page_of(build)}"' in part and "every 1s" in part


def test_a_build_that_has_ended_is_asked_for_no_more(officer, build):
    upkeep.fail(build, "Annex A, “Map of the area”, could not be put in the pack.")
    part = officer.get(page_of(build), headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in part
    assert "Annex A, “Map of the area”, could not be put in the pack." in part
    assert reverse("build_retry", args=[build.pk]) in part


def test_a_script_is_told_the_same_as_json(officer, build):
    answer = officer.get(page_of(build), headers={"Accept": "application/json"})
    told = answer.json()
    assert (told["id"], told["state"], told["done"], told["total"]) == (
        str(build.pk),
        "rendering",
        build.done,
        build.total,
    )
    assert told["error"] == "" and told["stages"] == {} and "estimate" in told


def test_the_page_of_a_complete_build_opens_its_pack(officer, sealed):
    done = complete(sealed.builds.get(audience="members"))
    page = officer.get(page_of(done)).content.decode()
    assert reverse("build_file", args=[done.pk]) in page and "9 pages" in page


def test_stopping_a_build(officer, build):
    page = officer.post(reverse("build_cancel", args=[build.pk]), follow=True).content.decode()
    assert "The build is stopped. The last good pack stays in place." in page
    build.refresh_from_db()
    assert build.state == "cancelled"
    assert reverse("build_retry", args=[build.pk]) in page


def test_a_build_that_has_ended_cannot_be_stopped(officer, sealed):
    done = complete(sealed.builds.get(audience="members"))
    page = officer.post(reverse("build_cancel", args=[done.pk]), follow=True).content.decode()
    assert "This build has already ended." in page
    done.refresh_from_db()
    assert done.state == "complete"


def test_trying_a_failed_build_again(officer, sealed, build):
    upkeep.fail(build, "It could not be made.")
    answer = officer.post(reverse("build_retry", args=[build.pk]))
    assert answer.url == reverse("edition_record", args=[sealed.meeting_id, sealed.number])
    assert officer.get(answer.url).status_code == 200
    again = sealed.builds.filter(audience="members").latest("requested_at")
    assert again != build and again.state == "queued"


def test_trying_a_failed_preview_again_shows_the_new_one(officer, world):
    old = builds.request(meeting=world.meeting, audience="members", by=world.governance)
    upkeep.fail(old, "It could not be made.")
    answer = officer.post(reverse("build_retry", args=[old.pk]), follow=True)
    assert answer.redirect_chain[-1][0] == page_of(PackBuild.objects.latest("requested_at"))
    assert "It starts as soon as a worker is free." in answer.content.decode()


def test_a_build_under_way_is_not_tried_again(officer, build):
    page = officer.post(reverse("build_retry", args=[build.pk]), follow=True).content.decode()
    assert "This build is still under way." in page
    assert build.edition.builds.filter(audience="members").count() == 1


@pytest.mark.parametrize("verb", ["build_cancel", "build_retry"])
@pytest.mark.parametrize("who", ["author", "member", "administrator"])
def test_only_governance_stops_builds_and_tries_them_again(client, world, build, verb, who):
    before = PackBuild.objects.count()
    client.force_login(getattr(world, who))
    assert client.post(reverse(verb, args=[build.pk]), follow=True).status_code == 403
    build.refresh_from_db()
    assert build.state == "rendering" and PackBuild.objects.count() == before


@pytest.mark.parametrize("verb", ["build_cancel", "build_retry"])
def test_who_may_only_look_is_told_who_may_do_more(client, world, build, verb):
    """The monitoring officer sees builds, and neither stops nor starts one."""
    before = PackBuild.objects.count()
    client.force_login(world.monitoring)
    page = client.post(reverse(verb, args=[build.pk]), follow=True).content.decode()
    assert "overnance" in page.partition("<main")[2]
    build.refresh_from_db()
    assert build.state == "rendering" and PackBuild.objects.count() == before


def past(sealed, **stages):
    """An earlier build of the same kind, and what its stages took."""
    made = PackBuild(meeting=sealed.meeting, edition=sealed, audience="members", finished_at=timezone.now())
    complete(made)
    made.stages = {"plan": 0.0, "render": 60.0, "assemble": 0.0, "prove": 0.0, **stages}
    made.save()


def test_the_estimate_counts_what_is_missing_and_not_what_earlier_builds_rendered(sealed, build):
    """A cold build took a minute; of this one two parts are missing, such as take four seconds."""
    past(sealed, assemble=2.0)
    Fragment.objects.create(key="a", seconds=3)
    Fragment.objects.create(key="b", seconds=5)
    build.jobs.all().delete()
    PackBuild.objects.filter(pk=build.pk).update(total=20, done=18)
    build.refresh_from_db()
    assert BuildView(build).estimate == "About 10 seconds more."


def test_the_estimate_learns_from_the_parts_of_its_own_build_and_from_who_works_on_it(sealed, build):
    past(sealed, assemble=1.0)
    FragmentJob.objects.all().delete()
    for key, state, seconds, weight in (
        ("a", "done", 3, 100), ("b", "running", 0, 100), ("c", "running", 0, 200), ("d", "queued", 0, 100),
    ):  # fmt: skip
        FragmentJob.objects.create(build=build, key=key, name=key, state=state, seconds=seconds, weight=weight)
    assert BuildView(build).estimate == "About 7 seconds more.", (
        "four times three seconds by two workers, then the rest"
    )


def test_the_estimate_of_the_putting_together_runs_down(sealed, build):
    past(sealed, assemble=5.0)
    build.state, build.stage_at = "assembling", timezone.now() - dt.timedelta(seconds=2)
    assert BuildView(build).estimate == "About 3 seconds more."
    build.stage_at -= dt.timedelta(seconds=10)
    assert BuildView(build).estimate == "It is taking longer than such packs did before."


def test_nothing_is_estimated_that_nobody_can_know(sealed, build):
    assert BuildView(build).estimate == "", "no such pack was ever made"
    past(sealed)
    waiting = sealed.builds.get(audience="public")
    assert BuildView(waiting).estimate == "", "how much of it is stored is not known before it is planned"
