"""An import that waits for its answer: what was read and found, before anything is changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from plans.models.plan import Plan


class ImportRun(models.Model):
    """The dry run of one file. Nothing reaches the plan until a person has read the findings and brings it in."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    tables = models.JSONField()
    findings = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def stops(self) -> list[dict]:
        return [finding for finding in self.findings if finding["stops"]]

    @property
    def notes(self) -> list[dict]:
        """What a person should know, with mere changes of form (rule L3) last."""
        kept = [finding for finding in self.findings if not finding["stops"]]
        return sorted(kept, key=lambda finding: finding["rule"] == "L3")
