"""Verbs of a build: ask for one, stop it, try it again. The making itself is in `boards/packs/`."""

from django.db import transaction
from django.utils import timezone

from boards import policy, queue
from boards.models import Edition, Meeting, PackBuild
from portal.audit import record
from portal.policy import Refusal


@transaction.atomic
def request(*, meeting: Meeting, audience: str, by, edition: Edition | None = None) -> PackBuild:
    """Ask for a pack. One that is already waiting or under way for the same content is returned instead of a second."""
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    under_way = PackBuild.objects.filter(
        meeting=meeting, edition=edition, audience=audience, state__in=PackBuild.UNFINISHED
    )
    if edition is not None and (already := under_way.first()):
        return already
    if edition is None:
        # A preview shows the agenda as it is now: one that was asked for earlier is overtaken.
        for overtaken in under_way.select_for_update():
            _stop(overtaken)
    build = PackBuild.objects.create(
        meeting=meeting, edition=edition, audience=audience, requested_by=by if by and by.pk else None
    )
    queue.build_pack(build.pk)
    return build


@transaction.atomic
def cancel(*, build: PackBuild, by) -> None:
    policy.check_manage_meetings(by)
    build = PackBuild.objects.select_for_update().get(pk=build.pk)
    if not build.is_unfinished:
        raise Refusal("This build has already ended.")
    _stop(build)
    record("build.cancelled", by=by, target=build.meeting, summary=f"Stopped the build of the {build.audience} pack")


def _stop(build: PackBuild) -> None:
    """The parts it waited for hold the text of papers, restricted ones too, so they go with it."""
    build.state, build.doing, build.finished_at = PackBuild.State.CANCELLED, "", timezone.now()
    build.save(update_fields=["state", "doing", "finished_at"])
    build.jobs.all().delete()


@transaction.atomic
def retry(*, build: PackBuild, by) -> PackBuild:
    policy.check_manage_meetings(by)
    if build.is_unfinished:
        raise Refusal("This build is still under way.")
    again = request(meeting=build.meeting, edition=build.edition, audience=build.audience, by=by)
    # One that is already under way may have been asked to publish by itself: trying again never takes that back.
    again.then_publish = again.then_publish or build.then_publish
    again.save(update_fields=["then_publish"])
    record("build.retried", by=by, target=build.meeting, summary=f"Asked for the {build.audience} pack again")
    return again


def good_build(meeting: Meeting, edition: Edition | None, audience: str) -> PackBuild | None:
    """The pack that readers get: of an edition the one that is served, of the live agenda the newest that is complete."""
    builds = PackBuild.objects.filter(
        meeting=meeting, edition=edition, audience=audience, state=PackBuild.State.COMPLETE
    )
    if edition is not None:
        builds = builds.filter(served=True).select_related("in_place_of")
    return builds.order_by("-finished_at").first()
