"""What happens to a paper on its way to the board: steps, comments, and who is editing which section."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from boards.models.paper import Paper


class ReviewStep(models.Model):
    """One move of a paper through its workflow: from, to, who, when and the note that went with it."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="steps")
    verb = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    discipline = models.CharField(
        max_length=20, blank=True, help_text="finance, legal or equality, for a professional review"
    )
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_title = models.CharField(max_length=120, blank=True)
    acknowledged = models.JSONField(
        default=list, blank=True, help_text="findings that may stand: rule, key, sentence and the reason given"
    )

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.verb}: {self.from_state} to {self.to_state}"

    @property
    def said(self) -> str:
        """What was done, in words."""
        from boards.states import DONE

        return DONE.get(self.verb, self.verb.replace("_", " "))


class Comment(models.Model):
    """A remark on a block or on words in it. Comments live beside the document and are never sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies")
    block_id = models.CharField(max_length=20)
    quote = models.CharField(max_length=500, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                name="comment_resolved_by_someone",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class SectionLock(models.Model):
    """Who is editing a section now. It lapses when its heartbeat stops: a closed tab locks nothing for long."""

    SECONDS = 45

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="locks")
    section_id = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    heartbeat = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "section_id"], name="one_lock_a_section")]

    def __str__(self) -> str:
        return f"{self.by} on {self.section_id}"

    @property
    def in_force(self) -> bool:
        return (timezone.now() - self.heartbeat).total_seconds() < self.SECONDS
