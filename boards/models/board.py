"""Boards, panels and groups, and who sits on them."""

import datetime as dt

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords


class Board(models.Model):
    """A body that meets: the main board, an audit committee, a panel, a sub-group. Its name is data."""

    class Kind(models.TextChoices):
        BOARD = "board", "Board"
        COMMITTEE = "committee", "Committee"
        PANEL = "panel", "Panel"
        GROUP = "group", "Group"

    class Dividers(models.TextChoices):
        NONE = "none", "None"
        ITEMS = "items", "Before each item"
        ANNEXES = "annexes", "Before each item and each annex"

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    short_name = models.CharField(max_length=20, blank=True, help_text="The abbreviation people use, such as BCB.")
    aliases = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.BOARD)
    paper_template = models.CharField(max_length=30, default="board-paper")
    is_public = models.BooleanField("meets in public by default", default=False)
    chair_title = models.CharField(max_length=120, blank=True)
    frequency = models.CharField(max_length=60, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="groups")
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    paper_days = models.PositiveSmallIntegerField(
        "working days between the papers' deadline and the meeting", default=7, help_text="A local standard, not law."
    )
    publish_days = models.PositiveSmallIntegerField(
        "clear working days between publication and the meeting", default=5, help_text="A local standard, not law."
    )
    watermark = models.BooleanField(
        "mark members’ copies of restricted packs with the reader’s name and the time", default=False
    )
    dividers = models.CharField("dividers in its packs", max_length=10, choices=Dividers, default=Dividers.NONE)
    reviews = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    template_reviews = models.JSONField(
        default=dict, blank=True, help_text="reviews of papers of one template, where they differ from the board's"
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="board_dividers_known", condition=Q(dividers__in=["none", "items", "annexes"]))
        ]

    def __str__(self) -> str:
        return self.name


class BoardMembershipQuerySet(models.QuerySet):
    def in_force(self, on: dt.date | None = None) -> "BoardMembershipQuerySet":
        on = on or timezone.localdate()
        return self.filter(Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class BoardMembership(models.Model):
    """A seat on a board, held between two days."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="board_memberships")
    capacity = models.CharField(max_length=120, blank=True, help_text="For example, Chair, or Chief Constable.")
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)

    objects = BoardMembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} on {self.board}"
