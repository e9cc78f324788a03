"""Files that go with a paper: annexes as they were handed in, and the images inside documents."""

import uuid

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from boards.models.paper import Marking, Paper


def annex_path(annex: "Annex", filename: str) -> str:
    """Stored under an id: a file name can give away what a restricted annex is about."""
    return f"annexes/{annex.pk}/{uuid.uuid4().hex}.pdf"


class Annex(models.Model):
    """A document bound behind a paper, in the order of its letter (Annex A, B, ...)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="annexes")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)
    open_title = models.CharField(max_length=200, blank=True)
    marking = models.CharField(max_length=20, choices=Marking, default=Marking.OFFICIAL)
    file = models.FileField(upload_to=annex_path)
    original_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField()
    tagged = models.BooleanField(default=False, help_text="Whether its own tags are kept when it is bound.")
    advice = models.JSONField(
        default=list,
        blank=True,
        help_text="Sentences for staff: what people who use a screen reader will miss in it, and what to do.",
    )
    content_type = models.CharField(max_length=100, default="application/pdf")
    removed = models.JSONField(
        default=list, help_text="What was taken out on upload: scripts, launch actions, attachments."
    )
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    restriction = models.OneToOneField(
        "boards.Restriction", null=True, blank=True, on_delete=models.PROTECT, related_name="annex"
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "uploaded_at"]

    def __str__(self) -> str:
        return f"Annex {self.letter}: {self.title}"

    @property
    def letter(self) -> str:
        """A, B, ... Z, AA by position among the paper's annexes."""
        number, letters = self.position, ""
        while number >= 0:
            letters = chr(ord("A") + number % 26) + letters
            number = number // 26 - 1
        return letters


class Asset(models.Model):
    """An image of a document, re-encoded on upload and named by the SHA-256 of its bytes."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    file = models.FileField(upload_to="assets/")
    content_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    papers = models.ManyToManyField(Paper, related_name="assets", blank=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256[:12]
