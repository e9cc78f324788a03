"""Builds of a pack, and the fragments they are made of. Celery carries ids; these rows carry the truth."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from boards.models.edition import Edition
from boards.models.meeting import Meeting


class PackBuild(models.Model):
    """One making of a pack for one audience: of a sealed edition, or of the live agenda as a staff preview."""

    class Audience(models.TextChoices):
        MEMBERS = "members", "Members"
        PUBLIC = "public", "Public"

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting for a worker"
        RENDERING = "rendering", "Rendering papers"
        ASSEMBLING = "assembling", "Putting the pack together"
        PROVING = "proving", "Looking for restricted text"
        COMPLETE = "complete", "Complete"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="builds")
    edition = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="builds")
    audience = models.CharField(max_length=10, choices=Audience)
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    doing = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text="times a worker stopped in the middle of it since a part of it was last made"
    )
    taken = models.BooleanField(
        default=False, help_text="A worker has it in hand. One that is still taken without a heartbeat lost its worker."
    )
    trouble = models.TextField(blank=True, help_text="what stopped it last and is tried again: its error if that lasts")
    heartbeat = models.DateTimeField(default=timezone.now)
    stage_at = models.DateTimeField(null=True, blank=True, help_text="since when it is in its state")
    requested_at = models.DateTimeField(default=timezone.now)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(default=0)
    ledger = models.JSONField(null=True, blank=True)
    stages = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    faults = models.JSONField(
        default=list, help_text="What the accessibility checks found: part, sentence, mend, and whether it is ours."
    )
    proof = models.JSONField(null=True, blank=True)
    then_publish = models.BooleanField(
        default=False, help_text="Publish the edition once this public pack is proved clean."
    )
    served = models.BooleanField(default=False, help_text="The pack of its edition that readers get.")
    in_place_of = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        help_text="The pack whose file was lost.",
    )

    class Meta:
        ordering = ["-requested_at"]
        indexes = [models.Index(fields=["meeting", "audience", "state"])]
        constraints = [
            models.CheckConstraint(name="build_done_within_total", condition=Q(done__lte=F("total"))),
            models.CheckConstraint(
                name="complete_build_has_its_file",
                condition=~Q(state="complete") | (~Q(file="") & ~Q(sha256="") & Q(pages__gte=1)),
            ),
            models.CheckConstraint(name="failed_build_says_why", condition=~Q(state="failed") | ~Q(error="")),
            models.CheckConstraint(
                name="only_a_complete_pack_is_served",
                condition=Q(served=False) | Q(state="complete", edition__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_pack_is_served", fields=["edition", "audience"], condition=Q(served=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_audience_display()} pack of {self.meeting}"

    UNFINISHED = ("queued", "rendering", "assembling", "proving")

    @property
    def is_unfinished(self) -> bool:
        return self.state in self.UNFINISHED

    @property
    def own_faults(self) -> list[dict]:
        """Faults of pages that the portal made, which are to be explained before the pack is published (rule U1)."""
        return [fault for fault in self.faults if fault["ours"]]

    @property
    def differs_from_lost(self) -> bool:
        """Whether it stands in for a pack whose file was lost, and is not the same to the last byte."""
        return self.in_place_of_id is not None and self.in_place_of.sha256 != self.sha256


class Fragment(models.Model):
    """A rendered piece of a pack, stored under the hash of everything that can change its bytes."""

    key = models.CharField(max_length=64, primary_key=True)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    anchors = models.JSONField(default=dict)
    seconds = models.FloatField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key[:12]


class FragmentJob(models.Model):
    """One fragment that a build waits for. Workers claim rows; a build is ready to be put together when none is left.

    `heartbeat` is of the worker that makes it; of one that waits, when a message was last sent for it. The rows hold text of papers,
    so they go when their build ends.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        RUNNING = "running", "Being rendered"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    build = models.ForeignKey(PackBuild, on_delete=models.CASCADE, related_name="jobs")
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=300)
    html = models.TextField(blank=True)
    file = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=300, blank=True)
    measure = models.BooleanField(default=False)
    weight = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField(default=timezone.now)
    seconds = models.FloatField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-weight", "pk"]
        indexes = [models.Index(fields=["build", "state"])]
        constraints = [
            models.UniqueConstraint(fields=["build", "key"], name="fragment_once_in_build"),
            models.CheckConstraint(name="failed_fragment_says_why", condition=~Q(state="failed") | ~Q(error="")),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_state_display().lower()}"
