"""Leads: the posts and bodies that answer for a risk, under the titles the board knows them by."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords


class Lead(models.Model):
    """A post, a joint pair of posts, or a body. The people who hold it may edit its risks and are asked in a review."""

    title = models.CharField(max_length=120)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="risk_leads")

    history = HistoricalRecords()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                Lower("title"), name="lead_title_unique", violation_error_message="There is already a lead with this title."
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title
