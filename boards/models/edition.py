"""Editions: what was circulated, sealed. Members and the public read these and nothing else."""

import json
from functools import cached_property

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from boards.canonical import digest
from boards.models.meeting import Meeting
from boards.models.sealed import SealedModel


class Edition(SealedModel):
    """A sealed agenda with everything on it, as canonical JSON with its SHA-256.

    An edition after the first is a supplement (late or changed items, with pages of its own series) or a correction, which supersedes an
    earlier edition; what was superseded stays reachable and says so.
    """

    class Kind(models.TextChoices):
        AGENDA = "agenda", "Agenda and papers"
        SUPPLEMENT = "supplement", "Supplement"
        CORRECTION = "correction", "Correction"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    reason = models.TextField(blank=True)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    registers = ArrayField(models.CharField(max_length=20), default=list)
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64)
    acknowledgements = models.JSONField(default=list)
    sealed_at = models.DateTimeField(default=timezone.now)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="edition_number_unique_in_meeting"),
            models.CheckConstraint(
                name="edition_kind_known", condition=Q(kind__in=["agenda", "supplement", "correction"])
            ),
            models.CheckConstraint(name="later_edition_has_reason", condition=Q(kind="agenda") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number} ({self.get_kind_display().lower()})"

    @cached_property
    def content(self) -> dict:
        """The members' content. Treat it as read-only."""
        return json.loads(self.canonical)

    @cached_property
    def public_content(self) -> dict:
        """What the public may read: a pure function of the content."""
        from boards.packs.public import public

        return public(self.content)

    def content_for(self, audience: str) -> dict:
        return self.content if audience == "members" else self.public_content

    @property
    def is_intact(self) -> bool:
        return digest(self.canonical) == self.sha256

    @property
    def is_superseded(self) -> bool:
        return hasattr(self, "superseded_by")

    @property
    def published_at(self):
        first = self.publications.order_by("at").first()
        return first.at if first else None

    @property
    def root(self) -> "Edition":
        """The agenda or supplement that this edition is a correction of, or is itself."""
        found = self
        while found.supersedes_id:
            found = found.supersedes
        return found

    @property
    def series(self) -> str:
        """The letters before its page numbers: nothing for an agenda, S for the first supplement of a meeting (S1, S2, ...).

        Editions sealed before each supplement had letters of its own do not say; their supplements all count with S.
        """
        legacy = "S" if self.root.kind == self.Kind.SUPPLEMENT else ""
        return self.content["edition"].get("series", legacy)


class Publication(SealedModel):
    """An edition made public: who, when, and the checksum of the public pack (rule U3)."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="publications")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    pack_sha256 = models.CharField(max_length=64)
    proof = models.JSONField(default=dict)

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["edition"], name="edition_published_once")]

    def __str__(self) -> str:
        return f"{self.edition} published"
