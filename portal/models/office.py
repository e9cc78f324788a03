"""The office itself. Its name, area and force are data: the law may give the duties to another body."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords


class Office(models.Model):
    """The one row that says who runs this portal."""

    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=40, blank=True)
    area = models.CharField(max_length=80, blank=True)
    force = models.CharField("police force", max_length=120, blank=True)
    office_holder = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)

    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Office":
        """The office; before anything is set up, an unsaved one with the names the settings give."""
        return cls.objects.order_by("pk").first() or cls(**settings.OFFICE_DEFAULTS)

    def as_dict(self) -> dict[str, str]:
        return {"name": self.name, "area": self.area, "force": self.force, "office_holder": self.office_holder}
