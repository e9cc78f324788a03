"""Agenda items."""

import uuid

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from boards.models.meeting import Meeting


class AgendaItem(models.Model):
    """A line of the agenda. Its number is two whole numbers, never text or a decimal: 10.2 comes before 10.10."""

    class Kind(models.TextChoices):
        APOLOGIES = "apologies", "Apologies for absence"
        DECLARATIONS = "declarations", "Declarations of interest"
        MINUTES = "minutes", "Minutes of the last meeting"
        MATTERS_ARISING = "matters_arising", "Matters arising"
        PUBLIC_QUESTIONS = "public_questions", "Public questions"
        PAPER = "paper", "Paper"
        ORAL = "oral", "Oral report"
        PRIVATE = "private", "Private business"
        ANY_OTHER_BUSINESS = "any_other_business", "Any other business"

    class Action(models.TextChoices):
        NOTE = "note", "To note"
        APPROVE = "approve", "To approve"
        DECIDE = "decide", "To decide"
        DISCUSS = "discuss", "To discuss"
        ENDORSE = "endorse", "To endorse"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    number_major = models.PositiveSmallIntegerField()
    number_minor = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField("type of item", max_length=20, choices=Kind, default=Kind.PAPER)
    title = models.CharField(max_length=200)
    open_title = models.CharField(
        max_length=200, blank=True, help_text="What the public reads in its place when the item is restricted."
    )
    lead_role = models.CharField("lead", max_length=120, blank=True, help_text="A post, such as Chief Finance Officer.")
    presenter_initials = models.CharField(max_length=10, blank=True)
    action_requested = models.CharField(max_length=10, choices=Action, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="A line under the title on the agenda.")
    late_reason = models.CharField("reason for urgency", max_length=300, blank=True)
    restriction = models.OneToOneField(
        "boards.Restriction", null=True, blank=True, on_delete=models.PROTECT, related_name="item"
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["number_major", "number_minor"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number_major", "number_minor"],
                name="item_number_unique_in_meeting",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="item_number_in_range", condition=Q(number_major__range=(1, 99), number_minor__range=(0, 99))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """As papers, footers and file names print it: 5.0, 10.2."""
        return f"{self.number_major}.{self.number_minor}"

    @property
    def agenda_number(self) -> str:
        """As the agenda prints it: “5.” for the item, “5.1” for a further paper under it."""
        return f"{self.number_major}." if not self.number_minor else self.number

    @property
    def needs_paper(self) -> bool:
        return self.kind in {self.Kind.PAPER, self.Kind.PRIVATE}
