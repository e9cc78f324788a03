"""Meetings of a board."""

import uuid

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from boards.models.board import Board, BoardMembership
from boards.models.succession import in_force


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user) -> "MeetingQuerySet":
        """Meetings whose page this person may open.

        Governance and statutory officers see all; a member sees the meetings of the boards they sit on once something was sealed for them;
        everybody sees a meeting that the public has been told of.
        """
        from boards.policy import SEES_ALL_MEETINGS

        if user.is_authenticated and user.has_role(*SEES_ALL_MEETINGS):
            return self
        told = models.Q(notice_published_at__isnull=False) | models.Q(editions__publications__isnull=False)
        if user.is_authenticated:
            seats = BoardMembership.objects.in_force().filter(person=user).values("board")
            told |= models.Q(board__in=seats, editions__isnull=False)
        return self.filter(told).distinct()

    def newest_first(self) -> "MeetingQuerySet":
        return self.order_by("-date", "-start_time", "board__name")


class Meeting(models.Model):
    """One sitting of a board. The agenda and papers below it are live; what was circulated is in its editions."""

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        AGENDA_DRAFT = "agenda_draft", "Agenda in draft"
        AGENDA_PUBLISHED = "agenda_published", "Agenda published"
        HELD = "held", "Held"
        MINUTES_DRAFT = "minutes_draft", "Minutes in draft"
        MINUTES_APPROVED = "minutes_approved", "Minutes approved"
        CANCELLED = "cancelled", "Cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    date = models.DateField()
    start_time = models.TimeField(null=True, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    is_public = models.BooleanField("the public may attend", default=False)
    status = models.CharField(max_length=20, choices=Status, default=Status.PLANNED)
    chair = models.CharField(max_length=120, blank=True)
    note = models.TextField("note to the public", blank=True)
    notice_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-date", "board__name"]
        constraints = [
            models.UniqueConstraint(fields=["board", "date"], name="one_meeting_of_a_board_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.board}, {self.date:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.board.slug, self.date.isoformat()])

    def current_editions(self) -> list:
        """The editions in force: the agenda (or its last correction) and the supplements since, in order."""
        return in_force(list(self.editions.select_related("supersedes").order_by("number")))
