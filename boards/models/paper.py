"""Papers and every version that was ever saved of them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from boards.models.agenda import AgendaItem
from boards.models.board import Board


class Marking(models.TextChoices):
    """Security marking. OFFICIAL-SENSITIVE is OFFICIAL with a handling marking; anything higher is refused."""

    OFFICIAL = "OFFICIAL", "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PaperQuerySet":
        """Live papers this person works on: their own, those waiting for their review, or all of them for governance."""
        from boards.policy import SEES_ALL_PAPERS, papers_for_review

        if not user.is_authenticated:
            return self.none()
        if user.has_role(*SEES_ALL_PAPERS):
            return self
        return self.filter(Q(authors=user) | papers_for_review(user)).distinct()

    def in_agenda_order(self) -> "PaperQuerySet":
        return self.order_by("item__meeting__date", "item__number_major", "item__number_minor", "position")


class Paper(models.Model):
    """A paper being written. `document` is the tree of blocks; `version` grows by one with every save."""

    class State(models.TextChoices):
        COMMISSIONED = "commissioned", "Commissioned"
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        REVIEW = "review", "Professional review"
        CLEARANCE = "clearance", "Chief Executive clearance"
        FINAL = "final", "Final"
        WITHDRAWN = "withdrawn", "Withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="papers")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="papers")
    position = models.PositiveSmallIntegerField(default=0)
    template = models.CharField(max_length=30, default="board-paper")
    to = models.CharField(max_length=120, blank=True)
    from_role = models.CharField("from", max_length=120, blank=True)
    paper_date = models.DateField("date", null=True, blank=True)
    title = models.CharField(max_length=200)
    open_title = models.CharField(max_length=200, blank=True)
    marking = models.CharField(max_length=20, choices=Marking, default=Marking.OFFICIAL)
    document = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="papers")
    due_on = models.DateField(null=True, blank=True)
    late_reason = models.CharField(max_length=300, blank=True)
    register = models.CharField(max_length=20, blank=True, help_text="The register this paper reports, if it does.")
    register_options = models.JSONField(default=dict, blank=True)
    reissue_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="reissues")
    imported = models.JSONField(null=True, blank=True)
    original = models.FileField(upload_to="originals/", blank=True)
    original_name = models.CharField(max_length=200, blank=True)
    restriction = models.OneToOneField(
        "boards.Restriction", null=True, blank=True, on_delete=models.PROTECT, related_name="paper"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PaperQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["document"])

    class Meta:
        ordering = ["item__number_major", "item__number_minor", "position"]
        constraints = [
            models.CheckConstraint(name="paper_marking_known", condition=Q(marking__in=Marking.values)),
            models.CheckConstraint(name="paper_version_from_one", condition=Q(version__gte=1)),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("paper", args=[self.pk])

    @property
    def meeting(self):
        return self.item.meeting if self.item else None

    @property
    def is_restricted(self) -> bool:
        """Whether the public must not read it: its own restriction, or the whole item's."""
        own = self.restriction is not None and self.restriction.in_force
        items = self.item is not None and self.item.restriction is not None and self.item.restriction.in_force
        return own or items


class PaperVersion(models.Model):
    """One saved state of a paper. Comparison, restoring and the merging of two saves all start from these."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    header = models.JSONField(default=dict)
    reason = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="one_row_a_paper_version")]

    def __str__(self) -> str:
        return f"Version {self.number}"
