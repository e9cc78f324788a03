"""Why something is kept from the public: a field of its own, never read off the marking."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords


class Restriction(models.Model):
    """The record of restricting an item, a paper or an annex.

    The public sees the open title and the ground. A restriction holds from the moment it is proposed (nothing leaks while it waits), and
    a second person, the monitoring officer, confirms it: whoever proposes may not confirm.
    """

    grounds = ArrayField(models.CharField(max_length=10), default=list)
    reason = models.TextField(help_text="Kept with the record; not shown to the public.")
    public_interest = models.TextField("public interest test", blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(name="restriction_has_a_ground", condition=Q(grounds__len__gte=1)),
            models.CheckConstraint(
                name="restriction_confirmed_by_someone",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="restriction_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return "; ".join(self.ground_titles)

    @property
    def ground_titles(self) -> list[str]:
        from boards.grounds import title_of

        return [title_of(code) for code in self.grounds]

    @property
    def in_force(self) -> bool:
        return self.released_at is None

    def as_dict(self) -> dict:
        return {
            "grounds": list(self.grounds),
            "ground_titles": self.ground_titles,
            "reason": self.reason,
            "review_on": self.review_on.isoformat() if self.review_on else None,
        }
