"""Dated versions of the rating matrix. One is in force; every past score keeps the version it was read from."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from risks import matrix as core


class MatrixQuerySet(models.QuerySet):
    def adopted(self) -> "MatrixQuerySet":
        return self.filter(adopted_on__isnull=False).order_by("-adopted_on", "-pk")

    def in_force(self) -> "RiskMatrix | None":
        """The version adopted last."""
        return self.adopted().first()


class RiskMatrix(models.Model):
    """One version, as data: 25 ratings, labels, bands and tolerance (see `risks.matrix`).

    A draft may be changed and thrown away. Once adopted it is fixed: scores of the past were read from it.
    """

    version = models.CharField(max_length=20, unique=True, help_text="A short name, such as 2018.")
    data = models.JSONField()
    adopted_on = models.DateField(null=True, blank=True, editable=False)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True)

    objects = MatrixQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-adopted_on", "version"]
        verbose_name_plural = "risk matrices"
        constraints = [
            models.CheckConstraint(
                name="adopted_matrix_has_version", condition=Q(adopted_on__isnull=True) | ~Q(version="")
            )
        ]

    def __str__(self) -> str:
        return f"Matrix {self.version}"

    @property
    def matrix(self) -> core.Matrix:
        """The checked, plain form that looks ratings up."""
        dated = self.adopted_on.isoformat() if self.adopted_on else None
        return core.from_data({**self.data, "version": self.version, "adopted_on": dated})

    @property
    def is_adopted(self) -> bool:
        return self.adopted_on is not None

    def clean(self) -> None:
        try:
            _ = self.matrix
        except core.MatrixError as problem:
            raise ValidationError(str(problem)) from problem

    def save(self, *args, **kwargs) -> None:
        """Refuse to change the numbers of a version that scores were read from."""
        if self.pk:
            stored = type(self).objects.filter(pk=self.pk).values("adopted_on", "data", "version").first()
            if stored and stored["adopted_on"] and (stored["data"] != self.data or stored["version"] != self.version):
                raise ValidationError("An adopted matrix is fixed. Make a new version instead.")
        super().save(*args, **kwargs)
