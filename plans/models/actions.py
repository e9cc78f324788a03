"""Priority actions, the activities that deliver them, and the people and bodies that lead."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from plans.models.plan import Plan, Theme


def _begun(day: dt.date, path: str = "") -> Q:
    return Q(**{f"{path}added_on__isnull": True}) | Q(**{f"{path}added_on__lte": day})


def _not_ended(day: dt.date, path: str = "") -> Q:
    return Q(**{f"{path}removed_on__isnull": True}) | Q(**{f"{path}removed_on__gt": day})


class PriorityActionQuerySet(models.QuerySet):
    def of_plan(self, plan: Plan) -> PriorityActionQuerySet:
        return self.filter(theme__plan=plan).select_related("theme", "theme__plan")

    def in_force(self) -> PriorityActionQuerySet:
        """Actions that have not been taken out of the plan."""
        return self.filter(removed_on__isnull=True)

    def as_at(self, day: dt.date) -> PriorityActionQuerySet:
        """Actions that were in the plan on a day."""
        return self.filter(_begun(day), _not_ended(day))

    def in_order(self) -> PriorityActionQuerySet:
        """The order of the plan: theme by theme, then by number, so that O2 comes before O10."""
        return self.order_by("theme__position", "theme__code", "number")


class PriorityAction(models.Model):
    """One thing the plan says will be done. Its reference is the theme's letter and a number: V1, O10."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField("short title", max_length=160)
    text = models.TextField("what will be done", blank=True)
    inspection_note = models.TextField(
        blank=True, help_text="What an inspection found that this action answers, with its year."
    )
    opportunities = models.TextField("wider partnership opportunities", blank=True)
    printed_ref = models.CharField("reference as printed", max_length=40, blank=True, editable=False)
    added_on = models.DateField("added to the plan on", null=True, blank=True, help_text="Empty: from its beginning.")
    removed_on = models.DateField("taken out of the plan on", null=True, blank=True)

    objects = PriorityActionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["theme__position", "theme__code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "number"], name="action_number_once"),
            models.CheckConstraint(name="action_number_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("plans:action", args=[self.theme.plan.slug, self.ref])

    @property
    def ref(self) -> str:
        return f"{self.theme.code}{self.number}"


class ActivityQuerySet(models.QuerySet):
    def of_plan(self, plan: Plan) -> ActivityQuerySet:
        return self.filter(action__theme__plan=plan).select_related("action", "action__theme", "action__theme__plan")

    def in_force(self) -> ActivityQuerySet:
        return self.filter(removed_on__isnull=True, action__removed_on__isnull=True)

    def as_at(self, day: dt.date) -> ActivityQuerySet:
        """Activities that were in the plan on a day, under actions that were."""
        return self.filter(_begun(day), _not_ended(day), _begun(day, "action__"), _not_ended(day, "action__"))

    def led_by(self, person) -> ActivityQuerySet:
        """The activities for which the person answers, alone or jointly."""
        return self.filter(pk__in=ActivityLead.objects.filter(person=person).values("activity"))

    def in_order(self) -> ActivityQuerySet:
        return self.order_by("action__theme__position", "action__theme__code", "action__number", "number")


class Activity(models.Model):
    """One piece of delivery under an action, with the people of the office who answer for it and the body that does it."""

    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    action = models.ForeignKey(PriorityAction, on_delete=models.PROTECT, related_name="activities")
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField("what is being done", max_length=200, blank=True)
    delivery_lead = models.CharField(
        max_length=240, blank=True, help_text="The body or group that delivers it, not a person."
    )
    leads = models.ManyToManyField(settings.AUTH_USER_MODEL, through="ActivityLead", related_name="plan_activities")
    printed_ref = models.CharField("reference as printed", max_length=40, blank=True, editable=False)
    printed_leads = models.CharField("leads as printed", max_length=80, blank=True, editable=False)
    added_on = models.DateField("added on", null=True, blank=True, help_text="Empty: from the plan’s beginning.")
    removed_on = models.DateField("ended on", null=True, blank=True)

    objects = ActivityQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "activities"
        ordering = ["action__theme__position", "action__theme__code", "action__number", "number"]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="activity_number_once"),
            models.CheckConstraint(name="activity_number_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.shown_title}"

    def get_absolute_url(self) -> str:
        return f"{self.action.get_absolute_url()}#{self.ref}"

    @property
    def ref(self) -> str:
        return f"{self.action.ref}.{self.number}"

    @property
    def shown_title(self) -> str:
        """An only activity often has no title of its own: it is the action."""
        return self.title or self.action.title

    def lead_people(self) -> list:
        return [lead.person for lead in self.activity_leads.all()]


class ActivityLead(models.Model):
    """A person of the office who answers for an activity. Joint leads are in the order printed; the first answers first."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="activity_leads")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="activity_leads")
    position = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "person"], name="activity_lead_once")]

    def __str__(self) -> str:
        return f"{self.person} leads {self.activity}"
