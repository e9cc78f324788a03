"""A build as people see it: how far it is, how long it may still take, what went wrong."""

from django.core.files.storage import default_storage
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from boards.models import Fragment, PackBuild
from boards.packs.accessibility import ASK_FOR_TAGS

TONES = {"complete": "green", "failed": "red", "cancelled": "grey", "queued": "grey"}


class BuildView:
    def __init__(self, build: PackBuild):
        self.build = build

    @property
    def tone(self) -> str:
        return TONES.get(self.build.state, "blue")

    @property
    def label(self) -> str:
        return self.build.get_state_display()

    @property
    def percent(self) -> int:
        return round(100 * self.build.done / self.build.total) if self.build.total else 0

    @property
    def text(self) -> str:
        """One sentence on where the build is."""
        build = self.build
        if build.is_unfinished and build.trouble:
            return "The file store does not answer just now. This is tried again by itself; nothing is lost."
        if build.state == "rendering" and build.total:
            doing = f": {build.doing}" if build.doing else ""
            return f"{build.done} of {build.total} parts are ready{doing}."
        if build.state == "queued":
            waited = (timezone.now() - build.requested_at).total_seconds()
            if waited > 60:
                return "No worker has taken this up yet. It is queued again by itself; nothing is lost."
            return "It starts as soon as a worker is free."
        if build.state == "assembling":
            return "All parts are ready and are being put together."
        if build.state == "proving":
            return "The public pack is being searched for restricted text."
        return ""

    @property
    def estimate(self) -> str:
        """How much longer it takes: what is still to be rendered, by the seconds such parts took, and then the putting together.

        Before a build is planned nobody can say how much of it is stored already, so nothing is said.
        """
        build = self.build
        if build.state not in ("rendering", "assembling", "proving") or build.trouble:
            return ""
        last = _last_stages(build)
        rendering = _seconds_to_render(build) if build.state == "rendering" else 0.0
        if rendering is None or not last:
            return ""
        left = rendering + sum(last.values())
        if build.state != "rendering" and build.stage_at:
            ahead = last["assemble"] + last["prove"] if build.state == "assembling" else last["prove"]
            left = ahead - (timezone.now() - build.stage_at).total_seconds()
            if left < -1:
                return "It is taking longer than such packs did before."
        seconds = max(round(left), 1)
        return f"About {seconds} second{'s' if seconds != 1 else ''} more."

    @property
    def seconds(self) -> float | None:
        build = self.build
        if build.started_at and build.finished_at:
            return round((build.finished_at - build.started_at).total_seconds(), 1)
        return None

    @property
    def advice_on_notes(self) -> str:
        return ASK_FOR_TAGS

    @property
    def other_faults(self) -> list[dict]:
        """Faults that annexes brought with them: reported, never in the way."""
        return [fault for fault in self.build.faults if not fault["ours"]]

    @property
    def lost(self) -> bool:
        """Whether its file is no longer there."""
        return self.build.state == "complete" and not default_storage.exists(self.build.file)

    @property
    def readers_get(self) -> PackBuild | None:
        """The earlier pack of the edition that readers still get, when this one is kept beside it."""
        build = self.build
        if build.state != "complete" or build.served or build.edition_id is None:
            return None
        return PackBuild.objects.filter(edition=build.edition_id, audience=build.audience, served=True).first()

    @property
    def hits(self) -> list:
        return (self.build.proof or {}).get("hits", [])


RECENT = 50  # so many fragments tell how long one takes
STAGES = ("plan", "assemble", "prove")


def _last_stages(build: PackBuild) -> dict[str, float]:
    """Seconds of planning, putting together and proving of the last such pack; empty when there is none."""
    stages = (
        PackBuild.objects.filter(meeting__board=build.meeting.board_id, audience=build.audience, state="complete")
        .exclude(stages={})
        .order_by(F("finished_at").desc(nulls_last=True))
        .values_list("stages", flat=True)
        .first()
    )
    return {name: float(stages.get(name, 0)) for name in STAGES} if stages else {}


def _seconds_to_render(build: PackBuild) -> float | None:
    """Seconds until the parts that are missing are rendered, by all who render now; None when no part was ever timed.

    Parts of this build that are done tell best, by the length of their text. Else what stored parts took on average.
    """
    timed = Q(state="done", seconds__gt=0)
    waiting = Q(state__in=("queued", "running"))
    jobs = build.jobs.aggregate(
        spent=Sum("seconds", filter=timed), made=Sum("weight", filter=timed), left=Sum("weight", filter=waiting),
        count=Count("pk", filter=waiting), hands=Count("pk", filter=Q(state="running")),
    )  # fmt: skip
    missing = jobs["count"] or max(build.total - build.done, 0)
    if jobs["spent"] and jobs["left"]:
        work = jobs["left"] * jobs["spent"] / jobs["made"]
    elif not missing:
        work = 0.0
    else:
        recent = list(
            Fragment.objects.filter(seconds__gt=0).order_by("-created_at").values_list("seconds", flat=True)[:RECENT]
        )
        if not recent:
            return None
        work = missing * sum(recent) / len(recent)
    return work / max(jobs["hands"], 1)
