"""A build as people see it: how far it is, how long it may still take, what went wrong."""

from django.db.models import Avg, ExpressionWrapper, F, fields
from django.utils import timezone

from boards.models import PackBuild

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
            return "Waiting for a worker."
        if build.state == "assembling":
            return "All parts are ready and are being put together."
        if build.state == "proving":
            return "The public pack is being searched for restricted text."
        return ""

    @property
    def estimate(self) -> str:
        """How long builds of this meeting's board took before, less what has passed."""
        build = self.build
        if not build.is_unfinished:
            return ""
        took = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=fields.DurationField())
        mean = PackBuild.objects.filter(
            meeting__board=build.meeting.board_id, audience=build.audience, state="complete", started_at__isnull=False
        ).aggregate(mean=Avg(took))["mean"]
        if mean is None:
            return ""
        passed = (timezone.now() - (build.started_at or timezone.now())).total_seconds()
        left = round(mean.total_seconds() - passed)
        if left < 1:
            return "It is taking longer than such packs did before."
        return f"About {left} second{'s' if left != 1 else ''} more."

    @property
    def seconds(self) -> float | None:
        build = self.build
        if build.started_at and build.finished_at:
            return round((build.finished_at - build.started_at).total_seconds(), 1)
        return None

    @property
    def hits(self) -> list:
        return (self.build.proof or {}).get("hits", [])
