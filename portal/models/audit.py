"""The audit record: append-only and chained by hash, so that a missing or altered event shows."""

import hashlib
import json

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

CHAIN_LOCK = 7_110_201  # any fixed number: one writer at a time adds to the chain


class AuditEvent(models.Model):
    """Who did what to which thing, when, and why. Text of papers never goes in here: names of things do."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor_title = models.CharField(max_length=120, blank=True)
    event = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60, blank=True)
    target_id = models.CharField(max_length=60, blank=True)
    summary = models.CharField(max_length=400)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["target_type", "target_id"]), models.Index(fields=["event"])]

    def __str__(self) -> str:
        return self.summary

    def compute_digest(self) -> str:
        body = [
            self.at.isoformat(),
            self.actor_id,
            self.actor_title,
            self.event,
            self.target_type,
            self.target_id,
            self.summary,
            self.reason,
            self.detail,
            self.previous,
        ]
        return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @classmethod
    def append(cls, **fields) -> "AuditEvent":
        """Add an event at the end of the chain, inside the transaction of the change it tells of."""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
            last = cls.objects.order_by("-pk").only("digest").first()
            event = cls(previous=last.digest if last else "", **fields)
            event.digest = event.compute_digest()
            event.save(force_insert=True)
            return event

    @classmethod
    def broken_links(cls) -> list[int]:
        """The ids of events whose digest, or whose link to the event before, does not hold."""
        broken, previous = [], ""
        for event in cls.objects.order_by("pk").iterator():
            if event.previous != previous or event.digest != event.compute_digest():
                broken.append(event.pk)
            previous = event.digest
        return broken
