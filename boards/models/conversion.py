"""Office files on their way to being annexes."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from boards.models.paper import Marking, Paper


class AnnexConversion(models.Model):
    """A Word, Excel or PowerPoint file handed in as an annex, until a worker has made a PDF of it: then the annex stands in its place.

    It is no annex and is never bound: a paper that has one can neither be submitted nor sealed.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        TURNING = "turning", "Being turned into PDF"
        FAILED = "failed", "Not turned into PDF"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="conversions")
    title = models.CharField(max_length=200)
    marking = models.CharField(max_length=20, choices=Marking, default=Marking.OFFICIAL)
    original_name = models.CharField(max_length=200)
    file = models.CharField(max_length=200, help_text="Its private name in the file store, made of its id.")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    error = models.TextField(blank=True)
    can_retry = models.BooleanField(default=False, help_text="Whether what stopped it may be gone another time.")
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["uploaded_at", "id"]
        indexes = [models.Index(fields=["state", "heartbeat"])]
        constraints = [
            models.CheckConstraint(
                name="only_a_failed_file_says_why",
                condition=(Q(state="failed") & ~Q(error=""))
                | (Q(state__in=["waiting", "turning"]) & Q(error="", can_retry=False)),
            ),
            models.CheckConstraint(
                name="a_file_being_turned_was_taken_up", condition=~Q(state="turning") | Q(attempts__gte=1)
            ),
            models.UniqueConstraint(
                name="same_file_waits_once",
                fields=["paper", "title", "sha256"],
                condition=Q(state__in=["waiting", "turning"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_state_display().lower()}"

    @property
    def ending(self) -> str:
        return Path(self.file).suffix

    @property
    def is_failed(self) -> bool:
        return self.state == self.State.FAILED
