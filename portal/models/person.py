"""People and the offices they hold."""

import datetime as dt

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords

from portal.roles import STAFF, Role


class UserManager(BaseUserManager):
    def create_user(self, email: str, *, name: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)

    def holding(self, *roles: str, on: dt.date | None = None) -> models.QuerySet:
        """Active people who hold one of the roles on a day (today unless said)."""
        held = Appointment.objects.in_force(on).filter(role__in=roles)
        return self.filter(is_active=True, pk__in=held.values("person"))


class User(AbstractBaseUser):
    """A person who signs in. What they may do comes from their appointments, never from a flag on this row."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120, help_text="As it is to be shown to colleagues.")
    initials = models.CharField(max_length=6, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles held today."""
        return frozenset(Appointment.objects.in_force().filter(person=self).values_list("role", flat=True))

    def has_role(self, *roles: str) -> bool:
        return self.is_active and not self.roles.isdisjoint(roles)

    @property
    def is_staff(self) -> bool:
        """Whether this person works on live rows (and is not only a board member or an administrator)."""
        return self.has_role(*STAFF)

    @cached_property
    def title(self) -> str:
        """The title of the post held today, for papers and the audit record: “Interim Chief Finance Officer”."""
        held = Appointment.objects.in_force().filter(person=self).exclude(title="").order_by("starts_on", "pk").first()
        return held.title if held else self.name


class AppointmentQuerySet(models.QuerySet):
    def in_force(self, on: dt.date | None = None) -> "AppointmentQuerySet":
        on = on or timezone.localdate()
        return self.filter(Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class Appointment(models.Model):
    """A role held by a person between two days, under the title of the post (“Acting Chief Executive”)."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="appointments")
    role = models.CharField(max_length=32, choices=Role)
    title = models.CharField(
        "post title", max_length=120, blank=True, help_text="For example, Interim Chief Finance Officer."
    )
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(name="appointment_role_known", condition=Q(role__in=Role.values)),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.get_role_display()}: {self.person}"
