"""Quarterly review rounds: each senior lead is asked about each of their risks, and “no change” is an answer."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from risks.models.lead import Lead
from risks.models.risk import Risk


class ReviewRoundQuerySet(models.QuerySet):
    def still_open(self) -> "ReviewRoundQuerySet":
        return self.filter(closed_on__isnull=True)


class ReviewRound(models.Model):
    """One asking round. Closing it leaves unanswered questions unanswered, and says so."""

    title = models.CharField(max_length=120)
    opened_on = models.DateField()
    due_on = models.DateField()
    next_review_on = models.DateField(help_text="The review date that an answer sets on the risk.")
    closed_on = models.DateField(null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReviewRoundQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="round_due_after_it_opens", condition=Q(due_on__gte=F("opened_on"))),
        ]

    def __str__(self) -> str:
        return self.title


class ReviewAnswer(models.Model):
    """The question put to one lead about one risk, and the answer once there is one."""

    class Answer(models.TextChoices):
        NO_CHANGE = "no_change", "No change"
        CHANGED = "changed", "Changed"

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="answers")
    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="review_answers")
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="review_answers")
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    note = models.CharField(max_length=400, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["lead__title", "risk__objective__number", "risk__number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "risk"], name="one_question_a_risk_a_round"),
            models.CheckConstraint(
                name="answer_with_person_and_time",
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk.ref}: {self.get_answer_display() or 'no answer yet'}"
