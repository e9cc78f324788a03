"""The ordered lists of a risk. Every row has a permanent id, so that a reworded control is still the same control."""

import uuid

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from risks import scales
from risks.models.risk import Risk


class Row(models.Model):
    """One bullet. `position` runs from 1 in each list; reordering is checked at the end of the transaction."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()

    #: Name of the list in a snapshot, and fields beside the text in the order they are shown.
    list_name = ""
    details: tuple[str, ...] = ()

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text

    def as_data(self) -> dict:
        """The row as a snapshot holds it: dates as ISO text, what is not given as null."""
        data = {"id": str(self.id), "text": self.text}
        for name in self.details:
            value = getattr(self, name)
            data[name] = value.isoformat() if hasattr(value, "isoformat") else (value or None)
        return data


def _law(name: str, *more) -> list:
    """Constraints every list has: no two rows in one place, no empty row."""
    return [
        models.UniqueConstraint(
            fields=["risk", "position"], name=f"{name}_place_unique", deferrable=models.Deferrable.DEFERRED
        ),
        models.CheckConstraint(name=f"{name}_has_text", condition=~Q(text="")),
        *more,
    ]


class Cause(Row):
    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="causes")
    history = HistoricalRecords()
    list_name = "causes"

    class Meta(Row.Meta):
        constraints = _law("cause")


class Effect(Row):
    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="effects")
    history = HistoricalRecords()
    list_name = "effects"

    class Meta(Row.Meta):
        constraints = _law("effect")


class Control(Row):
    """Something already in place against the risk, with its owner and what it does where those are given."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="controls")
    owner = models.CharField(max_length=120, blank=True)
    effect = models.CharField(max_length=12, blank=True, choices=list(scales.CONTROL_EFFECTS.items()))
    history = HistoricalRecords()
    list_name, details = "controls", ("owner", "effect")

    class Meta(Row.Meta):
        constraints = _law(
            "control",
            models.CheckConstraint(name="control_effect_known", condition=Q(effect__in=["", *scales.CONTROL_EFFECTS])),
        )


class Assurance(Row):
    """How the office knows that a control works: by which line of assurance, how often, and when last."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="assurances")
    line = models.CharField(max_length=12, blank=True, choices=list(scales.ASSURANCE_LINES.items()))
    frequency = models.CharField(max_length=60, blank=True)
    last_evidence = models.DateField("date of the last evidence", null=True, blank=True)
    history = HistoricalRecords()
    list_name, details = "assurances", ("line", "frequency", "last_evidence")

    class Meta(Row.Meta):
        constraints = _law(
            "assurance",
            models.CheckConstraint(name="assurance_line_known", condition=Q(line__in=["", *scales.ASSURANCE_LINES])),
        )


class FutureAction(Row):
    """Something still to be done, with its owner and its date where those are given."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="actions")
    owner = models.CharField(max_length=120, blank=True)
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField("done on", null=True, blank=True)
    history = HistoricalRecords()
    list_name, details = "actions", ("owner", "due", "done_on")

    class Meta(Row.Meta):
        constraints = _law("action")


class Link(Row):
    """A tie to something elsewhere in the portal: a plan action, a reserve, a paper (`plans:V1`)."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="links")
    target = models.CharField(max_length=120, db_index=True)
    text = models.CharField(max_length=300, blank=True)
    history = HistoricalRecords()
    list_name, details = "links", ("target",)

    class Meta(Row.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["risk", "position"], name="link_place_unique", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["risk", "target"], name="link_once", violation_error_message="This link is already there."
            ),
        ]


ROWS: dict[str, type[Row]] = {
    model.list_name: model for model in (Cause, Effect, Control, Assurance, FutureAction, Link)
}
