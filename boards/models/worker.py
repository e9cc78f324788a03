"""The workers that run, as they say of themselves."""

import datetime as dt

from django.db import models
from django.db.models.functions import Now

SILENCE = dt.timedelta(seconds=45)


class WorkerNoticeQuerySet(models.QuerySet):
    def live(self) -> "WorkerNoticeQuerySet":
        """Workers seen of late. Time is the database's: the clocks of the machines may differ."""
        return self.filter(seen_at__gte=Now() - SILENCE)

    def with_silence(self) -> "WorkerNoticeQuerySet":
        """Each with how long it has not been seen, as `silence`."""
        ago = models.ExpressionWrapper(Now() - models.F("seen_at"), output_field=models.DurationField())
        return self.annotate(silence=ago)


class WorkerNotice(models.Model):
    """What one worker can do. It writes this row when it starts, keeps it fresh, and takes it away when it stops in order."""

    name = models.CharField(max_length=255, primary_key=True, help_text="The worker's node name, such as office@host.")
    formats = models.JSONField(default=list, help_text="Endings of the office files that it turns into PDF.")
    queues = models.JSONField(default=list, help_text="Names of the queues from which it takes work.")
    seen_at = models.DateTimeField(db_default=Now())

    objects = WorkerNoticeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
